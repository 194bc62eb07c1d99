/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * What is known of a trunk, as the page shows it: facts to copy, credentials without their passwords,
 * what is set up at Exotel, and the three use cases with what each still lacks.
 */
import * as l10n from '@vscode/l10n';
import { ALIAS_SETTING, type Credential } from '../../exotel/model';
import { regionName } from '../../exotel/regions';
import type { Edge } from '../../exotel/edges';
import { parseDestination } from '../../exotel/rules/destination';
import type { TrunkFacts } from '../../setup/facts';
import { type SetupFinding, setupTitle } from '../../setup/finding';
import { judge, overall, type Overall, summaryOf } from '../../setup/judge';
import { likelyUseCases, USE_CASES } from '../../setup/use-cases';
import type { UseCase } from '../../terms/use';
import type { Section, TrunkSnapshot } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import { commandById } from '../../app/commands';
import { COMMANDS } from '../../app/commands.generated';
import type {
  CredentialView,
  Fact,
  Fix,
  ListItem,
  ListView,
  PanelCommand,
  StepView,
  UseCaseView,
} from './panel-protocol';
import type { ViewStrings } from './strings';

export interface FactsInput {
  readonly account: Account;
  readonly snapshot: TrunkSnapshot;
  /** User names whose password can be had on this computer. */
  readonly knownPasswords: ReadonlySet<string>;
  readonly strings: ViewStrings;
}

/** Exotel's challenge names it whatever the account's own domain is. */
const DIGEST_REALM = 'pstn.exotel.com';

export function fixOf(
  command: PanelCommand,
  label: string,
  account: Account | null,
  strings: ViewStrings,
): Fix {
  const refused = account?.readOnly === true && commandById(command)?.writes === true;
  return { command, label, disabled: refused ? strings.readOnlyReason(account.label) : null };
}

export function connectionFacts(input: FactsInput, facts: TrunkFacts, edge: Edge): Fact[] {
  const { account, snapshot, strings } = input;
  const { trunk } = snapshot;
  const copy = (id: string, label: string, value: string, note: string | null = null): Fact => ({
    id,
    label,
    value,
    copyable: true,
    note,
  });
  const show = (id: string, label: string, value: string | null): Fact[] =>
    value === null ? [] : [{ id, label, value, copyable: false, note: null }];
  return [
    copy(
      'sipDomain',
      strings.sipDomain(),
      facts.sipDomain ?? `${account.accountSid}.pstn.exotel.com`,
      strings.sipDomainNote(),
    ),
    copy('server', strings.server(), edge.host, strings.serverNote()),
    {
      id: 'ports',
      label: strings.ports(),
      value: strings.portsValue(edge.tlsPort, edge.tcpPort),
      copyable: false,
      note: strings.portsNote(),
    },
    copy('realm', strings.realm(), DIGEST_REALM),
    copy('dialWhom', strings.dialWhom(), `sip:${trunk.sid}`, strings.dialWhomNote()),
    copy('trunkSid', strings.trunkSid(), trunk.sid),
    copy('accountSid', strings.accountSid(), account.accountSid),
    ...show('region', strings.region(), regionText(account, strings)),
    ...show('created', strings.created(), localTime(trunk.created)),
    ...show(
      'updated',
      strings.updated(),
      trunk.updated === trunk.created ? null : localTime(trunk.updated),
    ),
  ];
}

function regionText(account: Account, strings: ViewStrings): string {
  const { host } = new URL(account.baseUrl);
  return account.region === 'custom'
    ? strings.customHost(host)
    : `${regionName(account.region)}, ${host}`;
}

function localTime(iso: string | null): string | null {
  if (iso === null) return null;
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleString();
}

export function credentialViews(input: FactsInput): CredentialView[] {
  const { account, snapshot, knownPasswords, strings } = input;
  return (snapshot.sections.credentials.value ?? []).map((credential: Credential) => {
    const known = knownPasswords.has(credential.userName);
    return {
      userName: credential.userName,
      detail: credential.kind === 'issued' ? strings.issued() : credential.friendlyName,
      known,
      hint: known ? null : strings.passwordUnknown(),
      fix: known ? null : fixOf(COMMANDS.credential.rotate.id, strings.rotate(), account, strings),
    };
  });
}

/** Sections other than credentials, which have a part of the page of their own. */
export function sectionLists(input: FactsInput): ListView[] {
  const { snapshot, strings } = input;
  const { numbers, ips, destinations, settings } = snapshot.sections;
  const alias = settings.value?.filter((setting) => setting.name === ALIAS_SETTING);
  return [
    list(input, 'numbers', strings.numbers(), strings.none(), {
      items: numbers.value?.map((row) => ({ text: row.number, detail: row.mode })),
      command: COMMANDS.number.map.id,
      action: strings.mapNumber(),
    }),
    list(input, 'ips', strings.ips(), strings.none(), {
      items: ips.value?.map((row) => ({
        text: `${row.ip}/${row.mask}`,
        detail: row.friendlyName,
      })),
      command: COMMANDS.ip.whitelist.id,
      action: strings.whitelistIp(),
    }),
    list(input, 'destinations', strings.destinations(), strings.none(), {
      items: destinations.value?.map((row) => ({
        text: row.destination,
        detail: strings.destinationDetail(row.priority, row.weight),
      })),
      command: COMMANDS.destination.add.id,
      action: strings.addDestination(),
    }),
    list(input, 'settings', strings.callerId(), strings.noCallerId(), {
      items: alias?.map((setting) => ({ text: setting.value, detail: null })),
      command: COMMANDS.callerId.set.id,
      action: strings.setCallerId(),
    }),
  ];
}

/** The credentials section itself: its load state, and the way to a first credential. */
export function credentialList(input: FactsInput): ListView {
  const { snapshot, strings } = input;
  return list(input, 'credentials', '', strings.noCredential(), {
    items: snapshot.sections.credentials.value?.map((row) => ({
      text: row.userName,
      detail: null,
    })),
    command: COMMANDS.credential.create.id,
    action: strings.createCredential(),
  });
}

function list(
  { account, snapshot, strings }: FactsInput,
  section: Section,
  label: string,
  empty: string,
  content: {
    readonly items: readonly ListItem[] | undefined;
    readonly command: PanelCommand;
    readonly action: string;
  },
): ListView {
  const loaded = snapshot.sections[section];
  const items = content.items ?? [];
  const fix = fixOf(content.command, content.action, account, strings);
  if (loaded.state === 'failed') {
    const { what: sentence, doNext: nextStep } = loaded.problem;
    const note = strings.problem(sentence, nextStep);
    return { id: section, label, state: 'failed', items, note, fix: null };
  }
  if (loaded.value === null)
    return { id: section, label, state: 'loading', items, note: null, fix };
  const note = items.length === 0 ? empty : null;
  return { id: section, label, state: 'ready', items, note, fix };
}

/** The judge's findings, step by step, use case by use case. */
export function useCaseViews(input: FactsInput, facts: TrunkFacts): UseCaseView[] {
  const { snapshot } = input;
  const loading = Object.values(snapshot.sections).some(
    (section) => section.value === null && section.state !== 'failed',
  );
  const likely = likelyUseCases(facts);
  return USE_CASES.map((useCase) =>
    useCaseView(input, facts, useCase, { loading, likely: likely.includes(useCase) }),
  );
}

function useCaseView(
  input: FactsInput,
  facts: TrunkFacts,
  useCase: UseCase,
  { loading, likely }: { readonly loading: boolean; readonly likely: boolean },
): UseCaseView {
  const { strings } = input;
  const findings = judge(facts, useCase);
  const whole = overall(findings);
  const steps = findings.map((finding): StepView => {
    const pending = loading && finding.level === 'unknown';
    return {
      level: finding.level,
      label: setupTitle(finding.kind, useCase),
      detail: pending ? strings.notKnownYet() : detailOf(finding),
      fix: pending ? null : mendOf(finding, input),
    };
  });
  return {
    id: useCase,
    label: strings.useCase(useCase),
    meaning: strings.useCaseMeaning(useCase),
    likely,
    steps: [...steps, pbxStep(whole)],
    checkYourself: checkYourself(facts, useCase),
    ...stateOf(whole, input, { loading, likely }),
  };
}

function stateOf(
  whole: Overall,
  { strings }: FactsInput,
  { loading, likely }: { readonly loading: boolean; readonly likely: boolean },
): Pick<UseCaseView, 'state' | 'summary'> {
  const summary = summaryOf(whole);
  if (whole.problems > 0) {
    return likely
      ? { state: 'missing', summary }
      : { state: 'unused', summary: strings.notSetUp() };
  }
  // What is still on its way may bring a problem.
  if (loading && whole.unknown > 0) return { state: 'loading', summary: strings.notKnownYet() };
  switch (whole.level) {
    case 'problem':
      return { state: 'missing', summary };
    case 'warning':
      return { state: 'warning', summary };
    case 'unknown':
      return { state: 'failed', summary };
    case 'info':
    case 'ok':
      return { state: 'ready', summary };
  }
}

function detailOf({ what, doNext }: SetupFinding): string {
  return doNext === null ? what : `${what} ${doNext}`;
}

/** The last one follows from those before: it is done on the PBX and not here. */
function pbxStep({ problems, unknown }: Overall): StepView {
  const ready = problems === 0 && unknown === 0;
  return {
    level: ready ? 'ok' : 'manual',
    label: l10n.t('Ready to configure the PBX'),
    detail: ready
      ? l10n.t('Generate the configuration and make a test call.')
      : l10n.t('After the steps above.'),
    fix: null,
  };
}

/** The button that mends it; null for what no command of the panel mends. */
function mendOf({ action }: SetupFinding, { account, strings }: FactsInput): Fix | null {
  switch (action?.kind) {
    case 'mapNumber':
      return fixOf(COMMANDS.number.map.id, strings.mapNumber(), account, strings);
    case 'switchMode':
      return fixOf(COMMANDS.number.switchMode.id, strings.switchMode(), account, strings);
    case 'whitelistIp':
      return fixOf(COMMANDS.ip.whitelist.id, strings.whitelistIp(), account, strings);
    case 'createCredential':
      return fixOf(COMMANDS.credential.create.id, strings.createCredential(), account, strings);
    case 'rotateCredential':
      return fixOf(COMMANDS.credential.rotate.id, strings.rotate(), account, strings);
    case 'addDestination':
      return fixOf(COMMANDS.destination.add.id, strings.addDestination(), account, strings);
    case 'setCallerId':
      return fixOf(COMMANDS.callerId.set.id, strings.setCallerId(), account, strings);
    case 'refresh':
      return fixOf(COMMANDS.trunk.refresh.id, strings.refresh(), account, strings);
    case 'editDestination':
    case 'findEdge':
    case 'openSettings':
    case undefined:
      return null;
  }
}

/**
 * What Exotel cannot tell, to be looked at on the PBX and on the way to it: after "First Successful Call
 * Validation" of Exotel's guide, less what the API itself shows.
 */
function checkYourself(facts: TrunkFacts, useCase: UseCase): string[] {
  if (useCase === 'inbound') {
    return [
      l10n.t('The flow’s Connect applet dials {0}.', `sip:${facts.trunkSid}`),
      l10n.t('Your server listens on {0}; from outside: nc -zv <ip> <port>.', listenPorts(facts)),
      l10n.t('The firewall lets Exotel in on 5060/5061 and RTP (UDP 10000-40000).'),
      l10n.t(
        'With TLS: the certificate is valid, its chain complete, and it is in the name Exotel calls.',
      ),
    ];
  }
  const outbound = [
    l10n.t(
      'The firewall lets 5060/5061 (5070/443 on other edges) out to Exotel, and RTP (UDP 10000-40000).',
    ),
    l10n.t('The PBX uses digest, not registration.'),
  ];
  return useCase === 'streamkit'
    ? [...outbound, l10n.t('The PBX sends the header X-Exotel-AccountSid.')]
    : outbound;
}

/** The ports Exotel was told to call; before it was told, the usual ones. */
function listenPorts({ destinations }: TrunkFacts): string {
  const told = (destinations.value ?? []).flatMap(({ destination }) => {
    const parsed = parseDestination(destination);
    return parsed === null ? [] : [`${parsed.port} (${parsed.transport.toUpperCase()})`];
  });
  return told.length === 0 ? l10n.t('5061 (TLS) or 5060 (TCP)') : [...new Set(told)].join(', ');
}
