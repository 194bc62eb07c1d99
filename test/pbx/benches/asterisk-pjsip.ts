// Asterisk with PJSIP: pjsip.conf and extensions.conf as they are.
import type { Bench } from './bench';
import {
  Asterisk,
  INSIDE_PHONE,
  asteriskFiles,
  commonModules,
  firstContext,
  pjsipModules,
  placed,
} from './asterisk';

function bench(variant: string, program: string, tree: 'asterisk-22' | 'asterisk-16'): Bench {
  return {
    targetId: 'asterisk-pjsip',
    variant,
    program,
    tree,
    folder: 'etc/asterisk',
    options: () => ({ insidePeer: INSIDE_PHONE }),
    lay: (files, connection) =>
      asteriskFiles(
        [...commonModules, ...pjsipModules],
        files.map((file) => placed(file, connection, 'asterisk-pjsip')),
      ),
    async start(box, connection) {
      const asterisk = await Asterisk.start(box, tree);
      return {
        complaints: () => Promise.resolve(asterisk.complaints()),
        said: () => asterisk.said(),
        async callOut(number) {
          const dialplan = box.read('etc/asterisk/extensions.conf');
          const flow = connection.useCase === 'streamkit';
          const context = firstContext(dialplan, flow ? /-streamkit$/ : /-outbound$/);
          await asterisk.callOut(flow ? 's' : number, context);
        },
      };
    },
  };
}

export const pjsipBenches: readonly Bench[] = [
  bench('current', 'Asterisk 22', 'asterisk-22'),
  bench('older', 'Asterisk 16', 'asterisk-16'),
];
