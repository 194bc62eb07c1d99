// Trunks: created, found again under a taken name, renamed, deleted, and what is asked before.
import assert from 'node:assert/strict';
import { trunkHandlers } from '../../../../src/app/usecases/trunks';
import { ENTER } from '../../../support/scripted-prompter';
import { SEEDED, type Stage, stage, type StagePorts } from './stage';

const create = (ports: StagePorts) => trunkHandlers(ports).create;
const rename = (ports: StagePorts) => trunkHandlers(ports).rename;
const remove = (ports: StagePorts) => trunkHandlers(ports).delete;

describe('Trunks', () => {
  let on: Stage;
  beforeEach(async () => (on = await stage()));
  afterEach(() => on.close());

  const names = () => on.sandbox.state().trunks.map(({ trunkName }) => trunkName);

  it('are created with the account’s own domain, and shown', async () => {
    const person = await on.run(create, ['outbound_trunk', 'new_trunk', ENTER]);
    assert.deepEqual(person.asked[0]?.refused, ['A trunk of this name exists already.']);
    assert.ok(names().includes('new_trunk'));
    assert.deepEqual(on.ui.said, ['Trunk new_trunk created.']);
    assert.equal(on.revealed[0]?.kind, 'trunk');
  });

  it('whose name was taken elsewhere meanwhile are shown instead', async () => {
    on.sandbox.fail({
      match: { method: 'POST' },
      times: 1,
      then: { kind: 'answer', status: 409, after: true },
    });
    await on.run(create, ['new_trunk', ENTER]);
    assert.deepEqual(on.ui.said, ['A trunk named new_trunk exists already; it is selected.']);
    const made = on.sandbox.state().trunks.find(({ trunkName }) => trunkName === 'new_trunk');
    assert.deepEqual(on.revealed, [on.trunk(made?.trunkSid)]);
  });

  it('are created once when the answer is lost', async () => {
    on.sandbox.fail({
      match: { method: 'POST' },
      times: 1,
      then: { kind: 'reset', after: true },
    });
    await on.run(create, ['new_trunk', ENTER]);
    assert.equal(names().filter((name) => name === 'new_trunk').length, 1);
    assert.deepEqual(on.ui.said, ['Trunk new_trunk created.']);
  });

  it('are not created on a read-only account, which is offered to be changed', async () => {
    await on.registry.update(on.account.id, { readOnly: true });
    on.ui.presses = ['Allow Changes'];
    await on.run(create, []);
    await on.run(create, [], { kind: 'account', accountId: on.account.id });
    assert.deepEqual(on.ui.said, [
      'All accounts are read-only on this computer. Allow changes on one first.',
      'Test account is read-only on this computer.',
    ]);
    assert.deepEqual(on.ran[0], { id: 'exotelSip.account.allowChanges', args: [] });
    assert.equal(on.sandbox.mutations(), 0);
  });

  it('are renamed, to a name no other has', async () => {
    const person = await on.run(rename, ['inbound_trunk', 'renamed'], on.trunk());
    assert.deepEqual(person.asked[0]?.refused, ['A trunk of this name exists already.']);
    assert.ok(names().includes('renamed'));
  });

  it('are deleted after their name was typed, and what goes with them was read', async () => {
    const person = await on.run(remove, ['Delete Trunk…', 'nearly', 'outbound_trunk'], on.trunk());
    const [first, typed] = person.asked;
    assert.match(first?.prompt ?? '', /Phone Numbers: \+918040123456, \+919876543210/);
    assert.match(first?.prompt ?? '', /Credentials: outbound_pbx/);
    assert.deepEqual(typed?.refused, ['Type outbound_trunk exactly.']);
    assert.equal(typed.title, 'Delete Trunk');
    assert.ok(!names().includes('outbound_trunk'));
    assert.deepEqual(on.ui.said, ['Trunk outbound_trunk deleted.']);
  });

  it('that are refused to go say which credentials went before', async () => {
    on.sandbox.fail({
      match: { method: 'DELETE', path: /trunks\?/ },
      times: 1,
      then: { kind: 'answer', status: 403 },
    });
    await on.run(remove, ['Delete Trunk…', 'outbound_trunk'], on.trunk());
    assert.ok(names().includes('outbound_trunk'));
    assert.match(on.ui.said[0] ?? '', /^outbound_trunk is not deleted/);
  });

  it('are shown as JSON without a password', async () => {
    await on.run((ports) => trunkHandlers(ports).showJson, [], on.trunk(SEEDED.inbound));
    assert.equal(on.documents[0]?.title, 'inbound_trunk');
    const password = on.sandbox.passwordOf(SEEDED.inbound, SEEDED.inbound) ?? 'none';
    assert.ok(!JSON.stringify(on.documents).includes(password));
  });
});
