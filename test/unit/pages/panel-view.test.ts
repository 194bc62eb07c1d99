// What the panel shows of a trunk, from the real model on a sandbox.
import assert from 'node:assert/strict';
import { Secret } from '../../../src/exotel/secret';
import { PASSWORD_PLACEHOLDER } from '../../../src/pbx/quoting/plain';
import { targets } from '../../../src/pbx/targets/index';
import { credentialOf, factsOf } from '../../../src/app/pbx/pbx-output';
import type { ChosenFields } from '../../../src/pages/panel/panel-protocol';
import { planOf, trunkView, type ViewInput } from '../../../src/pages/panel/panel-view';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';
import { PRODUCTION, viewInput } from './fixtures';

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

  function inputOf(sid: string, changes: Partial<ViewInput> = {}): ViewInput {
    const snapshot = account.model.trunk(sid);
    assert.ok(snapshot);
    return viewInput(snapshot, changes);
  }

  const viewOf = (sid: string, changes: Partial<ViewInput> = {}) =>
    trunkView(inputOf(sid, changes));
  const generator = (chosen: ChosenFields, sid: string = SEEDED.outbound) =>
    viewOf(sid, { chosen }).generator;

  describe('facts', () => {
    it('come from the model, section by section', () => {
      const snapshot = account.model.trunk(SEEDED.outbound);
      assert.ok(snapshot);
      const facts = factsOf('acme1', snapshot);
      assert.equal(facts.trunkSid, SEEDED.outbound);
      assert.equal(facts.userName, THEIRS);
      assert.equal(facts.userNameUnknown, false);
      assert.deepEqual(
        facts.numbers?.map(({ number }) => number),
        snapshot.sections.numbers.value?.map(({ number }) => number),
      );
    });

    it('of a section that was not read are not known, not empty', () => {
      const snapshot = account.model.trunk(SEEDED.outbound);
      assert.ok(snapshot);
      const idle = { state: 'idle', value: null } as const;
      const sections = { ...snapshot.sections, numbers: idle, ips: idle, credentials: idle };
      const facts = factsOf('acme1', { ...snapshot, sections });
      assert.equal(facts.numbers, null);
      assert.equal(facts.whitelistedIps, null);
      assert.equal(facts.userName, null);
      assert.equal(facts.userNameUnknown, true);
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

    it('show the domain, the ports and what the Connect applet dials', () => {
      const facts = new Map(viewOf(SEEDED.inbound).facts.map((fact) => [fact.id, fact]));
      assert.match(facts.get('sipDomain')?.value ?? '', /\.pstn\.exotel\.com$/);
      assert.equal(facts.get('ports')?.value, 'portsValue 5061 5060');
      assert.equal(facts.get('dialWhom')?.value, `sip:${SEEDED.inbound}`);
      assert.equal(facts.get('trunkSid')?.copyable, true);
    });

    it('of server and ports follow the chosen edge', () => {
      const facts = viewOf(SEEDED.outbound, { chosen: { edgeId: 'india-credential' } }).facts;
      assert.equal(facts.find(({ id }) => id === 'server')?.value, 'in.voip.exotel.com');
      assert.equal(facts.find(({ id }) => id === 'ports')?.value, 'portsValue 443 5070');
    });
  });

  describe('use cases', () => {
    it('say what is missing and offer the command that mends it', () => {
      const useCases = new Map(viewOf(SEEDED.outbound).useCases.map((one) => [one.id, one]));
      assert.equal(useCases.get('outbound')?.state, 'ready');
      const inbound = useCases.get('inbound');
      assert.deepEqual([inbound?.state, inbound?.likely], ['unused', false]);
      assert.ok(inbound);
      const commands = inbound.steps.map((step) => step.fix?.command);
      assert.ok(commands.includes('exotelSip.destination.add'));
    });

    it('warn of what is missing only where the trunk is for it', () => {
      const input = inputOf(SEEDED.outbound);
      const none = { state: 'ready', value: [] } as const;
      const sections = { ...input.snapshot.sections, numbers: none };
      const view = trunkView({ ...input, snapshot: { ...input.snapshot, sections } });
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

    it('offer nothing that changes a read-only account, and say why', () => {
      const readOnly = { ...PRODUCTION, readOnly: true };
      const view = viewOf(SEEDED.outbound, { account: readOnly });
      const fixes = [
        ...view.useCases.flatMap((one) => one.steps.map((step) => step.fix)),
        ...view.lists.map((list) => list.fix),
        ...view.credentials.map((credential) => credential.fix),
      ].filter((fix) => fix !== null);
      assert.ok(fixes.length > 0);
      for (const fix of fixes) assert.equal(fix.disabled, 'readOnlyReason Production');
      assert.equal(view.refresh.disabled, null);
    });

    it('are not called missing while they are still loading', () => {
      const input = inputOf(SEEDED.outbound);
      const loading = { state: 'loading', value: null } as const;
      const sections = { ...input.snapshot.sections, numbers: loading };
      const view = trunkView({ ...input, snapshot: { ...input.snapshot, sections } });
      assert.equal(view.useCases.find(({ id }) => id === 'outbound')?.state, 'loading');
    });

    it('that could not be read say so, with what went wrong beside the list', () => {
      const input = inputOf(SEEDED.outbound);
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
      const sections = { ...input.snapshot.sections, numbers: failed };
      const view = trunkView({ ...input, snapshot: { ...input.snapshot, sections } });
      assert.equal(view.useCases.find(({ id }) => id === 'outbound')?.state, 'failed');
      const list = view.lists.find(({ id }) => id === 'numbers');
      assert.equal(list?.note, 'problem Exotel refused. Ask support.');
    });
  });

  describe('the generator', () => {
    it('starts with what the trunk suggests', () => {
      const { choices, changed, output, errors } = generator({});
      assert.equal(choices.useCase, 'outbound');
      assert.equal(choices.transport, 'tls');
      assert.equal(choices.userName, THEIRS);
      assert.equal(changed, false);
      assert.deepEqual(errors, {});
      assert.equal(output.state, 'ready');
    });

    it('takes every choice to the text', () => {
      const { output } = generator({
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

    it('keeps what was typed wrong, says so beside the field and makes no text', () => {
      const view = generator({
        useCase: 'inbound',
        publicAddress: '203.0.113',
        exotelAddresses: '0.0.0.0/0',
      });
      assert.equal(view.choices.publicAddress, '203.0.113');
      assert.deepEqual(Object.keys(view.errors).sort(), ['exotelAddresses', 'publicAddress']);
      assert.equal(view.output.state, 'blocked');
    });

    it('does not ask for what would change nothing in the text', () => {
      const shown = (chosen: ChosenFields) => {
        const { choices, unused } = generator(chosen);
        return Object.keys(choices).filter((field) => !unused.some((one) => one === field));
      };
      const outbound = shown({});
      for (const field of ['exotelAddresses', 'inboundContext', 'insidePeer', 'certificateFile']) {
        assert.ok(!outbound.includes(field), field);
      }
      assert.ok(outbound.includes('caFile') && !shown({ transport: 'tcp' }).includes('caFile'));
      const inbound = shown({ useCase: 'inbound' });
      assert.ok(inbound.includes('exotelAddresses') && inbound.includes('insidePeer'));
      assert.ok(!inbound.includes('auth') && !inbound.includes('callerId'));
      const table = shown({ targetId: 'settings-table', useCase: 'inbound' });
      assert.ok(!table.includes('insidePeer') && !table.includes('certificateFile'));
      assert.equal(generator({ targetId: 'settings-table' }).examples.insidePeer, undefined);
    });

    it('does not mind a mistake where it changes nothing', () => {
      const { errors, output } = generator({ exotelAddresses: '0.0.0.0/0', useCase: 'outbound' });
      assert.deepEqual(errors, {});
      assert.equal(output.state, 'ready');
    });

    it('falls back to the suggestion when a choice is no longer there', () => {
      const { choices, output } = generator({
        userName: 'deleted',
        callerId: '+910000000000',
        edgeId: 'gone',
        targetId: 'gone',
        useCase: 'fax',
        codecs: 'OPUS',
      });
      assert.equal(choices.userName, THEIRS);
      assert.equal(choices.callerId, '');
      assert.equal(choices.targetId, targets[0]?.id);
      assert.equal(choices.useCase, 'outbound');
      assert.equal(output.state, 'ready');
    });

    it('offers every choice that is in force', () => {
      const { lists, choices } = generator({});
      for (const [field, options] of Object.entries(lists)) {
        const values = options.map(({ value }) => value);
        // A PBX with one text has no variant to choose.
        if (field === 'variant' && values.length === 0) continue;
        assert.ok(values.includes(choices[field as keyof typeof lists]), field);
      }
    });
  });

  describe('the chosen PBX', () => {
    it('is found in a list with its group, its versions and how it was checked', () => {
      const { lists } = generator({});
      assert.equal(lists.targetId.length, targets.length);
      const [first] = targets;
      const option = lists.targetId.find(({ value }) => value === first?.id);
      assert.ok(first !== undefined && option !== undefined);
      assert.equal(option.group, `group ${first.group}`);
      assert.equal(option.badge, `evidenceBadge ${first.evidence.level}`);
      assert.equal(option.detail, first.versions);
      const groups = lists.targetId.map(({ group }) => group);
      const runs = groups.filter((group, index) => group !== groups[index - 1]);
      assert.equal(runs.length, new Set(groups).size, 'options of one group stand together');
    });

    it('has one of its own variants in force, whatever was chosen for another', () => {
      for (const target of targets) {
        const { choices, lists, unused } = generator({ targetId: target.id, variant: 'unknown' });
        assert.equal(choices.variant, target.variants[0]?.id ?? '');
        assert.equal(unused.includes('variant'), target.variants.length < 2);
        for (const { id } of target.variants.slice(1)) {
          assert.ok(lists.variant.some(({ value }) => value === id));
          const chosen = generator({ targetId: target.id, variant: id });
          assert.equal(chosen.choices.variant, id);
        }
      }
    });

    it('comes with its folders and its evidence', () => {
      const { output, target } = generator({ targetId: 'freeswitch' });
      assert.equal(output.state, 'ready');
      assert.ok(output.files.some(({ name, path }) => path.endsWith(`/${name}`)));
      assert.deepEqual(
        target.files,
        output.files.map(({ path }) => path),
      );
      assert.match(target.evidence, /^evidence /);
    });

    it('has the words marked that are to be replaced, each of them in the text', () => {
      for (const target of targets) {
        const { output } = generator({ targetId: target.id });
        if (output.state === 'blocked') continue;
        for (const { text } of output.marks) {
          assert.ok(
            output.files.some((file) => file.text.includes(text)),
            `${target.id}: ${text}`,
          );
        }
      }
      const { output } = generator({});
      assert.equal(output.state, 'ready');
      assert.ok(output.marks.some(({ text }) => text === PASSWORD_PLACEHOLDER));
    });
  });

  describe('the password', () => {
    const known = { knownPasswords: new Set(['pbx1']) };

    it('is a placeholder in the text, and dots when it will be put in', () => {
      const textOf = (includePassword: boolean) => {
        const { output } = viewOf(SEEDED.outbound, { ...known, includePassword }).generator;
        assert.equal(output.state, 'ready');
        return output.files.map((file) => file.text).join('\n');
      };
      assert.ok(textOf(false).includes(PASSWORD_PLACEHOLDER));
      assert.ok(!textOf(false).includes('•'));
      assert.ok(textOf(true).includes('••••'));
      assert.ok(!textOf(true).includes(PASSWORD_PLACEHOLDER));
    });

    it('is in no view, whatever is chosen', async () => {
      const credential = credentialOf(
        account.model.trunk(SEEDED.outbound)?.sections.credentials.value ?? [],
        'pbx1',
      );
      assert.ok(credential);
      const password = await account.model.password(SEEDED.outbound, credential);
      assert.equal(password?.reveal(), PLANTED);
      for (const target of targets) {
        for (const includePassword of [false, true]) {
          const chosen = { targetId: target.id };
          const view = viewOf(SEEDED.outbound, { ...known, includePassword, chosen });
          assert.ok(!JSON.stringify(view).includes(PLANTED));
        }
      }
    });

    it('issued by Exotel is in no view either', () => {
      const input = inputOf(SEEDED.inbound);
      const issued = {
        kind: 'issued',
        userName: SEEDED.inbound,
        trunkSid: SEEDED.inbound,
      } as const;
      const value = [{ ...issued, password: new Secret(PLANTED) }];
      const credentials = { state: 'ready', value } as const;
      const snapshot = {
        ...input.snapshot,
        sections: { ...input.snapshot.sections, credentials },
      };
      const knownPasswords = new Set([SEEDED.inbound]);
      const view = trunkView({ ...input, snapshot, knownPasswords, includePassword: true });
      assert.equal(view.credentials[0]?.known, true);
      assert.ok(!JSON.stringify(view).includes(PLANTED));
    });

    it('can be included only when this computer knows it and the text has a place for it', () => {
      const why = (changes: Partial<ViewInput>) =>
        viewOf(SEEDED.outbound, changes).generator.cannotInclude;
      assert.equal(why(known), null);
      assert.equal(why({}), `cannotIncludeUnknown ${THEIRS}`);
      assert.equal(why({ ...known, chosen: { auth: 'ip' } }), 'cannotIncludeUnused');
    });

    it('of the suggested credential is a known one, where there is one', () => {
      assert.equal(viewOf(SEEDED.outbound).generator.choices.userName, THEIRS);
      assert.equal(viewOf(SEEDED.outbound, known).generator.choices.userName, 'pbx1');
    });

    it('that is not known comes with the way to get one', () => {
      const [credential] = viewOf(SEEDED.outbound).credentials;
      assert.equal(credential?.known, false);
      assert.equal(credential.fix?.command, 'exotelSip.credential.rotate');
    });
  });

  it('plans the same text as the view shows', () => {
    const { choices, options } = planOf(inputOf(SEEDED.outbound, { chosen: { auth: 'ip' } }));
    assert.equal(choices.auth, 'ip');
    assert.equal(options.auth, 'ip');
  });
});
