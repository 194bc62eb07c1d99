// pjsip.conf and extensions.conf, as main/config.c of Asterisk reads them.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { readAsteriskConf } from '../readers';
import {
  contactOf,
  headerSet,
  numberDialled,
  numbersIn,
  sectionOfType,
  sectionsOf,
  stepsOf,
} from '../readers/asterisk';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'asterisk-pjsip',
  said(files) {
    const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';
    const sections = sectionsOf(text('pjsip.conf'));
    const steps = stepsOf(text('extensions.conf'));
    const transport = sectionOfType(sections, 'transport');
    const endpoint = sectionOfType(sections, 'endpoint');
    const auth = sectionOfType(sections, 'auth');
    const contact = contactOf(sectionOfType(sections, 'aor')?.one('contact'));
    const context = endpoint?.one('context') ?? '';
    const ringing = steps.find((one) => one.context === context && one.does.startsWith('Dial('));
    const said: Record<keyof Said, unknown> = {
      password: auth?.one('password'),
      userName: auth?.one('username'),
      callerId: endpoint?.one('from_user'),
      sipDomain: endpoint?.one('from_domain'),
      edgeHost: contact?.edgeHost,
      edgePort: contact?.edgePort,
      accountSid: headerSet(steps, 'X-Exotel-AccountSid'),
      flowNumber: numberDialled(steps, endpoint?.name ?? ''),
      senders: sectionOfType(sections, 'identify')?.all('match'),
      numbers: numbersIn(steps, context),
      publicAddress: transport?.one('external_media_address'),
      localNetworks: transport?.all('local_net'),
      certificateFile: transport?.one('cert_file'),
      privateKeyFile: transport?.one('priv_key_file'),
      caFile: transport?.one('ca_list_file'),
      inboundContext: context,
      insidePeer: /^Dial\((.*),30\)$/.exec(ringing?.does ?? '')?.[1],
      peerName: endpoint?.name,
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
    ...(callsIn(connection) ? (['senders', 'inboundContext', 'numbers'] as const) : []),
    ...(callsIn(connection) && connection.insidePeer !== '' ? (['insidePeer'] as const) : []),
    ...(connection.publicAddress === null ? [] : (['publicAddress', 'localNetworks'] as const)),
    ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
    ...(connection.transport === 'tls' && callsIn(connection)
      ? (['certificateFile', 'privateKeyFile'] as const)
      : []),
  ],
};

export const readings = [reading];
