// The scripts of Kamailio and OpenSIPS, token by token as their lexers read them.
import assert from 'node:assert/strict';
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import type { PbxFile, TrunkConnection } from '../../../../src/pbx/types';
import { callsIn } from '../../../../src/pbx/writing/common';
import { lexKamailio, type KamailioToken } from '../readers';
import type { Reading, Said } from './reading';

/** OpenSIPS' lexer takes `$(…)` for one variable, with the quotes in it: here it is the word `reply`. */
function plainVariables(text: string): string {
  return text.replace(/\$\(<reply>hdr\([A-Za-z-]+\)\{re\.subst,\S+\}\);/g, 'reply;');
}

/** The script as one line of words and quoted strings with a blank between, comments left out. */
function flat(tokens: readonly KamailioToken[]): string {
  return tokens
    .filter((token) => token.kind !== 'directive')
    .map((token) => (token.kind === 'string' ? JSON.stringify(token.value) : token.value))
    .join(' ');
}

/** What stands between `route [ NAME ] {` and the next route. */
function route(script: string, name: string): string | undefined {
  const start = script.indexOf(`route [ ${name} ] {`);
  if (start === -1) return undefined;
  const end = script.indexOf('route [', start + 1);
  return script.slice(start, end === -1 ? script.length : end);
}

/** The string assigned to `$avp(name)`, by its place among the tokens. */
function assigned(tokens: readonly KamailioToken[], name: string): number {
  const start = ['$', 'avp', '(', name, ')', '='];
  const at = tokens.findIndex((_, from) =>
    start.every((one, offset) => tokens[from + offset]?.value === one),
  );
  return at === -1 ? -1 : at + start.length;
}

function avp(tokens: readonly KamailioToken[], name: string): string | undefined {
  const token = tokens[assigned(tokens, name)];
  return token?.kind === 'string' ? token.value : undefined;
}

/** All tokens, but for the two strings a person chooses freely. */
function scriptShape(text: string): unknown {
  const tokens = lexKamailio(plainVariables(text));
  const free = [assigned(tokens, 'exotel_user'), assigned(tokens, 'exotel_password')];
  return tokens
    .map(({ kind, value }, at) => `${kind} ${free.includes(at) ? '' : value}`)
    .join('\n');
}

interface Script {
  readonly targetId: string;
  readonly name: string;
  senders(script: string): string[];
  publicAddress(script: string): string | undefined;
  peerName(script: string): string | undefined;
  files(
    files: readonly PbxFile[],
    script: string,
  ): Pick<Said, 'certificateFile' | 'privateKeyFile' | 'caFile'>;
  carriesName(connection: TrunkConnection): boolean;
}

function networksIn(text: string | undefined, subject: string): string[] {
  const test = `${subject} = = ([0-9.]+) / ([0-9]+)`;
  return Array.from(
    (text ?? '').matchAll(new RegExp(test, 'g')),
    ([, ip, bits]) => `${ip}/${bits}`,
  );
}

function reading(of: Script): Reading {
  return {
    targetId: of.targetId,
    said(files) {
      const text = plainVariables(files.find(({ name }) => name === of.name)?.text ?? '');
      const tokens = lexKamailio(text);
      const script = flat(tokens);
      const out = route(script, 'TO_EXOTEL') ?? '';
      const inside = route(script, 'TO_PBX') ?? '';
      const from = /uac_replace_from \( "" , "sip:([^@"]+)@([^"]+)" \)/.exec(out);
      const edge = /\$ ru = "sip:" \+ \$ rU \+ "@([^:"]+):([0-9]+);transport=(?:tls|tcp)"/.exec(
        out,
      );
      const peer = /\$ ru = "sip:" \+ \$ rU \+ "@([0-9.]+:[0-9]+);transport=/.exec(inside);
      const numbers = /\$ rU = ~ "\^\[\+\]\(([0-9|]+)\)\$"/.exec(inside)?.[1];
      const said: Record<keyof Said, unknown> = {
        password: avp(tokens, 'exotel_password'),
        userName: avp(tokens, 'exotel_user'),
        callerId: from?.[1],
        sipDomain: from?.[2],
        edgeHost: edge?.[1],
        edgePort: Number(edge?.[2]),
        accountSid: /append_hf \( "X-Exotel-AccountSid: (.+?)\\r\\n" \)/.exec(out)?.[1],
        flowNumber: /\$ rU = "(\+[^"]+)"/.exec(out)?.[1],
        senders: of.senders(script),
        numbers: numbers?.split('|').map((digits) => `+${digits}`),
        publicAddress: of.publicAddress(script),
        localNetworks: undefined,
        certificateFile: undefined,
        privateKeyFile: undefined,
        caFile: undefined,
        inboundContext: undefined,
        insidePeer: peer === null ? undefined : `sip:${peer[1]}`,
        peerName: of.peerName(script),
        ...of.files(files, script),
      };
      return said as Said;
    },
    shape: (files) =>
      files.map(({ name, text }) => [
        name,
        name === of.name ? scriptShape(text) : text.split('\n').slice(1),
      ]),
    carries: (connection) => [
      ...(of.carriesName(connection) ? (['peerName'] as const) : []),
      ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
      ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
      ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
      ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
      ...(callsIn(connection) && connection.insidePeer !== '' ? (['insidePeer'] as const) : []),
      ...(connection.publicAddress === null ? [] : (['publicAddress'] as const)),
      ...(connection.transport === 'tls'
        ? (['certificateFile', 'privateKeyFile', 'caFile'] as const)
        : []),
    ],
  };
}

const kamailio = reading({
  targetId: 'kamailio',
  name: 'kamailio.cfg',
  senders: (script) => networksIn(route(script, 'FROM_EXOTEL'), 'src_ip'),
  publicAddress: (script) => / advertise ([0-9.]+) : [0-9]+ name /.exec(script)?.[1],
  peerName: (script) => / name "([^"]+)"/.exec(script)?.[1],
  files(files) {
    const text = files.find(({ name }) => name === 'tls.cfg')?.text ?? '';
    const value = (key: string) => new RegExp(`^${key} = (.+)$`, 'm').exec(text)?.[1];
    return {
      certificateFile: value('certificate'),
      privateKeyFile: value('private_key'),
      caFile: value('ca_list'),
    } as Said;
  },
  carriesName: () => true,
});

const opensips = reading({
  targetId: 'opensips',
  name: 'opensips.cfg',
  senders(script) {
    const conditions = script.split('if (').filter((part) => part.includes('route ( TO_PBX )'));
    return networksIn(
      conditions.find((part) => part.includes('$ si')),
      '\\$ si',
    );
  },
  publicAddress: (script) => / as ([0-9.]+) : [0-9]+ socket /.exec(script)?.[1],
  peerName: (script) => /"client_domain" , "([^"]+)"/.exec(script)?.[1],
  files(_, script) {
    const value = (key: string) => {
      const found = Array.from(
        script.matchAll(new RegExp(`"tls_mgm" , "${key}" , "\\[[^\\]]+\\]([^"]+)"`, 'g')),
        (match) => match[1],
      );
      assert.equal(new Set(found).size <= 1, true, `${key} differs`);
      return found[0];
    };
    return {
      certificateFile: value('certificate'),
      privateKeyFile: value('private_key'),
      caFile: value('ca_list'),
    } as Said;
  },
  carriesName: (connection) => connection.transport === 'tls',
});

export const readings = [kamailio, opensips];
