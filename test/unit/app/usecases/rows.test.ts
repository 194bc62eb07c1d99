// Whitelisted IPs, destination URIs and the caller ID, from the questions to what Exotel has.
import assert from 'node:assert/strict';
import { BACK } from '../../../../src/app/input/prompter';
import { callerIdHandlers } from '../../../../src/app/usecases/caller-id';
import { destinationHandlers } from '../../../../src/app/usecases/destinations';
import { ipHandlers } from '../../../../src/app/usecases/ips';
import { ENTER } from '../../../support/scripted-prompter';
import { SEEDED, type Stage, stage, type StagePorts } from './stage';

let on: Stage;
beforeEach(async () => (on = await stage()));
afterEach(() => on.close());

const refuse = (method: string, path: RegExp, times = 1) =>
  on.sandbox.fail({ match: { method, path }, times, then: { kind: 'answer', status: 403 } });

describe('Whitelisted IPs', () => {
  const whitelist = (ports: StagePorts) => ipHandlers(ports).whitelist;
  const held = () => on.held()?.whitelistedIps.map(({ ip, mask }) => `${ip}/${String(mask)}`);

  it('are added from a list, checked beside the field', async () => {
    const person = await on.run(
      whitelist,
      ['192.168.1.10', '13.200.45.98, 13.200.45.99/24'],
      on.trunk(),
    );
    assert.match(person.asked[0]?.refused[0] ?? '', /private/);
    assert.deepEqual(held()?.slice(-2), ['13.200.45.98/32', '13.200.45.99/24']);
    assert.deepEqual(on.ui.said, ['2 IPs whitelisted.']);
  });

  it('are filled in with the one a check found to be missing', async () => {
    await on.run(whitelist, [ENTER], on.trunk(), undefined, '13.200.45.98');
    assert.equal(held()?.at(-1), '13.200.45.98/32');
    assert.deepEqual(on.ui.said, ['13.200.45.98 whitelisted.']);
  });

  it('are whitelisted once when the answer is lost, and said to be refused when they are', async () => {
    on.sandbox.fail({
      match: { method: 'POST' },
      times: 1,
      then: { kind: 'reset', after: true },
    });
    await on.run(whitelist, ['13.200.45.98'], on.trunk());
    assert.equal(held()?.filter((ip) => ip === '13.200.45.98/32').length, 1);
    refuse('POST', /whitelisted-ips/);
    await on.run(whitelist, ['13.200.45.97, 13.200.45.96'], on.trunk());
    assert.match(on.ui.said.at(-1) ?? '', /^Whitelisted 1 of 2 IPs\.\nWhitelisted: 1\n/);
  });

  it('are changed, copied and removed', async () => {
    const row = await on.row('ips');
    await on.run((ports) => ipHandlers(ports).change, ['13.200.45.97/30'], row);
    await on.run((ports) => ipHandlers(ports).copy, [], row);
    await on.run((ports) => ipHandlers(ports).remove, ['Remove'], row);
    assert.ok(!held()?.includes('13.200.45.97/30'));
    assert.deepEqual(on.ui.copied, ['13.200.45.97/30']);
    assert.deepEqual(on.ui.said.slice(1), ['IP copied.', '13.200.45.97/30 removed.']);
  });
});

describe('Destination URIs', () => {
  const add = (ports: StagePorts) => destinationHandlers(ports).add;
  const readdress = (ports: StagePorts) => destinationHandlers(ports).changeAddress;
  const held = () => on.held(SEEDED.inbound)?.destinations.map(({ destination }) => destination);
  const NEW = 'new.example.com:5061;transport=tls';

  it('are added one by one in the answer: what was refused is named', async () => {
    await on.run(add, [`sip:${NEW}`], on.trunk(SEEDED.inbound));
    await on.run(
      add,
      ['13.200.45.50:5060;transport=tcp, b.example.com:5060;transport=tcp'],
      on.trunk(SEEDED.inbound),
    );
    assert.equal(on.ui.said[0], `${NEW} added.`);
    assert.match(on.ui.said[1] ?? '', /^Added 1 of 2 destinations\.\nAdded: 1\n {2}✓ b\.example/);
  });

  it('get another address by adding it before the old one goes', async () => {
    const row = await on.row('destinations', 0, SEEDED.inbound);
    const before = held() ?? [];
    await on.run(readdress, [NEW], row);
    assert.ok(held()?.includes(NEW));
    assert.equal(held()?.length, before.length);
  });

  it('that cannot be replaced are said to be still there', async () => {
    const row = await on.row('destinations', 0, SEEDED.inbound);
    const [old = ''] = held() ?? [];
    refuse('DELETE', /destination/);
    await on.run(readdress, [NEW], row);
    assert.ok(on.ui.said[0]?.startsWith(`${NEW} was added, but ${old} is still there: `));
    assert.ok(held()?.includes(old));
  });

  it('take a new priority and weight, the first a step back', async () => {
    const row = await on.row('destinations', 0, SEEDED.inbound);
    await on.run((ports) => destinationHandlers(ports).changePriority, ['5', BACK, '6', '9'], row);
    const [first] = on.held(SEEDED.inbound)?.destinations ?? [];
    assert.deepEqual([first?.priority, first?.weight], [6, 9]);
    assert.match(on.ui.said[0] ?? '', /: priority 6, weight 9\.$/);
  });
});

describe('The caller ID', () => {
  const set = (ports: StagePorts) => callerIdHandlers(ports).set;

  it('is one of the mapped numbers, or another with a warning', async () => {
    await on.run(set, ['+919876543210'], on.trunk());
    const person = await on.run(set, ['Another Number…', '+918045679999'], on.trunk());
    assert.match(person.asked[1]?.noted[0] ?? '', /Not mapped to this trunk/);
    await on.run((ports) => callerIdHandlers(ports).copy, [], on.trunk());
    await on.run((ports) => callerIdHandlers(ports).clear, ['Clear Caller ID'], on.trunk());
    await on.run((ports) => callerIdHandlers(ports).clear, [], on.trunk());
    assert.deepEqual(on.ui.said, [
      'Caller ID is +919876543210.',
      'Caller ID is +918045679999.',
      'Caller ID copied.',
      'Caller ID cleared.',
      'No caller ID is set on this trunk.',
    ]);
  });

  it('stays when the answer says no', async () => {
    refuse('POST', /settings/);
    refuse('PUT', /settings/);
    await assert.rejects(on.run(set, ['+919876543210'], on.trunk()), { name: 'ExotelError' });
    assert.equal(on.model.callerId(SEEDED.outbound), '+918040123456');
    assert.deepEqual(on.ui.said, []);
  });
});
