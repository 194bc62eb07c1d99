// The pictures of the running product: for looking at after a change, and for the README
// (`npm run screenshots` writes media/screenshots/).
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeBrowser } from './browser';
import { ensureDir, root } from './paths';
import { TRACE } from './trace-sample';
import { until } from './wait';
import { type Theme, Workbench } from './workbench';

export const themes: readonly Theme[] = ['light', 'dark', 'hc', 'hcLight'];

/** Tree, menu, input and panel in one theme; gives the files, by what they show. */
export async function takePictures(theme: Theme): Promise<Readonly<Record<string, string>>> {
  const bench = await Workbench.start({
    env: { EXOTEL_SIP_DEMO: '1' },
    theme,
    files: { 'pjsip.conf': '' },
    size: { width: 1280, height: 860 },
  });
  try {
    await bench.openView();
    // The rows below need the room.
    await foldChecks(bench);
    await bench.tree.children('Sandbox');
    for (const trunk of ['outbound_trunk', 'inbound_trunk', 'streamkit_trunk']) {
      await bench.tree.children(trunk);
    }
    await bench.tree.collapse('streamkit_trunk');
    await bench.tree.collapse('inbound_trunk');
    for (const section of ['Phone Numbers', 'Whitelisted IPs', 'Credentials']) {
      await bench.tree.children(section);
    }
    await bench.tree.click('+919876543210');
    const picture = (name: string): Promise<string> => bench.screenshot(`${theme}-${name}`);
    const tree = await picture('tree');

    await bench.tree.openContextMenu('outbound_trunk');
    const menu = await picture('menu');
    await bench.press('Escape');

    await bench.tree.contextMenu('outbound_trunk', 'Whitelist IPs…');
    await bench.quickInput.waitFor({ title: 'Whitelist IPs' });
    await bench.quickInput.type('10.0.0.5');
    await bench.quickInput.waitFor({ message: /private/ });
    const input = await picture('input');
    await bench.quickInput.escape();

    await bench.tree.action('outbound_trunk', 'Open Trunk Panel');
    const panel = await bench.webview('outbound_trunk');
    await until('the generated text', async () =>
      (await panel.locator('pre').first().innerText()).includes('type = endpoint'),
    );
    // The icon font comes a moment after the text.
    await panel.evaluate('document.fonts.load("16px codicon").then(() => undefined)');
    const top = await picture('panel');
    await panel
      .getByRole('heading', { name: 'PBX configuration' })
      .evaluate((heading) => heading.scrollIntoView());
    const generator = await picture('generator');
    const errors = (await bench.notifications.all()).filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return { tree, menu, input, panel: top, generator };
  } finally {
    await bench.stop();
  }
}

async function foldChecks(bench: Workbench): Promise<void> {
  await bench.page.locator('.pane-header', { hasText: 'First-Call Checks' }).click();
}

async function widenSideBar(bench: Workbench, by: number): Promise<void> {
  const bar = await bench.page.locator('.part.sidebar').boundingBox();
  if (bar === null) throw new Error('There is no side bar.');
  const edge = { x: bar.x + bar.width, y: bar.y + bar.height / 3 };
  await bench.page.mouse.move(edge.x, edge.y);
  await bench.page.mouse.down();
  await bench.page.mouse.move(edge.x + by, edge.y, { steps: 8 });
  await bench.page.mouse.up();
  // The border stays lit for as long as the pointer is on it, and a moment after.
  await bench.page.locator('.part.statusbar').hover();
  await bench.page.waitForTimeout(600);
}

/** Nobody listens there, and nothing leaves this computer. */
const NEARBY = {
  id: 'account-domain',
  name: 'Account domain',
  host: '127.0.0.9',
  tcpPort: 5070,
  tlsPort: 443,
  source: 'an example',
  checked: '2026-11-23',
};

/** The checks of the sandbox's outbound trunk. */
async function takeChecksPicture(theme: Theme): Promise<string> {
  const bench = await Workbench.start({
    env: { EXOTEL_SIP_DEMO: '1' },
    theme,
    settings: { 'exotelSip.edges': [NEARBY] },
    size: { width: 1100, height: 860 },
  });
  try {
    await bench.openView();
    await bench.tree.children('Sandbox');
    await bench.tree.contextMenu('outbound_trunk', 'Run First-Call Checks…');
    await bench.quickInput.waitFor({ title: 'Run First-Call Checks', pick: /./ });
    await bench.quickInput.ok();
    await bench.tree.waitFor('the verdicts', (rows) =>
      rows.some(
        ({ text, description }) => text === 'outbound_trunk' && description.includes('failed'),
      ),
    );
    await widenSideBar(bench, 480);
    return await bench.screenshot(`${theme}-checks`);
  } finally {
    await bench.stop();
  }
}

async function takeTracePicture(theme: Theme): Promise<string> {
  const bench = await Workbench.start({
    theme,
    files: { 'asterisk.log': `${TRACE.join('\n')}\n` },
    size: { width: 1280, height: 860 },
  });
  try {
    await bench.editor.open('asterisk.log');
    await bench.runCommand('Exotel SIP: Explain SIP Trace');
    await bench.webview('A fault was found.');
    return await bench.screenshot(`${theme}-trace`);
  } finally {
    await bench.stop();
  }
}

/** What the README shows; gives the number of pictures. */
export async function writeReadmePictures(): Promise<number> {
  const dir = ensureDir(join(root, 'media', 'screenshots'));
  const dark = await takePictures('dark');
  const light = await takePictures('light');
  const chosen = {
    tree: dark['menu'],
    panel: dark['panel'],
    generator: light['generator'],
    checks: await takeChecksPicture('dark'),
    trace: await takeTracePicture('light'),
  };
  for (const [name, file] of Object.entries(chosen)) {
    if (file === undefined) throw new Error(`There is no picture for ${name}`);
    copyFileSync(file, join(dir, `${name}.png`));
  }
  await closeBrowser();
  return Object.keys(chosen).length;
}
