/**
 * workbench/: everything that imports `vscode`.
 *
 * The PBX generator without the panel: a few questions, then into the editor, the clipboard or files.
 */
import { l10n } from 'vscode';
import {
  defaultOptions,
  guessTarget,
  PASSWORD_PLACEHOLDER,
  targets,
  type AuthMode,
  type PbxTarget,
  type UseCase,
} from '../../pbx';
import type { Secret } from '../../exotel/secret';
import { credentialOf, factsOf, renderFor } from '../editor/pbx-output';
import { BACK, type Choice } from '../input/prompter';
import { runSteps } from '../input/steps';
import { readSenders } from '../panel/choices';
import { PasswordConsent, runOutput } from '../panel/output';
import type { OutputAction } from '../panel/protocol';
import type { TrunkTarget } from './command';
import { onRow, trunkCommand } from './define';
import type { Services } from './services';
import { answered, trunkRefOf } from './targets';

interface Draft {
  readonly targetId: string;
  readonly useCase: UseCase;
  readonly auth: AuthMode;
  readonly withPassword: boolean;
  /** Addresses Exotel calls from, as entered. */
  readonly senders: string;
}

function targetChoices(): Choice<string>[] {
  return targets.map((target) => ({
    label: target.name,
    description: target.versions,
    value: target.id,
  }));
}

function useCaseChoices(target: PbxTarget, auth: AuthMode): Choice<UseCase>[] {
  const choices: Choice<UseCase>[] = [
    {
      label: l10n.t('Outbound'),
      detail: l10n.t('Call phone numbers from your PBX.'),
      value: 'outbound',
    },
    { label: l10n.t('Inbound'), detail: l10n.t('Take calls on your numbers.'), value: 'inbound' },
    { label: l10n.t('Outbound and inbound'), value: 'both' },
    {
      label: l10n.t('StreamKit'),
      detail: l10n.t('Connect your contact centre to a voice bot.'),
      value: 'streamkit',
    },
  ];
  return choices.filter(({ value }) => target.cannot(value, auth, 'tls') === null);
}

/** The target a person means: the file in front tells. */
function likelyTarget(services: Services): PbxTarget | undefined {
  const document = services.editor.current?.document;
  const guess = document === undefined ? null : guessTarget(document.uri.path, document.languageId);
  return guess ?? targets[0];
}

async function output(
  services: Services,
  trunk: TrunkTarget,
  title: string,
  action: OutputAction,
): Promise<void> {
  const { account, model, trunkSid } = trunk;
  await services.ui.busy(() => model.ensureSections(trunkSid));
  const snapshot = model.trunk(trunkSid) ?? trunk.snapshot;
  const facts = factsOf(account.accountSid, snapshot);
  const options = defaultOptions(facts);
  const credential = credentialOf(snapshot.sections.credentials.value ?? []);
  const password = credential === null ? null : await model.password(trunkSid, credential);
  const start: Draft = {
    targetId: likelyTarget(services)?.id ?? '',
    useCase: options.useCase,
    auth: options.auth,
    withPassword: false,
    senders: services.panels.senders(account.id),
  };
  const draft = await runSteps(start, [
    async (state, steps) => {
      const targetId = await services.prompter.pick({
        title,
        placeholder: l10n.t('For which PBX?'),
        choices: targetChoices(),
        active: state.targetId,
        steps,
      });
      return targetId === BACK ? BACK : { ...state, targetId };
    },
    async (state, steps) => {
      const target = targets.find(({ id }) => id === state.targetId);
      const useCase = await services.prompter.pick({
        title,
        placeholder: l10n.t('What for?'),
        choices: target === undefined ? [] : useCaseChoices(target, state.auth),
        active: state.useCase,
        steps,
      });
      return useCase === BACK ? BACK : { ...state, useCase };
    },
    {
      when: ({ useCase }: Draft) => useCase === 'inbound' || useCase === 'both',
      ask: async (state, steps) => {
        const senders = await services.prompter.input({
          title,
          prompt: l10n.t(
            'Addresses Exotel calls from (support@exotel.com tells them). Empty leaves the inbound part out: it would take calls from anyone.',
          ),
          placeholder: '198.51.100.0/24',
          value: state.senders,
          validate: (text) =>
            readSenders(text) === null
              ? {
                  severity: 'error',
                  message: l10n.t('Enter IPv4 addresses or networks up to /16, with commas.'),
                }
              : null,
          steps,
        });
        return senders === BACK ? BACK : { ...state, senders };
      },
    },
    {
      when: (state: Draft) =>
        password !== null && state.auth !== 'ip' && state.useCase !== 'inbound',
      ask: async (state, steps) => {
        const withPassword = await services.prompter.pick({
          title,
          placeholder: l10n.t('SIP password in the text'),
          choices: [
            { label: l10n.t('Placeholder'), description: PASSWORD_PLACEHOLDER, value: false },
            {
              label: l10n.t('Password of {0}', credential?.userName ?? ''),
              detail: l10n.t('In clear text. Anyone who reads the file can call at your cost.'),
              value: true,
            },
          ],
          active: state.withPassword,
          steps,
        });
        return withPassword === BACK ? BACK : { ...state, withPassword };
      },
    },
  ]);
  services.panels.rememberSenders(account.id, draft.senders);
  const exotelAddresses = readSenders(draft.senders) ?? [];
  const render = (secret: Secret | null) =>
    renderFor({
      targetId: draft.targetId,
      facts,
      options: { ...options, useCase: draft.useCase, exotelAddresses },
      password: secret,
      now: new Date(),
    });
  const preview = render(null);
  const problems = preview.advice.filter(({ level }) => level === 'problem');
  if (preview.files.length === 0) {
    void services.ui.error(problems.map(({ text }) => text).join(' '));
    return;
  }
  const consent = new PasswordConsent();
  const done = await runOutput({
    action,
    file: await askFile(services, title, action, preview.files),
    editor: services.editor,
    prompter: services.prompter,
    agree: async (gitFile) => {
      if (draft.withPassword) await consent.ask(services.prompter, facts.userName ?? '', gitFile);
    },
    withPassword: draft.withPassword,
    files: () => Promise.resolve(render(draft.withPassword ? password : null).files),
    preview: preview.files,
  });
  if (done === null) return;
  services.ui.status(done);
  const [first] = problems;
  if (first !== undefined) {
    const open = l10n.t('Open Trunk Panel');
    const pressed = await services.ui.error(first.text, open);
    if (pressed === open) services.panels.show(trunkRefOf(trunk));
  }
}

/** Copy and insert take one file: the one that is being edited, else the person chooses. */
async function askFile(
  services: Services,
  title: string,
  action: OutputAction,
  files: readonly { readonly name: string }[],
): Promise<string> {
  const [first, ...others] = files;
  if (first === undefined) return '';
  if (others.length === 0 || action === 'save' || action === 'open') return first.name;
  const inFront = services.editor.current?.document.uri.path.split('/').at(-1);
  const same = files.find(({ name }) => name === inFront);
  if (action === 'insert' && same !== undefined) return same.name;
  return answered(
    await services.prompter.pick({
      title,
      placeholder: l10n.t('Which file?'),
      choices: files.map(({ name }) => ({ label: name, icon: 'file-code', value: name })),
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
  trunkCommand({
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
    run: (services, trunk, title) => output(services, trunk, title, 'insert'),
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
