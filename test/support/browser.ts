// A Chromium to drive: an installed one, else Debian's, else Playwright's own download.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { reasonIn, once, say } from './log';
import { onPath, root } from './paths';
import { run, runNode } from './processes';

const names = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    process.env['ProgramFiles'],
    process.env['ProgramFiles(x86)'],
    process.env['LOCALAPPDATA'],
  ]
    .filter((dir) => dir !== undefined)
    .flatMap((dir) => [
      join(dir, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(dir, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** No calls home, no first-run pages: the browser talks to 127.0.0.1 only. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Some distributions put a stand-in on PATH that only says how to install the browser. */
async function answers(program: string): Promise<boolean> {
  if (process.platform === 'win32') return existsSync(program);
  return (await run(program, ['--version'], { silenceMs: 30_000 })).ok;
}

async function installedBrowser(): Promise<string | undefined> {
  const named = process.env['CHROME_PATH'];
  const places = [
    ...(named === undefined ? [] : [named]),
    ...names.map((name) => onPath(name)),
    ...(usualPlaces[process.platform] ?? []),
    chromium.executablePath(),
  ];
  for (const place of places) {
    if (place !== undefined && existsSync(place) && (await answers(place))) return place;
  }
  return undefined;
}

/** apt does one thing at a time, and several parts of a run may want something of it at once. */
let aptQueue: Promise<unknown> = Promise.resolve();

/** Installs Debian packages when that is possible here; says why when it is not. */
export function aptInstall(...packages: readonly string[]): Promise<boolean> {
  const turn = aptQueue.then(() => installNow(packages));
  aptQueue = turn;
  return turn;
}

async function installNow(packages: readonly string[]): Promise<boolean> {
  const wanted = packages.join(' ');
  if (onPath('apt-get') === undefined) {
    say(`Cannot install ${wanted} with apt: this is not Debian or Ubuntu.`);
    return false;
  }
  if (process.getuid?.() !== 0) {
    say(`Cannot install ${wanted} with apt: that needs root (sudo apt-get install ${wanted}).`);
    return false;
  }
  say(`Installing ${wanted} (apt-get)`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env, silenceMs: 3 * 60_000 });
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  const { ok, output } = await run('apt-get', args, { env, silenceMs: 8 * 60_000 });
  if (!ok) say(`apt-get could not install ${wanted}: ${reasonIn(output)}`);
  return ok;
}

/** The path of a browser that can be driven. Installs one when there is none; throws when it cannot. */
export const ensureBrowser = once(async (): Promise<string> => {
  const present = await installedBrowser();
  if (present !== undefined) return present;
  if (process.platform === 'linux' && (await aptInstall('chromium'))) {
    const fresh = await installedBrowser();
    if (fresh !== undefined) return fresh;
  }
  say('Downloading Chromium (playwright-core)');
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  const { output } = await runNode([cli, 'install', 'chromium'], { silenceMs: 8 * 60_000 });
  const downloaded = await installedBrowser();
  if (downloaded !== undefined) return downloaded;
  say(`Playwright could not download Chromium: ${reasonIn(output)}`);
  throw new Error('No Chromium: install Chrome or Chromium, or set CHROME_PATH to one.');
});

let launched: Promise<Browser> | undefined;

/** The browser of this process, shared by all tests; `EXOTEL_E2E_HEADED=1` shows it. */
export async function sharedBrowser(): Promise<Browser> {
  const executablePath = await ensureBrowser();
  const headless = process.env['EXOTEL_E2E_HEADED'] !== '1';
  launched ??= chromium.launch({ executablePath, headless, args: flags });
  return launched;
}

export async function closeBrowser(): Promise<void> {
  const browser = await launched;
  launched = undefined;
  await browser?.close();
}
