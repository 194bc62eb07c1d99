// Looks at the running demo once, as a person would: the sandbox account's three trunks in the side bar.
import { sharedBrowser } from './browser';
import type { Server } from './server';
import { patience, until } from './wait';

const expected = 3;

/** The number of trunks shown below the sandbox account; throws when they are not the three. */
export async function smoke(server: Server): Promise<number> {
  const page = await (await sharedBrowser()).newPage({ viewport: { width: 1400, height: 1000 } });
  await page.goto(server.url, { timeout: patience });
  const icon = page.locator('.activitybar a[aria-label^="Exotel SIP Trunks"]');
  await icon.click({ timeout: 2 * patience });
  const rows = page.locator('.part.sidebar .monaco-list-row');
  const account = rows.and(page.locator('[aria-level="1"]')).first();
  await account.waitFor({ timeout: patience });
  await until('the sandbox account to open', async () => {
    if ((await account.getAttribute('aria-expanded')) === 'true') return true;
    await account.locator('.monaco-tl-twistie').click({ timeout: 1000 });
    return undefined;
  });
  const trunks = rows.and(page.locator('[aria-level="2"][aria-label^="Trunk "]'));
  await until(
    `${expected} trunks in the side bar`,
    async () => (await trunks.count()) === expected,
  );
  return expected;
}
