// The same choices give the same text, whichever way it is asked for: in the panel, by a command, into an
// editor, into files, in a terminal, and from a block that another computer wrote. Every target, every option.
import { type FakePanel, world } from './fake-vscode';
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Uri } from 'vscode';
import { type ChoiceField, type Chosen, TrunkChoices } from '../../../src/app/choices';
import { adoptBlock } from '../../../src/app/pbx/adopt';
import { planOf, type PlanInput } from '../../../src/app/plan';
import { produce } from '../../../src/app/produce';
import { readSettings } from '../../../src/app/terminal-command';
import { edges } from '../../../src/exotel/edges';
import { Secret } from '../../../src/exotel/secret';
import { cards } from '../../../src/pbx/cards';
import { DECIDING, optionIds, type OptionId, valuesOf } from '../../../src/pbx/options';
import { PASSWORD_PLACEHOLDER } from '../../../src/pbx/quoting/plain';
import type { PbxCard, PbxFile } from '../../../src/pbx/types';
import { loadWriter } from '../../../src/pbx/writers';
import { fileId, firstLineOf } from '../../../src/pbx/writing/block';
import { Emitter } from '../../../src/trunks/event';
import type { TrunkSnapshot } from '../../../src/trunks/snapshot';
import { outputWithQuestions, type OutputPorts } from '../../../src/workbench/commands/pbx-output';
import type { LastEditor } from '../../../src/workbench/editor/last-editor';
import { TrunkPanels } from '../../../src/workbench/panel/trunk-panel';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';
import { ScriptedPrompter, type ScriptedAnswer } from '../../support/scripted-prompter';
import { memento } from '../app/checks-support';
import { eventually, PRODUCTION } from '../pages/fixtures';

const REF = { kind: 'trunk', accountId: PRODUCTION.id, trunkSid: SEEDED.outbound } as const;
const SECOND_USER = 'pbx2';
const SECOND_NUMBER = '+918040005555';

/** Where nothing stands in the way of an option: calls both ways, behind NAT, recognised by a credential. */
const BASE: Chosen = {
  useCase: 'both',
  auth: 'credential',
  exotelAddresses: '203.0.113.0/24',
  publicAddress: '203.0.113.7',
};

/** Another value than the default and BASE's, of every option; of what decides whether a PBX can, every one. */
function samples(card: PbxCard): Readonly<Record<OptionId, readonly string[]>> {
  const all = (id: OptionId) => (valuesOf(id) ?? []).map(({ value }) => value);
  return {
    variant: card.variants.map(({ id }) => id),
    useCase: all('useCase'),
    transport: all('transport'),
    auth: all('auth'),
    codecs: ['PCMU,PCMA'],
    userName: [SECOND_USER],
    callerId: [SECOND_NUMBER],
    edgeId: ['india-credential'],
    exotelAddresses: ['198.51.100.0/24, 198.51.100.7'],
    publicAddress: ['198.51.100.9'],
    localNetworks: ['10.0.0.0/8 192.168.0.0/16'],
    inboundContext: ['from-carrier'],
    insidePeer: card.insidePeer === '' ? [] : [card.insidePeer.replace(/\d(?=\D*$)/, '7')],
    peerName: ['exotel--two'],
    certificateFile: ['/etc/pbx/own.pem'],
    privateKeyFile: ['/etc/pbx/own.key'],
    caFile: ['/etc/pbx/roots.crt'],
  };
}

/** But for the moment it was made. */
const undated = (text: string): string => text.replace(/made \d{4}-[\d-]+T[\d:.]+Z/g, 'made');

/** A snippet as it stands in the document before anything is filled in. */
function plain(snippet: string): string {
  const blanks = new Map<string, string>();
  return snippet.replace(
    /\\(.)|\$\{(\d+)(?::((?:[^\\}]|\\.)*))?\}|\$0$/gs,
    (_, escaped?: string, stop?: string, blank?: string) => {
      if (escaped !== undefined) return escaped;
      if (stop === undefined) return '';
      if (blank !== undefined) blanks.set(stop, blank);
      return blanks.get(stop) ?? '';
    },
  );
}

/** BASE as far as the PBX can do it. */
function baseOf(card: PbxCard): Chosen {
  for (const useCase of ['both', 'outbound', 'inbound'] as const) {
    for (const auth of DECIDING.auth) {
      for (const transport of DECIDING.transport) {
        if (card.cannot(useCase, auth, transport) === null) {
          return { ...BASE, useCase, auth, transport };
        }
      }
    }
  }
  return assert.fail(`${card.name} can do nothing`);
}

describe('The same choices give the same text', () => {
  let account: TestAccount;
  let snapshot: TrunkSnapshot;
  let choices: TrunkChoices;
  let panels: TrunkPanels;
  let panel: FakePanel;
  let turn = 0;

  const editor = {
    get current() {
      const document = {
        uri: { path: '/notes.txt', scheme: 'file' },
        languageId: 'plaintext',
        getText: () => '',
        offsetAt: () => 0,
        positionAt: (offset: number) => offset,
      };
      return { document, selection: { active: 0 } };
    },
  } as unknown as LastEditor;

  before(async () => {
    account = await startAccount();
    const { model } = account;
    await model.ensureTrunks();
    await model.ensureSections(REF.trunkSid);
    await model.mapNumbers(REF.trunkSid, [SECOND_NUMBER], 'pstn');
    await model.createCredential(REF.trunkSid, {
      userName: SECOND_USER,
      password: new Secret('Planted0SipPassword2'),
    });
    // The first user's password is not known here, the second one's would be suggested for that.
    await account.vault.delete(REF.trunkSid, SECOND_USER);
    snapshot = model.trunk(REF.trunkSid) ?? assert.fail('no trunk');
  });

  after(() => account.close());

  beforeEach(async () => {
    choices = new TrunkChoices(memento());
    panels = new TrunkPanels({
      extensionUri: { path: '/extension' } as unknown as Uri,
      models: {
        peek: () => account.model,
        open: () => Promise.resolve(account.model),
        onDidChange: account.model.onDidChange.bind(account.model) as never,
      },
      accounts: { get: () => PRODUCTION, onDidChange: new Emitter<never>().event },
      prompter: new ScriptedPrompter(),
      editor,
      choices,
      log: { error: (message) => assert.fail(message) },
    });
    panels.show(REF);
    panel = world.panels.at(-1) ?? assert.fail('no panel');
    await eventually(() => panel.webview.html !== '');
    panel.say({ type: 'ready' });
    await eventually(() => panel.last('view')?.view.state === 'trunk');
  });

  afterEach(() => panels.dispose());

  /** Everything of a person's, through the page's own messages. */
  function choose(chosen: Chosen): void {
    turn += 1;
    panel.say({ type: 'resetChoices', turn });
    for (const [field, value] of Object.entries(chosen)) {
      turn += 1;
      panel.say({ type: 'choose', field, value, turn });
    }
  }

  /** What the page is told about what it asked for. */
  async function asked(action: string, file = ''): Promise<string> {
    const before = panel.posted.filter(({ type }) => type === 'result').length;
    panel.say({ type: 'output', action, file });
    await eventually(() => panel.posted.filter(({ type }) => type === 'result').length > before);
    return panel.last('result')?.text ?? '';
  }

  const input = (chosen: Chosen, now = new Date()): PlanInput => ({
    accountSid: PRODUCTION.accountSid,
    snapshot,
    chosen,
    knownPasswords: new Set(),
    edges,
    now,
  });

  async function command(
    action: 'copy' | 'insert' | 'save',
    answers: readonly ScriptedAnswer[] = [],
  ): Promise<void> {
    const prompter = new ScriptedPrompter(answers);
    const ports: OutputPorts = {
      prompter,
      ui: {
        busy: (work) => work(),
        status: () => undefined,
        info: () => Promise.resolve(null),
        error: () => Promise.resolve(null),
      },
      choices,
      editor,
      edges: { edges },
      panels,
    };
    const trunk = { account: PRODUCTION, model: account.model, trunkSid: REF.trunkSid, snapshot };
    await outputWithQuestions(ports, trunk, 'PBX Configuration', action);
    prompter.assertDone();
  }

  function taken(): ReadonlyMap<string, string> {
    const files = new Map([...world.files].map(([path, text]) => [path, undated(text)]));
    world.files.clear();
    return files;
  }

  /** Through every front. Gives the text; null when the PBX cannot do what is chosen, in any of them. */
  async function everywhere(card: PbxCard, chosen: Chosen): Promise<readonly PbxFile[] | null> {
    choose({ ...chosen, targetId: card.id });
    const { files, blocked } = await produce(await planOf(input({ ...chosen, targetId: card.id })));
    if (blocked !== null) {
      assert.match(await asked('copy'), /^No text was made\. /);
      return null;
    }
    const [first] = files;
    assert.ok(first !== undefined);
    const text = undated(first.text);
    const several = files.length > 1;
    const which = several ? [(value: string) => value === fileId(first)] : [];

    await asked('copy', fileId(first));
    assert.equal(undated(world.clipboard), text, 'copied in the panel');
    world.clipboard = '';
    await command('copy', which);
    assert.equal(undated(world.clipboard), text, 'copied by the command');

    world.inserted.length = 0;
    await asked('insert', fileId(first));
    await command('insert', which);
    const [one, other] = world.inserted.map((snippet) => undated(plain(snippet)));
    assert.ok(one?.includes(text.slice(firstLineOf(text).length).trimEnd()), 'inserted');
    assert.equal(other, one, 'inserted by the command');

    await asked('save');
    const saved = taken();
    assert.equal(saved.size, files.length);
    for (const file of files) {
      const body = undated(file.text).slice(firstLineOf(file.text).length).trimEnd();
      assert.ok(saved.get(`/out/${fileId(file)}`)?.includes(body), `saved ${fileId(file)}`);
    }
    await command('save');
    assert.deepEqual(taken(), saved, 'saved by the command');

    // On a computer where nobody chose anything: from the terminal command, and from the block in the file.
    panel.say({ type: 'copyCommand' });
    await eventually(() => world.clipboard.startsWith('npx exotel-sip-trunks generate '));
    const words = [...world.clipboard.matchAll(/--set (?:'([^']*)'|(\S+))/g)];
    const settings = readSettings(words.map(([, quoted, bare]) => quoted ?? bare ?? ''));
    assert.deepEqual(settings.problems, []);
    assert.ok(world.clipboard.includes(` --target ${card.id}`));
    const terminal = await produce(await planOf(input({ ...settings.chosen, targetId: card.id })));
    assert.deepEqual(
      terminal.files.map((file) => undated(file.text)),
      files.map((file) => undated(file.text)),
      world.clipboard,
    );
    if (first.comment !== null) {
      const elsewhere = new TrunkChoices(memento());
      const front = {
        path: '/notes.txt',
        languageId: 'plaintext',
        text: saved.get(`/out/${fileId(first)}`) ?? '',
        cursor: 0,
      };
      const { left } = adoptBlock(elsewhere, REF, front, input({}));
      assert.deepEqual(left, []);
      const again = await produce(
        await planOf(input({ targetId: card.id, ...elsewhere.own(REF) })),
      );
      assert.equal(undated(again.files[0]?.text ?? ''), text, 'from the block');
    }
    return files;
  }

  const changedSomewhere = new Set<ChoiceField>();

  for (const card of cards) {
    it(`of ${card.name}, whatever is chosen and whoever asks`, async function () {
      this.timeout(60_000);
      const base = baseOf(card);
      const usual = await everywhere(card, base);
      assert.ok(usual !== null);
      const texts = (files: readonly PbxFile[]) => files.map((file) => undated(file.text)).join();
      for (const id of optionIds) {
        for (const value of samples(card)[id]) {
          const files = await everywhere(card, { ...base, [id]: value });
          if (files !== null && texts(files) !== texts(usual)) changedSomewhere.add(id);
        }
      }
    });
  }

  it('and every option changes the text of some PBX', () => {
    assert.deepEqual(
      optionIds.filter((id) => !changedSomewhere.has(id)),
      [],
    );
  });

  it('with one render a copy', async () => {
    const writer = await loadWriter('asterisk-pjsip');
    const render = mock.method(writer, 'render');
    try {
      choose({ targetId: 'asterisk-pjsip', transport: 'tcp' });
      await eventually(() => {
        const view = panel.last('view')?.view;
        return view?.state === 'trunk' && view.generator.choices.transport === 'tcp';
      });
      render.mock.resetCalls();
      await asked('copy', 'pjsip.conf');
      assert.equal(render.mock.callCount(), 1);
      render.mock.resetCalls();
      await command('copy', ['pjsip.conf']);
      assert.equal(render.mock.callCount(), 1);
      assert.ok(world.clipboard.includes(PASSWORD_PLACEHOLDER));
    } finally {
      render.mock.restore();
    }
  });
});
