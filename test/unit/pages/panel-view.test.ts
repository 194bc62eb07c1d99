// What the panel shows of a trunk, from the real model on a sandbox.
import assert from 'node:assert/strict';
import { Secret } from '../../../src/exotel/secret';
import { PASSWORD_PLACEHOLDER } from '../../../src/pbx/quoting/plain';
import { cards } from '../../../src/pbx/cards';
import { factsOf } from '../../../src/app/facts';
import { credentialOf } from '../../../src/setup/facts';
import type { Chosen } from '../../../src/app/choices';
import type { TrunkSnapshot } from '../../../src/trunks/snapshot';
import { trunkView } from '../../../src/pages/panel/panel-view';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';
import { type Given, planFor, PRODUCTION, viewInput } from './fixtures';

/** The sandbox has it from the start; nobody here knows its password. */
const THEIRS = 'outbound_pbx';
const PLANTED = 'Planted0SipPassword1';

describe('The view of a trunk', () => {
  let account: TestAccount;

  before(async () => {
    account = await startAccount();
    await account.model.ensureTrunks();
    for (const sid of Object.values(SEEDED)) await account.model.ensureSections(sid);
    await account.model.createCredential(SEEDED.outbound, {
      userName: 'pbx1',
      password: new Secret(PLANTED),
    });
  });

  after(() => account.close());

  function snapshotOf(sid: string): TrunkSnapshot {
    const snapshot = account.model.trunk(sid);
    assert.ok(snapshot);
    return snapshot;
  }

  const viewOf = async (sid: string, changes: Given = {}) =>
    trunkView(await viewInput(snapshotOf(sid), changes));
  /** With one section in another state. */
  const viewWith = async (sections: Partial<TrunkSnapshot['sections']>) => {
    const snapshot = snapshotOf(SEEDED.outbound);
    return trunkView(
      await viewInput({ ...snapshot, sections: { ...snapshot.sections, ...sections } }),
    );
  };
  const generator = async (chosen: Chosen, sid: string = SEEDED.outbound) =>
    (await viewOf(sid, { chosen })).generator;

  describe('facts', () => {
    it('come from the model, section by section', () => {
      const snapshot = account.model.trunk(SEEDED.outbound);
      assert.ok(snapshot);
      const facts = factsOf('acme1', snapshot);
      assert.equal(facts.trunkSid, SEEDED.outbound);
      assert.equal(facts.userName, THEIRS);
      assert.equal(facts.credentials.state, 'known');
      assert.deepEqual(
        facts.numbers.value?.map(({ number }) => number),
        snapshot.sections.numbers.value?.map(({ number }) => number),
      );
    });

    it('of a section that was not read are not known, not empty', () => {
      const snapshot = account.model.trunk(SEEDED.outbound);
      assert.ok(snapshot);
      const idle = { state: 'idle', value: null } as const;
      const sections = { ...snapshot.sections, numbers: idle, ips: idle, credentials: idle };
      const facts = factsOf('acme1', { ...snapshot, sections });
      assert.equal(facts.numbers.state, 'unknown');
      assert.equal(facts.whitelistedIps.state, 'unknown');
      assert.equal(facts.userName, null);
      assert.equal(facts.credentials.state, 'unknown');
    });

    it('take the credential that was asked for, else one’s own, else the issued one', () => {
      const common = { trunkSid: 't', created: null, updated: null, friendlyName: null };
      const own = { kind: 'own', id: '1', userName: 'own1', ...common } as const;
      const other = { kind: 'own', id: '2', userName: 'own2', ...common } as const;
      const password = new Secret('x');
      const issued = { kind: 'issued', userName: 't', password, trunkSid: 't' } as const;
      assert.equal(credentialOf([issued, own, other])?.userName, 'own1');
      assert.equal(credentialOf([issued, own, other], 'own2')?.userName, 'own2');
      assert.equal(credentialOf([issued], 'gone')?.userName, 't');
      assert.equal(credentialOf([]), null);
    });

    it('show the domain, the ports and what the Connect applet dials', async () => {
      const facts = new Map((await viewOf(SEEDED.inbound)).facts.map((fact) => [fact.id, fact]));
      assert.match(facts.get('sipDomain')?.value ?? '', /\.pstn\.exotel\.com$/);
      assert.equal(facts.get('ports')?.value, 'portsValue 5061 5060');
      assert.equal(facts.get('dialWhom')?.value, `sip:${SEEDED.inbound}`);
      assert.equal(facts.get('trunkSid')?.copyable, true);
    });

    it('of server and ports follow the chosen edge', async () => {
      const facts = (await viewOf(SEEDED.outbound, { chosen: { edgeId: 'india-credential' } }))
        .facts;
      assert.equal(facts.find(({ id }) => id === 'server')?.value, 'in.voip.exotel.com');
      assert.equal(facts.find(({ id }) => id === 'ports')?.value, 'portsValue 443 5070');
    });
  });

  describe('use cases', () => {
    it('say what is missing and offer the command that mends it', async () => {
      const useCases = new Map(
        (await viewOf(SEEDED.outbound)).useCases.map((one) => [one.id, one]),
      );
      assert.equal(useCases.get('outbound')?.state, 'ready');
      const inbound = useCases.get('inbound');
      assert.deepEqual([inbound?.state, inbound?.likely], ['unused', false]);
      assert.ok(inbound);
      const commands = inbound.steps.map((step) => step.fix?.command);
      assert.ok(commands.includes('exotelSip.destination.add'));
    });

    it('warn of what is missing only where the trunk is for it', async () => {
      const none = { state: 'ready', value: [] } as const;
      const view = await viewWith({ numbers: none });
      assert.deepEqual(
        view.useCases.map(({ id, state, likely }) => [id, state, likely]),
        [
          ['outbound', 'missing', true],
          ['inbound', 'unused', false],
          ['streamkit', 'unused', false],
        ],
      );
      for (const { checkYourself } of view.useCases) assert.ok(checkYourself.length > 1);
    });

    it('offer nothing that changes a read-only account, and say why', async () => {
      const readOnly = { ...PRODUCTION, readOnly: true };
      const view = await viewOf(SEEDED.outbound, { account: readOnly });
      const fixes = [
        ...view.useCases.flatMap((one) => one.steps.map((step) => step.fix)),
        ...view.lists.map((list) => list.fix),
        ...view.credentials.map((credential) => credential.fix),
      ].filter((fix) => fix !== null);
      assert.ok(fixes.length > 0);
      for (const fix of fixes) assert.equal(fix.disabled, 'readOnlyReason Production');
      assert.equal(view.refresh.disabled, null);
    });

    it('are not called missing while they are still loading', async () => {
      const loading = { state: 'loading', value: null } as const;
      const view = await viewWith({ numbers: loading });
      assert.equal(view.useCases.find(({ id }) => id === 'outbound')?.state, 'loading');
    });

    it('that could not be read say so, with what went wrong beside the list', async () => {
      const problem = {
        kind: 'forbidden',
        operation: 'list phone numbers',
        requestId: null,
        httpStatus: 403,
        code: null,
        description: null,
        what: 'Exotel refused.',
        doNext: 'Ask support.',
      } as const;
      const failed = { state: 'failed', value: null, problem } as const;
      const view = await viewWith({ numbers: failed });
      assert.equal(view.useCases.find(({ id }) => id === 'outbound')?.state, 'failed');
      const list = view.lists.find(({ id }) => id === 'numbers');
      assert.equal(list?.note, 'problem Exotel refused. Ask support.');
    });
  });

  describe('the generator', () => {
    it('starts with what the trunk suggests', async () => {
      const { choices, changed, output, errors } = await generator({});
      assert.equal(choices.useCase, 'outbound');
      assert.equal(choices.transport, 'tls');
      assert.equal(choices.userName, THEIRS);
      assert.equal(changed, false);
      assert.deepEqual(errors, {});
      assert.equal(output.state, 'ready');
    });

    it('takes every choice to the text', async () => {
      const { output } = await generator({
        transport: 'tcp',
        codecs: 'PCMU,PCMA',
        publicAddress: ' 203.0.113.7 ',
        localNetworks: '10.0.0.0/8, 192.168.1.0/24',
      });
      assert.equal(output.state, 'ready');
      const text = output.files.map((file) => file.text).join('\n');
      for (const part of ['203.0.113.7', '10.0.0.0/8', '192.168.1.0/24', 'ulaw,alaw']) {
        assert.ok(text.includes(part), part);
      }
    });

    it('keeps what was typed wrong, says so beside the field and makes no text', async () => {
      const view = await generator({
        useCase: 'inbound',
        publicAddress: '203.0.113',
        exotelAddresses: '0.0.0.0/0',
      });
      assert.equal(view.choices.publicAddress, '203.0.113');
      assert.deepEqual(Object.keys(view.errors).sort(), ['exotelAddresses', 'publicAddress']);
      assert.equal(view.output.state, 'blocked');
    });

    it('does not ask for what would change nothing in the text', async () => {
      const shown = async (chosen: Chosen) => {
        const { choices, unused } = await generator(chosen);
        return Object.keys(choices).filter((field) => !unused.some((one) => one === field));
      };
      const outbound = await shown({});
      for (const field of ['exotelAddresses', 'inboundContext', 'insidePeer', 'certificateFile']) {
        assert.ok(!outbound.includes(field), field);
      }
      assert.ok(
        outbound.includes('caFile') && !(await shown({ transport: 'tcp' })).includes('caFile'),
      );
      const inbound = await shown({ useCase: 'inbound' });
      assert.ok(inbound.includes('exotelAddresses') && inbound.includes('insidePeer'));
      assert.ok(!inbound.includes('auth') && !inbound.includes('callerId'));
      const table = await shown({ targetId: 'settings-table', useCase: 'inbound' });
      assert.ok(!table.includes('insidePeer') && !table.includes('certificateFile'));
      assert.equal(
        (await generator({ targetId: 'settings-table' })).examples.insidePeer,
        undefined,
      );
    });

    it('does not mind a mistake where it changes nothing', async () => {
      const { errors, output } = await generator({
        exotelAddresses: '0.0.0.0/0',
        useCase: 'outbound',
      });
      assert.deepEqual(errors, {});
      assert.equal(output.state, 'ready');
    });

    it('falls back to the suggestion when a choice is no longer there', async () => {
      const { choices, output } = await generator({
        userName: 'deleted',
        callerId: '+910000000000',
        edgeId: 'gone',
        targetId: 'gone',
        useCase: 'fax',
        codecs: 'OPUS',
      });
      assert.equal(choices.userName, THEIRS);
      assert.equal(choices.callerId, '');
      assert.equal(choices.targetId, cards[0]?.id);
      assert.equal(choices.useCase, 'outbound');
      assert.equal(output.state, 'ready');
    });

    it('offers every choice that is in force', async () => {
      const { lists, choices } = await generator({});
      for (const [field, options] of Object.entries(lists)) {
        const values = options.map(({ value }) => value);
        // A PBX with one text has no variant to choose.
        if (field === 'variant' && values.length === 0) continue;
        assert.ok(values.includes(choices[field as keyof typeof lists]), field);
      }
    });
  });

  describe('the chosen PBX', () => {
    it('is found in a list with its group, its versions and how it was checked', async () => {
      const { lists } = await generator({});
      assert.equal(lists.targetId.length, cards.length);
      const [first] = cards;
      const option = lists.targetId.find(({ value }) => value === first?.id);
      assert.ok(first !== undefined && option !== undefined);
      assert.equal(option.group, `group ${first.group}`);
      assert.equal(option.badge, `evidenceBadge ${first.evidence.level}`);
      assert.equal(option.detail, first.versions);
      const groups = lists.targetId.map(({ group }) => group);
      const runs = groups.filter((group, index) => group !== groups[index - 1]);
      assert.equal(runs.length, new Set(groups).size, 'options of one group stand together');
    });

    it('has one of its own variants in force, whatever was chosen for another', async () => {
      for (const target of cards) {
        const { choices, lists, unused } = await generator({
          targetId: target.id,
          variant: 'unknown',
        });
        assert.equal(choices.variant, target.variants[0]?.id ?? '');
        assert.equal(unused.includes('variant'), target.variants.length < 2);
        for (const { id } of target.variants.slice(1)) {
          assert.ok(lists.variant.some(({ value }) => value === id));
          const chosen = await generator({ targetId: target.id, variant: id });
          assert.equal(chosen.choices.variant, id);
        }
      }
    });

    it('comes with its folders and its evidence', async () => {
      const { output, target } = await generator({ targetId: 'freeswitch' });
      assert.equal(output.state, 'ready');
      assert.ok(output.files.some(({ name, path }) => path.endsWith(`/${name}`)));
      assert.deepEqual(
        target.files,
        output.files.map(({ path }) => path),
      );
      assert.match(target.evidence, /^evidence /);
    });

    it('has the words marked that are to be replaced, each of them in the text', async () => {
      for (const target of cards) {
        const { output } = await generator({ targetId: target.id });
        if (output.state === 'blocked') continue;
        for (const { text } of output.marks) {
          assert.ok(
            output.files.some((file) => file.text.includes(text)),
            `${target.id}: ${text}`,
          );
        }
      }
      const { output } = await generator({});
      assert.equal(output.state, 'ready');
      assert.ok(output.marks.some(({ text }) => text === PASSWORD_PLACEHOLDER));
    });
  });

  describe('the password', () => {
    const known = { knownPasswords: new Set(['pbx1']) };

    it('is a placeholder in the text, and dots when it will be put in', async () => {
      const textOf = async (includePassword: boolean) => {
        const { output } = (await viewOf(SEEDED.outbound, { ...known, includePassword })).generator;
        assert.equal(output.state, 'ready');
        return output.files.map((file) => file.text).join('\n');
      };
      assert.ok((await textOf(false)).includes(PASSWORD_PLACEHOLDER));
      assert.ok(!(await textOf(false)).includes('•'));
      assert.ok((await textOf(true)).includes('••••'));
      assert.ok(!(await textOf(true)).includes(PASSWORD_PLACEHOLDER));
    });

    it('is in no view, whatever is chosen', async () => {
      const credential = credentialOf(
        account.model.trunk(SEEDED.outbound)?.sections.credentials.value ?? [],
        'pbx1',
      );
      assert.ok(credential);
      const password = await account.model.password(SEEDED.outbound, credential);
      assert.equal(password?.reveal(), PLANTED);
      for (const target of cards) {
        for (const includePassword of [false, true]) {
          const chosen = { targetId: target.id };
          const view = await viewOf(SEEDED.outbound, { ...known, includePassword, chosen });
          assert.ok(!JSON.stringify(view).includes(PLANTED));
        }
      }
    });

    it('issued by Exotel is in no view either', async () => {
      const before = snapshotOf(SEEDED.inbound);
      const issued = {
        kind: 'issued',
        userName: SEEDED.inbound,
        trunkSid: SEEDED.inbound,
      } as const;
      const value = [{ ...issued, password: new Secret(PLANTED) }];
      const credentials = { state: 'ready', value } as const;
      const snapshot = {
        ...before,
        sections: { ...before.sections, credentials },
      };
      const knownPasswords = new Set([SEEDED.inbound]);
      const view = trunkView(await viewInput(snapshot, { knownPasswords, includePassword: true }));
      assert.equal(view.credentials[0]?.known, true);
      assert.ok(!JSON.stringify(view).includes(PLANTED));
    });

    it('can be included only when this computer knows it and the text has a place for it', async () => {
      const why = async (changes: Given) =>
        (await viewOf(SEEDED.outbound, changes)).generator.cannotInclude;
      assert.equal(await why(known), null);
      assert.equal(await why({}), `cannotIncludeUnknown ${THEIRS}`);
      assert.equal(await why({ ...known, chosen: { auth: 'ip' } }), 'cannotIncludeUnused');
    });

    it('of the suggested credential is a known one, where there is one', async () => {
      assert.equal((await viewOf(SEEDED.outbound)).generator.choices.userName, THEIRS);
      assert.equal((await viewOf(SEEDED.outbound, known)).generator.choices.userName, 'pbx1');
    });

    it('that is not known comes with the way to get one', async () => {
      const [credential] = (await viewOf(SEEDED.outbound)).credentials;
      assert.equal(credential?.known, false);
      assert.equal(credential.fix?.command, 'exotelSip.credential.rotate');
    });
  });

  it('plans the same text as the view shows', async () => {
    const { choices, options } = await planFor(snapshotOf(SEEDED.outbound), {
      chosen: { auth: 'ip' },
    });
    assert.equal(choices.auth, 'ip');
    assert.equal(options.auth, 'ip');
  });
});
