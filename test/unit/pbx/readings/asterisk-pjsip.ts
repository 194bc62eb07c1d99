// pjsip.conf and extensions.conf, as main/config.c of Asterisk reads them.
import { callsOut, usesCredential } from '../../../../src/pbx';
import { callsIn } from '../../../../src/pbx/targets/common';
import { readAsteriskConf } from '../readers';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'asterisk-pjsip',
  said(files) {
    const conf = readAsteriskConf(files.find(({ name }) => name === 'pjsip.conf')?.text ?? '');
    const dialplan = readAsteriskConf(
      files.find(({ name }) => name === 'extensions.conf')?.text ?? '',
    );
    const one = (key: string) => conf.find((entry) => entry.key === key)?.value;
    const all = (key: string) =>
      conf.filter((entry) => entry.key === key).map(({ value }) => value);
    const contact = /^sip:([^:;]+):([0-9]+);transport=(?:tls|tcp)$/.exec(one('contact') ?? '');
    const header = dialplan
      .map(({ value }) => /PJSIP_HEADER\(add,X-Exotel-AccountSid\)=(.*)\)$/.exec(value)?.[1])
      .find((value) => value !== undefined);
    const said: Record<keyof Said, unknown> = {
      password: one('password'),
      userName: one('username'),
      callerId: one('from_user'),
      sipDomain: one('from_domain'),
      edgeHost: contact?.[1],
      edgePort: Number(contact?.[2]),
      accountSid: header,
      flowNumber: dialplan
        .map(({ value }) => /Dial\(PJSIP\/(\+[0-9X]+)@/.exec(value)?.[1])
        .find((value) => value !== undefined),
      senders: all('match'),
      numbers: undefined,
      publicAddress: one('external_media_address'),
      localNetworks: all('local_net'),
      certificateFile: one('cert_file'),
      privateKeyFile: one('priv_key_file'),
      caFile: one('ca_list_file'),
      inboundContext: one('context'),
      insidePeer: undefined,
      peerName: conf.find((entry) => entry.key === 'type' && entry.value === 'endpoint')?.section,
    };
    return said as Said;
  },
  shape: (files) =>
    files.map(({ text }) => readAsteriskConf(text).map(({ section, key }) => [section, key])),
  carries: (connection) => [
    'peerName',
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(callsIn(connection) ? (['senders', 'inboundContext'] as const) : []),
    ...(connection.publicAddress === null ? [] : (['publicAddress', 'localNetworks'] as const)),
    ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
  ],
};

export const readings = [reading];
