// VICIdial: what it writes from a carrier. The account entry comes into sip-vicidial.conf (or the one for
// PJSIP), the dialplan entry into the context of outside calls, both included by the files of Asterisk.
import type { PbxFile, TrunkConnection } from '../../../src/pbx/types';
import { Asterisk, asteriskFiles, commonModules, pjsipModules, placed } from './asterisk';
import { CHAN_SIP_TLS, chanSipModules, reachable } from './asterisk-chan-sip';
import type { Bench, Laid } from './bench';

/** The campaign's dial prefix; VICIdial dials the number with its country code behind it. */
const dialPrefix = '9';

/** What VICIdial has in its dialplan: DIDs come in without plus and go where they are routed. */
const dialplan = [
  '[trunkinbound]',
  'exten => _X.,1,Goto(phones,6001,1)',
  '[vicidial-auto-external]',
  '#include extensions-vicidial.conf',
  '',
].join('\n');

function lay(
  files: readonly PbxFile[],
  connection: TrunkConnection,
  stack: 'sip' | 'pjsip',
): Laid[] {
  const textOf = (name: string): string => files.find((file) => file.name === name)?.text ?? '';
  const own = files.filter(({ name }) => name.endsWith('.conf') && !name.includes('-entry'));
  const path = (name: string): string => `etc/asterisk/${name}`;
  const modules = stack === 'sip' ? chanSipModules : pjsipModules;
  return asteriskFiles(
    [...commonModules, ...modules, 'res_speech', 'res_agi'],
    [
      { path: path(`${stack}-vicidial.conf`), text: textOf('account-entry.conf') },
      { path: path('extensions-vicidial.conf'), text: textOf('dialplan-entry.conf') },
      { path: path(`${stack}.conf`), text: `#include ${stack}-vicidial.conf\n`, behind: true },
      { path: path('extensions.conf'), text: dialplan, behind: true },
      ...own.map((file) => placed(file, connection, 'vicidial')),
    ],
  );
}

function bench(
  variant: string,
  stack: 'sip' | 'pjsip',
  tree: 'asterisk-22' | 'asterisk-16',
): Bench {
  return {
    targetId: 'vicidial',
    variant,
    program: tree === 'asterisk-22' ? 'Asterisk 22' : 'Asterisk 16',
    tree,
    folder: 'etc/asterisk',
    ...(stack === 'sip' && { newestTls: CHAN_SIP_TLS }),
    options: () => ({}),
    lay: (files, connection) => lay(files, connection, stack),
    async start(box, _connection, ways = {}) {
      const asterisk = await Asterisk.start(box, tree);
      return {
        complaints: () => Promise.resolve(asterisk.complaints()),
        said: () => asterisk.said(),
        async callOut(number) {
          if (stack === 'sip' && ways.unknownEdge !== true) await reachable(asterisk);
          await asterisk.callOut(`${dialPrefix}${number.slice(1)}`, 'vicidial-auto-external');
        },
      };
    },
  };
}

export const vicidialBenches: readonly Bench[] = [
  bench('chan-sip', 'sip', 'asterisk-16'),
  bench('pjsip', 'pjsip', 'asterisk-22'),
];
