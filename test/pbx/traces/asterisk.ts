// Asterisk 22 with one fault after the other, and the log as a person takes it: `pjsip set logger on`, then
// what the log file says from the call on.
import { join } from 'node:path';
import type { PbxFile } from '../../../src/pbx/types';
import { Asterisk, asteriskFiles, commonModules, firstContext } from '../benches/asterisk';
import { pjsipModules, placed } from '../benches/asterisk';
import { chanSipBenches, chanSipModules, reachable } from '../benches/asterisk-chan-sip';
import { pjsipBenches } from '../benches/asterisk-pjsip';
import type { Bench } from '../benches/bench';
import { Box, pause } from '../box';
import { layCertificates } from '../certificates';
import { type Lab, filesFor } from '../prove';
import { PBX } from '../addresses';
import { type Combination, DIALLED, connectionFor } from '../subject';
import type { SipResult } from '../../../src/checks/types';
import { TraceEdge } from './edge';
import { type Peer, askFrom, peers } from './options';
import type { Change, Expected, TraceCase } from './faults';

/** One fault and the traces of it, each as its program wrote it. */
export interface Taken {
  readonly one: Expected;
  readonly traces: readonly { readonly by: string; readonly text: string }[];
}

const LOG = 'log/full';

/** Over which the phones of a PBX come, and by mistake its trunk. */
const phonesTransport = [
  '',
  '[plain]',
  'type = transport',
  'protocol = udp',
  'bind = 0.0.0.0:5060',
  '',
].join('\n');

const loggerConf = [
  '[general]',
  'dateformat = %F %T.%3q',
  '[logfiles]',
  'asterisk.log => notice,warning,error',
  'full => notice,warning,error,verbose(3)',
  '',
].join('\n');

/** One of Asterisk's two ways to speak SIP, and how its people ask it for a trace. */
interface Channel {
  readonly bench: Bench | undefined;
  readonly modules: readonly string[];
  readonly transport: 'tls' | 'tcp';
  readonly auth: 'credential' | 'ip';
  readonly useCase: 'both' | 'outbound';
  readonly traceOn: string;
  readonly reload: readonly string[];
}

const [pjsipBench] = pjsipBenches;
const [chanSipBench] = chanSipBenches;

const pjsip = {
  bench: pjsipBench,
  modules: pjsipModules,
  useCase: 'both',
  traceOn: 'pjsip set logger on',
  reload: ['res_pjsip.so', 'res_pjsip_endpoint_identifier_ip.so'].map(
    (name) => `module reload ${name}`,
  ),
} as const;

export const channels = {
  tls: { ...pjsip, transport: 'tls', auth: 'credential' },
  tcp: { ...pjsip, transport: 'tcp', auth: 'ip' },
  chanSip: {
    bench: chanSipBench,
    modules: chanSipModules,
    transport: 'tcp',
    auth: 'credential',
    useCase: 'outbound',
    traceOn: 'sip set debug on',
    reload: ['sip reload'],
  },
} as const satisfies Record<string, Channel>;

/** Long enough without a word to be over, in ms. */
const quiet = 800;
/** One that never gets that far, in ms. */
const longest = 10_000;

function changed(files: readonly PbxFile[], { file, from, to }: Change): PbxFile[] {
  const after = files.map((one) =>
    one.name === file ? { ...one, text: one.text.replace(from, () => to) } : one,
  );
  if (after.some(({ text }, index) => text !== files[index]?.text)) return after;
  throw new Error(`${file} has no place like ${String(from)}.`);
}

/** Runs the cases one after the other in one box, giving each to `take` as it is over. */
export async function runAsterisk(
  lab: Lab,
  channel: Channel,
  cases: readonly TraceCase[],
  take: (taken: Taken) => void,
  asked?: (results: readonly (readonly [Peer, SipResult])[]) => void,
): Promise<void> {
  const { bench, transport, auth, useCase } = channel;
  if (bench === undefined) throw new Error('There is no Asterisk to run.');
  const usual: Combination = { bench, transport, auth, useCase };
  const connection = connectionFor(usual);
  const box = await Box.open(lab.trees);
  try {
    layCertificates(box, lab.certificates, connection);
    box.copy(join(lab.trees[bench.tree].dir, bench.folder), bench.folder);
    const around = asteriskFiles([...commonModules, ...channel.modules], []);
    const phones = around.find(({ behind }) => behind === true)?.text ?? '';
    const above: Readonly<Record<string, string>> = {
      'extensions.conf': `${box.read('etc/asterisk/extensions.conf')}\n${phones}\n`,
      'sip.conf': `${box.read('etc/asterisk/sip.conf')}\n`,
    };
    const lay = (files: readonly PbxFile[]): void => {
      for (const file of files) {
        const { path, text } = placed(file, connection, bench.targetId);
        const after = file.name === 'pjsip.conf' ? phonesTransport : '';
        box.write(path, `${above[file.name] ?? ''}${text}${after}`);
      }
    };
    for (const { path, text } of around.filter(({ behind }) => behind !== true)) {
      box.write(path, text);
    }
    box.write('etc/asterisk/logger.conf', loggerConf);
    lay(await filesFor(usual));
    const edge = await TraceEdge.open(box, transport);
    const asterisk = await Asterisk.start(box, bench.tree);
    await asterisk.ask(channel.traceOn);
    if (asked !== undefined) asked(await askPeers(box, transport));
    for (const one of cases) {
      const combination: Combination =
        one.flow === true ? { ...usual, useCase: 'streamkit' } : usual;
      lay(one.changes.reduce(changed, [...(await filesFor(combination))]));
      const before = box.read(LOG).length;
      for (const command of ['dialplan reload', ...channel.reload]) await asterisk.ask(command);
      if (bench === chanSipBench) await reachable(asterisk);
      // A call's trace begins with the call: the last OPTIONS of the case before is not of it.
      const logFrom = one.call === 'none' ? before : box.read(LOG).length;
      const edgeFrom = edge.seen().length;
      if (/^type = registration$/m.test(box.read('etc/asterisk/pjsip.conf'))) {
        await asterisk.ask('module reload res_pjsip_outbound_registration.so');
      }
      const sippFile = await start(one, box, edge, asterisk);
      await over(one, () => box.read(LOG).slice(logFrom));
      const sipp = sippFile === null ? '' : box.read(sippFile);
      const traces = [
        { by: 'Asterisk', text: box.read(LOG).slice(logFrom) },
        ...(one.onlyPbx === true || sippFile !== null
          ? []
          : [{ by: 'Kamailio', text: edge.seen().slice(edgeFrom) }]),
        ...(sipp === '' ? [] : [{ by: 'sipp', text: sipp }]),
      ];
      take({ one, traces });
      await asterisk.ask('channel request hangup all');
    }
  } finally {
    await box.close();
  }
}

/** Both sides asked over this transport. */
async function askPeers(
  box: Box,
  transport: 'tls' | 'tcp',
): Promise<readonly (readonly [Peer, SipResult])[]> {
  const sides = ['world', 'pbx'] as const;
  const results = await Promise.all(
    sides.map(async (side) => {
      const wanted = peers.filter((peer) => peer.side === side && peer.transport === transport);
      const found = await askFrom(box, side, wanted);
      return wanted.flatMap((peer, index) => {
        const result = found[index];
        return result === undefined ? [] : [[peer, result] as const];
      });
    }),
  );
  return results.flat();
}

/** Starts the call; the file where sipp keeps its messages, when it is the caller. */
async function start(
  one: TraceCase,
  box: Box,
  edge: TraceEdge,
  asterisk: Asterisk,
): Promise<string | null> {
  if (one.call === 'none') return null;
  if (one.call === 'in') {
    return edge.callIn({ to: `${PBX}:5060`, number: one.number ?? '' }).file;
  }
  const dialplan = box.read('etc/asterisk/extensions.conf');
  const context = firstContext(dialplan, one.flow === true ? /-streamkit$/ : /-outbound$/);
  await asterisk.callOut(one.flow === true ? 's' : (one.number ?? DIALLED), context);
  return null;
}

/** What the log of it holds at least before silence means that it is over. */
function leastOf({ expected, onlyPbx = false }: TraceCase): RegExp {
  if (onlyPbx) return /^(?:INVITE|OPTIONS) sip/m;
  if (expected.length > 0) return /^SIP\/2\.0 [2-6]/m;
  return /^BYE sip[^]*^SIP\/2\.0 200 /m;
}

/** Resolves when the log has been silent for a while. */
async function over(one: TraceCase, log: () => string): Promise<void> {
  const least = leastOf(one);
  const began = Date.now();
  let before = '';
  let since = began;
  for (;;) {
    await pause(100);
    const now = log();
    if (now !== before) {
      before = now;
      since = Date.now();
    }
    const passed = Date.now() - began;
    const silent = Date.now() - since >= quiet && least.test(now);
    if (passed >= (one.lasts ?? 0) && (silent || passed >= longest)) return;
  }
}
