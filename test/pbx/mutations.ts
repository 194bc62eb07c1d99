// The test of the tests: with one safeguard taken out of a text, the proof has to fail, and for that reason.
import type { PbxFile } from '../../src/pbx/types';
import type { Bench } from './benches/bench';
import { type Lab, filesFor, prove } from './prove';
import { type Rule } from './rules';
import type { Combination } from './subject';

export interface Mutation {
  readonly name: string;
  readonly combination: Combination;
  /** The rules one of which has to be named. */
  readonly fails: readonly Rule[];
  readonly from: RegExp;
  readonly to: string;
}

type Safeguard = readonly [from: RegExp, to: string];

/** How each target writes the safeguard, and what stands there without it. */
interface Safeguards {
  /** A password, and how the text has it. */
  readonly escaping: { readonly password: string; readonly safeguard: Safeguard };
  readonly flowHeader: Safeguard;
  readonly srtp: Safeguard;
  readonly acl: Safeguard;
  readonly fromDomain: Safeguard;
  readonly certificate: Safeguard;
}

const safeguards: Readonly<Record<string, Safeguards>> = {
  'asterisk-pjsip': {
    escaping: { password: 'semi;colon', safeguard: [/semi\\;colon/, 'semi;colon'] },
    flowHeader: [/X-Exotel-AccountSid\)/, 'X-Other)'],
    srtp: [/media_encryption = sdes/, 'media_encryption = no'],
    acl: [/^match = [0-9./]+$/m, 'match = 0.0.0.0/0'],
    fromDomain: [/^from_domain = .*\n/m, ''],
    certificate: [/verify_server = yes/, 'verify_server = no'],
  },
  'asterisk-chan-sip': {
    escaping: { password: 'semi;colon', safeguard: [/semi\\;colon/, 'semi;colon'] },
    flowHeader: [/X-Exotel-AccountSid:/, 'X-Other:'],
    srtp: [/encryption = yes/g, 'encryption = no'],
    acl: [/allowguest = no/, 'allowguest = yes\ncontext = from-exotel'],
    fromDomain: [/^fromdomain = .*\n/m, ''],
    certificate: [/tlsdontverifyserver = no/, 'tlsdontverifyserver = yes'],
  },
  kamailio: {
    escaping: { password: 'back\\tslash', safeguard: [/back\\\\tslash/, 'back\\tslash'] },
    flowHeader: [/append_hf\("X-Exotel-AccountSid:/, 'append_hf("X-Other:'],
    srtp: [/!search_body\("m=audio \[0-9\]\+ RTP\/SAVP"\)/, '0'],
    acl: [/(route\[FROM_EXOTEL\] \{\n\s*)if \([^{}]*?\) return 1;/, '$1return 1;'],
    fromDomain: [/^.*uac_replace_from\(.*\n/m, ''],
    certificate: [
      /verify_certificate = yes\nrequire_certificate = yes/,
      'verify_certificate = no\nrequire_certificate = no',
    ],
  },
};

export function mutationsOf(bench: Bench): Mutation[] {
  const guards = safeguards[bench.targetId];
  if (guards === undefined) return [];
  const tls = { bench, transport: 'tls', auth: 'credential' } as const;
  const out: Combination = { ...tls, useCase: 'outbound' };
  const both: Combination = { ...tls, useCase: 'both' };
  const change = (
    name: string,
    combination: Combination,
    [from, to]: Safeguard,
    ...fails: Rule[]
  ): Mutation => ({ name, combination, fails, from, to });
  const { password, safeguard } = guards.escaping;
  return [
    change('escaping', { ...both, transport: 'tcp', password }, safeguard, 'digest', 'parsed'),
    change('flow header', { ...both, useCase: 'streamkit' }, guards.flowHeader, 'flow header'),
    bench.targetId === 'kamailio'
      ? change('SRTP', { ...out, without: 'SRTP' }, guards.srtp, 'SRTP')
      : change('SRTP', both, guards.srtp, 'SRTP'),
    change('inbound ACL', both, guards.acl, 'stranger refused'),
    change('From domain', both, guards.fromDomain, 'From domain'),
    change(
      'certificate',
      { ...both, without: 'certificate' },
      guards.certificate,
      'certificate checked',
    ),
  ];
}

function changed(files: readonly PbxFile[], { from, to, name }: Mutation): PbxFile[] {
  const after = files.map((file) => ({ ...file, text: file.text.replace(from, to) }));
  if (after.every((file, index) => file.text === files[index]?.text)) {
    throw new Error(
      `The text has no place like ${String(from)}: tell the mutation "${name}" how it looks now.`,
    );
  }
  return after;
}

/** Undefined when the proof failed as it has to; otherwise what it did instead. */
export async function survives(lab: Lab, mutation: Mutation): Promise<string | undefined> {
  const files = changed(await filesFor(mutation.combination), mutation);
  const { faults } = await prove(lab, mutation.combination, { files });
  if (faults.some(({ rule }) => mutation.fails.includes(rule))) return undefined;
  const named = [...new Set(faults.map(({ rule }) => rule))].join(', ');
  const expected = mutation.fails.join(' or ');
  return named === ''
    ? `Nothing failed without the ${mutation.name}; expected: ${expected}.`
    : `Without the ${mutation.name} failed: ${named}; expected: ${expected}.`;
}
