// Commands as VS Code runs them: all of them there, none of them needing a row, none of them doing
// anything when the person changes their mind.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ScriptedPrompter, type ScriptedAnswer } from '../support/scripted-prompter';
import { extension, stage, type Stage } from './extension';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when: string }[]>>;
  };
}

/** What a person answers who goes through with it, where Enter alone is not enough. */
const ANSWERS: Readonly<Record<string, (stage: Stage) => readonly ScriptedAnswer[]>> = {
  'exotelSip.account.add': ({ sandbox }) => [
    'Custom host',
    sandbox.url,
    sandbox.accountSid,
    sandbox.apiKey,
    sandbox.apiToken,
  ],
  'exotelSip.account.replaceKeys': ({ sandbox }) => [sandbox.apiKey, sandbox.apiToken],
  'exotelSip.trunk.create': () => ['new_trunk'],
  'exotelSip.trunk.addExisting': () => ['trmum1f708622631150902801a1n'],
  'exotelSip.trunk.delete': () => ['outbound_trunk', 'Delete Trunk…', 'outbound_trunk'],
  'exotelSip.number.map': () => ['outbound_trunk', '+918045671234'],
  'exotelSip.number.switchMode': () => ['outbound_trunk', ['+918040123456']],
  'exotelSip.number.move': () => ['outbound_trunk', ['+918040123456']],
  'exotelSip.number.copy': () => ['outbound_trunk', ['+918040123456']],
  'exotelSip.number.unmap': () => ['outbound_trunk', ['+918040123456']],
  'exotelSip.number.find': () => ['+918040123456'],
  'exotelSip.ip.whitelist': () => ['outbound_trunk', '13.200.45.99'],
  'exotelSip.ip.change': () => ['outbound_trunk', '44.248.146.11', '44.248.146.99'],
  'exotelSip.ip.copy': () => ['outbound_trunk', ['44.248.146.11']],
  'exotelSip.ip.remove': () => ['outbound_trunk', ['44.248.146.11']],
  'exotelSip.destination.add': () => ['outbound_trunk', 'pbx.example.com:5061;transport=tls'],
  'exotelSip.destination.changePriority': () => ['inbound_trunk', /pbx/, '4', '2'],
  'exotelSip.destination.changeAddress': () => [
    'inbound_trunk',
    /pbx/,
    'new.example.com:5061;transport=tls',
  ],
  'exotelSip.destination.copy': () => ['inbound_trunk', [/pbx/]],
  'exotelSip.destination.remove': () => ['inbound_trunk', [/pbx/]],
  'exotelSip.credential.delete': () => ['outbound_trunk', ['outbound_pbx']],
  'exotelSip.callerId.set': () => ['outbound_trunk', '+919876543210'],
  'exotelSip.pbx.save': () => ['outbound_trunk', /Any other PBX/],
};

/** Opens a dialog of the operating system, which no script can answer. */
const NATIVE_DIALOG = new Set(['exotelSip.pbx.save']);

describe('The commands', () => {
  const manifest = extension().packageJSON as Manifest;
  const declared = manifest.contributes.commands.map(({ command }) => command);
  const hidden = new Set(
    (manifest.contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command),
  );
  const inPalette = declared.filter((command) => !hidden.has(command));

  let on: Stage;
  afterEach(() => on.close());

  it('are registered exactly as declared', async () => {
    on = await stage();
    const registered = (await vscode.commands.getCommands(true)).filter(
      // VS Code itself registers <view>.focus, .open and the like for every view.
      (id) => id.startsWith('exotelSip.') && !/^exotelSip\.(trunks|checks)\./.test(id),
    );
    assert.deepEqual(registered.sort(), [...declared].sort());
  });

  for (const command of inPalette) {
    it(`${command} runs bare, and Esc at any question sends nothing`, async () => {
      on = await stage();
      const model = await on.services.models.open(on.account.id);
      await model.ensureTrunks();
      const answers = ANSWERS[command]?.(on) ?? [];
      const accounts = JSON.stringify(on.services.registry.list());
      for (let questions = 0; ; questions += 1) {
        assert.ok(questions < 20, 'asks for ever');
        on.sandbox.clearRequests();
        const person = ScriptedPrompter.escapeAt(questions, answers);
        if (NATIVE_DIALOG.has(command) && questions > 2) break;
        await on.runWith(person, command);
        if (!person.escaped) break;
        assert.equal(on.sandbox.mutations(), 0, `Esc at question ${questions + 1} sent something`);
        assert.equal(JSON.stringify(on.services.registry.list()), accounts);
        assert.deepEqual(on.ui.copied, []);
      }
      const defects = on.ui.said.filter((text) => text.includes('defect'));
      assert.deepEqual(defects, []);
    });
  }

  it('do nothing with arguments that are not theirs', async () => {
    on = await stage();
    for (const junk of [null, 0, 'x', {}, { kind: 'trunk' }, vscode.Uri.file('/x'), [[]]]) {
      const person = ScriptedPrompter.escapeAt(0);
      await on.runWith(person, 'exotelSip.trunk.delete', junk, junk);
      assert.equal(on.sandbox.mutations(), 0);
      assert.ok(person.escaped, 'asked for what was missing');
    }
  });
});
