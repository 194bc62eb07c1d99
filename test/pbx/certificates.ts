// A certificate authority that lives as long as the test: Exotel's edge and the PBX show what it signed.
import { join } from 'node:path';
import { temporaryDir } from '../support/paths';
import { Box } from './box';
import { EDGE, PBX } from './addresses';
import type { Trees } from './setup';

/** The folder with `ca.pem`, `{edge,pbx}.{pem,key}` and `foreign.{pem,key}`, which another authority signed. */
export type Certificates = string;

const quick = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];

/** `edgeNames`: every host name under which the PBX may look for Exotel. */
export async function makeCertificates(
  trees: Trees,
  edgeNames: readonly string[],
): Promise<Certificates> {
  const box = await Box.open(trees);
  try {
    const openssl = async (...args: string[]): Promise<void> => {
      const { ok, output } = await box.run('world', 'tools', 'openssl', args);
      if (!ok) throw new Error(`openssl ${args.join(' ')}: ${output}`);
    };
    const config = '[req]\ndistinguished_name = name\n[name]\n';
    box.write('made/openssl.cnf', config);
    const request = ['req', '-x509', '-config', '/proof/made/openssl.cnf', ...quick];
    const authority = (name: string): Promise<void> =>
      openssl(
        ...[...request, '-subj', `/CN=Test ${name}`],
        ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=keyCertSign'],
        ...['-keyout', `/proof/made/${name}.key`, '-out', `/proof/made/${name}.pem`],
      );
    const signed = (by: string, name: string, subject: string, names: string): Promise<void> =>
      openssl(
        ...[...request, '-subj', `/CN=${subject}`, '-addext', `subjectAltName=${names}`],
        ...['-addext', 'basicConstraints=critical,CA:FALSE'],
        ...['-CA', `/proof/made/${by}.pem`, '-CAkey', `/proof/made/${by}.key`],
        ...['-keyout', `/proof/made/${name}.key`, '-out', `/proof/made/${name}.pem`],
      );
    await Promise.all([authority('ca'), authority('other-ca')]);
    const [first = 'edge'] = edgeNames;
    const edge = [...edgeNames.map((name) => `DNS:${name}`), `IP:${EDGE}`].join(',');
    await Promise.all([
      signed('ca', 'edge', first, edge),
      signed('ca', 'pbx', 'pbx.example.com', `DNS:pbx.example.com,IP:${PBX}`),
      signed('other-ca', 'foreign', first, edge),
    ]);
    const dir = temporaryDir('pbx-certificates');
    box.take('made', dir);
    return dir;
  } finally {
    await box.close();
  }
}

/** Puts them where the programs in the box look: the edge's beside its configuration, the PBX's under /etc/ssl. */
export function layCertificates(
  box: Box,
  certificates: Certificates,
  files: { caFile: string; certificateFile: string; privateKeyFile: string },
): void {
  const place = (name: string, path: string): void =>
    box.copy(join(certificates, name), path.replace(/^\//, ''));
  place('ca.pem', files.caFile);
  place('pbx.pem', files.certificateFile);
  place('pbx.key', files.privateKeyFile);
  for (const name of ['ca.pem', 'edge.pem', 'edge.key', 'foreign.pem', 'foreign.key']) {
    place(name, `edge/${name}`);
  }
}
