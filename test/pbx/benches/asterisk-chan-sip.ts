// Asterisk with chan_sip: sip.conf behind Debian's own, which has the [general], and extensions.conf.
import {
  Asterisk,
  INSIDE_PHONE,
  asteriskFiles,
  commonModules,
  firstContext,
  placed,
} from './asterisk';
import { within } from '../edge';
import type { Bench } from './bench';

export const chanSipModules = ['chan_sip', 'res_http_websocket'];

/**
 * As a client chan_sip hangs now and then when the other side speaks TLS 1.3: it takes the session ticket
 * behind the handshake for a SIP message, waits for the rest of it and never sends its own (seen on 16.28).
 */
export const CHAN_SIP_TLS = '1.2';

/** chan_sip calls nobody whom it could not reach before; on a busy machine its first try may be too slow. */
export async function reachable(asterisk: Asterisk): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const peers = await within(2500, async () => {
      const answer = await asterisk.ask('sip show peers');
      return answer.includes(' OK (') ? answer : undefined;
    });
    if (peers !== undefined) return;
    const name = /^(\S+?)(?:\/\S*)? .*(?:UNREACHABLE|UNKNOWN|LAGGED)/m.exec(
      await asterisk.ask('sip show peers'),
    )?.[1];
    if (name !== undefined) await asterisk.ask(`sip qualify peer ${name}`);
  }
}

export const chanSipBenches: readonly Bench[] = [
  {
    targetId: 'asterisk-chan-sip',
    variant: '',
    program: 'Asterisk 16',
    tree: 'asterisk-16',
    folder: 'etc/asterisk',
    newestTls: CHAN_SIP_TLS,
    options: () => ({ insidePeer: INSIDE_PHONE }),
    lay: (files, connection) =>
      asteriskFiles(
        [...commonModules, ...chanSipModules],
        files.map((file) => placed(file, connection, 'asterisk-chan-sip')),
      ),
    async start(box, connection, ways = {}) {
      const asterisk = await Asterisk.start(box, 'asterisk-16');
      return {
        complaints: () => Promise.resolve(asterisk.complaints()),
        said: () => asterisk.said(),
        async callOut(number) {
          if (ways.unknownEdge !== true) await reachable(asterisk);
          const dialplan = box.read('etc/asterisk/extensions.conf');
          const flow = connection.useCase === 'streamkit';
          const context = firstContext(dialplan, flow ? /-streamkit$/ : /-outbound$/);
          await asterisk.callOut(flow ? 's' : number, context);
        },
      };
    },
  },
];
