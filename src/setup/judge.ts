/**
 * setup/: the one judge: plain facts of a trunk -> what is missing or wrong at Exotel, and what mends it.
 *
 * One finding for each thing that is looked at, after the checklists "Before Making Your First Call" and
 * the validation script of Exotel's guide. The panel, the checks, the generator's advice and the trunk's
 * row all say what these findings say.
 */
import * as l10n from '@vscode/l10n';
import { checkIp, looksNumeric, whyNotPublicIpv4 } from '../exotel/rules/addresses';
import { parseDestination } from '../exotel/rules/destination';
import type { Level } from '../terms/finding';
import type { UseCase } from '../terms/use';
import { mappedNumber } from './caller-id';
import { judgeDestination } from './destination-form';
import { type CredentialFact, current, type Network, type TrunkFacts } from './facts';
import {
  amiss,
  byLevel,
  ok,
  type Said,
  type SetupFinding,
  type SetupKind,
  unread,
  worst,
} from './finding';
import { covers } from './networks';
import { fittingNumbers, likelyUseCases, neededMode } from './use-cases';

type Judge = (facts: TrunkFacts, useCase: UseCase) => Said;

const JUDGES: Readonly<Record<Exclude<SetupKind, 'callerId.fallback'>, Judge>> = {
  'trunk.created': trunk,
  'number.mapped': number,
  'ip.whitelisted': whitelist,
  'credential.known': credential,
  'callerId.mapped': callerId,
  'destination.set': destinationSet,
  'destination.form': destinationForm,
  'destination.whitelisted': destinationWhitelisted,
  'destination.priority': destinationPriority,
};

/** What a use case rests on, in the order it is set up. */
function kindsOf(useCase: UseCase): readonly (keyof typeof JUDGES)[] {
  return useCase === 'inbound'
    ? [
        'trunk.created',
        'number.mapped',
        'destination.set',
        'destination.form',
        'destination.whitelisted',
        'destination.priority',
      ]
    : ['trunk.created', 'number.mapped', 'ip.whitelisted', 'credential.known', 'callerId.mapped'];
}

/** In the order it is set up; `ok` for what is in order. Rests on nothing that is stale or unread. */
export function judge(facts: TrunkFacts, useCase: UseCase): readonly SetupFinding[] {
  return kindsOf(useCase).map((kind) => ({ kind, ...JUDGES[kind](facts, useCase) }));
}

/** Of several use cases: what they share is judged once, by the first. */
export function judgeAll(facts: TrunkFacts, useCases: readonly UseCase[]): readonly SetupFinding[] {
  const findings = new Map<SetupKind, SetupFinding>();
  for (const finding of useCases.flatMap((useCase) => judge(facts, useCase))) {
    if (!findings.has(finding.kind)) findings.set(finding.kind, finding);
  }
  return [...findings.values()];
}

/** The first stands for all: a list of fifty numbers is longer than a row. */
function some(values: readonly string[]): string {
  const [first = '', ...rest] = values;
  if (rest.length === 0) return first;
  return rest.length === 1
    ? l10n.t('{0} and 1 more', first)
    : l10n.t('{0} and {1} more', first, rest.length);
}

type SectionName = 'numbers' | 'whitelistedIps' | 'destinations' | 'credentials' | 'callerId';

/** Each section that no verdict can rest on, and whether an older reading of it is shown. */
const UNREAD: Readonly<Record<SectionName, readonly [stale: () => string, never: () => string]>> = {
  numbers: [
    () => l10n.t('The phone numbers could not be read again; what is shown is from before.'),
    () => l10n.t('The phone numbers could not be read from Exotel.'),
  ],
  whitelistedIps: [
    () => l10n.t('The whitelisted IPs could not be read again; what is shown is from before.'),
    () => l10n.t('The whitelisted IPs could not be read from Exotel.'),
  ],
  destinations: [
    () => l10n.t('The destination URIs could not be read again; what is shown is from before.'),
    () => l10n.t('The destination URIs could not be read from Exotel.'),
  ],
  credentials: [
    () => l10n.t('The credentials could not be read again; what is shown is from before.'),
    () => l10n.t('The credentials could not be read from Exotel.'),
  ],
  callerId: [
    () => l10n.t('The caller ID could not be read again; what is shown is from before.'),
    () => l10n.t('The caller ID could not be read from Exotel.'),
  ],
};

function notRead(facts: Pick<TrunkFacts, SectionName>, section: SectionName): Said {
  const [stale, never] = UNREAD[section];
  return unread(facts[section].state === 'stale' ? stale() : never());
}

function trunk({ trunkSid, status }: TrunkFacts): Said {
  const subject = { kind: 'trunk', value: trunkSid } as const;
  switch (status) {
    case 'inactive':
      return amiss('problem', l10n.t('Trunk {0} is inactive: it carries no calls.', trunkSid), {
        doNext: l10n.t('Ask support@exotel.com to activate it.'),
        action: null,
        subject,
      });
    case 'active':
      return ok(l10n.t('Trunk {0} exists and is active.', trunkSid), { subject });
    case null:
      return ok(l10n.t('Trunk {0} exists.', trunkSid), { subject });
  }
}

function number(facts: TrunkFacts, useCase: UseCase): Said {
  const rows = current(facts.numbers);
  if (rows === null) return notRead(facts, 'numbers');
  const mode = neededMode(useCase);
  const fitting = fittingNumbers(rows, useCase);
  const [first] = fitting;
  if (first !== undefined) {
    return ok(l10n.t('Mapped: {0}.', some(fitting)), { subject: { kind: 'number', value: first } });
  }
  const [other] = rows;
  if (other === undefined || mode === null) {
    return amiss('problem', l10n.t('No phone number is mapped to the trunk.'), {
      doNext:
        mode === null
          ? l10n.t('Map the number people dial.')
          : l10n.t('Map a number in {0} mode.', mode),
      action: { kind: 'mapNumber', value: mode },
    });
  }
  return amiss(
    'problem',
    l10n.t(
      'No number of the trunk is in {0} mode: {1} is in {2} mode.',
      mode,
      other.number,
      other.mode,
    ),
    {
      doNext: l10n.t('Switch it to {0} mode, or map another number.', mode),
      action: { kind: 'switchMode', value: other.number },
      subject: { kind: 'number', value: other.number },
    },
  );
}

// Outbound and StreamKit: how Exotel knows the PBX. A whitelisted IP or a credential of one's own is
// enough; the pair that Exotel issues with each trunk says nothing of what was set up.

function whitelist(facts: TrunkFacts): Said {
  const networks = current(facts.whitelistedIps);
  if (networks === null) return notRead(facts, 'whitelistedIps');
  const credentials = current(facts.credentials);
  const hasOwn = credentials?.some(({ kind }) => kind === 'own') ?? null;
  if (networks.length === 0) {
    if (hasOwn === null) return notRead(facts, 'credentials');
    return hasOwn
      ? ok(l10n.t('No IP is whitelisted; the trunk has a credential instead.'))
      : amiss('problem', l10n.t('No IP is whitelisted.'), {
          doNext: l10n.t('Whitelist the public IP the PBX calls from, with mask 32.'),
          action: WHITELIST,
        });
  }
  // Entries that no call can come from are as good as none, unless a credential does the work.
  const useless = networks.every(({ ip }) => whyNotPublicIpv4(ip) !== null);
  const level = useless && hasOwn === false ? 'problem' : 'warning';
  return worst(
    networks.map((network) => whitelisted(network, level)),
    notRead(facts, 'whitelistedIps'),
  );
}

const WHITELIST = { kind: 'whitelistIp', value: null } as const;

function whitelisted({ ip, mask }: Network, uselessLevel: 'problem' | 'warning'): Said {
  const entry = `${ip}/${mask}`;
  const subject = { kind: 'whitelistedIp', value: entry } as const;
  const evidence = [entry];
  const reason = whyNotPublicIpv4(ip);
  const checked = checkIp(entry);
  if (!checked.ok) {
    const { message } = checked;
    return amiss(
      reason === null ? 'warning' : uselessLevel,
      message.includes(ip) ? message : l10n.t('{0}: {1}', entry, message),
      {
        doNext: l10n.t('Whitelist the public IP the PBX calls from instead.'),
        action: WHITELIST,
        subject,
        evidence,
      },
    );
  }
  return mask < 32
    ? amiss('warning', l10n.t('{0} lets every address of that network call on your bill.', entry), {
        doNext: l10n.t('Whitelist single addresses with mask 32.'),
        action: WHITELIST,
        subject,
        evidence,
      })
    : ok(l10n.t('Whitelisted: {0}.', ip), { subject, evidence });
}

function credential(facts: TrunkFacts): Said {
  const rows = current(facts.credentials);
  if (rows === null) return notRead(facts, 'credentials');
  const known = rows.find(({ passwordKnown }) => passwordKnown === true);
  if (known !== undefined) {
    return ok(
      l10n.t('Credential {0}, with its password on this computer.', known.userName),
      aboutCredential(known),
    );
  }
  const networks = current(facts.whitelistedIps);
  const [first] = rows;
  if (networks !== null && networks.length > 0) {
    return first === undefined
      ? ok(l10n.t('No credential; Exotel knows the PBX by its IP.'))
      : ok(
          l10n.t(
            'The password of {0} is not known on this computer; Exotel knows the PBX by its IP.',
            first.userName,
          ),
          aboutCredential(first),
        );
  }
  if (networks === null) return notRead(facts, 'whitelistedIps');
  if (first === undefined) {
    return amiss('problem', l10n.t('The trunk has no credential.'), {
      doNext: l10n.t('Create one.'),
      action: { kind: 'createCredential', value: null },
    });
  }
  if (rows.some(({ passwordKnown }) => passwordKnown === null)) {
    return unread(
      l10n.t('Whether this computer knows the password of {0} was not looked up.', first.userName),
    );
  }
  return amiss(
    'warning',
    l10n.t(
      'The password of {0} is not known on this computer, and Exotel does not tell it again.',
      first.userName,
    ),
    {
      doNext: l10n.t(
        'When the PBX has it, all is well. Otherwise rotate it, or create a credential.',
      ),
      action:
        first.kind === 'own'
          ? { kind: 'rotateCredential', value: first.userName }
          : { kind: 'createCredential', value: null },
      ...aboutCredential(first),
    },
  );
}

function aboutCredential({ userName }: CredentialFact): Pick<Said, 'subject'> {
  return { subject: { kind: 'credential', value: userName } };
}

function callerId(facts: TrunkFacts): Said {
  if (facts.callerId.state !== 'known') return notRead(facts, 'callerId');
  const shown = facts.callerId.value;
  if (shown === null) return ok(l10n.t('Not set: the From number of the call is shown.'));
  const rows = current(facts.numbers);
  const subject = { kind: 'callerId', value: shown } as const;
  if (rows === null) {
    return {
      ...unread(l10n.t('{0} is set; the numbers to compare it with could not be read.', shown)),
      subject,
    };
  }
  return mappedNumber(rows, shown) !== null
    ? ok(l10n.t('Calls show {0}, a number of the trunk.', shown), { subject })
    : amiss(
        'problem',
        l10n.t(
          'Calls show {0}, which is not a number of the trunk: Exotel may refuse them.',
          shown,
        ),
        {
          doNext: l10n.t('Choose one of the numbers mapped to the trunk.'),
          action: { kind: 'setCallerId', value: null },
          subject,
        },
      );
}

// Inbound.

function destinationSet(facts: TrunkFacts): Said {
  const rows = current(facts.destinations);
  if (rows === null) return notRead(facts, 'destinations');
  const [first] = rows;
  return first === undefined
    ? amiss(
        'problem',
        l10n.t('Exotel does not know where to send calls: there is no destination URI.'),
        {
          doNext: l10n.t('Add the public address and port of your server.'),
          action: { kind: 'addDestination', value: null },
        },
      )
    : ok(l10n.t('Calls go to {0}.', some(rows.map(({ destination }) => destination))), {
        subject: { kind: 'destination', value: first.destination },
      });
}

function destinationForm(facts: TrunkFacts): Said {
  const rows = current(facts.destinations);
  if (rows === null) return notRead(facts, 'destinations');
  return worst(
    rows.map(({ destination }) => judgeDestination(destination)),
    ok(l10n.t('No destination to look at.')),
  );
}

/** An IP has to be whitelisted before calls go to it; a name need not. */
function destinationWhitelisted(facts: TrunkFacts): Said {
  const rows = current(facts.destinations);
  if (rows === null) return notRead(facts, 'destinations');
  const places = rows.flatMap(({ destination }) => {
    const host = parseDestination(destination)?.host ?? '';
    return looksNumeric(host) ? [{ destination, host }] : [];
  });
  if (places.length === 0) return ok(l10n.t('Destinations by name need no whitelisting.'));
  const networks = current(facts.whitelistedIps);
  const judged = places.map(({ destination, host }): Said => {
    const subject = { kind: 'destination', value: destination } as const;
    if (whyNotPublicIpv4(host) !== null) {
      return amiss(
        'problem',
        l10n.t('{0} is no public address: whitelisting it does not help.', host),
        {
          doNext: l10n.t('Change the destination to the public address of your server.'),
          action: { kind: 'editDestination', value: destination },
          subject,
        },
      );
    }
    if (networks === null) return notRead(facts, 'whitelistedIps');
    return networks.some((network) => covers(network, host))
      ? ok(l10n.t('{0} is whitelisted.', host), { subject })
      : amiss(
          'problem',
          l10n.t(
            '{0} is a destination but not whitelisted: Exotel does not send calls there.',
            host,
          ),
          {
            doNext: l10n.t('Whitelist {0}.', host),
            action: { kind: 'whitelistIp', value: host },
            subject,
          },
        );
  });
  return worst(judged, ok(l10n.t('Destinations by name need no whitelisting.')));
}

function destinationPriority(facts: TrunkFacts): Said {
  const rows = current(facts.destinations);
  if (rows === null) return notRead(facts, 'destinations');
  if (rows.length < 2) return ok(l10n.t('Without a second destination the order does not matter.'));
  const priorities = rows.map((one) => one.priority);
  const shared = priorities.find((one, index) => priorities.indexOf(one) !== index);
  return shared === undefined
    ? ok(l10n.t('Each destination has a priority of its own: the lowest is tried first.'))
    : amiss(
        'warning',
        l10n.t(
          'Several destinations have priority {0}: calls are spread over them by weight.',
          shared,
        ),
        {
          doNext: l10n.t('Give the backup a higher number when it is meant as one.'),
          action: { kind: 'editDestination', value: null },
        },
      );
}

export type OverallLevel = Exclude<Level, 'manual'>;

export interface Overall {
  /** The worst of the findings; what a person still has to look at does not count. */
  readonly level: OverallLevel;
  readonly problems: number;
  readonly warnings: number;
  readonly unknown: number;
}

export function overall(findings: readonly { readonly level: Level }[]): Overall {
  const count = (level: Level) => findings.filter((one) => one.level === level).length;
  const levels = findings
    .toSorted(byLevel)
    .flatMap(({ level }) => (level === 'manual' ? [] : level));
  return {
    level: levels[0] ?? 'ok',
    problems: count('problem'),
    warnings: count('warning'),
    unknown: count('unknown'),
  };
}

/** What the findings come to, in a line. */
export function summaryOf({ level, problems, warnings, unknown }: Overall): string {
  switch (level) {
    case 'problem':
      return problems === 1
        ? l10n.t('1 problem at Exotel')
        : l10n.t('{0} problems at Exotel', problems);
    case 'warning':
      return warnings === 1
        ? l10n.t('Ready at Exotel, with 1 warning')
        : l10n.t('Ready at Exotel, with {0} warnings', warnings);
    case 'unknown':
      return unknown === 1
        ? l10n.t('1 thing could not be read from Exotel')
        : l10n.t('{0} things could not be read from Exotel', unknown);
    case 'info':
    case 'ok':
      return l10n.t('Ready at Exotel');
  }
}

export interface TrunkState extends Overall {
  /** Two or three words for the trunk's row; '' where nothing is known to be wrong. */
  readonly words: string;
}

/**
 * What a row can say of the trunk, for what it is likely used for. Null while a section was never read:
 * nothing is fetched to say it.
 */
export function trunkState(facts: TrunkFacts): TrunkState | null {
  const { numbers, whitelistedIps, destinations, credentials, callerId: shown } = facts;
  const sections = [numbers, whitelistedIps, destinations, credentials, shown];
  if (sections.some(({ state }) => state === 'unknown')) return null;
  const whole = overall(judgeAll(facts, likelyUseCases(facts)));
  return { ...whole, words: stateWords(whole) };
}

function stateWords({ level, problems, warnings }: Overall): string {
  switch (level) {
    case 'problem':
      return problems === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', problems);
    case 'warning':
      return warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings);
    // What could not be read again says so in its own row.
    case 'unknown':
    case 'info':
    case 'ok':
      return '';
  }
}
