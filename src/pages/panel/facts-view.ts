/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * What is known of a trunk, as the page shows it: facts to copy, credentials without their passwords,
 * what is set up at Exotel, and the three use cases with what each still lacks.
 */
import { ALIAS_SETTING, type Credential } from '../../exotel/model';
import { regionName } from '../../exotel/regions';
import { likelyUseCase, type TrunkFacts } from '../../pbx/connection';
import { readiness, type Readiness, type ReadinessFix } from '../../pbx/checklist';
import type { Edge } from '../../exotel/edges';
import type { Section, TrunkSnapshot } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import type {
  CredentialView,
  Fact,
  Fix,
  ListItem,
  ListView,
  PanelCommand,
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

/** These change nothing at Exotel, so a read-only account may run them. */
const HARMLESS: readonly PanelCommand[] = [
  'exotelSip.trunk.refresh',
  'exotelSip.account.add',
  'exotelSip.account.edit',
];

export function fixOf(
  command: PanelCommand,
  label: string,
  account: Account | null,
  strings: ViewStrings,
): Fix {
  const refused = account?.readOnly === true && !HARMLESS.includes(command);
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
      fix: known ? null : fixOf('exotelSip.credential.rotate', strings.rotate(), account, strings),
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
      command: 'exotelSip.number.map',
      action: strings.mapNumber(),
    }),
    list(input, 'ips', strings.ips(), strings.none(), {
      items: ips.value?.map((row) => ({
        text: `${row.ip}/${row.mask}`,
        detail: row.friendlyName,
      })),
      command: 'exotelSip.ip.whitelist',
      action: strings.whitelistIp(),
    }),
    list(input, 'destinations', strings.destinations(), strings.none(), {
      items: destinations.value?.map((row) => ({
        text: row.destination,
        detail: strings.destinationDetail(row.priority, row.weight),
      })),
      command: 'exotelSip.destination.add',
      action: strings.addDestination(),
    }),
    list(input, 'settings', strings.callerId(), strings.noCallerId(), {
      items: alias?.map((setting) => ({ text: setting.value, detail: null })),
      command: 'exotelSip.callerId.set',
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
    command: 'exotelSip.credential.create',
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

export function useCaseViews(input: FactsInput, facts: TrunkFacts): UseCaseView[] {
  const { snapshot } = input;
  const loading = Object.values(snapshot.sections).some(
    (section) => section.value === null && section.state !== 'failed',
  );
  const likely = likelyUseCase(facts);
  return readiness(facts).map((one) => {
    const isLikely = one.useCase === likely || (likely === 'both' && one.useCase !== 'streamkit');
    return useCaseView(input, one, isLikely, loading);
  });
}

function useCaseView(
  input: FactsInput,
  one: Readiness,
  likely: boolean,
  loading: boolean,
): UseCaseView {
  const { strings } = input;
  const steps = one.steps.map((step) => ({
    done: step.done,
    unknown: !step.known,
    label: step.label,
    detail: !step.known && loading ? strings.notKnownYet() : step.detail,
    fix: step.fix === null ? null : readinessFix(step.fix, input),
  }));
  const missing = steps.filter((step) => !step.done && !step.unknown);
  const unknown = steps.some((step) => step.unknown);
  // The last step is "configure the PBX": it follows from the ones before and is not one to do here.
  const count = missing.filter((step) => step !== steps.at(-1)).length;
  const facts = {
    id: one.useCase,
    label: strings.useCase(one.useCase),
    meaning: strings.useCaseMeaning(one.useCase),
    likely,
    steps,
    checkYourself: one.checkYourself,
  };
  if (count > 0) {
    return likely
      ? { ...facts, state: 'missing', summary: strings.stepsMissing(count) }
      : { ...facts, state: 'unused', summary: strings.notSetUp() };
  }
  if (!unknown) return { ...facts, state: 'ready', summary: strings.allDone() };
  return loading
    ? { ...facts, state: 'loading', summary: strings.notKnownYet() }
    : { ...facts, state: 'failed', summary: strings.notRead() };
}

function readinessFix(fix: ReadinessFix, { account, strings }: FactsInput): Fix {
  switch (fix) {
    case 'mapNumber':
      return fixOf('exotelSip.number.map', strings.mapNumber(), account, strings);
    case 'switchMode':
      return fixOf('exotelSip.number.switchMode', strings.switchMode(), account, strings);
    case 'whitelistIp':
      return fixOf('exotelSip.ip.whitelist', strings.whitelistIp(), account, strings);
    case 'createCredential':
      return fixOf('exotelSip.credential.create', strings.createCredential(), account, strings);
    case 'addDestination':
      return fixOf('exotelSip.destination.add', strings.addDestination(), account, strings);
  }
}
