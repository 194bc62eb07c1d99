// The sheets of settings: what stands beside the labels of each form.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import type { TrunkConnection } from '../../../../src/pbx/types';
import { callsIn } from '../../../../src/pbx/writing/common';
import { readSheet, shapeOf, valueOf, valuesOf, type Sheet } from '../readers/markdown-sheet';
import type { Reading, Said } from './reading';

function port(text: string | undefined): number {
  return Number(text);
}

/** `host:port` in one field. */
function hostAndPort(text: string | undefined) {
  const [host, digits] = (text ?? '').split(':');
  return { edgeHost: host, edgePort: Number(digits) };
}

function reading(
  targetId: string,
  said: (sheet: Sheet) => Partial<Record<keyof Said, unknown>>,
  carries: (connection: TrunkConnection) => readonly (keyof Said)[],
): Reading {
  return {
    targetId,
    said: (files) => said(readSheet(files[0]?.text ?? '')) as Said,
    shape: (files) => files.map(({ name, text }) => [name, shapeOf(readSheet(text))]),
    carries,
  };
}

const credential = (connection: TrunkConnection) =>
  usesCredential(connection) ? (['password', 'userName'] as const) : [];
const nat = (connection: TrunkConnection) =>
  connection.publicAddress === null
    ? []
    : connection.localNetworks.length === 0
      ? (['publicAddress'] as const)
      : (['publicAddress', 'localNetworks'] as const);

/** `Name: value`, as one code span. */
function headerValue(text: string | undefined): string | undefined {
  return /^X-Exotel-AccountSid: (.+)$/.exec(text ?? '')?.[1];
}

export const readings: readonly Reading[] = [
  reading(
    'settings-table',
    (sheet) => ({
      password: valueOf(sheet, 'Password'),
      userName: valueOf(sheet, 'User name'),
      callerId: valueOf(sheet, 'From user, caller ID'),
      sipDomain: valueOf(sheet, 'From domain'),
      edgeHost: valueOf(sheet, 'SIP server (edge)'),
      edgePort: port(valueOf(sheet, 'Port')),
      accountSid: headerValue(valueOf(sheet, 'Extra SIP header')),
      flowNumber: valueOf(sheet, 'Number to dial'),
      senders: valuesOf(sheet, 'Allowed source addresses'),
      numbers: valuesOf(sheet, 'Number called'),
      publicAddress: valueOf(sheet, 'Public address (NAT)'),
      localNetworks: valuesOf(sheet, 'Local networks (NAT)'),
    }),
    (connection) => [
      ...credential(connection),
      ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
      ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
      ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
      ...nat(connection),
    ],
  ),
  reading(
    'threecx',
    (sheet) => ({
      peerName: valueOf(sheet, 'Name'),
      callerId: valueOf(sheet, 'From : User Part'),
      sipDomain: valueOf(sheet, 'From : Host Part'),
      edgeHost: valueOf(sheet, 'Registrar/Server'),
      edgePort: port(valueOf(sheet, 'Port')),
      senders: valuesOf(sheet, 'TCP port {} is open to'),
      numbers: valuesOf(sheet, 'DID numbers'),
      publicAddress: valueOf(sheet, 'Static public IP address (to be confirmed)'),
    }),
    (connection) => [
      'peerName',
      'edgeHost',
      'edgePort',
      ...(callsOut(connection) ? (['callerId', 'sipDomain'] as const) : []),
      ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
      ...(connection.publicAddress === null ? [] : (['publicAddress'] as const)),
    ],
  ),
  reading(
    'yeastar',
    (sheet) => ({
      peerName: valueOf(sheet, 'Name', 'Basic'),
      callerId: valueOf(sheet, 'Default Outbound Caller ID'),
      sipDomain: valueOf(sheet, 'Domain'),
      edgeHost: valueOf(sheet, 'Hostname/IP'),
      edgePort: port(valueOf(sheet, 'Port')),
      senders: valuesOf(sheet, 'Accept'),
      numbers: valuesOf(sheet, 'DID Pattern'),
      publicAddress: valueOf(sheet, 'Public IP Address (to be confirmed)'),
      localNetworks: valuesOf(sheet, 'Local Network Identification (to be confirmed)'),
    }),
    (connection) => [
      'peerName',
      'edgeHost',
      'edgePort',
      'sipDomain',
      ...(callsOut(connection) ? (['callerId'] as const) : []),
      ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
      ...nat(connection),
    ],
  ),
  reading(
    'grandstream-ucm',
    (sheet) => ({
      peerName: valueOf(sheet, 'Provider Name'),
      password: valueOf(sheet, 'Password'),
      userName: valueOf(sheet, 'AuthID'),
      callerId: valueOf(sheet, 'From User') ?? valueOf(sheet, 'Caller ID'),
      sipDomain: valueOf(sheet, 'From Domain') ?? valueOf(sheet, 'From Domain (to be confirmed)'),
      ...hostAndPort(valueOf(sheet, 'Host Name')),
      senders: valuesOf(sheet, 'Accept TCP port {} from'),
      numbers: valuesOf(sheet, 'Pattern', 'Inbound Routes')?.map((one) => one.replace(/^_/, '')),
      publicAddress: valueOf(sheet, 'External Host'),
      localNetworks: valuesOf(sheet, 'Local Network Address'),
    }),
    (connection) => [
      'peerName',
      'edgeHost',
      'edgePort',
      ...credential(connection),
      ...(callsOut(connection) ? (['callerId', 'sipDomain'] as const) : []),
      ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
      ...nat(connection),
    ],
  ),
  reading(
    'genesys-cloud',
    (sheet) => ({
      peerName: valueOf(sheet, 'External Trunk Name'),
      password: valueOf(sheet, 'Password'),
      userName: valueOf(sheet, 'User Name'),
      callerId: valueOf(sheet, 'Calling: Caller ID'),
      sipDomain: valueOf(sheet, 'Outbound SIP Termination FQDN'),
      edgeHost: valueOf(sheet, 'SIP Servers or Proxies: Hostname or IP Address'),
      edgePort: port(valueOf(sheet, 'SIP Servers or Proxies: Port')),
      accountSid:
        valueOf(sheet, 'Header name') === 'X-Exotel-AccountSid'
          ? valueOf(sheet, 'Header value')
          : undefined,
      flowNumber: valueOf(sheet, 'Numbers', 'Number Plans'),
      senders: valuesOf(sheet, 'Allow the Following Addresses'),
      numbers: valuesOf(sheet, 'DID numbers'),
    }),
    (connection) => [
      'peerName',
      'edgeHost',
      'edgePort',
      ...credential(connection),
      ...(callsOut(connection) ? (['callerId', 'sipDomain'] as const) : []),
      ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
      ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
    ],
  ),
  reading(
    'avaya-sbce',
    (sheet) => ({
      peerName: valueOf(sheet, 'Flow Name'),
      password: valueOf(sheet, 'Password'),
      userName: valueOf(sheet, 'User Name'),
      callerId: valueOf(sheet, 'From user'),
      sipDomain: valuesOf(sheet, 'From: Replace Action, Overwrite Value (to be confirmed)')?.[1],
      edgeHost: valueOf(sheet, 'IP Address / FQDN'),
      edgePort: port(valueOf(sheet, 'Port')),
      accountSid: headerValue(valueOf(sheet, 'Header to add to INVITE')),
      flowNumber: valueOf(sheet, 'Request user (the Exophone of the flow)'),
      senders: valuesOf(sheet, 'TCP port {} is open to'),
      numbers: valuesOf(sheet, 'Number called'),
      publicAddress: valueOf(sheet, 'Public IP (to be confirmed)'),
    }),
    (connection) => [
      'peerName',
      'edgeHost',
      'edgePort',
      ...credential(connection),
      ...(callsOut(connection) ? (['callerId', 'sipDomain'] as const) : []),
      ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
      ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
      ...(connection.publicAddress === null ? [] : (['publicAddress'] as const)),
    ],
  ),
];
