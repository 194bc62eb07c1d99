// The pictures of the running product: for looking at after a change, and for the README
// (`npm run screenshots` writes media/screenshots/).
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeBrowser } from './browser';
import { ensureDir, root } from './paths';
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
    await panel.locator('pre').first().scrollIntoViewIfNeeded();
    await panel.locator('pre').first().hover();
    await bench.page.mouse.wheel(0, 4000);
    await panel.locator('body').hover();
    await bench.page.mouse.wheel(0, 400);
    const generator = await picture('generator');
    const errors = (await bench.notifications.all()).filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return { tree, menu, input, panel: top, generator };
  } finally {
    await bench.stop();
  }
}

/** What the README shows; gives the number of pictures. */
export async function writeReadmePictures(): Promise<number> {
  const dir = ensureDir(join(root, 'media', 'screenshots'));
  const dark = await takePictures('dark');
  const light = await takePictures('light');
  const chosen = { tree: dark['menu'], panel: dark['panel'], generator: light['generator'] };
  for (const [name, file] of Object.entries(chosen)) {
    if (file === undefined) throw new Error(`There is no picture for ${name}`);
    copyFileSync(file, join(dir, `${name}.png`));
  }
  await closeBrowser();
  return Object.keys(chosen).length;
}
