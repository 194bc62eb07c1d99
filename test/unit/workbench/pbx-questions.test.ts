// What a command asks before it makes a configuration: what was never chosen, and what cannot stay.
import './fake-vscode';
import assert from 'node:assert/strict';
import type { Chosen } from '../../../src/app/choices';
import { effectiveChoices } from '../../../src/app/plan';
import { edges } from '../../../src/exotel/edges';
import { ask, type Draft } from '../../../src/workbench/commands/pbx-questions';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';
import { type ScriptedAnswer, ScriptedPrompter } from '../../support/scripted-prompter';

interface Case {
  readonly settled?: string | null;
  readonly known?: boolean;
  readonly chosen?: Chosen;
  readonly takenName?: string;
  readonly knownPasswords?: readonly string[];
  readonly answers?: readonly ScriptedAnswer[];
}

describe('A configuration by command', () => {
  let account: TestAccount;

  before(async () => {
    account = await startAccount();
    await account.model.ensureTrunks();
    await account.model.ensureSections(SEEDED.outbound);
  });

  after(() => account.close());

  async function asked(given: Case): Promise<{ prompts: string[]; said: string[]; draft: Draft }> {
    const { settled = null, known = false, chosen = {}, answers = [] } = given;
    const prompter = new ScriptedPrompter(answers);
    const said: string[] = [];
    const snapshot = account.model.trunk(SEEDED.outbound) ?? assert.fail('no trunk');
    const base = {
      accountSid: 'acme',
      snapshot,
      knownPasswords: new Set(given.knownPasswords),
      edges,
      now: new Date(0),
    };
    const draft = await ask(
      { prompter, ui: { info: (text) => Promise.resolve((said.push(text), null)) } },
      {
        title: 'Copy',
        likelyTargetId: null,
        lastTargetId: null,
        settledTargetId: settled,
        isKnown: known,
        effective: (more) => effectiveChoices({ ...base, chosen: { ...chosen, ...more } }),
        isPasswordKnown: (userName) => base.knownPasswords.has(userName ?? ''),
        isNameTaken: (_, name) => name === given.takenName,
      },
    );
    prompter.assertDone();
    return { prompts: prompter.asked.map(({ prompt }) => prompt), said, draft };
  }

  it('asks for the PBX, its kind and what it is for, where nothing was chosen', async () => {
    const { prompts, draft } = await asked({
      answers: ['Asterisk (PJSIP)', /./, 'StreamKit'],
    });
    assert.deepEqual(
      prompts.map((prompt) => prompt.replace(/\?.*/, '')),
      ['For which PBX', 'Which kind of Asterisk (PJSIP)', 'What for'],
    );
    assert.equal(draft.answers.targetId, 'asterisk-pjsip');
    assert.equal(draft.answers.useCase, 'streamkit');
  });

  it('asks nothing of a trunk that had its configuration', async () => {
    const { prompts, draft } = await asked({ settled: 'asterisk-pjsip', known: true });
    assert.deepEqual(prompts, []);
    assert.deepEqual(draft, { answers: { targetId: 'asterisk-pjsip' }, withPassword: false });
  });

  it('asks what a chosen PBX cannot, with the reason, until it can', async () => {
    const { prompts, said, draft } = await asked({
      settled: 'threecx',
      known: true,
      answers: ['Credential (SIP digest)', 'Whitelisted IP', 'TCP'],
    });
    const how = 'How does Exotel know the PBX?';
    assert.deepEqual(prompts, [how, how, 'How are calls carried?']);
    assert.equal(said.length, 1);
    assert.deepEqual([draft.answers.auth, draft.answers.transport], ['ip', 'tcp']);
  });

  it('asks where Exotel calls from only while nobody said, and takes no list of everybody', async () => {
    const settled = { settled: 'asterisk-pjsip', known: true } as const;
    const both = await asked({
      ...settled,
      chosen: { useCase: 'both' },
      answers: ['0.0.0.0/0', '198.51.100.0/24'],
    });
    assert.equal(both.draft.answers.exotelAddresses, '198.51.100.0/24');
    const again = await asked({
      ...settled,
      chosen: { useCase: 'both', exotelAddresses: '198.51.100.0/24' },
    });
    assert.deepEqual(again.prompts, []);
  });

  it('asks for another name where another trunk of the file has it', async () => {
    const { draft } = await asked({
      settled: 'asterisk-pjsip',
      known: true,
      takenName: 'exotel',
      answers: ['exotel', 'two words', 'second'],
    });
    assert.equal(draft.answers.peerName, 'second');
  });

  it('asks about a password that is known, last and every time', async () => {
    const { prompts, draft } = await asked({
      settled: 'asterisk-pjsip',
      known: true,
      knownPasswords: ['outbound_pbx'],
      answers: [/^Password of/],
    });
    assert.deepEqual(prompts, ['SIP password in the text']);
    assert.equal(draft.withPassword, true);
  });
});
