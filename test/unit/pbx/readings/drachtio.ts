// drachtio: the script is run and called, the server's XML is read.
import assert from 'node:assert/strict';
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import type { PbxFile } from '../../../../src/pbx/types';
import { callsIn } from '../../../../src/pbx/writing/common';
import { runDrachtio } from '../readers/drachtio-run';
import type { Reading, Said } from './reading';

const SDP = [
  'v=0',
  'm=audio 4000 RTP/SAVP 8 0 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x',
  '',
].join('\r\n');

function scriptOf(files: readonly PbxFile[]): string {
  return files.find(({ name }) => name.endsWith('.js'))?.text ?? '';
}

/** The text of the only element of that name. */
function element(xml: string, name: string): string | undefined {
  const found = Array.from(xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g')));
  assert.ok(found.length < 2, `${name} stands there ${found.length} times`);
  return found[0]?.[1];
}

/** Everything but the first line and the two string literals a person chooses freely. */
function scriptShape(text: string): string[] {
  const [first, ...lines] = text.split('\n');
  assert.match(first ?? '', /^\/\/ [^\u2028\u2029\r]*$/);
  const literal = '"(?:[^"\\\\]|\\\\["\\\\/bfnrt]|\\\\u[0-9a-f]{4})*"';
  const user = new RegExp(`^  username: ${literal},$`);
  const password = new RegExp(`^    ${literal},$`);
  return lines.map((line, at) => {
    if (user.test(line)) return 'username';
    return password.test(line) && lines[at - 1]?.endsWith('EXOTEL_SIP_PASSWORD ??') === true
      ? 'password'
      : line;
  });
}

const reading: Reading = {
  targetId: 'drachtio',
  said(files) {
    const xml = (files.find(({ name }) => name.endsWith('.xml'))?.text ?? '').replace(
      /<!--.*?-->/g,
      '',
    );
    const run = runDrachtio(scriptOf(files));
    const pbx = /^([0-9.]+):([0-9]+);transport=(?:tcp|tls)$/.exec(String(run.constants['PBX']));
    const out = run.call({ from: pbx?.[1] ?? '', dialled: '+14155550100', sdp: SDP });
    const headers = out.options?.headers ?? {};
    const from = /^<sip:([^@]+)@([^>]+)>$/.exec(headers['From'] ?? '');
    const uri = /^sip:(\+[^@]+)@([^:]+):([0-9]+);transport=(?:tcp|tls)$/.exec(out.uri ?? '');
    const numbers = /^\^\[\+\]\(([0-9|]+)\)\$$/.exec(
      (run.constants['NUMBERS'] as RegExp | undefined)?.source ?? '',
    )?.[1];
    const said: Record<keyof Said, unknown> = {
      password: out.options?.auth?.password,
      userName: out.options?.auth?.username,
      callerId: from?.[1],
      sipDomain: from?.[2],
      edgeHost: uri?.[2],
      edgePort: Number(uri?.[3]),
      accountSid: headers['X-Exotel-AccountSid'],
      flowNumber: uri?.[1],
      senders: run.subnets,
      numbers: numbers?.split('|').map((digits) => `+${digits}`),
      publicAddress: / external-ip="([0-9.]+)"/.exec(xml)?.[1],
      localNetworks: undefined,
      certificateFile: element(xml, 'cert-file'),
      privateKeyFile: element(xml, 'key-file'),
      caFile: element(xml, 'chain-file'),
      inboundContext: undefined,
      insidePeer: pbx === null ? undefined : `sip:${pbx[1]}:${pbx[2]}`,
      peerName: run.constants['TRUNK'],
    };
    return said as Said;
  },
  shape: (files) =>
    files.map(({ name, text }) => [
      name,
      name.endsWith('.js') ? scriptShape(text) : text.split('\n').slice(1),
    ]),
  carries: (connection) => [
    'peerName',
    ...(connection.insidePeer === '' ? [] : (['insidePeer'] as const)),
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
    ...(connection.publicAddress === null ? [] : (['publicAddress'] as const)),
    ...(connection.transport === 'tls'
      ? (['certificateFile', 'privateKeyFile', 'caFile'] as const)
      : []),
  ],
};

export const readings = [reading];
