/**
 * workbench/: everything that imports `vscode`.
 *
 * The PBX generator without the panel: a few questions, then into the editor, the clipboard or files.
 */
import { commands, l10n, type Uri } from 'vscode';
import { defaultOptions } from '../../pbx/connection';
import { resolveEdge } from '../../exotel/edges';
import type { PbxFile } from '../../pbx/types';
import { fileId } from '../../pbx/writing/block';
import type { Secret } from '../../exotel/secret';
import {
  blockInFront,
  likelyFile,
  likelyTargetId,
  nameInFront,
  type FrontFile,
} from '../../app/pbx/guess';
import { sameNames } from '../../app/pbx/merge';
import { ownerOf, renderFor, type RenderRequest } from '../../app/pbx/pbx-output';
import { factsOf } from '../../app/facts';
import { adviceText } from '../../pages/panel/target-view';
import { credentialOf } from '../../setup/facts';
import { OutputRefused } from '../../app/pbx/refused';
import { readSenders } from '../../pages/panel/choices';
import { needsPassword, PasswordConsent, runOutput } from '../panel/output';
import type { OutputAction } from '../../pages/panel/panel-protocol';
import { COMMANDS } from '../../app/commands.generated';
import { answered } from '../../app/input/answers';
import type { LastTargets } from '../../app/pbx/last-targets';
import { type HandlersOf, onTrunk } from '../../app/usecases/handlers';
import type { Finds, TrunkTarget } from '../../app/usecases/ports';
import { trunkRefOf, trunkTarget } from '../../app/usecases/targets';
import type { LastEditor } from '../editor/last-editor';
import type { TrunkPanels } from '../panel/trunk-panel';
import type { EdgeSettings } from '../settings';
import { ask, type Draft } from './pbx-questions';

export interface PbxPorts extends Finds {
  readonly panels: Pick<TrunkPanels, 'show' | 'senders' | 'rememberSenders'>;
  readonly editor: LastEditor;
  readonly lastTargets: Pick<LastTargets, 'get' | 'set'>;
  readonly edges: Pick<EdgeSettings, 'edges'>;
}

/** The file that is being edited, as far as it tells what is meant. */
function frontFile(services: PbxPorts): FrontFile | null {
  const editor = services.editor.current;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  return {
    path: document.uri.path,
    languageId: document.languageId,
    text: document.getText(),
    cursor: document.offsetAt(selection.active),
  };
}

async function output(
  services: PbxPorts,
  trunk: TrunkTarget,
  title: string,
  action: OutputAction,
): Promise<void> {
  const { account, model, trunkSid } = trunk;
  await services.ui.busy(() => model.ensureSections(trunkSid));
  const snapshot = model.trunk(trunkSid) ?? trunk.snapshot;
  const credential = credentialOf(snapshot.sections.credentials.value ?? []);
  const password = credential === null ? null : await model.password(trunkSid, credential);
  const known = new Set(credential === null || password === null ? [] : [credential.userName]);
  const facts = factsOf(account.accountSid, snapshot, null, known);
  const options = defaultOptions(facts);
  const front = frontFile(services);
  const { edges } = services.edges;
  const lastTargetId = services.lastTargets.get(account.id, trunkSid);
  const usual = resolveEdge(edges, options.edgeId, account.accountSid).addresses ?? [];
  const targetId = likelyTargetId(front, trunkSid, lastTargetId) ?? '';
  const start: Draft = {
    targetId,
    variant: options.variant,
    useCase: options.useCase,
    auth: options.auth,
    transport: options.transport,
    withPassword: false,
    senders: services.panels.senders(account.id) || usual.join(', '),
    peerName: (front && nameInFront(front, trunkSid, targetId)) ?? options.peerName,
  };
  const requestOf = (draft: Draft): RenderRequest => ({
    targetId: draft.targetId,
    facts,
    options: {
      ...options,
      variant: draft.variant,
      useCase: draft.useCase,
      auth: draft.auth,
      transport: draft.transport,
      peerName: draft.peerName,
      exotelAddresses: readSenders(draft.senders) ?? [],
    },
    password: null,
    now: new Date(),
    // What was entered counts, also when it is nothing.
    edges: edges.map((edge) => ({ ...edge, addresses: [] })),
  });
  const draft = await ask(services, start, {
    title,
    lastTargetId,
    userName: password === null ? null : (credential?.userName ?? null),
    nameIsTaken: (one) =>
      action === 'insert' &&
      front !== null &&
      sameNames(front.text, { trunkSid, targetId: one.targetId, peerName: one.peerName }).length >
        0,
  });
  services.lastTargets.set(account.id, trunkSid, draft.targetId);
  if (draft.senders !== start.senders) services.panels.rememberSenders(account.id, draft.senders);
  const request = requestOf(draft);
  const render = (secret: Secret | null) => renderFor({ ...request, password: secret });
  const preview = await render(null);
  const problems = preview.advice.filter(({ level }) => level === 'problem');
  if (preview.files.length === 0) {
    void services.ui.error(problems.map(adviceText).join(' '));
    return;
  }
  const file = await askFile(services, title, action, draft.targetId, trunkSid, preview.files);
  const withPassword = draft.withPassword && needsPassword({ action, file }, preview.files);
  const consent = new PasswordConsent();
  let written: readonly Uri[] = [];
  let done: string | null;
  try {
    done = await runOutput({
      action,
      file,
      owner: await ownerOf(request),
      editor: services.editor,
      prompter: services.prompter,
      agree: async (gitFile) => {
        if (withPassword) await consent.ask(services.prompter, facts.userName ?? '', gitFile);
      },
      withPassword,
      files: async () => (await render(withPassword ? password : null)).files,
      preview: preview.files,
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
  if (written.length > 0) void offerToOpen(services, done, written);
  else services.ui.status(done);
  const [first] = problems;
  if (first !== undefined) {
    const open = COMMANDS.trunk.openPanel.title();
    const pressed = await services.ui.error(adviceText(first), open);
    if (pressed === open) services.panels.show(trunkRefOf(trunk));
  }
}

async function offerToOpen(
  services: PbxPorts,
  text: string,
  written: readonly Uri[],
): Promise<void> {
  const open = l10n.t('Open');
  if ((await services.ui.info(text, open)) !== open) return;
  for (const uri of written.toReversed()) await commands.executeCommand('vscode.open', uri);
}

/** Copy and insert take one file: the one that is being edited, else the person chooses. */
async function askFile(
  services: PbxPorts,
  title: string,
  action: OutputAction,
  targetId: string,
  trunkSid: string,
  files: readonly PbxFile[],
): Promise<string> {
  const [first, ...others] = files;
  if (first === undefined) return '';
  if (others.length === 0 || action === 'save' || action === 'open') return fileId(first);
  const likely = likelyFile(frontFile(services), trunkSid, targetId, files);
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

export function pbxHandlers(ports: PbxPorts): HandlersOf<'pbx'> {
  const { generate, insert, copy, save } = COMMANDS.pbx;
  return {
    generate: onTrunk(ports, generate, (trunk) => {
      ports.panels.show(trunkRefOf(trunk));
      return Promise.resolve();
    }),
    // Called from an editor the first argument is the file, not a row: the trunk is asked for.
    insert: async (args) => {
      const title = insert.asked();
      const front = frontFile(ports);
      const block = front === null ? null : blockInFront(front, null);
      const options = { title, writes: insert.writes };
      const likely = block === null ? options : { ...options, likelyTrunk: block.trunkSid };
      await output(ports, await trunkTarget(ports, args, likely), title, 'insert');
    },
    copy: onTrunk(ports, copy, (trunk, title) => output(ports, trunk, title, 'copy')),
    save: onTrunk(ports, save, (trunk, title) => output(ports, trunk, title, 'save')),
  };
}
