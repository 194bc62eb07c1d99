/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on the first-call checks.
 */
import { commands as vscodeCommands, l10n, Uri, window, workspace } from 'vscode';
import type { UseCase } from '../../terms/use';
import type { Probes } from '../../checks/types';
import { type EdgeAnswer, findEdges } from '../../checks/find-edge';
import { type KnownEdge, resolveEdge } from '../../exotel/edges';
import type { Account } from '../../app/accounts/account';
import { mendOf as offeredMend, USE_CASE_NAMES, verdictIcon } from '../checks/check-text';
import type { CheckView } from '../checks/check-view';
import type { ChosenEdge } from '../../app/choices';
import { factsOf } from '../../app/facts';
import { likelyUseCases, USE_CASES } from '../../setup/use-cases';
import {
  type CheckNode,
  type CheckRef,
  isCheckNode,
  trunkOfCheck,
} from '../../app/checks/check-refs';
import type { CheckRuns, ReportRef } from '../../app/checks/runs';
import type { TrunkModels } from '../../app/accounts/models';
import type { AccountRegistry } from '../../app/accounts/registry';
import { mendOf } from '../../app/actions';
import { COMMANDS } from '../../app/commands.generated';
import { answered } from '../../app/input/answers';
import { Cancelled, type Choice } from '../../app/input/prompter';
import type { EdgeSettings } from '../settings';
import { trunkLabel } from '../../app/trunk-label';
import { type HandlersOf, onAccount } from '../../app/usecases/handlers';
import type { Asks, Finds, HasModels, Runs, Tells, TrunkTarget } from '../../app/usecases/ports';
import { trunkTarget } from '../../app/usecases/targets';

interface HasChecks {
  readonly checks: CheckRuns;
}

interface ShowsChecks {
  readonly checkView: Pick<CheckView, 'open' | 'reveal'>;
}

/** The row of the checks a command was started from. */
function clickedCheck(args: readonly unknown[]): CheckNode | null {
  const [clicked] = args;
  return isCheckNode(clicked) ? clicked : null;
}

/** Rows of the checks stand for their trunk. */
async function trunkOf(
  ports: Finds,
  args: readonly unknown[],
  title: string,
): Promise<TrunkTarget> {
  const check = clickedCheck(args);
  const target = check === null ? args : [trunkOfCheck(check)];
  return trunkTarget(ports, target, { title, writes: false });
}

function refOf({ account, trunkSid }: TrunkTarget): ReportRef {
  return { accountId: account.id, trunkSid };
}

/** The row of one check, while its report is there. */
function checkOf({ checks }: HasChecks, args: readonly unknown[]): CheckRef | null {
  const check = clickedCheck(args);
  if (check?.kind !== 'check') return null;
  return checks.report(check)?.row(check.key) == null ? null : check;
}

async function runChecks(
  ports: Finds & HasChecks & ShowsChecks,
  args: readonly unknown[],
  title: string,
): Promise<void> {
  const target = await trunkOf(ports, args, title);
  const { account, model, trunkSid } = target;
  const useCases = answered(
    await ports.prompter.pickMany<UseCase>({
      title,
      placeholder: l10n.t('What is trunk {0} for?', trunkLabel(target.snapshot.trunk)),
      choices: useCaseChoices(ports, target),
    }),
  );
  if (useCases.length === 0) throw new Cancelled();
  const ref: ReportRef = { accountId: account.id, trunkSid };
  if (model.trunk(trunkSid) === null) return;
  // What the view is to reveal has to be in it.
  await ports.checks.open(ref, useCases);
  const running = ports.checks.start(ref, useCases);
  await ports.checkView.reveal(ref);
  await running;
}

async function useCaseChoices(
  { checks }: HasChecks,
  { account, model, trunkSid, snapshot }: TrunkTarget,
): Promise<Choice<UseCase>[]> {
  await model.ensureSections(trunkSid);
  const known = model.trunk(trunkSid) ?? snapshot;
  const before = checks.useCases({ accountId: account.id, trunkSid });
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

async function runAll(
  ports: Tells & HasModels & HasChecks & ShowsChecks,
  account: Account,
  title: string,
): Promise<void> {
  const model = await ports.models.open(account.id);
  await ports.ui.cancellable(title, async (signal, onProgress) => {
    await model.reloadTrunks(signal);
    const sids = (model.trunks.value ?? []).map(({ trunk }) => trunk.sid);
    const [first] = sids;
    if (first === undefined) {
      void ports.ui.info(l10n.t('{0} has no trunk to check.', account.label));
      return;
    }
    const running = ports.checks.startAll(account.id, sids, signal, onProgress);
    await ports.checkView.open();
    await running;
  });
  const failing = (model.trunks.value ?? []).filter(
    ({ trunk }) => ports.checks.failing(account.id, trunk.sid) > 0,
  );
  ports.ui.status(
    failing.length === 0
      ? l10n.t('No check failed.')
      : failing.length === 1
        ? l10n.t('Checks of 1 trunk failed.')
        : l10n.t('Checks of {0} trunks failed.', failing.length),
  );
}

// Mending.

interface MendPorts extends HasChecks {
  readonly registry: Pick<AccountRegistry, 'get'>;
  readonly models: Pick<TrunkModels, 'peek'>;
}

async function mend(ports: MendPorts, args: readonly unknown[]): Promise<void> {
  const check = checkOf(ports, args);
  if (check === null) return;
  const { accountId, trunkSid, key } = check;
  const ref: ReportRef = { accountId, trunkSid };
  const account = ports.registry.get(accountId);
  const result = ports.checks.report(ref)?.row(key)?.result ?? null;
  const offered = offeredMend(result, account?.readOnly === false);
  if (offered === null) return;
  // Reads anew what the row rests on, whether or not it was read before.
  if (offered.kind === 'refresh') return ports.checks.rerun(ref, key);
  const snapshot = ports.models.peek(accountId)?.trunk(trunkSid) ?? null;
  const offer = mendOf(offered, { trunk: trunkOfCheck(ref), snapshot });
  // Ends when the person is through with it, however it went; what it changed the model knows by then.
  await vscodeCommands.executeCommand(offer.command, ...offer.args);
  // The edge's command asks the new edge by itself.
  if (offered.kind !== 'findEdge') await ports.checks.afterMend(ref, key);
}

async function rerun(ports: HasChecks, args: readonly unknown[]): Promise<void> {
  const check = checkOf(ports, args);
  if (check !== null) await ports.checks.rerun(check, check.key);
}

async function tick(ports: HasChecks, args: readonly unknown[], on: boolean): Promise<void> {
  const check = checkOf(ports, args);
  const row = check === null ? null : ports.checks.report(check)?.row(check.key);
  if (check === null || row?.group !== 'manual') return;
  await ports.checks.tick(check, row.id, on);
}

// The report.

function reportOf({ ui, run, checks }: Tells & Runs & HasChecks, args: readonly unknown[]): string {
  const check = clickedCheck(args);
  const text = checks.markdown(check === null ? undefined : [check]);
  if (text !== null) return text;
  const runFirst = COMMANDS.check.run;
  void ui
    .info(l10n.t('There is no report yet: run the checks first.'), runFirst.title())
    .then(async (pressed) => {
      if (pressed === runFirst.title()) await run(runFirst);
    });
  throw new Cancelled();
}

async function copyReport(
  ports: Tells & Runs & HasChecks,
  args: readonly unknown[],
): Promise<void> {
  await ports.ui.copy(reportOf(ports, args));
  ports.ui.status(l10n.t('Report copied as Markdown.'));
}

async function saveReport(
  ports: Tells & Runs & HasChecks,
  args: readonly unknown[],
): Promise<void> {
  const text = reportOf(ports, args);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, 'exotel-checks.md') }),
    title: COMMANDS.check.saveReport.asked(),
    saveLabel: l10n.t('Save'),
    filters: { Markdown: ['md'] },
  });
  if (uri === undefined) throw new Cancelled();
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  ports.ui.status(l10n.t('Report saved.'));
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

interface HasEdges {
  readonly edges: Pick<EdgeSettings, 'edges'>;
  /** The network, as the checks see it. */
  readonly probes: Probes;
}

async function findEdge(ports: EdgePorts, args: readonly unknown[]): Promise<void> {
  const title = COMMANDS.edge.find.asked();
  const target = await trunkOf(ports, args, title);
  const ref = refOf(target);
  const known = ports.edges.edges;
  const resolved = known.map((edge) => ({
    ...edge,
    ...resolveEdge(known, edge.id, target.account.accountSid),
    auth: edge.auth,
  }));
  // Esc ends the asking too.
  const controller = new AbortController();
  try {
    const asking = findEdges(resolved, ports.probes, controller.signal);
    const chosen = answered(
      await ports.prompter.pick<ChosenEdge>({
        title,
        placeholder: l10n.t(
          'Asked side by side from {0}. Which one are calls of {1} sent to?',
          ports.checks.from,
          trunkLabel(target.snapshot.trunk),
        ),
        choices: asking.then((answers) =>
          answers.flatMap((answer) => edgeChoice(answer, resolved, ports.checks.edge(ref))),
        ),
      }),
    );
    ports.ui.status(
      l10n.t(
        'Calls of {0} are checked at {1}.',
        trunkLabel(target.snapshot.trunk),
        placeOf(chosen, resolved),
      ),
    );
    await ports.checks.chooseEdge(ref, chosen);
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

export type CheckPorts = Finds & HasChecks & ShowsChecks & MendPorts;

export function checkHandlers(ports: CheckPorts): HandlersOf<'check'> {
  const { checks } = ports;
  return {
    run: (args) => runChecks(ports, args, COMMANDS.check.run.asked()),
    runAll: onAccount(ports, COMMANDS.check.runAll, (account, title) =>
      runAll(ports, account, title),
    ),
    runAgain: async (args) => {
      const check = clickedCheck(args);
      await checks.again(check === null ? undefined : [check]);
    },
    stop: () => {
      checks.stop();
      return Promise.resolve();
    },
    copyReport: (args) => copyReport(ports, args),
    saveReport: (args) => saveReport(ports, args),
    mend: (args) => mend(ports, args),
    rerun: (args) => rerun(ports, args),
    tick: (args) => tick(ports, args, true),
    untick: (args) => tick(ports, args, false),
  };
}

export type EdgePorts = Finds & Asks & HasChecks & HasEdges;

export function edgeHandlers(ports: EdgePorts): HandlersOf<'edge'> {
  return { find: (args) => findEdge(ports, args) };
}
