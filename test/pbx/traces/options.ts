// The OPTIONS probe of the checks against real peers: Kamailio as the edge and Asterisk as the PBX. The asking
// program has to be in the box's network, so it is a program of its own.
import { readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SipResult } from '../../../src/checks/types';
import type { Transport } from '../../../src/terms/use';
import { root } from '../../support/paths';
import { run } from '../../support/processes';
import { EDGE, PBX } from '../addresses';
import type { Box, Side } from '../box';
import { within } from '../edge';

export interface Peer {
  readonly name: string;
  /** From where it is asked. */
  readonly side: Side;
  readonly host: string;
  readonly port: number;
  readonly transport: Transport;
  readonly program: RegExp;
}

export const peers: readonly Peer[] = [
  ...(['tcp', 'tls'] as const).map((transport): Peer => ({
    name: `Kamailio answers OPTIONS over ${transport.toUpperCase()}`,
    ...{ side: 'pbx', host: EDGE, port: transport === 'tls' ? 443 : 5070, transport },
    program: /^kamailio \(5/,
  })),
  ...(['tcp', 'tls'] as const).map((transport): Peer => ({
    name: `Asterisk answers OPTIONS over ${transport.toUpperCase()}`,
    ...{ side: 'world', host: PBX, port: transport === 'tls' ? 5061 : 5060, transport },
    program: /^Asterisk PBX 22/,
  })),
];

/** True when the program has the network of the box, not this machine's. */
async function entered(pid: number | undefined): Promise<boolean> {
  const network = (of: string): string => {
    try {
      return readlinkSync(`/proc/${of}/ns/net`);
    } catch {
      return '';
    }
  };
  const own = network('self');
  const there = await within(5000, () => {
    const found = network(String(pid));
    return found !== '' && found !== own;
  });
  return there === true;
}

/** Asks all of these from one side of the box, in order. */
export async function askFrom(
  box: Box,
  side: Side,
  asked: readonly Peer[],
): Promise<readonly SipResult[]> {
  // A program that is there for nothing but its network.
  const anchor = box.start(side, 'tools', `anchor-${side}`, 'dnsmasq', [
    ...['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--pid-file', '--port=0'],
  ]);
  const file = join(box.dir, `asked-${side}.json`);
  writeFileSync(
    file,
    JSON.stringify(asked.map(({ host, port, transport }) => [host, port, transport])),
  );
  try {
    if (!(await entered(anchor.pid))) throw new Error('The network of the box was not entered.');
    const { ok, output } = await run(
      'nsenter',
      [
        `--net=/proc/${String(anchor.pid)}/ns/net`,
        ...['--', process.execPath, '--import', 'tsx', 'test/pbx/traces/ask.ts', file],
      ],
      { cwd: root, silenceMs: 30_000 },
    );
    const line = output.split('\n').find((one) => one.startsWith('[')) ?? '';
    if (!ok || line === '') throw new Error(`The probe ended without a result: ${output.trim()}`);
    return JSON.parse(line) as SipResult[];
  } finally {
    anchor.kill();
    rmSync(file, { force: true });
  }
}
