// An open panel: what it tells the page, what it does when the page asks, and when it closes.
import { FakePanel, world } from './fake-vscode';
import assert from 'node:assert/strict';
import type { Uri, WebviewPanel } from 'vscode';
import { Secret } from '../../../src/exotel/secret';
import { PASSWORD_PLACEHOLDER } from '../../../src/pbx/quoting/plain';
import { cards } from '../../../src/pbx/cards';
import { Emitter } from '../../../src/trunks/event';
import type { Account } from '../../../src/app/accounts/account';
import type { AccountChange } from '../../../src/app/accounts/models';
import type { RegistryChange } from '../../../src/app/accounts/registry';
import type { LastEditor } from '../../../src/workbench/editor/last-editor';
import type { TrunkView } from '../../../src/pages/panel/panel-protocol';
import { TrunkChoices } from '../../../src/app/choices';
import { TrunkPanels } from '../../../src/workbench/panel/trunk-panel';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';
import { ScriptedPrompter } from '../../support/scripted-prompter';
import { memento } from '../app/checks-support';
import { eventually, PRODUCTION } from '../pages/fixtures';

const PLANTED = 'Planted0SipPassword1';
const REF = { kind: 'trunk', accountId: PRODUCTION.id, trunkSid: SEEDED.outbound } as const;

describe('An open trunk panel', () => {
  let account: TestAccount;
  let known: Account | null;
  let changes: Emitter<AccountChange>;
  let accounts: Emitter<RegistryChange>;
  let prompter: ScriptedPrompter;
  let panels: TrunkPanels;
  let editing: boolean;
  let inEditor: string;
  let state: ReturnType<typeof memento>;
  let choices: TrunkChoices;
  let explained: string[];
  let logged: string[];

  beforeEach(async () => {
    account = await startAccount();
    await account.vault.put(SEEDED.outbound, 'outbound_pbx', new Secret(PLANTED));
    known = PRODUCTION;
    editing = false;
    inEditor = '; our own PBX\n';
    state = memento();
    choices = new TrunkChoices(state);
    explained = [];
    logged = [];
    changes = new Emitter();
    accounts = new Emitter();
    prompter = new ScriptedPrompter();
    account.model.onDidChange((change) => changes.fire({ accountId: PRODUCTION.id, change }));
    panels = start(prompter);
    world.panels.length = 0;
    world.executed.length = 0;
    world.inserted.length = 0;
    world.clipboard = '';
  });

  afterEach(async () => {
    panels.dispose();
    await account.close();
  });

  function start(answers: ScriptedPrompter): TrunkPanels {
    return new TrunkPanels({
      extensionUri: { path: '/extension' } as unknown as Uri,
      models: {
        peek: () => account.model,
        open: () => Promise.resolve(account.model),
        onDidChange: changes.event,
      },
      accounts: { get: () => known, onDidChange: accounts.event },
      prompter: answers,
      editor: {
        get current() {
          const uri = { path: '/etc/asterisk/pjsip.conf', scheme: 'file' };
          const document = {
            uri,
            languageId: 'asterisk',
            getText: () => inEditor,
            offsetAt: () => 0,
            positionAt: (offset: number) => offset,
          };
          return editing ? { document, selection: { active: 0 } } : undefined;
        },
      } as unknown as LastEditor,
      explain: (problem) => explained.push(problem.kind),
      log: { error: (message) => logged.push(message) },
      choices,
    });
  }

  const viewOf = (panel: FakePanel): TrunkView | null => {
    const view = panel.last('view')?.view;
    return view?.state === 'trunk' ? view : null;
  };
  const stateOf = (panel: FakePanel) => panel.last('view')?.state;
  const textOf = (panel: FakePanel) => {
    const output = viewOf(panel)?.generator.output;
    return output?.state === 'ready' ? output.files.map((file) => file.text).join('\n') : '';
  };

  /** Opened, the page there, not yet ready. */
  async function shown(trunkSid: string = REF.trunkSid): Promise<FakePanel> {
    panels.show({ ...REF, trunkSid });
    const panel = world.panels.at(-1);
    assert.ok(panel);
    await eventually(() => panel.webview.html !== '');
    return panel;
  }

  /** Opened, the page ready, everything loaded. */
  async function opened(): Promise<FakePanel> {
    const panel = await shown();
    panel.say({ type: 'ready' });
    await eventually(() => viewOf(panel)?.generator.cannotInclude === null);
    return panel;
  }

  it('that cannot be loaded says why, and explains the answer on request', async () => {
    account.sandbox.fail({
      match: { method: 'GET' },
      times: 1,
      then: {
        kind: 'answer',
        status: 401,
        body: {
          http_code: 401,
          response: { code: 401, error_data: { code: 1010 }, status: 'failure', data: null },
        },
      },
    });
    const panel = await shown();
    panel.say({ type: 'ready' });
    const failed = () => {
      const view = panel.last('view')?.view;
      return view?.state === 'failed' ? view : null;
    };
    await eventually(() => failed() !== null);
    assert.equal(failed()?.explain, true);
    panel.say({ type: 'explain' });
    await eventually(() => explained.length === 1);
    assert.deepEqual(explained, ['auth']);
  });

  it('says nothing before the page is ready, then words first and facts second', async () => {
    const panel = await shown();
    await account.model.ensureTrunks();
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(panel.posted.length, 0);
    panel.say({ type: 'ready' });
    await eventually(() => viewOf(panel)?.state === 'trunk');
    assert.equal(panel.posted[0]?.type, 'start');
    assert.equal(panel.title, 'outbound_trunk · Production');
  });

  it('is one per trunk', async () => {
    const panel = await opened();
    panels.show(REF);
    assert.equal(world.panels.length, 1);
    assert.equal(panel.revealed, 1);
  });

  it('drops a message that it does not know, and notes that in the log', async () => {
    const panel = await opened();
    panel.say({ type: 'run', command: 'exotelSip.number.map' });
    assert.deepEqual(logged, [
      'The page “panel” sent a message that nobody knows; it was dropped.',
    ]);
    assert.deepEqual(world.executed, []);
  });

  it('does not come back when it is closed while it is made', async () => {
    panels.show(REF);
    world.panels[0]?.dispose();
    const again = await shown();
    assert.notEqual(again, world.panels[0]);
    assert.equal(world.panels[0]?.webview.html, '');
    assert.equal(again.closed, false);
  });

  it('follows the model', async () => {
    const panel = await opened();
    await account.model.renameTrunk(SEEDED.outbound, 'renamed');
    await eventually(() => viewOf(panel)?.title === 'renamed');
    assert.equal(panel.title, 'renamed · Production');
  });

  it('says nothing while hidden and everything again when it is back', async () => {
    const panel = await opened();
    panel.hide();
    const before = panel.posted.length;
    await account.model.renameTrunk(SEEDED.outbound, 'renamed');
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(panel.posted.length, before);
    panel.showAgain();
    panel.say({ type: 'ready' });
    await eventually(() => viewOf(panel)?.title === 'renamed');
  });

  it('closes when its trunk or its account is gone', async () => {
    const first = await opened();
    await account.model.deleteTrunk(SEEDED.outbound);
    await eventually(() => first.closed);
    const second = await shown(SEEDED.inbound);
    accounts.fire({ kind: 'removed', account: PRODUCTION });
    assert.equal(second.closed, true);
  });

  it('keeps choices for the trunk, and nothing the trunk suggests anyway', async () => {
    const panel = await opened();
    panel.say({ type: 'choose', field: 'transport', value: 'tcp', turn: 1 });
    panel.say({ type: 'choose', field: 'publicAddress', value: '203.0.113', turn: 2 });
    await eventually(() => viewOf(panel)?.generator.turn === 2);
    assert.deepEqual(stateOf(panel), {
      accountId: PRODUCTION.id,
      trunkSid: SEEDED.outbound,
      name: 'outbound_trunk',
    });
    assert.deepEqual(choices.own(REF), { transport: 'tcp', publicAddress: '203.0.113' });
    assert.equal(viewOf(panel)?.generator.output.state, 'blocked');
    panel.say({ type: 'choose', field: 'transport', value: 'tls', turn: 3 });
    panel.say({ type: 'choose', field: 'publicAddress', value: '', turn: 4 });
    await eventually(() => viewOf(panel)?.generator.turn === 4);
    assert.deepEqual(choices.own(REF), {});
  });

  it('begins with the PBX the trunk was looked at for last, and remembers another', async () => {
    choices.choose(REF, { targetId: 'kamailio' });
    const panel = await opened();
    assert.equal(viewOf(panel)?.generator.choices.targetId, 'kamailio');
    assert.equal(viewOf(panel)?.generator.changed, false);
    panel.say({ type: 'choose', field: 'targetId', value: 'freeswitch', turn: 1 });
    await eventually(() => viewOf(panel)?.generator.turn === 1);
    assert.equal(viewOf(panel)?.generator.choices.targetId, 'freeswitch');
    assert.deepEqual(choices.own(REF), { targetId: 'freeswitch' });
  });

  it('begins with the first PBX when the one it was looked at for is no more', async () => {
    choices.choose(REF, { targetId: 'a PBX of an older version' });
    const panel = await opened();
    assert.equal(viewOf(panel)?.generator.choices.targetId, cards[0]?.id);
  });

  it('offers the senders typed in one panel to the other trunks of the account', async () => {
    const first = await opened();
    const typed = (value: string, turn: number) =>
      first.say({ type: 'choose', field: 'exotelAddresses', value, turn });
    typed('198.51.100.0/24', 1);
    typed('198.51.100.0/24, 203.0', 2);
    const next = async (trunkSid: string) => {
      const panel = await shown(trunkSid);
      panel.say({ type: 'ready' });
      await eventually(() => viewOf(panel) !== null);
      return viewOf(panel)?.generator.choices.exotelAddresses;
    };
    assert.equal(await next(SEEDED.inbound), '198.51.100.0/24');
    world.panels.at(-1)?.dispose();
    typed('', 3);
    assert.equal(await next(SEEDED.inbound), '');
  });

  it('says which file was inserted and which is still needed', async () => {
    editing = true;
    const panel = await opened();
    panel.say({ type: 'output', action: 'insert', file: 'pjsip.conf' });
    await eventually(() => panel.last('result') !== undefined);
    assert.equal(
      panel.last('result')?.text,
      'Inserted pjsip.conf into pjsip.conf. Still needed: extensions.conf.',
    );
    assert.equal(world.inserted.length, 1);
  });

  it('copies the command that makes the same text in a terminal, without a secret', async () => {
    const panel = await opened();
    panel.say({ type: 'includePassword', value: true });
    panel.say({ type: 'choose', field: 'transport', value: 'tcp', turn: 1 });
    panel.say({ type: 'choose', field: 'useCase', value: 'both', turn: 2 });
    panel.say({ type: 'choose', field: 'insidePeer', value: "PJSIP/60'01 x", turn: 3 });
    panel.say({ type: 'copyCommand' });
    await eventually(() => world.clipboard !== '');
    assert.equal(
      world.clipboard,
      `npx exotel-sip-trunks generate ${REF.trunkSid} --target ${cards[0]?.id ?? ''} ` +
        "--set useCase=both --set transport=tcp --set 'insidePeer=PJSIP/60'\\''01 x'",
    );
    assert.match(
      panel.last('result')?.text ?? '',
      /^Copied the command .* placeholder as password/,
    );
    panel.say({ type: 'choose', field: 'publicAddress', value: '203.0', turn: 4 });
    panel.say({ type: 'copyCommand' });
    await eventually(() => panel.last('result')?.tone === 'failed');
  });

  it('shows what another window chose when its own is looked at again', async () => {
    const panel = await opened();
    const elsewhere = new TrunkChoices(state);
    elsewhere.choose(REF, { transport: 'tcp' });
    world.windowState.fire({ focused: true });
    await eventually(() => viewOf(panel)?.generator.choices.transport === 'tcp');
  });

  describe('and a block that another computer wrote', () => {
    const block = (options: string) =>
      `; >>> Exotel SIP trunk ${REF.trunkSid} asterisk-pjsip pjsip.conf called mine >>>\n` +
      `; Options: ${options}\n[mine]\n` +
      `; <<< Exotel SIP trunk ${REF.trunkSid} asterisk-pjsip pjsip.conf <<<\n`;

    async function insertOver(options: string): Promise<string> {
      editing = true;
      inEditor = block(options);
      prompter = new ScriptedPrompter(['Replace']);
      panels = start(prompter);
      const panel = await opened();
      panel.say({ type: 'output', action: 'insert', file: 'pjsip.conf' });
      await eventually(() => panel.last('result') !== undefined);
      return panel.last('result')?.text ?? '';
    }

    it('gives its options where nobody chose any, and says so', async () => {
      assert.equal(
        await insertOver('transport=tcp'),
        'Replaced the block in pjsip.conf. Options taken from the block that was there: transport=tcp peerName=mine.',
      );
      assert.match(world.inserted[0] ?? '', /called mine >>>\n; Options: transport=tcp\n/);
      assert.match(world.inserted[0] ?? '', /protocol = tcp/);
      assert.deepEqual(choices.own(REF), {
        targetId: 'asterisk-pjsip',
        transport: 'tcp',
        peerName: 'mine',
      });
    });

    it('gives only its name where something was chosen here', async () => {
      choices.choose(REF, { targetId: 'asterisk-pjsip', codecs: 'PCMU,PCMA' });
      await insertOver('transport=tcp');
      assert.match(world.inserted[0] ?? '', /called mine >>>\n; Options: codecs=PCMU,PCMA\n/);
      assert.match(world.inserted[0] ?? '', /protocol = tls/);
    });

    it('gives nothing that is not to be had here, and says so', async () => {
      assert.match(
        await insertOver('edgeId=theirs exotelAddresses=0.0.0.0/0'),
        /peerName=mine\. Options of that block that are not to be had here: edgeId=theirs exotelAddresses=0\.0\.0\.0\/0\.$/,
      );
      assert.deepEqual(choices.of(REF), { targetId: 'asterisk-pjsip', peerName: 'mine' });
    });
  });

  describe('and the password', () => {
    it('is on the page only when it is shown, and never in state', async () => {
      const panel = await opened();
      panel.say({ type: 'includePassword', value: true });
      panel.say({ type: 'copyPassword', userName: 'outbound_pbx' });
      await eventually(() => world.clipboard === PLANTED);
      await eventually(() => textOf(panel).includes('••••'));
      assert.ok(!JSON.stringify(panel.posted).includes(PLANTED));
      assert.ok(!panel.webview.html.includes(PLANTED));

      panel.say({ type: 'revealPassword', userName: 'outbound_pbx' });
      await eventually(() => panel.last('reveal') !== undefined);
      const told = panel.posted.filter((message) => JSON.stringify(message).includes(PLANTED));
      assert.deepEqual(told, [{ type: 'reveal', userName: 'outbound_pbx', password: PLANTED }]);
    });

    it('of a user name that is not on the trunk is refused', async () => {
      const panel = await opened();
      panel.say({ type: 'revealPassword', userName: 'somebody' });
      await eventually(() => panel.last('result')?.tone === 'failed');
      assert.equal(panel.last('reveal'), undefined);
    });

    it('is left out of the copy unless it was asked for', async () => {
      const panel = await opened();
      panel.say({ type: 'output', action: 'copy', file: 'pjsip.conf' });
      await eventually(() => world.clipboard.includes(PASSWORD_PLACEHOLDER));
      assert.ok(!world.clipboard.includes(PLANTED));
      assert.deepEqual(prompter.asked, []);
    });

    it('goes into the copy after one confirmation for the panel', async () => {
      prompter = new ScriptedPrompter(['Include Password']);
      panels = start(prompter);
      const panel = await opened();
      panel.say({ type: 'includePassword', value: true });
      await eventually(() => textOf(panel).includes('••••'));
      panel.say({ type: 'output', action: 'copy', file: 'pjsip.conf' });
      await eventually(() => world.clipboard.includes(PLANTED));
      world.clipboard = '';
      panel.say({ type: 'output', action: 'copy', file: 'pjsip.conf' });
      await eventually(() => world.clipboard.includes(PLANTED));
      assert.equal(prompter.asked.length, 1);
      assert.match(prompter.asked[0]?.title ?? '', /SIP password of outbound_pbx/);
      assert.ok(!JSON.stringify(panel.posted).includes(PLANTED));
    });

    it('goes nowhere when the person does not agree', async () => {
      prompter = ScriptedPrompter.escapeAt(0);
      panels = start(prompter);
      const panel = await opened();
      panel.say({ type: 'includePassword', value: true });
      await eventually(() => textOf(panel).includes('••••'));
      panel.say({ type: 'output', action: 'copy', file: 'pjsip.conf' });
      await eventually(() => prompter.escaped);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(world.clipboard, '');
      assert.equal(panel.last('result'), undefined);
    });
  });

  describe('and commands', () => {
    it('runs one from the list on its own trunk', async () => {
      const panel = await opened();
      panel.say({ type: 'run', command: 'exotelSip.number.map', userName: null });
      await eventually(() => world.executed.length === 1);
      assert.deepEqual(world.executed, [{ command: 'exotelSip.number.map', argument: REF }]);
    });

    it('runs none that changes a read-only account, even when the page asks', async () => {
      known = { ...PRODUCTION, readOnly: true };
      const panel = await opened();
      panel.say({ type: 'run', command: 'exotelSip.number.map', userName: null });
      panel.say({ type: 'run', command: 'exotelSip.trunk.refresh', userName: null });
      panel.say({ type: 'run', command: 'workbench.action.quit', userName: null });
      await eventually(() => world.executed.length === 1);
      assert.equal(world.executed[0]?.command, 'exotelSip.trunk.refresh');
      await eventually(() => panel.last('result')?.tone === 'failed');
    });

    it('copies facts by their name, not by what the page says', async () => {
      const panel = await opened();
      panel.say({ type: 'copyFact', fact: 'dialWhom' });
      await eventually(() => world.clipboard === `sip:${SEEDED.outbound}`);
      panel.say({ type: 'copyFact', fact: 'evil text' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(world.clipboard, `sip:${SEEDED.outbound}`);
    });
  });

  describe('after a reload of the window', () => {
    async function restored(state: unknown): Promise<FakePanel> {
      const panel = new FakePanel();
      await panels.restore(panel as unknown as WebviewPanel, state);
      panel.say({ type: 'ready' });
      return panel;
    }

    it('is back with its choices', async () => {
      const { accountId, trunkSid } = REF;
      choices.choose(REF, { transport: 'tcp' });
      const panel = await restored({ accountId, trunkSid });
      await eventually(() => viewOf(panel)?.state === 'trunk');
      assert.equal(viewOf(panel)?.generator.choices.transport, 'tcp');
      assert.equal(viewOf(panel)?.generator.includePassword, false);
    });

    it('goes by the name it had while its trunk cannot be loaded', async () => {
      const { accountId } = REF;
      const gone = { accountId, trunkSid: 'trmum1gone' };
      const panel = await restored({ ...gone, name: 'Support line' });
      await eventually(() => panel.last('view')?.view.state === 'gone');
      assert.equal(panel.title, 'Support line · Production');
      assert.equal(stateOf(panel)?.name, 'Support line');
    });

    it('says that the account or the trunk is not there any more', async () => {
      const { accountId } = REF;
      const trunkless = await restored({ accountId, trunkSid: 'trmum1gone' });
      await eventually(() => trunkless.last('view')?.view.state === 'gone');
      assert.equal(trunkless.closed, false);
      known = null;
      const panel = await restored({ ...REF });
      await eventually(() => {
        const view = panel.last('view')?.view;
        return view?.state === 'gone' && view.fix?.command === 'exotelSip.account.add';
      });
    });

    it('is closed when its state is not one of ours', async () => {
      assert.equal((await restored({ some: 'thing' })).closed, true);
      assert.equal((await restored(undefined)).closed, true);
    });
  });
});
