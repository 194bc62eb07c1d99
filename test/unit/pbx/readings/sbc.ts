// The session border controllers, and Teams through them.
import assert from 'node:assert/strict';
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import type { PbxFile, TrunkConnection } from '../../../../src/pbx/types';
import { callsIn } from '../../../../src/pbx/writing/common';
import {
  classifiedNetworks,
  iniRows,
  manipulation,
  readAudiocodesIni,
} from '../readers/audiocodes-ini';
import {
  dialPeer,
  iosValues,
  readIos,
  trustedNetworks,
  type IosCommand,
} from '../readers/cisco-ios';
import { readPowershell } from '../readers/powershell';
import { readSheet, shapeOf, valueOf, valuesOf } from '../readers/markdown-sheet';
import type { Reading, Said } from './reading';

const always = (connection: TrunkConnection): (keyof Said)[] => [
  'peerName',
  ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
  ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
  ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
  ...(callsIn(connection) ? (['senders'] as const) : []),
  ...(connection.publicAddress === null ? [] : (['publicAddress'] as const)),
];

function addressOf(text: string | undefined) {
  const match = /^<sip:(\+[0-9X]+)@([^>]+)>$/.exec(text ?? '');
  return { callerId: match?.[1], sipDomain: match?.[2] };
}

/** Nobody chose: the example stands there. */
const chosePeer = (connection: TrunkConnection) => connection.insidePeer !== '';

/** Both strings of `… modify "a" "b"` for a header. */
function modified(commands: readonly IosCommand[], header: string): string[] {
  return commands.flatMap(({ command }) => {
    const match = /^rule [0-9]+ request [A-Z]+ \S+ (\S+) modify "[^"]*" "([^"]*)"$/.exec(command);
    return match?.[1] === header ? [match[2] ?? ''] : [];
  });
}

const cube: Reading = {
  targetId: 'cisco-cube',
  said(files) {
    const commands = readIos(files.find(({ name }) => name.endsWith('.cfg'))?.text ?? '');
    const server = /^(?:dns|ipv4):(.+):([0-9]+)$/.exec(iosValues(commands, 'sip-server')[0] ?? '');
    const login = /^username (\S+) password 0 (\S+)$/.exec(
      iosValues(commands, 'authentication')[0] ?? '',
    );
    const hasInside = dialPeer(commands, /calls (?:from|to) the PBX/) !== undefined;
    const trusted = trustedNetworks(commands);
    const named = iosValues(commands, 'description')[0] ?? '';
    const header = commands
      .map(({ command }) => /X-Exotel-AccountSid add "X-Exotel-AccountSid: ([^"]*)"$/.exec(command))
      .find((match) => match !== null);
    const said: Partial<Record<keyof Said, unknown>> = {
      peerName: /^(\S+): /.exec(named)?.[1],
      userName: login?.[1],
      password: login?.[2],
      ...addressOf(modified(commands, 'From')[0]),
      edgeHost: server?.[1],
      edgePort: Number(server?.[2]),
      accountSid: header?.[1],
      flowNumber: iosValues(commands, 'rule', 'voice translation-rule')
        .map((rule) => /^1 \/\^\.\*\$\/ \/([^/]+)\/$/.exec(rule)?.[1])
        .find((number) => number !== undefined),
      // The PBX comes first, when it is given by its address.
      senders: hasInside ? trusted.slice(1) : trusted,
      publicAddress: modified(commands, 'Contact')[0],
      insidePeer: hasInside ? `ipv4:${trusted[0]?.replace('/32', '')}` : undefined,
    };
    return said as Said;
  },
  shape: (files) =>
    files
      .filter(({ name }) => name.endsWith('.cfg'))
      .map(({ text }) =>
        readIos(text).map(({ mode, command }) => [
          mode,
          command.replace(/^(authentication username )\S+( password 0 )\S+$/, '$1?$2?'),
        ]),
      ),
  carries: (connection) => [
    ...always(connection).filter((field) => {
      return field !== 'peerName' || callsOut(connection) || callsIn(connection);
    }),
    ...((callsOut(connection) || callsIn(connection)) && chosePeer(connection)
      ? (['insidePeer'] as const)
      : []),
  ],
};

function iniOf(files: readonly PbxFile[]) {
  return readAudiocodesIni(files.find(({ name }) => name.endsWith('.ini'))?.text ?? '');
}

const unquoted = (text: unknown): string | undefined => /^'(.*)'$/.exec(String(text))?.[1];

const mediant: Reading = {
  targetId: 'audiocodes',
  said(files) {
    const ini = iniOf(files);
    const [group] = iniRows(ini, 'IPGroup');
    const [account] = iniRows(ini, 'Account');
    const edge = /^(.+):([0-9]+)$/.exec(String(iniRows(ini, 'ProxyIp')[0]?.['IpAddress']));
    const set = Number(group?.['OutboundManSet']);
    const value = (subject: string, type: number) =>
      unquoted(manipulation(ini, set, subject, type)?.['ActionValue']);
    const routes = iniRows(ini, 'IP2IPRouting');
    const out = routes.find((row) => row['DestIPGroupName'] === group?.['Name']);
    const back = routes.find((row) => row['SrcIPGroupName'] === group?.['Name']);
    const said: Partial<Record<keyof Said, unknown>> = {
      peerName: group?.['Name'],
      userName: account?.['Username'],
      password: account?.['Password'],
      callerId: value('Header.From.URL.User', 2),
      sipDomain: value('Header.From.URL.Host', 2),
      edgeHost: edge?.[1],
      edgePort: Number(edge?.[2]),
      accountSid: value('Header.X-Exotel-AccountSid', 0),
      flowNumber: value('Header.Request-URI.URL.User', 2),
      senders: classifiedNetworks(ini),
      publicAddress: iniRows(ini, 'NATTranslation')[0]?.['TargetIPAddress'],
      insidePeer: out?.['SrcIPGroupName'] ?? back?.['DestIPGroupName'],
    };
    return said as Said;
  },
  shape: (files) => {
    const ini = iniOf(files);
    return [
      Array.from(ini.parameters),
      Array.from(ini.tables, ([name, rows]) => [
        name,
        Array.from(rows, ([index, row]) => [
          index,
          Object.entries(row).map(([column, value]) =>
            name === 'Account' && /^(?:Username|Password)$/.test(column) ? column : [column, value],
          ),
        ]),
      ]),
    ];
  },
  carries: (connection) => [
    ...always(connection),
    ...((callsOut(connection) || callsIn(connection)) && chosePeer(connection)
      ? (['insidePeer'] as const)
      : []),
  ],
};

function sheetOf(files: readonly PbxFile[]) {
  return readSheet(files.find(({ name }) => name.endsWith('.md'))?.text ?? '');
}

const edge: Reading = {
  targetId: 'ribbon',
  said(files) {
    const sheet = sheetOf(files);
    const header = valueOf(sheet, 'Header Name');
    const said: Partial<Record<keyof Said, unknown>> = {
      peerName: valueOf(sheet, 'Signaling group description'),
      userName: valueOf(sheet, 'Authentication ID'),
      password: valueOf(sheet, 'Enter Password'),
      callerId: valueOf(sheet, 'Calling Address/Number {} becomes'),
      sipDomain: valueOf(sheet, 'Static Host'),
      edgeHost: valueOf(sheet, 'Host FQDN/IP'),
      edgePort: Number(valueOf(sheet, 'Port')),
      accountSid: header === 'X-Exotel-AccountSid' ? valueOf(sheet, 'Header Value') : undefined,
      flowNumber: sheet.pages
        .flatMap(({ rows }) => rows)
        .find(({ setting }) => setting === 'Called Address/Number {} becomes')?.values[0],
      senders: valuesOf(sheet, 'Federated IP/FQDN, each with its netmask'),
      publicAddress: valueOf(sheet, 'NAT Public IP (Signaling/Media)'),
      insidePeer: valueOf(sheet, 'Destination signaling group of the route in'),
    };
    return said as Said;
  },
  shape: (files) => shapeOf(sheetOf(files)),
  carries: (connection) => [
    ...always(connection),
    ...(callsIn(connection) && chosePeer(connection) ? (['insidePeer'] as const) : []),
  ],
};

/** Which SBC's text lies beside the script. */
function sbcOf(files: readonly PbxFile[]): Reading {
  const found = [cube, mediant, edge].find((_, index) => {
    return files.some(({ name }) => name.endsWith(['.cfg', '.ini', '.md'][index] ?? ''));
  });
  assert.ok(found !== undefined, 'no text for the SBC');
  return found;
}

const teams: Reading = {
  targetId: 'teams',
  said(files) {
    const cmdlets = readPowershell(files.find(({ name }) => name.endsWith('.ps1'))?.text ?? '');
    const policy = cmdlets.find(({ name }) => name === 'New-CsOnlineVoiceRoutingPolicy');
    const said = sbcOf(files).said(files);
    // Both halves carry the name when calls go out.
    if (policy !== undefined) assert.equal(policy.parameters['Identity'], said.peerName);
    return said;
  },
  // No free value stands in the script, so it is the same to the letter. said() has parsed it.
  shape: (files) => [
    files[0]?.text.split('\n').filter((line) => !line.startsWith('#')),
    sbcOf(files).shape(files),
  ],
  carries: (connection) =>
    always(connection).filter((field) => {
      return field !== 'peerName' || callsOut(connection) || callsIn(connection);
    }),
};

export const readings: readonly Reading[] = [cube, mediant, edge, teams];
