// Asterisk 22 with one fault after the other, and the log as a person takes it: `pjsip set logger on`, then
// what the log file says from the call on.
import { join } from 'node:path';
import type { PbxFile } from '../../../src/pbx';
import { Asterisk, asteriskFiles, commonModules, firstContext } from '../benches/asterisk';
import { pjsipModules, placed } from '../benches/asterisk';
import { pjsipBenches } from '../benches/asterisk-pjsip';
import { Box, pause } from '../box';
import { layCertificates } from '../certificates';
import { type Lab, filesFor } from '../prove';
import { PBX } from '../addresses';
import { type Combination, DIALLED, connectionFor } from '../subject';
import { TraceEdge } from './edge';
import type { Change, TraceCase } from './faults';

/** One fault and the traces of it, each as its program wrote it. */
export interface Taken {
  readonly one: TraceCase;
  readonly traces: readonly { readonly by: string; readonly text: string }[];
}

const LOG = 'log/full';
const loggerConf = [
  '[general]',
  'dateformat = %F %T.%3q',
  '[logfiles]',
  'asterisk.log => notice,warning,error',
  'full => notice,warning,error,verbose(3)',
  '',
].join('\n');

/** Long enough without a word to be over, in ms. */
const quiet = 600;
const longest = 7000;

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
  transport: 'tls' | 'tcp',
  cases: readonly TraceCase[],
  take: (taken: Taken) => void,
): Promise<void> {
  const [bench] = pjsipBenches;
  if (bench === undefined) throw new Error('There is no Asterisk to run.');
  const auth = transport === 'tls' ? 'credential' : 'ip';
  const usual: Combination = { bench, transport, auth, useCase: 'both' };
  const connection = connectionFor(usual);
  const box = await Box.open(lab.trees);
  try {
    layCertificates(box, lab.certificates, connection);
    box.copy(join(lab.trees[bench.tree].dir, bench.folder), bench.folder);
    const around = asteriskFiles([...commonModules, ...pjsipModules], []);
    const extensions = `${box.read('etc/asterisk/extensions.conf')}\n${around.find(({ behind }) => behind === true)?.text ?? ''}`;
    const lay = (files: readonly PbxFile[]): void => {
      for (const file of files) {
        const { path, text } = placed(file, connection, bench.targetId);
        box.write(path, file.name === 'extensions.conf' ? `${extensions}\n${text}` : text);
      }
    };
    for (const { path, text } of around.filter(({ behind }) => behind !== true)) {
      box.write(path, text);
    }
    box.write('etc/asterisk/logger.conf', loggerConf);
    lay(filesFor(usual));
    const edge = await TraceEdge.open(box, transport);
    const asterisk = await Asterisk.start(box, bench.tree);
    await asterisk.ask('pjsip set logger on');
    for (const one of cases) {
      const combination: Combination =
        one.flow === true ? { ...usual, useCase: 'streamkit' } : usual;
      lay(one.changes.reduce(changed, [...filesFor(combination)]));
      const logFrom = box.read(LOG).length;
      const edgeFrom = edge.seen().length;
      await asterisk.ask('dialplan reload');
      await asterisk.ask('module reload res_pjsip.so');
      await asterisk.ask('module reload res_pjsip_endpoint_identifier_ip.so');
      if (/^type = registration$/m.test(box.read('etc/asterisk/pjsip.conf'))) {
        await asterisk.ask('module reload res_pjsip_outbound_registration.so');
        await asterisk.ask('pjsip send register *all');
      }
      const sippFile = await start(one, box, edge, asterisk);
      await over(one, () => box.read(LOG).length);
      const sipp = sippFile === null ? '' : box.read(sippFile);
      const traces = [
        { by: 'Asterisk', text: box.read(LOG).slice(logFrom) },
        ...(one.onlyPbx === true || sippFile !== null
          ? []
          : [{ by: 'Kamailio', text: edge.seen().slice(edgeFrom) }]),
        ...(sipp === '' ? [] : [{ by: 'sipp', text: sipp }]),
      ];
      if (one.name === 'UDP')
        console.log(
          await asterisk.ask('pjsip show transports'),
          await asterisk.ask('pjsip show endpoint exotel'),
          await asterisk.ask('pjsip show aor exotel'),
          box.log('asterisk-out'),
          box.log('asterisk').slice(-500),
        );
      take({ one, traces });
      await asterisk.ask('channel request hangup all');
    }
  } finally {
    await box.close();
  }
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

/** Resolves when the log has been silent for a while. */
async function over({ lasts = 500 }: TraceCase, length: () => number): Promise<void> {
  const began = Date.now();
  let before = -1;
  let since = Date.now();
  for (;;) {
    await pause(100);
    const now = length();
    if (now !== before) {
      before = now;
      since = Date.now();
    }
    const passed = Date.now() - began;
    if (passed >= lasts && (Date.now() - since >= quiet || passed >= longest)) return;
  }
}
