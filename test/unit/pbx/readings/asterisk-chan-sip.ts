// sip.conf and extensions.conf, as main/config.c and chan_sip of Asterisk 16 read them.
import assert from 'node:assert/strict';
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { readAsteriskConf } from '../readers';
import {
  headerSet,
  merged,
  numberDialled,
  numbersIn,
  sectionsOf,
  stepsOf,
} from '../readers/asterisk';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'asterisk-chan-sip',
  said(files) {
    const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';
    const [general, ...peers] = sectionsOf(merged(`[general]\n${text('sip.conf')}`));
    const steps = stepsOf(text('extensions.conf'));
    assert.equal(general?.name, 'general');
    assert.ok(peers.every(({ type }) => type === 'peer'));
    const out = peers.find((peer) => peer.one('fromuser') !== undefined);
    const ins = peers.filter((peer) => peer !== out);
    const any = out ?? ins[0];
    const context = any?.one('context') ?? '';
    assert.ok(peers.every((peer) => peer.one('context') === context));
    const ringing = steps.find((one) => one.context === context && one.does.startsWith('Dial('));
    const said: Record<keyof Said, unknown> = {
      password: out?.one('remotesecret'),
      userName: out?.one('defaultuser'),
      callerId: out?.one('fromuser'),
      sipDomain: out?.one('fromdomain'),
      edgeHost: out?.one('host'),
      edgePort: Number(out?.one('port')),
      accountSid: headerSet(steps, 'X-Exotel-AccountSid'),
      flowNumber: numberDialled(steps, out?.name ?? ''),
      senders: ins.map((peer) => `${peer.one('host') ?? ''}/32`),
      numbers: numbersIn(steps, context),
      publicAddress: general.one('externaddr'),
      localNetworks: general.all('localnet'),
      certificateFile: general.one('tlscertfile'),
      privateKeyFile: general.one('tlsprivatekey'),
      caFile: general.one('tlscafile'),
      inboundContext: context,
      insidePeer: /^Dial\((.*),30\)$/.exec(ringing?.does ?? '')?.[1],
      peerName: out?.name ?? any?.name.replace(/-in-1$/, ''),
    };
    return said as Said;
  },
  shape: (files) =>
    files.map(({ text }) => readAsteriskConf(text).map(({ section, key }) => [section, key])),
  carries: (connection) => [
    ...(callsOut(connection) || callsIn(connection) ? (['peerName'] as const) : []),
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(callsIn(connection) ? (['inboundContext', 'numbers'] as const) : []),
    // A network is listed address by address, in which its own spelling is lost.
    ...(callsIn(connection) &&
    connection.exotelAddresses.every((one) => !one.includes('/') || one.endsWith('/32'))
      ? (['senders'] as const)
      : []),
    ...(callsIn(connection) && connection.insidePeer !== '' ? (['insidePeer'] as const) : []),
    ...(connection.publicAddress === null ? [] : (['publicAddress', 'localNetworks'] as const)),
    ...(connection.transport === 'tls'
      ? (['caFile', 'certificateFile', 'privateKeyFile'] as const)
      : []),
  ],
};

export const readings = [reading];
