/**
 * workbench/: everything that imports `vscode`.
 *
 * The PBX generator without the panel: the questions that are left, then into the editor, the clipboard or
 * files.
 */
import { commands, l10n, type Uri } from 'vscode';
import type { Account } from '../../app/accounts/account';
import type { ChoiceRef, TrunkChoices } from '../../app/choices';
import { COMMANDS } from '../../app/commands.generated';
import { BACK, Cancelled, type Prompter } from '../../app/input/prompter';
import { adoptBlock } from '../../app/pbx/adopt';
import { likelyFile, likelyTargetId, settledTargetId, type FrontFile } from '../../app/pbx/guess';
import { sameNames } from '../../app/pbx/merge';
import { knownPasswords, passwordOf } from '../../app/pbx/passwords';
import { OutputRefused } from '../../app/pbx/refused';
import { effectiveChoices, planOf, suggestedChoices, type PlanInput } from '../../app/plan';
import { adviceText, produce } from '../../app/produce';
import type { OutputAction } from '../../pages/panel/panel-protocol';
import { blockedText, resultStrings } from '../../pages/panel/strings';
import { cardById } from '../../pbx/cards';
import type { PbxFile } from '../../pbx/types';
import { fileId } from '../../pbx/writing/block';
import type { AccountTrunks } from '../../trunks/account-trunks';
import type { TrunkSnapshot } from '../../trunks/snapshot';
import { frontFile, type LastEditor } from '../editor/last-editor';
import { PasswordConsent, runOutput, withAdopted } from '../panel/output';
import type { TrunkPanels } from '../panel/trunk-panel';
import type { EdgeSettings } from '../settings';
import { ask, type Draft } from './pbx-questions';
import type { Ui } from '../../app/ui';

export interface OutputPorts {
  readonly prompter: Prompter;
  readonly ui: Pick<Ui, 'busy' | 'status' | 'info' | 'error'>;
  readonly choices: TrunkChoices;
  readonly editor: Pick<LastEditor, 'current'>;
  readonly edges: Pick<EdgeSettings, 'edges'>;
  readonly panels: Pick<TrunkPanels, 'show'>;
}

/** What a configuration is made for. */
export interface PbxTrunk {
  readonly account: Pick<Account, 'id' | 'accountSid'>;
  readonly model: Pick<AccountTrunks, 'ensureSections' | 'trunk' | 'password'>;
  readonly trunkSid: string;
  readonly snapshot: TrunkSnapshot;
}

function refOf({ account, trunkSid }: PbxTrunk): ChoiceRef {
  return { accountId: account.id, trunkSid };
}

/** Asks what was never chosen for the trunk, then makes the same text as the panel. */
export async function outputWithQuestions(
  services: OutputPorts,
  trunk: PbxTrunk,
  title: string,
  action: OutputAction,
): Promise<void> {
  const { choices, editor, prompter } = services;
  const { account, model, trunkSid } = trunk;
  const ref = refOf(trunk);
  await services.ui.busy(() => model.ensureSections(trunkSid));
  const snapshot = model.trunk(trunkSid) ?? trunk.snapshot;
  const input: Omit<PlanInput, 'chosen'> = {
    accountSid: account.accountSid,
    snapshot,
    knownPasswords: await knownPasswords(model, snapshot),
    edges: services.edges.edges,
    now: new Date(),
  };
  const front = action === 'insert' ? frontFile(editor) : null;
  const adopted = adoptBlock(choices, ref, front, input);
  const { answers, withPassword } = await askMissing(services, trunk, title, input, front);
  const chosen = { ...choices.of(ref), ...answers };
  const plan = await planOf({ ...input, chosen });
  choices.choose(ref, { ...answers, targetId: plan.card.id }, suggestedChoices(input, plan.card));
  const preview = await produce(plan);
  if (preview.blocked !== null) {
    await sayProblem(services, trunk, blockedText(preview.blocked));
    return;
  }
  const userName = plan.facts.userName ?? '';
  let written: readonly Uri[] = [];
  let done: string | null;
  try {
    done = await runOutput({
      action,
      file: await askFile(services, title, action, plan.card.id, trunkSid, preview.files),
      preview,
      make: (password) => (password === null ? Promise.resolve(preview) : produce(plan, password)),
      password: withPassword
        ? {
            userName,
            find: async () => {
              const password = await passwordOf(model, snapshot, userName);
              if (password === null) throw new OutputRefused(resultStrings.noPassword(userName));
              return password;
            },
          }
        : null,
      consent: new PasswordConsent(),
      editor,
      prompter,
      onSaved: (uris) => {
        written = uris;
      },
    });
  } catch (error) {
    if (!(error instanceof OutputRefused)) throw error;
    void services.ui.error(error.message);
    return;
  }
  if (done === null) return;
  const said = withAdopted(done, adopted);
  if (written.length > 0) void offerToOpen(services, said, written);
  else services.ui.status(said);
  const problem = preview.advice.find(({ level }) => level === 'problem');
  if (problem !== undefined) await sayProblem(services, trunk, adviceText(problem));
}

function askMissing(
  services: OutputPorts,
  trunk: PbxTrunk,
  title: string,
  input: Omit<PlanInput, 'chosen'>,
  front: FrontFile | null,
): Promise<Draft> {
  const { choices, editor } = services;
  const { trunkSid } = trunk;
  const ref = refOf(trunk);
  const base = choices.of(ref);
  const own = choices.own(ref).targetId ?? null;
  const known = own !== null && cardById(own) !== null ? own : null;
  return ask(services, {
    title,
    likelyTargetId: likelyTargetId(frontFile(editor), trunkSid, base.targetId ?? null),
    lastTargetId: base.targetId ?? null,
    settledTargetId: settledTargetId(front, trunkSid, known),
    isKnown: known !== null,
    effective: (answers) => effectiveChoices({ ...input, chosen: { ...base, ...answers } }),
    isPasswordKnown: (userName) => userName !== null && input.knownPasswords.has(userName),
    isNameTaken: (targetId, peerName) =>
      front !== null && sameNames(front.text, { trunkSid, targetId, peerName }).length > 0,
  });
}

async function sayProblem(services: OutputPorts, trunk: PbxTrunk, text: string): Promise<void> {
  const open = COMMANDS.trunk.openPanel.title();
  const pressed = await services.ui.error(text, open);
  if (pressed === open) services.panels.show({ kind: 'trunk', ...refOf(trunk) });
}

async function offerToOpen(
  services: OutputPorts,
  text: string,
  written: readonly Uri[],
): Promise<void> {
  const open = l10n.t('Open');
  if ((await services.ui.info(text, open)) !== open) return;
  for (const uri of written.toReversed()) await commands.executeCommand('vscode.open', uri);
}

/** Copy and insert take one file: the one that is being edited, else the person chooses. */
async function askFile(
  services: OutputPorts,
  title: string,
  action: OutputAction,
  targetId: string,
  trunkSid: string,
  files: readonly PbxFile[],
): Promise<string> {
  const [first, ...others] = files;
  if (first === undefined) return '';
  if (others.length === 0 || action === 'save' || action === 'open') return fileId(first);
  const likely = likelyFile(frontFile(services.editor), trunkSid, targetId, files);
  if (action === 'insert' && likely !== null) return fileId(likely);
  const answer = await services.prompter.pick({
    title,
    placeholder: l10n.t('Which file?'),
    choices: files.map((file) => ({
      label: file.name,
      ...(file.folder === undefined ? {} : { description: file.folder }),
      icon: 'file-code',
      value: fileId(file),
    })),
  });
  if (answer === BACK) throw new Cancelled();
  return answer;
}
