// Phone numbers, from the questions to what Exotel has and what is said: the real client and model on a
// sandbox, a person who answers from a list.
import assert from 'node:assert/strict';
import { BACK } from '../../../../src/app/input/prompter';
import { numberHandlers } from '../../../../src/app/usecases/numbers';
import { SEEDED, type Stage, stage, type StagePorts } from './stage';

const map = (ports: StagePorts) => numberHandlers(ports).map;
const move = (ports: StagePorts) => numberHandlers(ports).move;
const unmap = (ports: StagePorts) => numberHandlers(ports).unmap;
const TAKEN = '+911800123456';

describe('Phone numbers', () => {
  let on: Stage;
  beforeEach(async () => (on = await stage()));
  afterEach(() => on.close());

  const numbers = (trunkSid?: string) =>
    on.held(trunkSid)?.phoneNumbers.map(({ phoneNumber, mode }) => `${phoneNumber} ${mode}`);

  it('are mapped in the mode that is chosen, the last question a step back', async () => {
    await on.run(map, ['08045671230', BACK, '08045671231', 'flow'], on.trunk());
    assert.deepEqual(numbers(), ['+918040123456 pstn', '+919876543210 pstn', '+918045671231 flow']);
    assert.deepEqual(on.ui.said, ['+918045671231 mapped.']);
    assert.equal(on.revealed.length, 1);
  });

  it('are asked for in the mode a check found to be missing', async () => {
    const person = await on.run(map, ['+918045671231', /flow/], on.trunk(), undefined, 'flow');
    assert.equal(person.asked[0]?.title, 'Map Phone Numbers');
    assert.match(numbers()?.at(-1) ?? '', /flow/);
  });

  it('that are on another trunk are told where, and can be moved here', async () => {
    on.ui.presses = ['Move It Here…'];
    await on.run(map, [TAKEN, 'pstn'], on.trunk());
    assert.deepEqual(on.ui.said, [
      `${TAKEN} is on trunk inbound_trunk of Test account, mode pstn.`,
    ]);
    const [handed] = on.ran;
    assert.equal(handed?.id, 'exotelSip.number.move');
    await on.run(move, ['Move'], ...handed.args);
    assert.ok(numbers()?.includes(`${TAKEN} pstn`));
    assert.ok(!numbers(SEEDED.inbound)?.includes(`${TAKEN} pstn`));
  });

  it('that are on this very trunk are told so, with the way to the other mode', async () => {
    on.ui.presses = ['Switch Phone Number Mode…'];
    await on.run(map, ['+919876543210', 'flow'], on.trunk());
    assert.match(on.ui.said[0] ?? '', /is on trunk outbound_trunk .* mode pstn/);
    assert.equal(on.ran[0]?.id, 'exotelSip.number.switchMode');
  });

  it('of a list are accounted for one by one, each duplicate with its trunk', async () => {
    on.ui.presses = ['Move 1 Number Here…'];
    await on.run(map, [`+918045671230 ${TAKEN}`, 'pstn'], on.trunk());
    assert.deepEqual(on.ui.said[0]?.split('\n'), [
      'Mapped 1 of 2 numbers.',
      'Mapped: 1',
      '  ✓ +918045671230',
      'Not mapped: 1',
      `  ✗ ${TAKEN}: ${TAKEN} is on trunk inbound_trunk of Test account, mode pstn.`,
    ]);
    assert.equal(on.ran[0]?.id, 'exotelSip.number.move');
  });

  it('are mapped once when the answer is lost', async () => {
    on.sandbox.fail({
      match: { method: 'POST', path: /phone-numbers/ },
      times: 1,
      then: { kind: 'reset', after: true },
    });
    await on.run(map, ['+918045671231', 'pstn'], on.trunk());
    assert.equal(numbers()?.length, 3);
    assert.deepEqual(on.ui.said, ['+918045671231 mapped.']);
  });

  it('are refused in Exotel’s words, with the way to read more', async () => {
    on.sandbox.fail({
      match: { method: 'POST' },
      times: 1,
      then: { kind: 'answer', status: 403 },
    });
    on.ui.presses = ['Explain'];
    await on.run(map, ['+918045671231', 'pstn'], on.trunk());
    assert.match(on.ui.said[0] ?? '', /^\+918045671231: /);
    assert.deepEqual(
      on.explained.map(({ subject, problem }) => [subject, problem.kind]),
      [['+918045671231', 'forbidden']],
    );
  });

  it('are left alone after the person cancels', async () => {
    on.ui.cancelAt = 1;
    await on.run(map, ['+918045671230 +918045671231 +918045671232', 'pstn'], on.trunk());
    assert.equal(numbers()?.length, 3);
    assert.match(on.ui.said[0] ?? '', /^Mapped 1 of 3 numbers\./);
    assert.match(on.ui.said[0] ?? '', /Not tried: 2/);
    assert.deepEqual(on.ui.cancellables, ['Map Phone Numbers']);
  });

  it('stop moving once one is left on no trunk', async () => {
    const rows = [await on.row('numbers', 0), await on.row('numbers', 1)];
    on.sandbox.fail({
      match: { method: 'POST', path: /phone-numbers/ },
      times: 2,
      then: { kind: 'answer', status: 403 },
    });
    await on.run(move, ['Move'], rows[0], rows, on.trunk(SEEDED.inbound));
    assert.deepEqual(numbers(), ['+919876543210 pstn']);
    assert.match(on.ui.said[0] ?? '', /^\+918040123456 is on no trunk now/);
    assert.match(on.ui.said[1] ?? '', /^Moved 0 of 2 numbers\.\nNot moved: 1\n[^]*Not tried: 1/);
  });

  it('stay where they are when only the mapping is refused', async () => {
    on.sandbox.fail({
      match: { method: 'POST', path: /phone-numbers/ },
      times: 1,
      then: { kind: 'answer', status: 403 },
    });
    await on.run(move, ['Move'], await on.row('numbers', 1), undefined, on.trunk(SEEDED.inbound));
    assert.equal(numbers()?.length, 2);
    assert.match(on.ui.said[0] ?? '', /^\+919876543210: /);
  });

  it('are not moved to another account, nor to where they are', async () => {
    const row = await on.row('numbers', 1);
    await on.run(move, [], row, [row], { ...on.trunk(), accountId: 'other' });
    await on.run(move, [], row, [row], on.trunk());
    assert.deepEqual(on.ui.said, [
      'A number cannot move to another account.',
      'Already on trunk outbound_trunk.',
    ]);
    assert.equal(on.sandbox.mutations(), 0);
  });

  it('are asked about as caller ID before they go', async () => {
    const isCallerId = /\+918040123456 is the caller ID of trunk outbound_trunk/;
    const other = await on.run(unmap, ['Unmap'], await on.row('numbers', 1));
    assert.doesNotMatch(other.asked[0]?.prompt ?? '', /caller ID/);
    const target = [undefined, on.trunk(SEEDED.inbound)];
    const moved = await on.run(move, ['Move'], await on.row('numbers', 0), ...target);
    assert.match(moved.asked[0]?.prompt ?? '', isCallerId);
    await on.run(map, ['+918045671231', 'pstn'], on.trunk());
    await on.model.setCallerId(SEEDED.outbound, '+918045671231');
    const unmapped = await on.run(unmap, ['Unmap'], await on.row('numbers', 0));
    assert.match(unmapped.asked[0]?.prompt ?? '', /\+918045671231 is the caller ID/);
  });

  it('are found, switched, copied and unmapped', async () => {
    await on.run((ports) => numberHandlers(ports).find, ['1800 123 456']);
    await on.run((ports) => numberHandlers(ports).find, ['+918045679999']);
    const rows = [await on.row('numbers', 0), await on.row('numbers', 1)];
    await on.run((ports) => numberHandlers(ports).switchMode, ['flow'], rows[0], rows);
    await on.run((ports) => numberHandlers(ports).copy, [], rows[0], rows);
    await on.run(unmap, ['Unmap'], rows[0], rows);
    assert.deepEqual(on.ui.said, [
      `${TAKEN} is on trunk inbound_trunk of Test account, mode pstn.`,
      '+918045679999 is on no trunk of Test account.',
      'Mode is flow.',
      '2 phone numbers copied.',
      '2 numbers unmapped.',
    ]);
    assert.deepEqual(on.ui.copied, ['+918040123456\n+919876543210']);
    assert.deepEqual(numbers(), []);
  });
});
