/**
 * app/: the application, without `vscode`.
 *
 * What a person does with SIP credentials. A new password is shown once, and kept in the keyring.
 */
import * as l10n from '@vscode/l10n';
import { ExotelError } from '../../exotel/errors';
import type { Credential, OwnCredential } from '../../exotel/model';
import {
  checkFriendlyName,
  checkPassword,
  checkUserName,
  generatePassword,
} from '../../exotel/rules/names';
import type { Secret } from '../../exotel/secret';
import { mayHaveArrived } from '../../trunks/bulk';
import { COMMANDS } from '../commands.generated';
import { accepted, asValidation } from '../input/answers';
import { BACK, type Back, type StepFacts } from '../input/prompter';
import { runSteps } from '../input/steps';
import { trunkLabel } from '../trunk-label';
import { type HandlersOf, onRow, onRows, onTrunk } from './handlers';
import type { Asks, Finds, Reports, RowGroups, Runs, Shows, Tells, TrunkTarget } from './ports';
import { forEachTrunk, reportBulk } from './report';
import { rowRefOf } from './targets';

type PasswordKind = 'generated' | 'own';

async function askPasswordKind(
  ports: Asks,
  title: string,
  active: PasswordKind,
  steps: StepFacts,
): Promise<PasswordKind | Back> {
  return ports.prompter.pick<PasswordKind>({
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

async function askPassword(ports: Asks, title: string, steps: StepFacts): Promise<Secret | Back> {
  return ports.prompter.secret({
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

function passwordSteps<S extends PasswordDraft>(ports: Asks, title: string) {
  return [
    async (state: S, steps: StepFacts): Promise<S | Back> => {
      const kind = await askPasswordKind(ports, title, state.kind, steps);
      return kind === BACK ? BACK : { ...state, kind };
    },
    {
      when: (state: S) => state.kind === 'own',
      ask: async (state: S, steps: StepFacts): Promise<S | Back> => {
        const password = await askPassword(ports, title, steps);
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
  { ui }: Tells,
  userName: string,
  password: Secret,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await ui.busy(call);
  } catch (error) {
    if (!(error instanceof ExotelError) || mayHaveArrived(error.problem)) {
      await ui.showPassword(userName, password, { uncertain: true });
    }
    throw error;
  }
}

async function createCredential(
  ports: Asks & Tells & Shows,
  target: TrunkTarget,
  title: string,
): Promise<void> {
  const { model, trunkSid } = target;
  await ports.ui.busy(() => model.ensureSections(trunkSid, ['credentials']));
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
      const userName = await ports.prompter.input({
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
      const friendlyName = await ports.prompter.input({
        title,
        prompt: l10n.t('Name to tell it apart by, e.g. the PBX it is for. May be left empty.'),
        value: state.friendlyName,
        validate: (value) => (value === '' ? null : asValidation(checkFriendlyName(value))),
        steps,
      });
      return friendlyName === BACK ? BACK : { ...state, friendlyName: friendlyName.trim() };
    },
    ...passwordSteps<Draft>(ports, title),
  ]);
  const { password, isNew } = passwordOf(draft);
  const created = await orShowPassword(ports, draft.userName, password, () =>
    model.createCredential(trunkSid, {
      userName: draft.userName,
      password,
      ...(draft.friendlyName === '' ? {} : { friendlyName: draft.friendlyName }),
    }),
  );
  ports.ui.status(l10n.t('Credential {0} created.', created.userName));
  await ports.view.reveal(rowRefOf(target, 'credentials', created));
  if (isNew) await ports.ui.showPassword(created.userName, password);
}

async function rotateCredential(
  ports: Asks & Tells,
  target: TrunkTarget,
  row: OwnCredential,
  title: string,
): Promise<void> {
  const start: PasswordDraft = { kind: 'generated', password: null };
  const draft = await runSteps(start, passwordSteps<PasswordDraft>(ports, title));
  await ports.prompter.confirm({
    message: l10n.t('Rotate the password of {0}?', row.userName),
    detail: l10n.t(
      'The old password stops working at once: calls fail until your PBX has the new one. To change without a gap, create a second credential, switch the PBX, then delete this one.',
    ),
    action: l10n.t('Rotate Password'),
  });
  const { password, isNew } = passwordOf(draft);
  await orShowPassword(ports, row.userName, password, () =>
    target.model.rotateCredential(target.trunkSid, row.id, password),
  );
  ports.ui.status(l10n.t('{0} has a new password.', row.userName));
  if (isNew) await ports.ui.showPassword(row.userName, password);
}

/** The password itself, or the way to a new one. */
async function copyPassword(
  { ui, run }: Tells & Runs,
  target: TrunkTarget,
  row: Credential,
): Promise<void> {
  const password = await target.model.password(target.trunkSid, row);
  if (password !== null) {
    await ui.copy(password.reveal());
    ui.status(l10n.t('Password copied.'));
    return;
  }
  const { rotate } = COMMANDS.credential;
  const text = l10n.t(
    'This computer does not know the password of {0}, and Exotel never tells it again. Rotate it to get a new one.',
    row.userName,
  );
  const pressed = await ui.info(text, rotate.title());
  if (pressed === rotate.title()) await run(rotate, rowRefOf(target, 'credentials', row));
}

async function deleteCredentials(
  ports: Asks & Reports,
  groups: RowGroups<'credentials'>,
  title: string,
): Promise<void> {
  const rows = groups.flatMap((group) => group.rows).filter((row) => row.kind === 'own');
  const names = rows.map((row) => row.userName);
  const [only] = names;
  const single = names.length === 1 && only !== undefined ? only : null;
  await ports.prompter.confirm({
    message:
      single === null
        ? l10n.t('Delete {0} credentials?', names.length)
        : l10n.t('Delete credential {0}?', single),
    detail: [
      l10n.t(
        'A PBX that uses it can no longer call. Its password is deleted from this computer too.',
      ),
      ...(single === null ? names : []),
    ].join('\n'),
    action: l10n.t('Delete'),
  });
  const labels = new Map(rows.map((row) => [row.id, row.userName]));
  const outcomes = await forEachTrunk(ports, title, groups, (group, options) => {
    const ids = group.rows.flatMap((row) => (row.kind === 'own' ? [row.id] : []));
    return group.model.deleteCredentials(group.trunkSid, ids, options);
  });
  await reportBulk(ports, outcomes, {
    allDone:
      single === null
        ? l10n.t('{0} credentials deleted.', names.length)
        : l10n.t('{0} deleted.', single),
    someDone: (done, all) => l10n.t('Deleted {0} of {1} credentials.', done, all),
    done: (count) => l10n.t('Deleted: {0}', count),
    notDone: (count) => l10n.t('Not deleted: {0}', count),
    label: (id) => labels.get(id) ?? id,
  });
}

async function copyUserName({ ui }: Tells, { userName }: Credential): Promise<void> {
  await ui.copy(userName);
  ui.status(l10n.t('User name copied.'));
}

/** The pair that came with the trunk can be neither rotated nor deleted. */
function isOwn(row: Credential): boolean {
  return row.kind === 'own';
}

export type CredentialPorts = Finds & Reports & Shows;

export function credentialHandlers(ports: CredentialPorts): HandlersOf<'credential'> {
  const commands = COMMANDS.credential;
  return {
    create: onTrunk(ports, commands.create, (target, title) =>
      createCredential(ports, target, title),
    ),
    copyUserName: onRow(ports, commands.copyUserName, 'credentials', (_target, row) =>
      copyUserName(ports, row),
    ),
    copyPassword: onRow(ports, commands.copyPassword, 'credentials', (target, row) =>
      copyPassword(ports, target, row),
    ),
    rotate: onRow(
      ports,
      commands.rotate,
      'credentials',
      async (target, row, title) => {
        if (row.kind === 'own') await rotateCredential(ports, target, row, title);
      },
      isOwn,
    ),
    delete: onRows(
      ports,
      commands.delete,
      'credentials',
      (groups, title) => deleteCredentials(ports, groups, title),
      isOwn,
    ),
  };
}
