/**
 * app/: the application, without `vscode`.
 *
 * Adding an account, editing it, replacing its key. Nothing is saved before the API accepted the key, or the
 * person said to save it unverified because the API could not be reached.
 */
import * as l10n from '@vscode/l10n';
import type { Problem } from '../../exotel/errors';
import { checkApiHost } from '../../exotel/rules/host';
import { checkAccountSid } from '../../exotel/rules/names';
import { type AccountAddress, type Region, REGION_HOSTS, regionName } from '../../exotel/regions';
import { Secret } from '../../exotel/secret';
import { type Account, type ApiKeys, consoleUrl } from '../accounts/account';
import type { AccountRegistry } from '../accounts/registry';
import { type ClientMaker, verifyKeys } from '../accounts/verify';
import { accepted, asValidation } from '../input/answers';
import { BACK, type Choice, type StepFacts } from '../input/prompter';
import { type Ask, runSteps } from '../input/steps';
import type { Asks, Reports, Shows } from './ports';
import { accountRefOf } from './targets';

interface AccountDraft {
  readonly region: Region;
  readonly host: string;
  readonly accountSid: string;
  readonly apiKey: Secret | null;
  readonly apiToken: Secret | null;
  readonly label: string;
  readonly readOnly: boolean;
}

const EMPTY: AccountDraft = {
  region: 'in',
  host: '',
  accountSid: '',
  apiKey: null,
  apiToken: null,
  label: '',
  readOnly: false,
};

const EXAMPLE_HOST = 'https://api.example.exotel.com';
const EXAMPLE_SID = 'yourcompany1';

type DraftStep = Ask<AccountDraft>;

function regionStep(ports: Asks, title: string): DraftStep {
  return async (draft, steps) => {
    const choices: Choice<Region>[] = [
      { label: regionName('in'), description: new URL(REGION_HOSTS.in).host, value: 'in' },
      { label: regionName('sg'), description: new URL(REGION_HOSTS.sg).host, value: 'sg' },
      {
        label: regionName('custom'),
        description: l10n.t('another host that Exotel gave you'),
        value: 'custom',
      },
    ];
    const region = await ports.prompter.pick({
      title,
      placeholder: l10n.t('Region of the account: API settings show its subdomain'),
      choices,
      active: draft.region,
      steps,
    });
    return region === BACK ? BACK : { ...draft, region };
  };
}

function hostStep(ports: Asks, title: string): DraftStep {
  return async (draft, steps) => {
    const host = await ports.prompter.input({
      title,
      prompt: l10n.t('API host. Your API key is sent there.'),
      placeholder: EXAMPLE_HOST,
      value: draft.host,
      validate: (value) => asValidation(checkApiHost(value)),
      steps,
    });
    return host === BACK ? BACK : { ...draft, host };
  };
}

function sidStep(ports: Asks, title: string): DraftStep {
  return async (draft, steps) => {
    const accountSid = await ports.prompter.input({
      title,
      prompt: l10n.t('Account SID, from API Settings in the Exotel console'),
      placeholder: EXAMPLE_SID,
      value: draft.accountSid,
      validate: (value) => asValidation(checkAccountSid(value)),
      steps,
    });
    return accountSid === BACK
      ? BACK
      : { ...draft, accountSid: accepted(checkAccountSid(accountSid)) };
  };
}

async function askSecret(
  ports: Asks,
  question: {
    readonly title: string;
    readonly name: string;
    readonly kept: Secret | null;
    readonly steps?: StepFacts;
  },
): Promise<Secret | typeof BACK> {
  const { title, name, kept, steps } = question;
  const answer = await ports.prompter.secret({
    title,
    prompt: kept === null ? name : l10n.t('{0}. Leave empty to keep the one entered.', name),
    placeholder: l10n.t('Kept in your keyring, never in a setting or file'),
    validate: (value) => {
      if (value.trim() === '') {
        const message = l10n.t('Nothing is entered yet.');
        return kept === null ? { severity: 'error', message } : null;
      }
      // The parts of a header: Basic authorization ends the user name at the first colon.
      return /[\s:]/.test(value.trim())
        ? { severity: 'error', message: l10n.t('This holds a blank or a colon; copy it again.') }
        : null;
    },
    ...(steps === undefined ? {} : { steps }),
  });
  if (answer === BACK) return BACK;
  const text = answer.reveal().trim();
  return text === '' && kept !== null ? kept : new Secret(text);
}

function keyStep(ports: Asks, title: string): DraftStep {
  return async (draft, steps) => {
    const name = l10n.t('API key, from API Settings in the Exotel console');
    const apiKey = await askSecret(ports, { title, name, kept: draft.apiKey, steps });
    return apiKey === BACK ? BACK : { ...draft, apiKey };
  };
}

function tokenStep(ports: Asks, title: string): DraftStep {
  return async (draft, steps) => {
    const name = l10n.t('API token, from API Settings in the Exotel console');
    const apiToken = await askSecret(ports, { title, name, kept: draft.apiToken, steps });
    return apiToken === BACK ? BACK : { ...draft, apiToken };
  };
}

function labelStep(ports: Asks, title: string): DraftStep {
  return async (draft, steps) => {
    const label = await ports.prompter.input({
      title,
      prompt: l10n.t('What to call this account here'),
      value: draft.label === '' ? draft.accountSid : draft.label,
      validate: (value) =>
        value.trim() === '' ? { severity: 'error', message: l10n.t('Enter a name.') } : null,
      steps,
    });
    return label === BACK ? BACK : { ...draft, label: label.trim() };
  };
}

function accessStep(ports: Asks, title: string): DraftStep {
  return async (draft, steps) => {
    const readOnly = await ports.prompter.pick({
      title,
      placeholder: l10n.t('What may be done with this account here?'),
      choices: [
        { label: l10n.t('Read and change'), value: false },
        {
          label: l10n.t('Read only'),
          detail: l10n.t('Every change is hidden and refused until you allow it.'),
          value: true,
        },
      ],
      active: draft.readOnly,
      steps,
    });
    return readOnly === BACK ? BACK : { ...draft, readOnly };
  };
}

function addressOf(draft: AccountDraft): AccountAddress {
  const { region, accountSid } = draft;
  const baseUrl = region === 'custom' ? accepted(checkApiHost(draft.host)) : REGION_HOSTS[region];
  return { region, baseUrl, accountSid };
}

function keysOf(draft: AccountDraft): ApiKeys {
  const { apiKey, apiToken } = draft;
  if (apiKey === null || apiToken === null) throw new Error('Keys were not asked for');
  return { apiKey, apiToken };
}

interface VerifyPorts extends Asks, ClientMaker, Reports {}

interface SavePorts extends VerifyPorts {
  readonly registry: Pick<AccountRegistry, 'keys' | 'find' | 'add' | 'update' | 'replaceKeys'>;
}

type AfterFailure = 'otherRegion' | 'again' | 'correct' | 'console' | 'unverified' | 'explain';

/** What to do about a key that could not be verified. */
async function askAfterFailure(
  ports: Asks,
  draft: AccountDraft,
  problem: Problem,
): Promise<AfterFailure> {
  const detail = `${problem.what} ${problem.doNext}`;
  const correct = { label: l10n.t('Go Back and Correct…'), value: 'correct' } as const;
  const explain = { label: l10n.t('Explain'), value: 'explain' } as const;
  if (!isRefusal(problem)) {
    return ports.prompter.decide<AfterFailure>({
      message: l10n.t('The account could not be verified.'),
      detail,
      actions: [
        { label: l10n.t('Try Again'), value: 'again' },
        correct,
        { label: l10n.t('Save without Verifying'), value: 'unverified' },
        explain,
      ],
    });
  }
  const other = draft.region === 'in' ? 'sg' : 'in';
  const tryOther = {
    label: l10n.t('Try {0}', regionName(other)),
    value: 'otherRegion',
  } as const;
  return ports.prompter.decide<AfterFailure>({
    message: l10n.t('Exotel does not accept this key.'),
    detail,
    actions: [
      correct,
      ...(draft.region === 'custom' ? [] : [tryOther]),
      { label: l10n.t('Open API Settings'), value: 'console' },
      explain,
    ],
  });
}

function isRefusal(problem: Problem): boolean {
  return problem.kind === 'auth' || problem.kind === 'forbidden';
}

/** Runs the steps and verifies until the API accepts the draft or the person gives up. */
async function askUntilVerified(
  ports: VerifyPorts,
  start: AccountDraft,
  steps: Parameters<typeof runSteps<AccountDraft>>[1],
  /** Where to go back to when the key is refused. */
  keyAt: number,
  /** False: there is nothing new to verify. */
  isNew: (draft: AccountDraft) => boolean = () => true,
): Promise<AccountDraft> {
  let draft = await runSteps(start, steps);
  while (isNew(draft)) {
    const current = draft;
    const problem = await ports.ui.cancellable(
      l10n.t('Verifying {0}…', current.label === '' ? current.accountSid : current.label),
      (signal) => verifyKeys(ports, addressOf(current), keysOf(current), signal),
    );
    if (problem === null) return draft;
    const back = isRefusal(problem) ? keyAt : 0;
    switch (await askAfterFailure(ports, draft, problem)) {
      case 'otherRegion':
        draft = { ...draft, region: draft.region === 'in' ? 'sg' : 'in' };
        break;
      case 'console':
        await ports.ui.openExternal(consoleUrl(addressOf(draft)));
        draft = await runSteps(draft, steps, back);
        break;
      case 'explain':
        // The page stands behind the questions, which keep what was entered.
        await ports.troubleshooter.showFailures([{ problem, subject: draft.accountSid }]);
        draft = await runSteps(draft, steps, back);
        break;
      case 'correct':
        draft = await runSteps(draft, steps, back);
        break;
      case 'again':
        break;
      case 'unverified':
        return draft;
    }
  }
  return draft;
}

export async function addAccount(ports: SavePorts & Shows, title: string): Promise<void> {
  const steps = [
    regionStep(ports, title),
    {
      when: (state: AccountDraft) => state.region === 'custom',
      ask: hostStep(ports, title),
    },
    sidStep(ports, title),
    keyStep(ports, title),
    tokenStep(ports, title),
    labelStep(ports, title),
    accessStep(ports, title),
  ];
  const draft = await askUntilVerified(ports, EMPTY, steps, 3);
  const address = addressOf(draft);
  const known = ports.registry.find(address.baseUrl, address.accountSid);
  if (known !== null) {
    await ports.registry.replaceKeys(known.id, keysOf(draft));
    await ports.registry.update(known.id, { label: draft.label, readOnly: draft.readOnly });
    ports.ui.status(l10n.t('{0} was there already; its key is replaced.', draft.label));
    await ports.view.reveal(accountRefOf(known));
    return;
  }
  const { account } = await ports.registry.add(
    { ...address, label: draft.label, readOnly: draft.readOnly },
    keysOf(draft),
  );
  ports.ui.status(l10n.t('{0} added.', account.label));
  await ports.view.reveal(accountRefOf(account));
}

export async function editAccount(ports: SavePorts, account: Account): Promise<void> {
  const title = l10n.t('Edit {0}', account.label);
  const keys = await ports.registry.keys(account.id);
  const start: AccountDraft = {
    ...EMPTY,
    region: account.region,
    host: account.region === 'custom' ? account.baseUrl : '',
    accountSid: account.accountSid,
    label: account.label,
    readOnly: account.readOnly,
    apiKey: keys?.apiKey ?? null,
    apiToken: keys?.apiToken ?? null,
  };
  const steps = [
    regionStep(ports, title),
    {
      when: (state: AccountDraft) => state.region === 'custom',
      ask: hostStep(ports, title),
    },
    sidStep(ports, title),
    { when: () => keys === null, ask: keyStep(ports, title) },
    { when: () => keys === null, ask: tokenStep(ports, title) },
    labelStep(ports, title),
    accessStep(ports, title),
  ];
  const draft = await askUntilVerified(ports, start, steps, 0, (edited) => {
    const { baseUrl, accountSid } = addressOf(edited);
    return keys === null || baseUrl !== account.baseUrl || accountSid !== account.accountSid;
  });
  const address = addressOf(draft);
  const other = ports.registry.find(address.baseUrl, address.accountSid);
  if (other !== null && other.id !== account.id) {
    void ports.ui.error(l10n.t('{0} is this account already; nothing was changed.', other.label));
    return;
  }
  // Keys first: a model opened in between would send the old key to the new host.
  if (keys === null) await ports.registry.replaceKeys(account.id, keysOf(draft));
  await ports.registry.update(account.id, {
    ...address,
    label: draft.label,
    readOnly: draft.readOnly,
  });
  ports.ui.status(l10n.t('{0} saved.', draft.label));
}

export async function replaceKeys(ports: SavePorts, account: Account): Promise<void> {
  const title = l10n.t('Replace API Key and Token of {0}', account.label);
  const start: AccountDraft = {
    ...EMPTY,
    region: account.region,
    host: account.region === 'custom' ? account.baseUrl : '',
    accountSid: account.accountSid,
    label: account.label,
  };
  const steps = [keyStep(ports, title), tokenStep(ports, title)];
  const draft = await askUntilVerified(ports, start, steps, 0);
  await ports.registry.replaceKeys(account.id, keysOf(draft));
  // "Try the other region" may have found where the account really lives.
  await ports.registry.update(account.id, addressOf(draft));
  ports.ui.status(l10n.t('{0}: key and token replaced.', account.label));
}
