/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on SIP credentials and on the caller ID.
 */
import { commands, l10n } from 'vscode';
import { ExotelError } from '../../exotel/errors';
import type { Credential, OwnCredential } from '../../exotel/model';
import {
  checkFriendlyName,
  checkPassword,
  checkUserName,
  generatePassword,
} from '../../exotel/rules/names';
import { checkPhoneNumber } from '../../exotel/rules/numbers';
import type { Secret } from '../../exotel/secret';
import { mayHaveArrived } from '../../trunks/bulk';
import { BACK, type Back, type StepFacts } from '../../app/input/prompter';
import { runSteps } from '../../app/input/steps';
import { trunkLabel } from '../tree/row-text';
import type { TrunkTarget } from './command';
import { onRow, onWritableRow, rowCommand, rowsCommand, trunkCommand } from './define';
import { accepted, asValidation, forEachTrunk, reportBulk } from './report';
import type { Services } from './services';
import { answered, rowRefOf } from './targets';

type PasswordKind = 'generated' | 'own';

async function askPasswordKind(
  services: Services,
  title: string,
  active: PasswordKind,
  steps: StepFacts,
): Promise<PasswordKind | Back> {
  return services.prompter.pick<PasswordKind>({
    title,
    placeholder: l10n.t('SIP password'),
    choices: [
      {
        label: l10n.t('Generate a strong password'),
        detail: l10n.t(
          '24 letters and digits: Exotel accepts them and no PBX format needs to escape them.',
        ),
        icon: 'sparkle',
        value: 'generated',
      },
      { label: l10n.t('Enter a password'), icon: 'edit', value: 'own' },
    ],
    active,
    steps,
  });
}

async function askPassword(
  services: Services,
  title: string,
  steps: StepFacts,
): Promise<Secret | Back> {
  return services.prompter.secret({
    title,
    prompt: l10n.t('SIP password: letters, digits and underscores'),
    validate: (value) => asValidation(checkPassword(value)),
    steps,
  });
}

interface PasswordDraft {
  readonly kind: PasswordKind;
  readonly password: Secret | null;
}

function passwordSteps<S extends PasswordDraft>(services: Services, title: string) {
  return [
    async (state: S, steps: StepFacts): Promise<S | Back> => {
      const kind = await askPasswordKind(services, title, state.kind, steps);
      return kind === BACK ? BACK : { ...state, kind };
    },
    {
      when: (state: S) => state.kind === 'own',
      ask: async (state: S, steps: StepFacts): Promise<S | Back> => {
        const password = await askPassword(services, title, steps);
        return password === BACK ? BACK : { ...state, password };
      },
    },
  ];
}

/** The entered password, or a new one; the latter is shown afterwards, the one time. */
function passwordOf(draft: PasswordDraft): { readonly password: Secret; readonly isNew: boolean } {
  if (draft.kind === 'own' && draft.password !== null) {
    return { password: draft.password, isNew: false };
  }
  return { password: generatePassword(), isNew: true };
}

/**
 * When the answer got lost Exotel may have the new password all the same, and never tells it: it is shown,
 * so that it is not lost with the answer.
 */
async function orShowPassword<T>(
  services: Services,
  userName: string,
  password: Secret,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await services.ui.busy(call);
  } catch (error) {
    if (!(error instanceof ExotelError) || mayHaveArrived(error.problem)) {
      await services.ui.showPassword(userName, password, { uncertain: true });
    }
    throw error;
  }
}

async function createCredential(
  services: Services,
  target: TrunkTarget,
  title: string,
): Promise<void> {
  const { model, trunkSid } = target;
  await services.ui.busy(() => model.ensureSections(trunkSid, ['credentials']));
  const taken = new Set(
    (model.trunk(trunkSid)?.sections.credentials.value ?? []).map((row) => row.userName),
  );
  interface Draft extends PasswordDraft {
    readonly userName: string;
    readonly friendlyName: string;
  }
  const name = trunkLabel(target.snapshot.trunk).replace(/[^A-Za-z0-9_]/g, '_');
  const start: Draft = {
    userName: `${name}_pbx`,
    friendlyName: '',
    kind: 'generated',
    password: null,
  };
  const draft = await runSteps(start, [
    async (state: Draft, steps: StepFacts) => {
      const userName = await services.prompter.input({
        title,
        prompt: l10n.t('SIP user name your PBX will use'),
        value: state.userName,
        validate: (value) =>
          taken.has(value.trim())
            ? { severity: 'error', message: l10n.t('This trunk has a credential of this name.') }
            : asValidation(checkUserName(value)),
        steps,
      });
      return userName === BACK ? BACK : { ...state, userName: accepted(checkUserName(userName)) };
    },
    async (state: Draft, steps: StepFacts) => {
      const friendlyName = await services.prompter.input({
        title,
        prompt: l10n.t('Name to tell it apart by, e.g. the PBX it is for. May be left empty.'),
        value: state.friendlyName,
        validate: (value) => (value === '' ? null : asValidation(checkFriendlyName(value))),
        steps,
      });
      return friendlyName === BACK ? BACK : { ...state, friendlyName: friendlyName.trim() };
    },
    ...passwordSteps<Draft>(services, title),
  ]);
  const { password, isNew } = passwordOf(draft);
  const created = await orShowPassword(services, draft.userName, password, () =>
    model.createCredential(trunkSid, {
      userName: draft.userName,
      password,
      ...(draft.friendlyName === '' ? {} : { friendlyName: draft.friendlyName }),
    }),
  );
  services.ui.status(l10n.t('Credential {0} created.', created.userName));
  await services.view.reveal(rowRefOf(target, 'credentials', created));
  if (isNew) await services.ui.showPassword(created.userName, password);
}

async function rotate(
  services: Services,
  target: TrunkTarget,
  row: Credential,
  title: string,
): Promise<void> {
  const start: PasswordDraft = { kind: 'generated', password: null };
  const draft = await runSteps(start, passwordSteps<PasswordDraft>(services, title));
  await services.prompter.confirm({
    message: l10n.t('Rotate the password of {0}?', row.userName),
    detail: l10n.t(
      'The old password stops working at once: calls fail until your PBX has the new one. To change without a gap, create a second credential, switch the PBX, then delete this one.',
    ),
    action: l10n.t('Rotate Password'),
  });
  const { password, isNew } = passwordOf(draft);
  const id = (row as OwnCredential).id;
  await orShowPassword(services, row.userName, password, () =>
    target.model.rotateCredential(target.trunkSid, id, password),
  );
  services.ui.status(l10n.t('{0} has a new password.', row.userName));
  if (isNew) await services.ui.showPassword(row.userName, password);
}

const isOwn = (row: Credential): boolean => row.kind === 'own';

export const credentialCommands = [
  trunkCommand({
    id: 'exotelSip.credential.create',
    title: 'Create Credential…',
    icon: 'add',
    writes: true,
    menus: [
      onWritableRow('credentials', 'inline@1'),
      onWritableRow('credentials', '2_add@1'),
      onWritableRow('trunk', '2_add@4'),
    ],
    run: createCredential,
  }),
  rowCommand('credentials', {
    id: 'exotelSip.credential.copyUserName',
    title: 'Copy SIP User Name',
    menus: [onRow('credential', '5_copy@1')],
    run: async (services, _trunk, row) => {
      await services.ui.copy(row.userName);
      services.ui.status(l10n.t('User name copied.'));
    },
  }),
  rowCommand('credentials', {
    id: 'exotelSip.credential.copyPassword',
    title: 'Copy SIP Password',
    icon: 'copy',
    menus: [onRow('credential', 'inline@1'), onRow('credential', '5_copy@2')],
    run: async (services, trunk, row) => {
      const password = await trunk.model.password(trunk.trunkSid, row);
      if (password === null) {
        const rotateIt = l10n.t('Rotate SIP Password…');
        const text = l10n.t(
          'This computer does not know the password of {0}, and Exotel never tells it again. Rotate it to get a new one.',
          row.userName,
        );
        const pressed = await services.ui.info(text, rotateIt);
        if (pressed === rotateIt) {
          const ref = rowRefOf(trunk, 'credentials', row);
          await commands.executeCommand('exotelSip.credential.rotate', ref);
        }
        return;
      }
      await services.ui.copy(password.reveal());
      services.ui.status(l10n.t('Password copied.'));
    },
  }),
  rowCommand('credentials', {
    id: 'exotelSip.credential.rotate',
    title: 'Rotate SIP Password…',
    icon: 'sync',
    writes: true,
    fits: isOwn,
    menus: [onWritableRow('credential', '3_change@1', 'own')],
    run: rotate,
  }),
  rowsCommand('credentials', {
    id: 'exotelSip.credential.delete',
    title: 'Delete Credential…',
    writes: true,
    fits: isOwn,
    menus: [onWritableRow('credential', '9_remove@1', 'own')],
    run: async (services, groups, title) => {
      const rows = groups.flatMap((group) => group.rows).filter((row) => row.kind === 'own');
      const names = rows.map((row) => row.userName);
      await services.prompter.confirm({
        message:
          rows.length === 1
            ? l10n.t('Delete credential {0}?', names[0] ?? '')
            : l10n.t('Delete {0} credentials?', rows.length),
        detail: [
          l10n.t(
            'A PBX that uses it can no longer call. Its password is deleted from this computer too.',
          ),
          ...(rows.length === 1 ? [] : names),
        ].join('\n'),
        action: l10n.t('Delete'),
      });
      const labels = new Map(rows.map((row) => [row.id, row.userName]));
      const outcomes = await forEachTrunk(services, title, groups, (group, options) => {
        const ids = group.rows.flatMap((row) => (row.kind === 'own' ? [row.id] : []));
        return group.model.deleteCredentials(group.trunkSid, ids, options);
      });
      await reportBulk(services, outcomes, {
        allDone:
          rows.length === 1
            ? l10n.t('{0} deleted.', names[0] ?? '')
            : l10n.t('{0} credentials deleted.', rows.length),
        done: l10n.t('deleted'),
        label: (id) => labels.get(id) ?? id,
      });
    },
  }),
];

/** Null: another number than the mapped ones. */
async function pickCallerId(
  services: Services,
  title: string,
  mapped: readonly string[],
): Promise<string | null> {
  return answered(
    await services.prompter.pick<string | null>({
      title,
      placeholder: l10n.t('Number shown to the people you call'),
      choices: [
        ...mapped.map((number) => ({ label: number, icon: 'device-mobile', value: number })),
        { label: l10n.t('Another Number…'), icon: 'edit', value: null },
      ],
    }),
  );
}

async function askCallerId(
  services: Services,
  title: string,
  mapped: readonly string[],
): Promise<string> {
  const text = answered(
    await services.prompter.input({
      title,
      prompt: l10n.t('Number shown to the people you call'),
      placeholder: '+918040123456',
      validate: (value) => {
        const checked = checkPhoneNumber(value);
        const validation = asValidation(checked);
        if (validation !== null || !checked.ok || mapped.includes(checked.value)) return validation;
        return {
          severity: 'warning',
          message: l10n.t('Not mapped to this trunk: Exotel may refuse calls that show it.'),
        };
      },
    }),
  );
  return accepted(checkPhoneNumber(text));
}

export const callerIdCommands = [
  trunkCommand({
    id: 'exotelSip.callerId.set',
    title: 'Set Caller ID…',
    icon: 'edit',
    writes: true,
    menus: [
      onWritableRow('callerId', 'inline@1'),
      onWritableRow('callerId', '2_add@1'),
      onWritableRow('trunk', '2_add@5'),
    ],
    run: async (services, { model, trunkSid }, title) => {
      await services.ui.busy(() => model.ensureSections(trunkSid, ['numbers', 'settings']));
      const mapped = (model.trunk(trunkSid)?.sections.numbers.value ?? []).map((row) => row.number);
      const chosen = mapped.length === 0 ? null : await pickCallerId(services, title, mapped);
      const number = chosen ?? (await askCallerId(services, title, mapped));
      if (number === model.callerId(trunkSid)) return;
      await services.ui.busy(() => model.setCallerId(trunkSid, number));
      services.ui.status(l10n.t('Caller ID is {0}.', number));
    },
  }),
  trunkCommand({
    id: 'exotelSip.callerId.clear',
    title: 'Clear Caller ID…',
    icon: 'trash',
    writes: true,
    menus: [onWritableRow('callerId', '9_remove@1', 'set')],
    run: async (services, { model, trunkSid }) => {
      await services.ui.busy(() => model.ensureSections(trunkSid, ['settings']));
      const current = model.callerId(trunkSid);
      if (current === null) {
        void services.ui.info(l10n.t('No caller ID is set on this trunk.'));
        return;
      }
      await services.prompter.confirm({
        message: l10n.t('Clear the caller ID {0}?', current),
        detail: l10n.t('Calls then show the number your PBX sends in From.'),
        action: l10n.t('Clear Caller ID'),
      });
      await services.ui.busy(() => model.clearCallerId(trunkSid));
      services.ui.status(l10n.t('Caller ID cleared.'));
    },
  }),
  trunkCommand({
    id: 'exotelSip.callerId.copy',
    title: 'Copy Caller ID',
    menus: [onRow('callerId', '5_copy@1', 'set')],
    run: async (services, { model, trunkSid }) => {
      await services.ui.busy(() => model.ensureSections(trunkSid, ['settings']));
      const current = model.callerId(trunkSid);
      if (current === null) {
        void services.ui.info(l10n.t('No caller ID is set on this trunk.'));
        return;
      }
      await services.ui.copy(current);
      services.ui.status(l10n.t('Caller ID copied.'));
    },
  }),
];
