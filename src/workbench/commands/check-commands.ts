/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on the first-call checks.
 */
import { commands, l10n, Uri, window, workspace } from 'vscode';
import type { UseCase } from '../../terms/use';
import type { Action } from '../../terms/finding';
import { type EdgeAnswer, findEdges } from '../../checks/find-edge';
import { type KnownEdge, resolveEdge } from '../../exotel/edges';
import { rowId, type Section, type SectionRow } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import { mendOf, USE_CASE_NAMES, verdictIcon } from '../checks/check-text';
import type { ChosenEdge } from '../../app/choices';
import { factsOf } from '../../app/facts';
import { likelyUseCases, USE_CASES } from '../../setup/use-cases';
import {
  type CheckNode,
  type CheckRef,
  isCheckNode,
  trunkOfCheck,
} from '../../app/checks/check-refs';
import type { ReportRef } from '../../app/checks/runs';
import { Cancelled, type Choice } from '../../app/input/prompter';
import { trunkLabel } from '../tree/row-text';
import type { NodeRef } from '../../app/refs';
import type { Placement, TrunkTarget } from './command';
import { accountCommand, onRow, plainCommand } from './define';
import type { Services } from './services';
import { answered, trunkTarget } from './targets';

/** In the view of the checks. */
function onCheck(kind: string, group: string, ...flags: readonly string[]): Placement {
  return { ...onRow(kind, group, ...flags), view: 'exotelSip.checks' };
}

function inTitle(group: string, when: string): Placement {
  return { menu: 'view/title', group, when, view: 'exotelSip.checks' };
}

const SHOWN = 'exotelSip.checks =~ /^(done|running)$/';

/** The row of the checks a command was started from. */
function clickedCheck(args: readonly unknown[]): CheckNode | null {
  const [clicked] = args;
  return isCheckNode(clicked) ? clicked : null;
}

/** Rows of the checks stand for their trunk. */
async function trunkOf(
  services: Services,
  args: readonly unknown[],
  title: string,
): Promise<TrunkTarget> {
  const check = clickedCheck(args);
  const target = check === null ? args : [trunkOfCheck(check)];
  return trunkTarget(services, target, { title, writes: false });
}

function refOf({ account, trunkSid }: TrunkTarget): ReportRef {
  return { accountId: account.id, trunkSid };
}

/** The row of one check, while its report is there. */
function checkOf(services: Services, args: readonly unknown[]): CheckRef | null {
  const check = clickedCheck(args);
  if (check?.kind !== 'check') return null;
  return services.checks.report(check)?.row(check.key) == null ? null : check;
}

async function runChecks(
  services: Services,
  args: readonly unknown[],
  title: string,
): Promise<void> {
  const target = await trunkOf(services, args, title);
  const { account, model, trunkSid } = target;
  const useCases = answered(
    await services.prompter.pickMany<UseCase>({
      title,
      placeholder: l10n.t('What is trunk {0} for?', trunkLabel(target.snapshot.trunk)),
      choices: useCaseChoices(services, target),
    }),
  );
  if (useCases.length === 0) throw new Cancelled();
  const ref: ReportRef = { accountId: account.id, trunkSid };
  if (model.trunk(trunkSid) === null) return;
  // What the view is to reveal has to be in it.
  await services.checks.open(ref, useCases);
  const running = services.checks.start(ref, useCases);
  await services.checkView.reveal(ref);
  await running;
}

async function useCaseChoices(
  services: Services,
  { account, model, trunkSid, snapshot }: TrunkTarget,
): Promise<Choice<UseCase>[]> {
  await model.ensureSections(trunkSid);
  const known = model.trunk(trunkSid) ?? snapshot;
  const before = services.checks.useCases({ accountId: account.id, trunkSid });
  const likely = before ?? likelyUseCases(factsOf(account.accountSid, known));
  const details: Readonly<Record<UseCase, string>> = {
    outbound: l10n.t('Your PBX calls phones: numbers in pstn mode, whitelisted IP or credential.'),
    inbound: l10n.t('Phones call your PBX: destination URIs, their ports and certificates.'),
    streamkit: l10n.t('Your PBX calls a voice bot: numbers in flow mode.'),
  };
  return USE_CASES.map((useCase) => ({
    label: USE_CASE_NAMES[useCase](),
    detail: details[useCase],
    value: useCase,
    picked: likely.includes(useCase),
  }));
}

async function runAll(services: Services, account: Account, title: string): Promise<void> {
  const model = await services.models.open(account.id);
  await services.ui.cancellable(title, async (signal, onProgress) => {
    await model.reloadTrunks(signal);
    const sids = (model.trunks.value ?? []).map(({ trunk }) => trunk.sid);
    const [first] = sids;
    if (first === undefined) {
      void services.ui.info(l10n.t('{0} has no trunk to check.', account.label));
      return;
    }
    const running = services.checks.startAll(account.id, sids, signal, onProgress);
    await services.checkView.open();
    await running;
  });
  const failing = (model.trunks.value ?? []).filter(
    ({ trunk }) => services.checks.failing(account.id, trunk.sid) > 0,
  );
  services.ui.status(
    failing.length === 0
      ? l10n.t('No check failed.')
      : failing.length === 1
        ? l10n.t('Checks of 1 trunk failed.')
        : l10n.t('Checks of {0} trunks failed.', failing.length),
  );
}

// Mending.

/** The row of the model a mend is about. */
function rowIn<S extends Section>(
  services: Services,
  ref: ReportRef,
  section: S,
  fits: (row: SectionRow[S]) => boolean,
): NodeRef {
  const { accountId, trunkSid } = ref;
  const rows: readonly SectionRow[S][] =
    services.models.peek(accountId)?.trunk(trunkSid)?.sections[section].value ?? [];
  const row = rows.find(fits);
  return row === undefined
    ? trunkOfCheck(ref)
    : { kind: 'row', accountId, trunkSid, section, rowId: rowId(section, row) };
}

/** The command that does it, and what it is called with. */
function mendCommand(
  services: Services,
  ref: ReportRef,
  { kind: action, value }: Action,
): readonly [command: string, ...args: unknown[]] {
  const trunk = trunkOfCheck(ref);
  switch (action) {
    case 'mapNumber':
      return ['exotelSip.number.map', trunk, undefined, value];
    case 'switchMode':
      return [
        'exotelSip.number.switchMode',
        rowIn(services, ref, 'numbers', ({ number }) => number === value),
      ];
    case 'whitelistIp':
      return ['exotelSip.ip.whitelist', trunk, undefined, value];
    case 'addDestination':
      return ['exotelSip.destination.add', trunk];
    case 'editDestination':
      return value === null
        ? ['exotelSip.destination.changePriority', trunk]
        : [
            'exotelSip.destination.changeAddress',
            rowIn(services, ref, 'destinations', ({ destination }) => destination === value),
          ];
    case 'createCredential':
      return ['exotelSip.credential.create', trunk];
    case 'rotateCredential':
      return [
        'exotelSip.credential.rotate',
        rowIn(services, ref, 'credentials', ({ userName }) => userName === value),
      ];
    case 'setCallerId':
      return ['exotelSip.callerId.set', trunk];
    case 'refresh':
      return ['exotelSip.trunk.refresh', trunk];
    case 'findEdge':
      return ['exotelSip.edge.find', trunk];
    case 'openSettings':
      return ['workbench.action.openSettings', `@id:${value ?? 'exotelSip.edges'}`];
  }
}

async function mend(services: Services, args: readonly unknown[]): Promise<void> {
  const check = checkOf(services, args);
  if (check === null) return;
  const { accountId, trunkSid, key } = check;
  const ref: ReportRef = { accountId, trunkSid };
  const account = services.registry.get(accountId);
  const result = services.checks.report(ref)?.row(key)?.result ?? null;
  const offered = mendOf(result, account?.readOnly === false);
  if (offered === null) return;
  // Reads anew what the row rests on, whether or not it was read before.
  if (offered.kind === 'refresh') return services.checks.rerun(ref, key);
  const [command, ...rest] = mendCommand(services, ref, offered);
  // Ends when the person is through with it, however it went; what it changed the model knows by then.
  await commands.executeCommand(command, ...rest);
  // The edge's command asks the new edge by itself.
  if (offered.kind !== 'findEdge') await services.checks.afterMend(ref, key);
}

async function rerun(services: Services, args: readonly unknown[]): Promise<void> {
  const check = checkOf(services, args);
  if (check !== null) await services.checks.rerun(check, check.key);
}

async function tick(services: Services, args: readonly unknown[], on: boolean): Promise<void> {
  const check = checkOf(services, args);
  const row = check === null ? null : services.checks.report(check)?.row(check.key);
  if (check === null || row?.group !== 'manual') return;
  await services.checks.tick(check, row.id, on);
}

// The report.

function reportOf(services: Services, args: readonly unknown[]): string {
  const check = clickedCheck(args);
  const text = services.checks.markdown(check === null ? undefined : [check]);
  if (text !== null) return text;
  const run = l10n.t('Run First-Call Checks…');
  void services.ui
    .info(l10n.t('There is no report yet: run the checks first.'), run)
    .then(async (pressed) => {
      if (pressed === run) await commands.executeCommand('exotelSip.check.run');
    });
  throw new Cancelled();
}

async function saveReport(services: Services, args: readonly unknown[]): Promise<void> {
  const text = reportOf(services, args);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, 'exotel-checks.md') }),
    title: l10n.t('Save Checks Report'),
    saveLabel: l10n.t('Save'),
    filters: { Markdown: ['md'] },
  });
  if (uri === undefined) throw new Cancelled();
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  services.ui.status(l10n.t('Report saved.'));
}

// Edges.

/** What an edge said, for a list. */
function answerText({ result }: EdgeAnswer): string {
  switch (result.kind) {
    case 'answered': {
      const line = `${result.status} ${result.reason}`.trim();
      return l10n.t('speaks SIP: {0}, {1} ms', line, result.ms);
    }
    case 'silent':
      return l10n.t('takes the connection, but does not answer OPTIONS');
    case 'closed':
      return l10n.t('takes the connection and closes it on OPTIONS');
    case 'garbage':
      return l10n.t('answers, but not in SIP');
    case 'noTls':
      return result.result.kind === 'broken'
        ? l10n.t('no TLS handshake: {0}', result.result.reason)
        : connectionText(result.result.result);
    case 'noTcp':
      return connectionText(result.result);
  }
}

type NoConnection = Extract<EdgeAnswer['result'], { readonly kind: 'noTcp' }>['result'];

function connectionText(result: NoConnection): string {
  switch (result.kind) {
    case 'refused':
      return l10n.t('refuses the connection: nobody listens there');
    case 'filtered':
      return l10n.t('does not answer: a firewall on the way, or nothing there');
    case 'unreachable':
      return l10n.t('cannot be reached: {0}', result.reason);
    case 'dns':
      return result.result.kind === 'notFound'
        ? l10n.t('the name does not exist')
        : l10n.t('the name could not be resolved: {0}', result.result.reason);
    case 'aborted':
      return l10n.t('stopped');
  }
}

/** Which way of being recognised the edge is for, where it is for one only. */
function authText({ auth }: KnownEdge): string {
  const ip = auth.includes('ip');
  const credential = auth.includes('credential');
  if (ip === credential) return '';
  return ip ? l10n.t('for whitelisted IPs') : l10n.t('for credentials');
}

const RANK_VERDICTS = ['ok', 'warning', 'problem'] as const;

async function findEdge(
  services: Services,
  args: readonly unknown[],
  title: string,
): Promise<void> {
  const target = await trunkOf(services, args, title);
  const ref = refOf(target);
  const known = services.edges.edges;
  const resolved = known.map((edge) => ({
    ...edge,
    ...resolveEdge(known, edge.id, target.account.accountSid),
    auth: edge.auth,
  }));
  // Esc ends the asking too.
  const controller = new AbortController();
  try {
    const asking = findEdges(resolved, services.probes, controller.signal);
    const chosen = answered(
      await services.prompter.pick<ChosenEdge>({
        title,
        placeholder: l10n.t(
          'Asked side by side from {0}. Which one are calls of {1} sent to?',
          services.checks.from,
          trunkLabel(target.snapshot.trunk),
        ),
        choices: asking.then((answers) =>
          answers.flatMap((answer) => edgeChoice(answer, resolved, services.checks.edge(ref))),
        ),
      }),
    );
    services.ui.status(
      l10n.t(
        'Calls of {0} are checked at {1}.',
        trunkLabel(target.snapshot.trunk),
        placeOf(chosen, resolved),
      ),
    );
    await services.checks.chooseEdge(ref, chosen);
  } finally {
    controller.abort();
  }
}

function placeOf({ edgeId, transport }: ChosenEdge, edges: readonly KnownEdge[]): string {
  const edge = edges.find(({ id }) => id === edgeId);
  if (edge === undefined) return edgeId;
  return `${edge.host}:${transport === 'tls' ? edge.tlsPort : edge.tcpPort}`;
}

function edgeChoice(
  answer: EdgeAnswer,
  edges: readonly KnownEdge[],
  current: ChosenEdge | null,
): Choice<ChosenEdge>[] {
  const edge = edges.find(({ id }) => id === answer.id);
  if (edge === undefined) return [];
  const value: ChosenEdge = { edgeId: answer.id, transport: answer.transport };
  const chosen = current?.edgeId === value.edgeId && current.transport === value.transport;
  const notes = [placeOf(value, edges), authText(edge), chosen ? l10n.t('chosen') : ''];
  return [
    {
      label: `${edge.name}, ${answer.transport.toUpperCase()}`,
      description: notes.filter((note) => note !== '').join(' · '),
      detail: answerText(answer),
      icon: verdictIcon(RANK_VERDICTS[answer.rank]).id,
      value,
    },
  ];
}

export const checkCommands = [
  plainCommand({
    id: 'exotelSip.check.run',
    title: 'Run First-Call Checks…',
    icon: 'checklist',
    menus: [
      onRow('trunk', 'inline@2'),
      onRow('trunk', '1_open@5'),
      inTitle('navigation@1', 'exotelSip.checks == none'),
      inTitle('1_run@1', SHOWN),
    ],
    run: (services, args) => runChecks(services, args, l10n.t('Run First-Call Checks')),
  }),
  accountCommand({
    id: 'exotelSip.check.runAll',
    title: 'Run Checks on All Trunks',
    menus: [onRow('account', '1_open@4')],
    run: runAll,
  }),
  plainCommand({
    id: 'exotelSip.check.runAgain',
    title: 'Run Checks Again',
    icon: 'run-all',
    palette: false,
    menus: [
      inTitle('navigation@1', 'exotelSip.checks == done'),
      onCheck('checks', 'inline@1', '!running'),
      onCheck('checks', '1_run@1', '!running'),
    ],
    run: async (services, args) => {
      const check = clickedCheck(args);
      await services.checks.again(check === null ? undefined : [check]);
    },
  }),
  plainCommand({
    id: 'exotelSip.check.stop',
    title: 'Stop Checks',
    icon: 'debug-stop',
    menus: [inTitle('navigation@1', 'exotelSip.checks == running')],
    run: (services) => {
      services.checks.stop();
      return Promise.resolve();
    },
  }),
  plainCommand({
    id: 'exotelSip.check.copyReport',
    title: 'Copy Checks Report',
    icon: 'copy',
    menus: [inTitle('navigation@2', SHOWN), onCheck('checks', '5_copy@1')],
    run: async (services, args) => {
      await services.ui.copy(reportOf(services, args));
      services.ui.status(l10n.t('Report copied as Markdown.'));
    },
  }),
  plainCommand({
    id: 'exotelSip.check.saveReport',
    title: 'Save Checks Report…',
    icon: 'save',
    menus: [inTitle('navigation@3', SHOWN), onCheck('checks', '5_copy@2')],
    run: saveReport,
  }),
  plainCommand({
    id: 'exotelSip.check.mend',
    title: 'Mend…',
    icon: 'wrench',
    palette: false,
    menus: [onCheck('check', 'inline@1', 'mend'), onCheck('check', '1_check@1', 'mend')],
    run: mend,
  }),
  plainCommand({
    id: 'exotelSip.check.rerun',
    title: 'Run Check Again',
    icon: 'refresh',
    palette: false,
    menus: [
      onCheck('check', 'inline@2', '!running', '!manual'),
      onCheck('check', '1_check@2', '!running', '!manual'),
    ],
    run: rerun,
  }),
  plainCommand({
    id: 'exotelSip.check.tick',
    title: 'Mark as Checked',
    palette: false,
    menus: [onCheck('check', '1_check@3', 'unticked')],
    run: (services, args) => tick(services, args, true),
  }),
  plainCommand({
    id: 'exotelSip.check.untick',
    title: 'Mark as Not Checked',
    palette: false,
    menus: [onCheck('check', '1_check@3', 'ticked')],
    run: (services, args) => tick(services, args, false),
  }),
  plainCommand({
    id: 'exotelSip.edge.find',
    title: 'Find a Reachable Edge…',
    menus: [onRow('trunk', '1_open@6'), onCheck('checks', '1_run@2'), inTitle('1_run@2', SHOWN)],
    run: (services, args) => findEdge(services, args, l10n.t('Find a Reachable Edge')),
  }),
];
