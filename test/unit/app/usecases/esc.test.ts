// Whoever presses Esc at any question of any command has changed nothing, here or at Exotel.
import assert from 'node:assert/strict';
import type { HandlersOf } from '../../../../src/app/usecases/handlers';
import type { Noun } from '../../../../src/app/commands';
import { accountHandlers } from '../../../../src/app/usecases/accounts';
import { callerIdHandlers } from '../../../../src/app/usecases/caller-id';
import { credentialHandlers } from '../../../../src/app/usecases/credentials';
import { destinationHandlers } from '../../../../src/app/usecases/destinations';
import { ipHandlers } from '../../../../src/app/usecases/ips';
import { numberHandlers } from '../../../../src/app/usecases/numbers';
import { trunkHandlers } from '../../../../src/app/usecases/trunks';
import { ScriptedPrompter, type ScriptedAnswer } from '../../../support/scripted-prompter';
import { type Stage, stage, type StagePorts } from './stage';

const NOUNS = {
  account: accountHandlers,
  trunk: trunkHandlers,
  number: numberHandlers,
  ip: ipHandlers,
  destination: destinationHandlers,
  credential: credentialHandlers,
  callerId: callerIdHandlers,
} as const satisfies {
  readonly [N in Noun]?: (ports: StagePorts) => HandlersOf<N>;
};

/** Of a person who goes through with it, where Enter alone is not enough. */
const ANSWERS: Readonly<Record<string, (on: Stage) => readonly ScriptedAnswer[]>> = {
  'account.add': ({ sandbox }) => [
    'Custom host',
    sandbox.url,
    sandbox.accountSid,
    sandbox.apiKey,
    sandbox.apiToken,
  ],
  'account.replaceKeys': ({ sandbox }) => [sandbox.apiKey, sandbox.apiToken],
  'trunk.create': () => ['new_trunk'],
  'trunk.addExisting': () => ['trmum1f708622631150902801a1n'],
  'trunk.delete': () => ['outbound_trunk', 'Delete Trunk…', 'outbound_trunk'],
  'number.map': () => ['outbound_trunk', '+918045671234'],
  'number.switchMode': () => ['outbound_trunk', ['+918040123456']],
  'number.move': () => ['outbound_trunk', ['+918040123456']],
  'number.copy': () => ['outbound_trunk', ['+918040123456']],
  'number.unmap': () => ['outbound_trunk', ['+918040123456']],
  'number.find': () => ['+918040123456'],
  'ip.whitelist': () => ['outbound_trunk', '13.200.45.99'],
  'ip.change': () => ['outbound_trunk', '44.248.146.11', '44.248.146.99'],
  'ip.copy': () => ['outbound_trunk', ['44.248.146.11']],
  'ip.remove': () => ['outbound_trunk', ['44.248.146.11']],
  'destination.add': () => ['outbound_trunk', 'pbx.example.com:5061;transport=tls'],
  'destination.changePriority': () => ['inbound_trunk', /pbx/, '4', '2'],
  'destination.changeAddress': () => ['inbound_trunk', /pbx/, 'b.example.com:5061;transport=tls'],
  'destination.copy': () => ['inbound_trunk', [/pbx/]],
  'destination.remove': () => ['inbound_trunk', [/pbx/]],
  'credential.delete': () => ['outbound_trunk', ['outbound_pbx']],
  'callerId.set': () => ['outbound_trunk', '+919876543210'],
};

describe('Esc at any question', () => {
  let on: Stage;
  beforeEach(async () => (on = await stage()));
  afterEach(() => on.close());

  for (const [noun, handlers] of Object.entries(NOUNS)) {
    it(`of every command on ${noun} sends, saves, copies and says nothing`, async function () {
      this.timeout(60_000);
      for (const verb of Object.keys(handlers(on.ports))) {
        const answers = ANSWERS[`${noun}.${verb}`]?.(on) ?? [];
        const make = (ports: StagePorts) => {
          const table: Readonly<Record<string, (args: readonly unknown[]) => Promise<void>>> =
            handlers(ports);
          return table[verb] ?? assert.fail(verb);
        };
        const kept = JSON.stringify(on.registry.list());
        for (let questions = 0; ; questions += 1) {
          assert.ok(questions < 20, `${noun}.${verb} asks for ever`);
          on.sandbox.clearRequests();
          const person = ScriptedPrompter.escapeAt(questions, answers);
          await on.runWith(person, make);
          if (!person.escaped) break;
          const where = `${noun}.${verb}, question ${String(questions + 1)}`;
          assert.equal(on.sandbox.mutations(), 0, where);
          assert.equal(JSON.stringify(on.registry.list()), kept, where);
          assert.deepEqual([...on.ui.said, ...on.ui.copied, ...on.ui.passwords], [], where);
        }
        // As it was, for the next command.
        await on.close();
        on = await stage();
      }
    });
  }
});
