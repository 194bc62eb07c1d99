// Kamailio as the proxy of a PBX, with one fault after the other. The trace is that of its own sipdump module:
// both sides of each call, of which the doctor has to judge Exotel's.
import { join } from 'node:path';
import { kamailioBenches } from '../benches/kamailio';
import { Box, pause } from '../box';
import { layCertificates } from '../certificates';
import { type Lab, filesFor } from '../prove';
import { type Combination, DIALLED, connectionFor } from '../subject';
import type { Taken } from './asterisk';
import { TraceEdge, dumped, sipdumpLines } from './edge';
import { kamailioCases } from './faults';

const config = 'etc/kamailio/kamailio.cfg';

/** One box for each case: its Kamailio reads its text at the start only. */
export async function runKamailio(lab: Lab, take: (taken: Taken) => void): Promise<void> {
  const [bench] = kamailioBenches;
  if (bench === undefined) throw new Error('There is no Kamailio to run.');
  for (const one of kamailioCases) {
    const auth = one.transport === 'tls' ? 'credential' : 'ip';
    const usual: Combination = { bench, transport: one.transport, auth, useCase: 'outbound' };
    const connection = connectionFor(usual);
    const box = await Box.open(lab.trees);
    try {
      layCertificates(box, lab.certificates, connection);
      box.copy(join(lab.trees[bench.tree].dir, bench.folder), bench.folder);
      for (const { path, text } of bench.lay(await filesFor(usual), connection))
        box.write(path, text);
      const text = box.read(config);
      const changed = one.change === undefined ? text : text.replace(one.change[0], one.change[1]);
      if (one.change !== undefined && changed === text) {
        throw new Error(`kamailio.cfg has no place like ${String(one.change[0])}.`);
      }
      const module = ['loadmodule "sipdump.so"', ...sipdumpLines('/proof/dump')].join('\n');
      const lines = changed.replace(/^modparam/m, `${module}\nmodparam`);
      box.write(config, lines);
      box.write('dump/.here', '');
      await TraceEdge.open(box, one.transport);
      const running = await bench.start(box, connection);
      await running.callOut(DIALLED);
      const end = Date.now() + 5000;
      while (Date.now() < end && !one.over.test(dumped(box, 'dump'))) await pause(100);
      await pause(200);
      const trace = dumped(box, 'dump');
      take({ one, traces: [{ by: 'Kamailio, as the proxy', text: trace }] });
    } finally {
      await box.close();
    }
  }
}
