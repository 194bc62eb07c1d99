// What host tests share: the running extension's own parts, and an account on a sandbox of the test's own.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/extension';
import { Secret } from '../../src/exotel/secret';
import type { Probes } from '../../src/checks/types';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index';
import type { Account } from '../../src/app/accounts/account';
import { ScriptedPrompter, type ScriptedAnswer } from '../support/scripted-prompter';
import { SilentUi } from '../support/silent-ui';

type Services = TestApi['services'];

export const EXTENSION_ID = 'exotel-sip-trunks.exotel-sip-trunks';

export function extension(): vscode.Extension<TestApi> {
  const found = vscode.extensions.getExtension<TestApi>(EXTENSION_ID);
  assert.ok(found, `${EXTENSION_ID} is installed`);
  return found;
}

/** The services commands really use; tests put a scripted person in the place of the boxes. */
export async function services(): Promise<{ -readonly [K in keyof Services]: Services[K] }> {
  return (await extension().activate()).services;
}

/** A network in which nobody listens: tests ask no other computer. */
const NOBODY: Probes = {
  resolve: () => Promise.resolve({ kind: 'notFound' }),
  connect: () => Promise.resolve({ kind: 'refused' }),
  handshake: () => Promise.resolve({ kind: 'noTcp', result: { kind: 'refused' } }),
  options: () => Promise.resolve({ kind: 'noTcp', result: { kind: 'refused' } }),
};

export interface Stage {
  readonly services: Services;
  readonly ui: SilentUi;
  readonly sandbox: Sandbox;
  readonly account: Account;
  /** Runs a command the way VS Code does, with the person answering from a list. */
  run(
    command: string,
    answers: readonly ScriptedAnswer[],
    ...args: unknown[]
  ): Promise<ScriptedPrompter>;
  /** …with a prompter of one's own. */
  runWith(prompter: ScriptedPrompter, command: string, ...args: unknown[]): Promise<void>;
  close(): Promise<void>;
}

/** A window with one account, on a sandbox that the test can look into. */
export async function stage(options: SandboxOptions = {}): Promise<Stage> {
  const parts = await services();
  const { prompter, ui, probes } = parts;
  for (const account of parts.registry.list()) await parts.registry.remove(account.id);
  const silent = new SilentUi();
  parts.ui = silent;
  parts.probes = NOBODY;
  const sandbox = await startSandbox({ callsPerMinute: Infinity, ...options });
  const { account } = await parts.registry.add(
    {
      label: 'Test account',
      region: 'custom',
      baseUrl: sandbox.url,
      accountSid: sandbox.accountSid,
    },
    { apiKey: new Secret(sandbox.apiKey), apiToken: new Secret(sandbox.apiToken) },
  );
  async function runWith(
    scripted: ScriptedPrompter,
    command: string,
    ...args: unknown[]
  ): Promise<void> {
    parts.prompter = scripted;
    try {
      await vscode.commands.executeCommand(command, ...args);
    } finally {
      parts.prompter = prompter;
    }
  }
  return {
    services: parts,
    ui: silent,
    sandbox,
    account,
    runWith,
    run: async (command, answers, ...args) => {
      const scripted = new ScriptedPrompter(answers);
      await runWith(scripted, command, ...args);
      const defect = silent.said.find((text) => text.includes('defect'));
      assert.equal(defect, undefined, `after ${scripted.titles.join(', ')}`);
      scripted.assertDone();
      return scripted;
    },
    close: async () => {
      for (const { id } of parts.registry.list()) await parts.registry.remove(id);
      parts.ui = ui;
      parts.probes = probes;
      parts.tree.setFilter(null);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await sandbox.close();
    },
  };
}

/** Waits until the condition holds; says what it waited for when it never does. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
