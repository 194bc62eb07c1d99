// Everything the proof needs on this machine, got by itself on Debian or Ubuntu as root.
import { aptInstall } from '../../support/browser';
import { once } from '../../support/log';
import { onPath } from '../../support/paths';
import { run } from '../../support/processes';
import { type Tree, type TreeName, ensureTrees } from './trees';

export type Trees = Readonly<Record<TreeName, Tree>>;

/** What the machine itself has to have, by the Debian package that holds it. */
const hostPrograms = {
  mmdebstrap: 'mmdebstrap',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  mount: 'mount',
} as const;

async function ensureHostPrograms(): Promise<void> {
  const missing = (): string[] =>
    Object.entries(hostPrograms)
      .filter(([program]) => onPath(program) === undefined)
      .map(([, name]) => name);
  if (missing().length > 0) {
    // mmdebstrap alone knows no Debian keys on other distributions.
    await aptInstall(...new Set([...missing(), 'debian-archive-keyring']));
  }
  const [still] = missing();
  if (still !== undefined) throw new Error(`${still} is missing and could not be installed.`);
}

async function ensureNamespaces(): Promise<void> {
  const { ok, output } = await run('unshare', ['-n', '-m', '-p', '-f', 'true'], {
    silenceMs: 20_000,
  });
  if (!ok) {
    throw new Error(`This machine lets no program have a network of its own: ${output.trim()}`);
  }
}

/** The programs, or an error that says why this machine cannot have them. */
export const ensurePrograms = once(async (): Promise<Trees> => {
  if (process.platform !== 'linux' || onPath('apt-get') === undefined) {
    throw new Error('The PBX programs are Debian packages: this is not Debian or Ubuntu.');
  }
  if (process.getuid?.() !== 0) {
    throw new Error('The PBX programs run in a network of their own: that needs root.');
  }
  await ensureHostPrograms();
  await ensureNamespaces();
  return ensureTrees();
});

/** Undefined when everything is there; otherwise why not. */
export async function missingPrograms(): Promise<string | undefined> {
  try {
    await ensurePrograms();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
