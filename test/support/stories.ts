// What several end-to-end stories begin with, done as a person does it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { Sandbox, TrunkState } from '../../src/sandbox/index';
import { root } from './paths';
import { until } from './wait';
import type { Workbench } from './workbench';

/**
 * For one long story, whose later steps can only fail once one has: they fail at once and say because of
 * which. Mocha's own bail would leave them out, and with them every file behind this one. Call it as the
 * first thing in the suite.
 */
export function stopAtFirstFailure(suite: Mocha.Suite): void {
  let first: string | null = null;
  suite.beforeAll('a story stops at its first failure', () => {
    suite.eachTest((test) => {
      const step = test.fn as ((this: Mocha.Context) => unknown) | undefined;
      if (step === undefined) return;
      test.fn = function (this: Mocha.Context) {
        if (first !== null) throw new Error(`Not tried, because this failed: ${first}`);
        return step.call(this);
      };
    });
  });
  suite.afterEach('a story stops at its first failure', function () {
    if (this.currentTest?.state === 'failed') first ??= this.currentTest.title;
  });
}

/** An account of the sandbox, entered through the inputs. The view must be open. */
export async function addAccount(bench: Workbench, sandbox: Sandbox, label: string): Promise<void> {
  const { quickInput } = bench;
  await bench.runCommand('Exotel SIP: Add Account…');
  await quickInput.waitFor({ title: 'Add Account', step: '1/6', pick: 'Custom host' });
  await quickInput.pick('Custom host');
  const answers = [sandbox.url, sandbox.accountSid, sandbox.apiKey, sandbox.apiToken, label];
  for (const [index, answer] of answers.entries()) {
    await quickInput.waitFor({ step: `${index + 2}/7` });
    await quickInput.typeAndAccept(answer);
  }
  await quickInput.waitFor({ step: '7/7' });
  await quickInput.pick('Read and change');
  await bench.tree.row(label);
}

/** Chooses from one of the panel's lists, by its label. */
export async function choose(panel: Frame, label: string, option: string): Promise<void> {
  await panel.getByRole('combobox', { name: label, exact: true }).click();
  await panel.getByRole('option', { name: option, exact: true }).click();
}

/** Waits until the panel's generated text, of all files, fits; gives it. */
export function panelText(panel: Frame, match: RegExp): Promise<string> {
  return until(`a generated text with ${String(match)}`, async () => {
    const text = (await panel.locator('pre').allTextContents()).join('\n');
    return match.test(text) && text;
  });
}

const DATED = { dateCreated: '2026-01-23T09:24:59Z', dateUpdated: '2026-01-23T09:24:59Z' };

/** A trunk with these numbers and nothing else. `index` makes its ids its own. */
export function trunkWith(index: number, name: string, numbers: readonly string[]): TrunkState {
  return {
    ...DATED,
    trunkSid: `trmum1e2e00000000000000000${index}t`,
    trunkName: name,
    nsoCode: 'ANY-ANY',
    domainName: 'acme.pstn.exotel.com',
    authType: 'IP-WHITELIST',
    phoneNumbers: numbers.map((phoneNumber, at) => ({
      ...DATED,
      id: `${index}${at}`,
      phoneNumber,
      mode: 'pstn',
    })),
    whitelistedIps: [],
    destinations: [],
    credentials: [],
    settings: [],
  };
}

const STORED = `(async () => {
  const readable = (value) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value)
      ? new TextDecoder().decode(value)
      : typeof value === 'string' ? value : JSON.stringify(value);
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const storeName of database.objectStoreNames) {
      const store = database.transaction(storeName).objectStore(storeName);
      const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      parts.push(...keys.map((key, index) => storeName + ' ' + readable(key) + ' ' + readable(values[index])));
    }
    database.close();
  }
  return parts.join('\\n');
})()`;

/** Everything the browser profile keeps for the window: its state, and its keyring as it is encrypted. */
export function browserStorage(bench: Workbench): Promise<string> {
  return bench.ask<string>(STORED);
}

/**
 * Another window comes to the front and goes again: VS Code in a browser then writes down its state.
 * Waits until what is kept fits.
 */
export async function lookAway(bench: Workbench, match: RegExp): Promise<void> {
  const away = (): Promise<unknown> =>
    bench.ask(`new Promise((done) => {
      document.hasFocus = () => false;
      window.dispatchEvent(new Event('blur'));
      setTimeout(() => {
        delete document.hasFocus;
        window.dispatchEvent(new Event('focus'));
        done();
      });
    })`);
  await until(`a saved state with ${String(match)}`, async () => {
    await away();
    return match.test(await browserStorage(bench));
  });
  // What is kept for all windows may be there before what this one has open.
  await away();
  await new Promise((resolve) => setTimeout(resolve, 2000));
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds seriously wrong with the page. */
export async function accessibilityFaults(panel: Frame): Promise<string[]> {
  await panel.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  const violations = await panel.evaluate<readonly Violation[]>(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
    );
}
