// A walk through every view, prompt, menu and page of an extension that speaks pseudo texts: what is still
// plain English there was forgotten, and what does not fit is clipped in other languages too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../src/sandbox/index';
import { root } from '../support/paths';
import { plainWords } from '../support/plain-words';
import { pseudo, pseudoExtensions } from '../support/pseudo';
import { trunkWith } from '../support/stories';
import { TRACE } from '../support/trace-sample';
import { until } from '../support/wait';
import { Workbench } from '../support/workbench';

const ACCOUNT = 'Zeta-1';
const FULL = 'zq_full';
const BARE = 'zq_bare';
/** On this computer, and nobody listens: the walk goes to no network. */
const CLOSED = '127.0.0.9:9;transport=tls';
const EDGE = {
  id: 'account-domain',
  name: 'Zeta-edge',
  host: '127.0.0.9',
  tcpPort: 9,
  tlsPort: 9,
  source: 'Zeta-source',
  checked: '2026-11-23',
};
const DATED = { dateCreated: '2026-01-23T09:24:59Z', dateUpdated: '2026-01-23T09:24:59Z' };
const TRUNKS = [
  {
    ...trunkWith(1, FULL, ['+918030000001', '+918030000002']),
    whitelistedIps: [{ ...DATED, id: '7', ip: '44.248.146.11', mask: 32, friendlyName: 'zq_ip' }],
    destinations: [
      {
        ...DATED,
        id: '8',
        destination: CLOSED,
        type: 'public',
        priority: 1,
        weight: 1,
      },
    ],
    credentials: [{ ...DATED, id: '9', userName: 'zq_user', friendlyName: 'zq_friend' }],
  },
  trunkWith(2, BARE, []),
];
/** Of the sandbox, and of this walk. */
const VALUES = [
  ...[
    ACCOUNT,
    EDGE.name,
    EDGE.source,
    FULL,
    BARE,
    'zq_ip',
    'zq_user',
    'zq_friend',
    'acme',
    'asterisk',
    'localhost',
  ],
  ...TRUNKS.map(({ trunkSid }) => trunkSid),
];

interface Read {
  /** `text`, or the attribute it stands in. */
  readonly how: string;
  readonly text: string;
  /** More of it than is shown. */
  readonly clipped: boolean;
}

/** Everything readable below these elements but generated text, which stands in `pre` and `code`. */
const READ = (selector: string): string => `(() => {
  const read = [];
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  for (const top of document.querySelectorAll(${JSON.stringify(selector)})) {
    for (const element of [top, ...top.querySelectorAll('*')]) {
      if (element.closest('pre, code, script, style') !== null || !shown(element)) continue;
      for (const how of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
        const text = element.getAttribute(how);
        if (text) read.push({ how, text, clipped: false });
      }
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const text = own.map(({ textContent }) => textContent).join('').trim();
      if (text === '') continue;
      const hides = getComputedStyle(element).overflowX !== 'visible';
      // One pixel wide: for screen readers only.
      const clipped = hides && element.clientWidth > 2 && element.scrollWidth > element.clientWidth + 1;
      read.push({ how: 'text', text, clipped });
    }
  }
  return read;
})()`;

const WIDER = `document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`;
const INPUT = '.quick-input-widget';
const DIALOG = '.monaco-dialog-box';
const NOTICES = '.notifications-toasts';
/** Its title bar has a label of VS Code's, which is that of the view before for a while. */
const SIDE_BAR = '.part.sidebar .composite.title h2, .part.sidebar .pane';

/** Opens a page of the web, which is no part of the walk. */
const LEADS_AWAY = new Set(['exotelSip.account.openConsole']);
/** The last ones: what the others need is gone after them. */
const LAST = ['exotelSip.trunk.delete', 'exotelSip.account.remove'];

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: {
      readonly commandPalette?: readonly { readonly command: string; readonly when?: string }[];
    };
  };
}

describe('with pseudo texts', () => {
  let bench: Workbench;
  let sandbox: Sandbox;
  let english: (text: string) => string[];
  const nls = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<
    Record<string, string>
  >;
  /** What is said in clear, and where it was seen first. */
  const inClear = new Map<string, string>();
  const clipped = new Map<string, string>();

  before(async function () {
    this.timeout(400_000);
    sandbox = await startSandbox({ accountSid: 'acme', trunks: TRUNKS });
    english = plainWords([...VALUES, new URL(sandbox.url).host]);
    bench = await Workbench.start({
      extensionsDir: await pseudoExtensions(),
      settings: { 'exotelSip.edges': [EDGE] },
      files: { 'asterisk.log': `${TRACE.join('\n')}\n` },
      size: { width: 1400, height: 1600 },
    });
  });

  after(async () => {
    await sandbox.close();
    await bench.stop();
  });

  function judge(where: string, read: readonly Read[], fits: boolean): void {
    for (const { how, text, clipped: cut } of read) {
      const words = english(text);
      const said = `${how} ${JSON.stringify(text)}`;
      if (words.length > 0 && !inClear.has(said)) inClear.set(said, `${where}: ${words.join(' ')}`);
      if (cut && fits && !clipped.has(said)) clipped.set(said, where);
    }
  }

  /** `fits`: nothing of it may be clipped. VS Code shortens rows and buttons of its own to the room there is. */
  async function look(where: string, selector: string, fits = false): Promise<void> {
    judge(where, await bench.ask<Read[]>(READ(selector)), fits);
  }

  function say(where: string, ...texts: readonly string[]): void {
    judge(
      where,
      texts.map((text) => ({ how: 'text', text, clipped: false })),
      false,
    );
  }

  async function lookAt(where: string, page: Frame): Promise<void> {
    judge(where, await page.evaluate<Read[]>(READ('body')), true);
    if (await page.evaluate<boolean>(WIDER)) clipped.set('the page is wider than its room', where);
  }

  const title = (id: string): string => {
    const { command = id } = commands.find((one) => one.command === id) ?? {};
    return pseudo(nls[titles.get(command) ?? ''] ?? assert.fail(`${id} has no title`));
  };
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const { commands } = manifest.contributes;
  const titles = new Map(commands.map((one) => [one.command, one.title.replaceAll('%', '')]));

  async function quiet(): Promise<void> {
    for (let time = 0; time < 4; time += 1) await bench.press('Escape');
    await bench.quickInput.waitForClosed();
  }

  const open = async (selector: string): Promise<boolean> =>
    (await bench.page.locator(`${selector}:visible`).count()) > 0;

  /** What a command shows, first answer after first answer, and then Escape. */
  async function walk(where: string): Promise<void> {
    for (let step = 1; step <= 6; step += 1) {
      const asked = await until(
        `something of ${where}`,
        async () => (await open(INPUT)) || (await open(DIALOG)) || (await open(NOTICES)),
        4000,
      ).catch(() => false);
      if (!asked) break;
      await bench.page.waitForTimeout(300);
      await look(
        `${where}, step ${step}`,
        `${INPUT} .quick-input-titlebar, ${INPUT} .quick-input-message`,
        true,
      );
      await look(`${where}, step ${step}`, `${INPUT}, ${DIALOG}, ${NOTICES}`);
      if ((await open(DIALOG)) || !(await open(INPUT))) break;
      const { picks } = await bench.quickInput.read();
      if (picks.length > 0) {
        await bench.press('Enter');
        await bench.page.waitForTimeout(500);
        continue;
      }
      await bench.quickInput.type('a ?');
      await bench.page.waitForTimeout(500);
      await look(`${where}, step ${step}, a wrong value`, INPUT);
      break;
    }
    await quiet();
  }

  it('greets', async () => {
    await bench.openView(pseudo('Exotel SIP Trunks'));
    await bench.waitForViewText(/⟦/, pseudo('Exotel SIP Trunks'));
    await look('the greeting', SIDE_BAR);
    await bench.screenshot('pseudo-greeting');
  });

  it('asks for an account', async () => {
    const { quickInput } = bench;
    await bench.runCommand(title('exotelSip.account.add'));
    await quickInput.waitFor({ step: '1/6' });
    await look('add account, region', INPUT);
    await quickInput.pick(pseudo('Custom host'));
    const { url, accountSid, apiKey, apiToken } = sandbox;
    for (const [index, answer] of [url, accountSid, apiKey, apiToken, ACCOUNT].entries()) {
      await quickInput.waitFor({ step: `${index + 2}/7` });
      await look(`add account, question ${index + 2}`, INPUT);
      if (index < 2) {
        await quickInput.type('a ?');
        await bench.page.waitForTimeout(500);
        await look(`add account, question ${index + 2}, a wrong value`, INPUT);
      }
      await quickInput.typeAndAccept(answer);
    }
    await quickInput.waitFor({ step: '7/7' });
    await look('add account, use', INPUT);
    await quickInput.pick(pseudo('Read and change'));
    await bench.tree.row(ACCOUNT);
  });

  it('has rows with tooltips and menus', async function () {
    this.timeout(600_000);
    await bench.tree.row(FULL);
    const seen = new Set<string>();
    for (let depth = 1; depth <= 3; depth += 1) {
      for (const { text, level, expanded } of await bench.tree.rows()) {
        if (level === depth && expanded === false && text !== BARE) await bench.tree.expand(text);
      }
      await bench.page.waitForTimeout(1500);
    }
    await look('the tree', SIDE_BAR);
    for (const { text, level, icon = '' } of await bench.tree.rows()) {
      if (seen.has(`${level} ${icon}`)) continue;
      seen.add(`${level} ${icon}`);
      say(`the tooltip of ${text}`, await bench.tree.tooltip(text).catch(() => ''));
      say(`the menu of ${text}`, ...(await bench.tree.contextMenuItems(text).catch(() => [])));
      say(`the buttons of ${text}`, ...(await bench.tree.actions(text)));
    }
    say('the status bar', ...(await statusTexts()));
    await bench.screenshot('pseudo-tree');
  });

  async function statusTexts(): Promise<string[]> {
    const items = await bench.statusBar();
    return items
      .flatMap(({ text, ariaLabel }) => [text, ariaLabel])
      .filter((text) => text.includes('⟦') || text.includes('Exotel'));
  }

  it('has a panel, with every PBX', async function () {
    this.timeout(900_000);
    await bench.tree.action(FULL, title('exotelSip.trunk.openPanel'));
    const panel = await bench.webview(FULL);
    await panel.getByRole('heading', { level: 1, name: FULL }).waitFor();
    const all = async (where: string): Promise<void> => {
      await panel.evaluate(
        `document.querySelectorAll('details').forEach((one) => { one.open = true; })`,
      );
      await lookAt(where, panel);
    };
    await all('the panel');
    await bench.screenshot('pseudo-panel');
    const pbx = panel.getByRole('combobox', { name: pseudo('PBX'), exact: true });
    await pbx.click();
    const offered = panel.getByRole('option');
    await offered.first().waitFor();
    const names = (await offered.allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '');
    english = plainWords([...VALUES, new URL(sandbox.url).host, ...names]);
    await bench.press('Escape');
    for (const [index, name] of names.entries()) {
      await pbx.click();
      await offered.nth(index).click();
      await bench.page.waitForTimeout(700);
      await all(`the panel, ${name}`);
    }
    await bench.editor.closeAll();
  });

  it('checks a trunk', async function () {
    this.timeout(300_000);
    await bench.tree.contextMenu(FULL, title('exotelSip.check.run'));
    await bench.quickInput.waitFor({ pick: /⟦/ });
    await look('what to check', INPUT);
    for (const { label } of (await bench.quickInput.read()).picks) {
      await bench.quickInput.check(label, true);
    }
    await bench.quickInput.ok();
    await bench.quickInput.waitForClosed();
    await bench.page.waitForTimeout(20_000);
    await look('the checks', SIDE_BAR);
    for (const { text, icon = '' } of (await bench.tree.rows()).slice(-40)) {
      if (icon === '') continue;
      say(`the check ${text}`, await bench.tree.tooltip(text).catch(() => ''));
    }
    await bench.screenshot('pseudo-checks');
  });

  it('explains a trace and a code', async function () {
    this.timeout(300_000);
    await bench.editor.open('asterisk.log');
    await bench.editor.goTo(TRACE.indexOf('SIP/2.0 488 Not Acceptable Here') + 1, 10);
    say('the hover', await until('a hover', () => bench.editor.hover()));
    await bench.press('Escape');
    await bench.runCommand(title('exotelSip.trace.explain'));
    const page = await bench.webview(/⟦/);
    await page.waitForTimeout(1500);
    await lookAt('the explained trace', page);
    await bench.screenshot('pseudo-trace');
    await bench.editor.closeAll();
    for (const code of [
      '1008',
      '488',
      '4001',
      '409',
      pseudo('One-way audio'),
      pseudo('No inbound calls'),
    ]) {
      await bench.runCommand(title('exotelSip.code.lookUp'));
      await bench.quickInput.waitFor({ pick: /./ });
      await look('the list of codes', INPUT);
      await bench.quickInput.type(code);
      await bench.page.waitForTimeout(500);
      await bench.press('Enter');
      const explained = await bench.webview(/⟦/);
      await lookAt(`the explanation of ${code}`, explained);
      await bench.editor.closeAll();
    }
  });

  it('asks in every command', async function () {
    this.timeout(1_500_000);
    const hidden = new Set(
      (manifest.contributes.menus.commandPalette ?? [])
        .filter(({ when }) => when === 'false')
        .map(({ command }) => command),
    );
    const offered = new Set(
      (await bench.commandsFor(pseudo('Exotel SIP'))).map(
        (label) => label.split(': ').at(-1) ?? '',
      ),
    );
    const ids = commands
      .map(({ command }) => command)
      .filter((id) => !hidden.has(id) && !LEADS_AWAY.has(id) && !LAST.includes(id));
    for (const id of [...ids, ...LAST]) {
      if (!offered.has(title(id))) continue;
      await bench.runCommand(title(id));
      await walk(id);
    }
    await bench.editor.closeAll();
  });

  it('says nothing in plain English, and clips nothing', () => {
    const list = (found: ReadonlyMap<string, string>): string[] =>
      [...found].map(([said, where]) => `${where}\n      ${said}`);
    const report = [...list(inClear), ...list(clipped).map((one) => `clipped: ${one}`)];
    assert.equal(report.length, 0, `\n  ${report.join('\n  ')}`);
  });
});
