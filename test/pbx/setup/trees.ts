// The programs the proof runs, each unpacked from Debian packages into a tree of its own in the cache.
// Nothing of them is installed on the machine itself, so nothing is started, replaced or left behind.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { reasonIn, say } from '../../support/log';
import { removeDir, root } from '../../support/paths';
import { run } from '../../support/processes';
import { NAME_SERVER } from '../addresses';
import { debianMirror, mirrorVariable, proxyOptions } from './mirror';

export const pbxCacheDir = join(root, '.pbx-test');

export type TreeName = 'asterisk-22' | 'asterisk-16' | 'tools';

interface Recipe {
  readonly suite: string;
  readonly packages: readonly string[];
  /** The package whose version is shown. */
  readonly shown: string;
  /** Folders and files that runs mount their own over. */
  readonly folders: readonly string[];
}

const everyTree = [
  'proof',
  'dev',
  'proc',
  'tmp',
  'run',
  'var/run',
  'etc/ssl/certs',
  'etc/ssl/private',
];
const asteriskTree = [...everyTree, 'etc/asterisk'];

/** Asterisk 16 is the last in Debian with chan_sip; Kamailio's tree has the tools of the proof as well. */
const recipes: Readonly<Record<TreeName, Recipe>> = {
  'asterisk-22': {
    suite: 'sid',
    packages: ['asterisk'],
    shown: 'asterisk',
    folders: asteriskTree,
  },
  'asterisk-16': {
    suite: 'bullseye',
    packages: ['asterisk'],
    shown: 'asterisk',
    folders: asteriskTree,
  },
  tools: {
    suite: 'bookworm',
    packages: [
      ...['kamailio', 'kamailio-tls-modules', 'sip-tester', 'dnsmasq-base'],
      ...['libxml2-utils', 'openssl', 'iproute2'],
    ],
    shown: 'kamailio',
    folders: [...everyTree, 'etc/kamailio'],
  },
};

export interface Tree {
  readonly name: TreeName;
  readonly dir: string;
  /** Of the program it is for, without Debian's revision, e.g. `22.10.1`. */
  readonly version: string;
}

/** What an installed system has and an unpacked one lacks. */
const smallFiles: Readonly<Record<string, string>> = {
  'etc/passwd': 'root:x:0:0:root:/:/bin/sh\n',
  'etc/group': 'root:x:0:\n',
  'etc/protocols': 'icmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\n',
  'etc/hosts': '127.0.0.1 localhost\n',
  'etc/resolv.conf': `nameserver ${NAME_SERVER}\n`,
};

const stampName = '.made-from';
const making = '-making-';

function stamp({ suite, packages, folders }: Recipe): string {
  return [suite, ...packages, ...folders, ...Object.values(smallFiles)].join(' ');
}

function isThere(dir: string, recipe: Recipe): boolean {
  try {
    return readFileSync(join(dir, stampName), 'utf8') === stamp(recipe);
  } catch {
    return false;
  }
}

/** By the packager's log, which begins `asterisk (1:22.10.1~dfsg+~cs6.15-2)`. */
function versionIn(dir: string, name: string): string {
  const file = join(dir, 'usr', 'share', 'doc', name, 'changelog.Debian.gz');
  const version = /\((?:\d+:)?([\d.]+)/.exec(gunzipSync(readFileSync(file)).toString())?.[1];
  return version?.replace(/\.$/, '') ?? 'unknown';
}

/** Newer suites make these links when a system is installed, which is not done here. */
function linkMerged(dir: string): void {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    if (!existsSync(join(dir, name)) && existsSync(join(dir, 'usr', name))) {
      symlinkSync(join('usr', name), join(dir, name));
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** An interrupted unpacking leaves its folder; one that is still going on is left alone. */
function removeAbandoned(): void {
  for (const name of existsSync(pbxCacheDir) ? readdirSync(pbxCacheDir) : []) {
    const pid = name.split(making)[1];
    if (pid !== undefined && !isRunning(Number(pid))) removeDir(join(pbxCacheDir, name));
  }
}

async function make(name: TreeName, mirror: string, proxies: readonly string[]): Promise<void> {
  const recipe = recipes[name];
  const fresh = join(pbxCacheDir, `${name}${making}${process.pid}`);
  removeDir(fresh);
  say(`Unpacking ${recipe.shown} from Debian ${recipe.suite}`);
  const { ok, output, fellSilent } = await run(
    'mmdebstrap',
    [
      '--variant=extract',
      '--mode=root',
      `--include=${recipe.packages.join(',')}`,
      // An old suite stays usable when nobody renews its index any more.
      '--aptopt=Acquire::Check-Valid-Until "false"',
      ...proxies.map((line) => `--aptopt=${line}`),
      recipe.suite,
      fresh,
      mirror,
    ],
    { silenceMs: 5 * 60_000 },
  );
  if (!ok) {
    removeDir(fresh);
    throw new Error(
      `Debian ${recipe.suite} could not be unpacked for ${recipe.shown} ` +
        `(${fellSilent ? 'nothing more was heard of it' : reasonIn(output)}). Is the suite still on the mirror? ` +
        `${mirrorVariable} names another mirror.`,
    );
  }
  linkMerged(fresh);
  for (const folder of recipe.folders) mkdirSync(join(fresh, folder), { recursive: true });
  for (const [file, text] of Object.entries(smallFiles)) writeFileSync(join(fresh, file), text);
  writeFileSync(join(fresh, stampName), stamp(recipe));
  const place = join(pbxCacheDir, name);
  removeDir(place);
  renameSync(fresh, place);
}

/** All trees; what is missing is unpacked, three at a time. Throws with the reason when one cannot be had. */
export async function ensureTrees(): Promise<Readonly<Record<TreeName, Tree>>> {
  const names = Object.keys(recipes) as TreeName[];
  const missing = names.filter((name) => !isThere(join(pbxCacheDir, name), recipes[name]));
  if (missing.length > 0) {
    mkdirSync(pbxCacheDir, { recursive: true });
    removeAbandoned();
    const mirror = await debianMirror();
    if (mirror === undefined) {
      throw new Error(
        `apt on this machine knows no Debian mirror. Run apt-get update, or set ${mirrorVariable}.`,
      );
    }
    const proxies = await proxyOptions();
    await Promise.all(missing.map((name) => make(name, mirror, proxies)));
  }
  const tree = (name: TreeName): Tree => {
    const dir = join(pbxCacheDir, name);
    return { name, dir, version: versionIn(dir, recipes[name].shown) };
  };
  return {
    'asterisk-22': tree('asterisk-22'),
    'asterisk-16': tree('asterisk-16'),
    tools: tree('tools'),
  };
}
