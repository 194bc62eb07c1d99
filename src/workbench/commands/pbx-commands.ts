/**
 * workbench/: everything that imports `vscode`.
 *
 * The PBX generator without the panel: a few questions, then into the editor, the clipboard or files.
 */
import { commands, l10n, type Uri } from 'vscode';
import { adoptBlock } from '../../app/pbx/adopt';
import {
  blockInFront,
  likelyFile,
  likelyTargetId,
  settledTargetId,
  type FrontFile,
} from '../../app/pbx/guess';
import { sameNames } from '../../app/pbx/merge';
import { knownPasswords, passwordOf } from '../../app/pbx/passwords';
import { OutputRefused } from '../../app/pbx/refused';
import { effectiveChoices, planOf, suggestedChoices, type PlanInput } from '../../app/plan';
import { produce } from '../../app/produce';
import type { OutputAction } from '../../pages/panel/panel-protocol';
import { blockedText, resultStrings } from '../../pages/panel/strings';
import { cardById } from '../../pbx/cards';
import type { PbxFile } from '../../pbx/types';
import { fileId } from '../../pbx/writing/block';
import { frontFile } from '../editor/insert';
import { PasswordConsent, runOutput, withAdopted } from '../panel/output';
import type { TrunkTarget } from './command';
import { onRow, plainCommand, trunkCommand } from './define';
import { ask, type Draft } from './pbx-questions';
import type { Services } from './services';
import { answered, trunkRefOf, trunkTarget } from './targets';

/** Asks what was never chosen for the trunk, then makes the same text as the panel. */
async function output(
  services: Services,
  trunk: TrunkTarget,
  title: string,
  action: OutputAction,
): Promise<void> {
  const { choices, editor, prompter } = services;
  const { account, model, trunkSid } = trunk;
  const ref = trunkRefOf(trunk);
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
  if (problem !== undefined) await sayProblem(services, trunk, problem.what);
}

function askMissing(
  services: Services,
  trunk: TrunkTarget,
  title: string,
  input: Omit<PlanInput, 'chosen'>,
  front: FrontFile | null,
): Promise<Draft> {
  const { choices, editor } = services;
  const { trunkSid } = trunk;
  const ref = trunkRefOf(trunk);
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

async function sayProblem(services: Services, trunk: TrunkTarget, text: string): Promise<void> {
  const open = l10n.t('Open Trunk Panel');
  const pressed = await services.ui.error(text, open);
  if (pressed === open) services.panels.show(trunkRefOf(trunk));
}

async function offerToOpen(
  services: Services,
  text: string,
  written: readonly Uri[],
): Promise<void> {
  const open = l10n.t('Open');
  if ((await services.ui.info(text, open)) !== open) return;
  for (const uri of written.toReversed()) await commands.executeCommand('vscode.open', uri);
}

/** Copy and insert take one file: the one that is being edited, else the person chooses. */
async function askFile(
  services: Services,
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
  return answered(
    await services.prompter.pick({
      title,
      placeholder: l10n.t('Which file?'),
      choices: files.map((file) => ({
        label: file.name,
        ...(file.folder === undefined ? {} : { description: file.folder }),
        icon: 'file-code',
        value: fileId(file),
      })),
    }),
  );
}

export const pbxCommands = [
  trunkCommand({
    id: 'exotelSip.pbx.generate',
    title: 'Generate PBX Configuration…',
    menus: [onRow('trunk', '4_pbx@1')],
    run: (services, trunk) => {
      services.panels.show(trunkRefOf(trunk));
      return Promise.resolve();
    },
  }),
  plainCommand({
    id: 'exotelSip.pbx.insert',
    title: 'Insert PBX Configuration at Cursor…',
    menus: [
      onRow('trunk', '4_pbx@2'),
      {
        menu: 'editor/context',
        when: 'editorTextFocus && !editorReadonly && resourceFilename =~ /\\.(conf|cfg|xml|ini)$/',
        group: 'z_commands@9',
      },
    ],
    // Called from an editor the first argument is the file, not a row: the trunk is asked for.
    run: async (services, args) => {
      const title = 'Insert PBX Configuration at Cursor';
      const front = frontFile(services.editor);
      const block = front === null ? null : blockInFront(front, null);
      const options = { title, writes: false };
      const likely = block === null ? options : { ...options, likelyTrunk: block.trunkSid };
      await output(services, await trunkTarget(services, args, likely), title, 'insert');
    },
  }),
  trunkCommand({
    id: 'exotelSip.pbx.copy',
    title: 'Copy PBX Configuration…',
    menus: [onRow('trunk', '4_pbx@3')],
    run: (services, trunk, title) => output(services, trunk, title, 'copy'),
  }),
  trunkCommand({
    id: 'exotelSip.pbx.save',
    title: 'Save PBX Configuration…',
    menus: [onRow('trunk', '4_pbx@4')],
    run: (services, trunk, title) => output(services, trunk, title, 'save'),
  }),
];
