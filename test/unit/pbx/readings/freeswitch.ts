// FreeSWITCH's XML as switch_xml.c reads it, and FusionPBX' forms with the XML that goes into them.
import assert from 'node:assert/strict';
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import type { PbxFile, TrunkConnection } from '../../../../src/pbx/types';
import { callsIn } from '../../../../src/pbx/writing/common';
import { readFreeswitchXml, type XmlElement } from '../readers';
import { readSheet, shapeOf, valueOf, type Sheet } from '../readers/markdown-sheet';
import type { Reading, Said } from './reading';

function proxy(text: string | undefined) {
  const match = /^([^:;]+):([0-9]+);transport=(?:tls|tcp)$/.exec(text ?? '');
  return { edgeHost: match?.[1], edgePort: Number(match?.[2]) };
}

/** The `data` of every action of that application. */
function data(elements: readonly XmlElement[], application: string): string[] {
  return elements
    .filter(
      ({ name, attributes }) => name === 'action' && attributes['application'] === application,
    )
    .map(({ attributes }) => attributes['data'] ?? '');
}

function startingWith(texts: readonly string[], start: string): string | undefined {
  return texts.find((text) => text.startsWith(start))?.slice(start.length);
}

/** The numbers an expression like `^\+?(911|912)$` takes, with their plus. */
function numbersOf(expression: string | undefined): string[] | undefined {
  const inner = /^\^\\\+\?\(([0-9|]+)\)\$$/.exec(expression ?? '')?.[1];
  return inner?.split('|').map((digits) => `+${digits}`);
}

/** The nodes of a list: all allow, and the list denies the others. */
function listed(elements: readonly XmlElement[], list: string): string[] {
  const start = elements.findIndex(
    ({ name, attributes }) => name === 'list' && attributes['name'] === list,
  );
  if (start === -1) return [];
  assert.equal(elements[start]?.attributes['default'], 'deny');
  const rest = elements.slice(start + 1);
  const end = rest.findIndex(({ name }) => name !== 'node');
  return rest.slice(0, end === -1 ? rest.length : end).map(({ attributes }) => {
    assert.equal(attributes['type'], 'allow');
    return attributes['cidr'] ?? '';
  });
}

/** Elements and attributes, without the two values a person chooses freely. */
function xmlShape(text: string): unknown {
  const free = ['username', 'password'];
  return readFreeswitchXml(text).map(({ name, attributes }) =>
    free.includes(attributes['name'] ?? '') ? [name, Object.keys(attributes)] : [name, attributes],
  );
}

const freeswitch: Reading = {
  targetId: 'freeswitch',
  said(files) {
    const comments = files.map(({ text }) => text).join('\n');
    const elements = files.flatMap(({ text }) => readFreeswitchXml(text));
    const named = (element: string) =>
      elements.find(({ name }) => name === element)?.attributes['name'];
    const param = (key: string) =>
      elements.find(({ name, attributes }) => name === 'param' && attributes['name'] === key)
        ?.attributes['value'];
    const profile = named('profile') ?? '';
    const gateway = named('gateway') ?? profile;
    assert.equal(gateway, profile);
    const exported = data(elements, 'export');
    const bridged = data(elements, 'bridge');
    const inbound = elements.findIndex(({ name }) => name === 'context');
    const condition = elements.slice(inbound).find(({ name }) => name === 'condition');
    const said: Record<keyof Said, unknown> = {
      password: param('password'),
      userName: param('username'),
      callerId: param('from-user'),
      sipDomain: param('from-domain'),
      ...proxy(param('proxy')),
      accountSid: startingWith(exported, 'nolocal:sip_h_X-Exotel-AccountSid='),
      flowNumber: startingWith(bridged, `sofia/gateway/${gateway}/`),
      senders: listed(elements, param('apply-inbound-acl') ?? ''),
      numbers: inbound === -1 ? undefined : numbersOf(condition?.attributes['expression']),
      publicAddress: param('ext-rtp-ip'),
      localNetworks: listed(elements, `${profile}-local`),
      certificateFile: /<!-- (\S+) and \S+ make agent\.pem -->/.exec(comments)?.[1],
      privateKeyFile: /<!-- \S+ and (\S+) make agent\.pem -->/.exec(comments)?.[1],
      caFile: /<!-- (\S+) is cafile\.pem -->/.exec(comments)?.[1],
      inboundContext: param('context'),
      insidePeer: bridged.at(-1),
      peerName: profile,
    };
    if (inbound !== -1) assert.equal(named('context'), param('context'));
    return said as Said;
  },
  shape: (files) => files.map(({ name, text }) => [name, xmlShape(text)]),
  carries: (connection) => [
    'peerName',
    ...outbound(connection),
    ...nat(connection),
    ...(callsIn(connection) ? (['senders', 'numbers', 'inboundContext'] as const) : []),
    ...(callsIn(connection) && connection.insidePeer !== '' ? (['insidePeer'] as const) : []),
    ...certificates(connection),
  ],
};

function outbound(connection: TrunkConnection): readonly (keyof Said)[] {
  return [
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
  ];
}

function nat(connection: TrunkConnection): readonly (keyof Said)[] {
  return connection.publicAddress === null ? [] : ['publicAddress', 'localNetworks'];
}

function certificates(connection: TrunkConnection): readonly (keyof Said)[] {
  return connection.transport === 'tls' ? ['certificateFile', 'privateKeyFile', 'caFile'] : [];
}

/** The addresses of the access control of that name. */
function accessControl(sheet: Sheet, name: string | undefined): readonly string[] {
  const page = sheet.pages.find(
    ({ heading, rows }) =>
      heading.includes('Access Controls') &&
      rows.some((row) => row.setting === 'Name' && row.values[0] === name),
  );
  if (page === undefined) return [];
  const values = (setting: string) => page.rows.find((row) => row.setting === setting)?.values;
  assert.deepEqual(values('Default'), ['deny']);
  assert.deepEqual(values('Nodes: Type'), ['allow']);
  return values('Nodes: CIDR') ?? [];
}

function sheetOf(files: readonly PbxFile[]): Sheet {
  return readSheet(files.find(({ name }) => name.endsWith('.md'))?.text ?? '');
}

const fusionpbx: Reading = {
  targetId: 'fusionpbx',
  said(files) {
    const sheet = sheetOf(files);
    const elements = files
      .filter(({ name }) => name.endsWith('.xml'))
      .flatMap(({ text }) => readFreeswitchXml(text));
    const gateway = (setting: string) => valueOf(sheet, setting, 'Accounts → Gateways');
    const profile = (setting: string) => valueOf(sheet, setting, 'SIP Profiles');
    const destinations = sheet.pages.find(({ heading }) => heading.includes('Destinations'));
    const said: Record<keyof Said, unknown> = {
      password: gateway('Password'),
      userName: gateway('Username'),
      callerId: gateway('From User'),
      sipDomain: gateway('From Domain'),
      ...proxy(gateway('Proxy')),
      accountSid: startingWith(data(elements, 'export'), 'nolocal:sip_h_X-Exotel-AccountSid='),
      flowNumber: startingWith(data(elements, 'bridge'), 'sofia/gateway/GATEWAY_UUID/'),
      senders: accessControl(sheet, profile('apply-inbound-acl')),
      numbers: destinations?.rows.find(({ setting }) => setting === 'Destination')?.values,
      publicAddress: profile('ext-rtp-ip'),
      localNetworks: accessControl(sheet, profile('local-network-acl')),
      certificateFile: valueOf(sheet, 'agent.pem: certificate'),
      privateKeyFile: valueOf(sheet, 'agent.pem: private key behind it'),
      caFile: valueOf(sheet, 'cafile.pem'),
      inboundContext: undefined,
      insidePeer: undefined,
      peerName: gateway('Profile'),
    };
    return said as Said;
  },
  shape: (files) =>
    files.map(({ name, text }) => [
      name,
      name.endsWith('.md') ? shapeOf(readSheet(text)) : xmlShape(text),
    ]),
  carries: (connection) => [
    ...(callsOut(connection) ? (['peerName'] as const) : []),
    ...outbound(connection),
    ...nat(connection),
    ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
    ...certificates(connection),
  ],
};

export const readings = [freeswitch, fusionpbx];
