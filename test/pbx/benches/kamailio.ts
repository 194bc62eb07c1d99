// Kamailio as the proxy between a PBX and Exotel. The PBX behind it is sipp, which dials and answers.
import { INSIDE, PBX } from '../addresses';
import { DIALLED } from '../subject';
import { dials, rings } from '../scenarios';
import type { Bench } from './bench';
import { placed } from './asterisk';

const folder = 'etc/kamailio';
const config = '/etc/kamailio/kamailio.cfg';

/** Kamailio's own words for what it could not read, and for a start that failed. */
const troubled = /\b(ERROR|CRITICAL|WARNING): (?!tls \[tls_init)/;

function insidePort(text: string): number {
  const port = /^listen = tcp:[0-9.]+:([0-9]+).*name "inside"$/m.exec(text)?.[1];
  if (port === undefined) throw new Error('kamailio.cfg does not listen for the PBX.');
  return Number(port);
}

export const kamailioBenches: readonly Bench[] = [
  {
    targetId: 'kamailio',
    variant: '',
    program: 'Kamailio 5.6',
    tree: 'tools',
    folder: 'etc/kamailio',
    // The example addresses of the text are those of the test: nothing has to be changed.
    options: () => ({}),
    lay: (files, connection) => files.map((file) => placed(file, connection, 'kamailio', folder)),
    async start(box, connection, ways = {}) {
      const checked = await box.run('pbx', 'tools', 'kamailio', ['-c', '-f', config]);
      const transport = ways.plainAudio === true ? 'tcp' : connection.transport;
      const port = insidePort(box.read(`${folder}/kamailio.cfg`));
      box.write('inside/rings.xml', rings(transport));
      box.write('inside/dials.xml', dials(transport, `${PBX}:${port}`, DIALLED));
      const kamailio = box.start('pbx', 'tools', 'kamailio', 'kamailio', [
        ...['-DD', '-E', '-f', config, '-Y', '/tmp', '-P', '/tmp/pbx.pid', '-m', '32', '-M', '4'],
      ]);
      const sipp = ['-i', INSIDE, '-nostdin', '-t', 't1'];
      const phone = box.start('pbx', 'tools', 'inside', 'sipp', [
        ...['-sf', '/proof/inside/rings.xml', '-p', '5060', ...sipp],
      ]);
      await Promise.all([
        box.listening('pbx', 'tcp', PBX, port, kamailio, 'kamailio'),
        box.listening('pbx', 'tcp', INSIDE, 5060, phone, 'inside'),
      ]);
      const read = checked.ok
        ? []
        : checked.output.split('\n').filter((line) => troubled.test(line));
      const atStart = box
        .log('kamailio')
        .split('\n')
        .filter((line) => troubled.test(line));
      return {
        complaints: () => Promise.resolve([...read, ...atStart]),
        said: () => box.log('kamailio').trim().split('\n').slice(-12).join('\n'),
        callOut() {
          box.start('pbx', 'tools', 'dialling', 'sipp', [
            ...['-sf', '/proof/inside/dials.xml', '-p', '5070', ...sipp],
            ...['-m', '1', '-timeout', '10s', `${PBX}:${port}`],
          ]);
          return Promise.resolve();
        },
      };
    },
  },
];
