// SIP credentials: the new password is shown once, kept, and never lost with an answer.
import assert from 'node:assert/strict';
import { credentialHandlers } from '../../../../src/app/usecases/credentials';
import { ENTER } from '../../../support/scripted-prompter';
import { SEEDED, type Stage, stage, type StagePorts } from './stage';

const create = (ports: StagePorts) => credentialHandlers(ports).create;
const rotate = (ports: StagePorts) => credentialHandlers(ports).rotate;

describe('Credentials', () => {
  let on: Stage;
  beforeEach(async () => (on = await stage()));
  afterEach(() => on.close());

  const shown = () => on.ui.passwords.map((password) => password.reveal());
  const atExotel = (userName: string) => on.sandbox.passwordOf(SEEDED.outbound, userName);

  it('get a strong password that is shown once and kept', async () => {
    await on.run(create, ['pbx_two', 'second_pbx', ENTER], on.trunk());
    assert.deepEqual(shown(), [atExotel('pbx_two')]);
    assert.match(shown()[0] ?? '', /^[A-Za-z0-9]{24}$/);
    const copy = (ports: StagePorts) => credentialHandlers(ports).copyPassword;
    await on.run(copy, ['outbound_trunk', 'pbx_two']);
    assert.deepEqual(on.ui.copied, shown());
    assert.deepEqual(on.ui.said, ['Credential pbx_two created.', 'Password copied.']);
  });

  it('take a password of one’s own, which is not shown again', async () => {
    const person = await on.run(
      create,
      ['pbx_two', '', 'Enter a password', 'Own_password_12345'],
      on.trunk(),
    );
    assert.equal(atExotel('pbx_two'), 'Own_password_12345');
    assert.deepEqual(shown(), []);
    assert.doesNotMatch(JSON.stringify([person.asked, on.ui.said]), /Own_password_12345/);
  });

  it('with a name the trunk has are refused beside the field', async () => {
    const person = await on.run(create, ['outbound_pbx', 'pbx_two', '', ENTER], on.trunk());
    assert.deepEqual(person.asked[0]?.refused, ['This trunk has a credential of this name.']);
  });

  it('that may have been made although the answer got lost show their password', async () => {
    on.sandbox.fail({
      match: { path: /credentials/ },
      times: 20,
      then: { kind: 'reset', after: true },
    });
    await on.model.ensureSections(SEEDED.outbound);
    const making = on.run(create, ['pbx_two', '', ENTER], on.trunk());
    await assert.rejects(making, { name: 'ExotelError' });
    on.sandbox.clearFaults();
    assert.deepEqual(shown(), [atExotel('pbx_two')]);
  });

  it('get a new password after the person knows that calls fail meanwhile', async () => {
    const old = atExotel('outbound_pbx');
    const row = await on.row('credentials');
    const person = await on.run(rotate, [ENTER, 'Rotate Password'], row);
    assert.match(person.asked.at(-1)?.prompt ?? '', /stops working at once/);
    assert.notEqual(atExotel('outbound_pbx'), old);
    assert.deepEqual(shown(), [atExotel('outbound_pbx')]);
    assert.equal(person.asked[0]?.title, 'Rotate SIP Password');
  });

  it('keep the old password when Exotel refuses, and show none', async () => {
    const old = atExotel('outbound_pbx');
    const row = await on.row('credentials');
    on.sandbox.fail({
      match: { method: 'PUT' },
      times: 1,
      then: { kind: 'answer', status: 403 },
    });
    await assert.rejects(on.run(rotate, [ENTER, 'Rotate Password'], row), { name: 'ExotelError' });
    assert.equal(atExotel('outbound_pbx'), old);
    assert.deepEqual(shown(), []);
  });

  it('whose password is not known here offer to rotate it', async () => {
    on.ui.presses = ['Rotate SIP Password…'];
    const row = await on.row('credentials');
    await on.run((ports) => credentialHandlers(ports).copyPassword, [], row);
    assert.match(on.ui.said[0] ?? '', /does not know the password of outbound_pbx/);
    assert.deepEqual(on.ran, [{ id: 'exotelSip.credential.rotate', args: [row] }]);
    assert.deepEqual(on.ui.copied, []);
  });

  it('are deleted after a question that says what stops', async () => {
    const remove = (ports: StagePorts) => credentialHandlers(ports).delete;
    await on.run(remove, ['Delete'], await on.row('credentials'));
    assert.equal(atExotel('outbound_pbx'), undefined);
    assert.deepEqual(on.ui.said, ['outbound_pbx deleted.']);
  });
});
