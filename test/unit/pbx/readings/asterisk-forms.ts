// FreePBX, MikoPBX and VICIdial: what Asterisk reads once they have written what the sheet says.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import type { PbxFile, TrunkConnection } from '../../../../src/pbx/types';
import { callsIn } from '../../../../src/pbx/writing/common';
import { readAsteriskConf } from '../readers';
import {
  contactOf,
  freepbxWrites,
  headerSet,
  merged,
  mikopbxAttributes,
  mikopbxWrites,
  numberDialled,
  numbersIn,
  sectionOfType,
  sectionsOf,
  stepsOf,
  vicidialAccount,
  vicidialDialplan,
  type Step,
} from '../readers/asterisk';
import { readSheet, shapeOf, valueOf, valuesOf } from '../readers/markdown-sheet';
import type { Reading, Said } from './reading';

type Found = Partial<Record<keyof Said, unknown>>;

function textOf(files: readonly PbxFile[], name: string): string {
  return files.find((file) => file.name === name)?.text ?? '';
}

/** What any pjsip.conf says of the trunk. */
function pjsipSaid(conf: string, steps: readonly Step[]): Found {
  const sections = sectionsOf(conf);
  const endpoint = sectionOfType(sections, 'endpoint');
  const auth = sectionOfType(sections, 'auth');
  const contact = contactOf(sectionOfType(sections, 'aor')?.one('contact'));
  const wanted = endpoint?.one('transport');
  const transport = sections.find(({ name, type }) => type === 'transport' && name === wanted);
  const match = sectionOfType(sections, 'identify')?.all('match') ?? [];
  return {
    password: auth?.one('password'),
    userName: auth?.one('username'),
    callerId: endpoint?.one('from_user'),
    sipDomain: endpoint?.one('from_domain'),
    edgeHost: contact?.edgeHost,
    edgePort: contact?.edgePort,
    accountSid: headerSet(steps, 'X-Exotel-AccountSid'),
    flowNumber: numberDialled(steps, endpoint?.name ?? ''),
    senders: match.flatMap((list) => list.split(',')),
    publicAddress: transport?.one('external_media_address'),
    localNetworks: transport?.all('local_net'),
    certificateFile: transport?.one('cert_file'),
    privateKeyFile: transport?.one('priv_key_file'),
    caFile: transport?.one('ca_list_file'),
    peerName: endpoint?.name,
  };
}

/** chan_sip lists a network address by address, in which its own spelling is lost. */
function areSingle({ exotelAddresses }: TrunkConnection): boolean {
  return exotelAddresses.every((one) => !one.includes('/') || one.endsWith('/32'));
}

function sharedCarries(connection: TrunkConnection): (keyof Said)[] {
  return [
    'peerName',
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
    ...(connection.publicAddress === null ? [] : (['publicAddress'] as const)),
    ...(connection.publicAddress === null || connection.localNetworks.length === 0
      ? []
      : (['localNetworks'] as const)),
  ];
}

function shape(files: readonly PbxFile[]): unknown {
  return files.map(({ name, text }) =>
    name.endsWith('.md')
      ? shapeOf(readSheet(text))
      : readAsteriskConf(text).map(({ section, key }) => [section, key]),
  );
}

export const readings: readonly Reading[] = [
  {
    targetId: 'freepbx',
    said(files) {
      const sheet = readSheet(textOf(files, 'freepbx-trunk.md'));
      const post = textOf(files, 'pjsip.endpoint_custom_post.conf');
      const steps = stepsOf(textOf(files, 'extensions_custom.conf'));
      return {
        ...pjsipSaid(freepbxWrites(sheet, post), steps),
        numbers: valuesOf(sheet, 'DID Number'),
      } as Said;
    },
    shape,
    carries: sharedCarries,
  },
  {
    targetId: 'mikopbx',
    said(files) {
      const sheet = readSheet(textOf(files, 'mikopbx-provider.md'));
      const attributes = textOf(files, 'additional-pjsip-attributes.conf');
      const conf = mikopbxWrites(sheet, attributes, textOf(files, 'pjsip.conf'));
      const steps = stepsOf(textOf(files, 'extensions.conf'));
      const found = pjsipSaid(conf, steps);
      return {
        ...found,
        // The host is one of them by itself.
        senders: valuesOf(sheet, 'Additional provider addresses'),
        numbers: valuesOf(sheet, 'Additional number (DID)'),
        flowNumber: numberDialled(steps, 'SIP-TRUNK-XXXXXXXX'),
        publicAddress: valueOf(sheet, 'External IP address (NAT)'),
        localNetworks: valuesOf(sheet, 'Local networks (NAT)'),
        peerName: valueOf(sheet, 'Provider name'),
      } as Said;
    },
    shape: (files) => [
      shape(files),
      Object.entries(mikopbxAttributes(textOf(files, 'additional-pjsip-attributes.conf'))).map(
        ([section, options]) => [
          section.startsWith(';') ? 'a comment' : section,
          Object.keys(options),
        ],
      ),
    ],
    carries: (connection) => [
      ...sharedCarries(connection),
      ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
    ],
  },
  {
    targetId: 'vicidial',
    said(files) {
      const account = vicidialAccount(textOf(files, 'account-entry.conf'));
      const sheet = readSheet(textOf(files, 'vicidial-carrier.md'));
      const steps = stepsOf(
        `${vicidialDialplan(textOf(files, 'dialplan-entry.conf'))}\n${textOf(files, 'extensions.conf')}`,
      );
      const numbers = numbersIn(steps, 'trunkinbound');
      if (valueOf(sheet, 'Protocol') === 'PJSIP') {
        return { ...pjsipSaid(account, steps), numbers } as Said;
      }
      const general = sectionsOf(merged(`[general]\n${textOf(files, 'sip.conf')}`))[0];
      const peers = sectionsOf(merged(account));
      const out = peers.find((peer) => peer.one('fromuser') !== undefined);
      const ins = peers.filter((peer) => peer !== out);
      return {
        password: out?.one('remotesecret'),
        userName: out?.one('defaultuser'),
        callerId: out?.one('fromuser'),
        sipDomain: out?.one('fromdomain'),
        edgeHost: out?.one('host'),
        edgePort: Number(out?.one('port')),
        accountSid: headerSet(steps, 'X-Exotel-AccountSid'),
        flowNumber: numberDialled(steps, out?.name ?? ''),
        senders: ins.map((peer) => `${peer.one('host') ?? ''}/32`),
        numbers,
        publicAddress: general?.one('externaddr'),
        localNetworks: general?.all('localnet'),
        certificateFile: general?.one('tlscertfile'),
        privateKeyFile: general?.one('tlsprivatekey'),
        caFile: general?.one('tlscafile'),
        peerName: out?.name ?? ins[0]?.name.replace(/-in-1$/, ''),
      } as Said;
    },
    shape,
    carries: (connection) => [
      ...sharedCarries(connection).filter(
        (field) =>
          (field !== 'peerName' || callsOut(connection) || callsIn(connection)) &&
          (field !== 'senders' || connection.variant === 'pjsip' || areSingle(connection)),
      ),
      ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
      ...(connection.transport === 'tls' && (connection.variant !== 'pjsip' || callsIn(connection))
        ? (['certificateFile', 'privateKeyFile'] as const)
        : []),
    ],
  },
];
