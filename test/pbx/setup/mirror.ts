// Where Debian's packages come from on this machine: its own apt configuration, never an address of ours.
import { run } from '../../support/processes';

/** Names a Debian mirror on a machine whose apt has none, e.g. Ubuntu. */
export const mirrorVariable = 'PBX_TEST_DEBIAN_MIRROR';

/** `uri origin codename` of every package index that apt knows. */
async function indexes(): Promise<readonly (readonly string[])[]> {
  const format = '$(REPO_URI) $(ORIGIN) $(CODENAME)';
  const args = ['indextargets', '--format', format, 'Created-By: Packages'];
  const { ok, output } = await run('apt-get', args, { silenceMs: 30_000 });
  return ok ? output.split('\n').map((line) => line.trim().split(' ')) : [];
}

async function wholeSuites(): Promise<string | undefined> {
  const whole = (await indexes()).find(
    ([, origin, codename]) => origin === 'Debian' && /^[a-z]+$/.test(codename ?? ''),
  );
  return whole?.[0];
}

/** The mirror that serves whole Debian suites; security and updates archives are other ones. */
export async function debianMirror(): Promise<string | undefined> {
  const named = process.env[mirrorVariable];
  if (named !== undefined && named !== '') return named;
  const known = await wholeSuites();
  if (known !== undefined) return known;
  // A bare machine has no indexes yet, and apt does not say whose its sources are.
  await run('apt-get', ['update'], { silenceMs: 3 * 60_000 });
  return wholeSuites();
}

/** Proxy settings of apt, which the programs that make trees do not read by themselves. */
export async function proxyOptions(): Promise<readonly string[]> {
  const { ok, output } = await run('apt-config', ['dump', '--no-empty'], { silenceMs: 30_000 });
  if (!ok) return [];
  return output.split('\n').filter((line) => /^Acquire::(http|https)::(?:.+::)?Proxy /i.test(line));
}
