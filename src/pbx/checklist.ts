/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * The three use cases and what is still missing for each, step by step as Exotel's set-up guides have it.
 */
import type { NumberMode } from '../exotel/model';
import type { TrunkFacts } from './connection';
import { parseDestination } from './writing/common';
import type { ConnectionUse } from './types';

export type ReadinessFix =
  'mapNumber' | 'whitelistIp' | 'createCredential' | 'addDestination' | 'switchMode';

export interface ReadinessStep {
  readonly id: 'trunk' | 'number' | 'ip' | 'destination' | 'credential' | 'pbx';
  readonly label: string;
  readonly done: boolean;
  /** False: could not be read, so `done` false does not mean "missing". */
  readonly known: boolean;
  readonly detail: string;
  readonly fix: ReadinessFix | null;
}

export interface Readiness {
  readonly useCase: Exclude<ConnectionUse, 'both'>;
  readonly steps: readonly ReadinessStep[];
  /** What Exotel cannot tell: to be looked at by the person, on the PBX and on the way to it. */
  readonly checkYourself: readonly string[];
}

const NOT_READ = 'Could not be read from Exotel';

function step(
  id: ReadinessStep['id'],
  label: string,
  done: boolean,
  detail: string,
  fix: ReadinessFix | null,
): ReadinessStep {
  return { id, label, done, known: true, detail, fix: done ? null : fix };
}

function unknownStep(id: ReadinessStep['id'], label: string): ReadinessStep {
  return { id, label, done: false, known: false, detail: NOT_READ, fix: null };
}

function some(values: readonly string[]): string {
  const [first = '', ...rest] = values;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

function trunkStep(facts: TrunkFacts): ReadinessStep {
  return step('trunk', 'Trunk created', true, facts.trunkSid, null);
}

function numberStep(facts: TrunkFacts, mode: NumberMode | null): ReadinessStep {
  const label = mode === null ? 'Phone number mapped' : `Phone number mapped in ${mode} mode`;
  if (facts.numbers === null) return unknownStep('number', label);
  const fitting = facts.numbers.filter((one) => mode === null || one.mode === mode);
  if (fitting.length > 0) {
    return step('number', label, true, some(fitting.map((one) => one.number)), null);
  }
  return facts.numbers.length > 0 && mode !== null
    ? step('number', label, false, `None of the trunk's numbers is in ${mode} mode`, 'switchMode')
    : step('number', label, false, 'No phone number is mapped to the trunk', 'mapNumber');
}

/** Exotel knows the PBX by its IP or by a credential; one is enough. */
function ipStep(facts: TrunkFacts): ReadinessStep {
  const label = 'IP whitelisted (or credential)';
  const ips = facts.whitelistedIps ?? [];
  if (ips.length > 0) {
    return step('ip', label, true, some(ips.map((one) => `${one.ip}/${one.mask}`)), null);
  }
  if (facts.userName !== null) {
    return step('ip', label, true, 'Not needed: the trunk has a credential', null);
  }
  if (facts.whitelistedIps === null || facts.userNameUnknown === true)
    return unknownStep('ip', label);
  return step('ip', label, false, 'No IP is whitelisted', 'whitelistIp');
}

function credentialStep(facts: TrunkFacts): ReadinessStep {
  const label = 'SIP credential';
  if (facts.userName !== null) return step('credential', label, true, facts.userName, null);
  if ((facts.whitelistedIps ?? []).length > 0) {
    return step('credential', label, true, 'Not needed: Exotel knows the PBX by its IP', null);
  }
  if (facts.userNameUnknown === true) return unknownStep('credential', label);
  return step('credential', label, false, 'The trunk has no credential', 'createCredential');
}

function destinationStep(facts: TrunkFacts): ReadinessStep {
  const label = 'Destination URI';
  if (facts.destinations === null) return unknownStep('destination', label);
  return facts.destinations.length > 0
    ? step('destination', label, true, some(facts.destinations), null)
    : step(
        'destination',
        label,
        false,
        'Exotel does not know where to send calls',
        'addDestination',
      );
}

function pbxStep(before: readonly ReadinessStep[]): ReadinessStep {
  const ready = before.every((one) => one.done);
  const detail = ready
    ? 'Generate the configuration and make a test call'
    : 'After the steps above';
  return step('pbx', 'Ready to configure the PBX', ready, detail, null);
}

/** The ports Exotel was told to call; before it was told, the usual ones. */
function listenPorts(facts: TrunkFacts): string {
  const told = (facts.destinations ?? []).flatMap((destination) => {
    const parsed = parseDestination(destination);
    return parsed === null ? [] : [`${parsed.port} (${parsed.transport.toUpperCase()})`];
  });
  return told.length === 0 ? '5061 (TLS) or 5060 (TCP)' : [...new Set(told)].join(', ');
}

/** After "First Successful Call Validation" of Exotel's trunk API, less what the API itself shows. */
function checkInbound(facts: TrunkFacts): string[] {
  return [
    `The flow's Connect applet dials sip:${facts.trunkSid}`,
    `Your server listens on ${listenPorts(facts)}; from outside: nc -zv <ip> <port>`,
    'The firewall lets Exotel in on 5060/5061 and RTP (UDP 10000-40000)',
    'With TLS: the certificate is valid, its chain complete, and it is in the name Exotel calls',
  ];
}

const CHECK_OUTBOUND: readonly string[] = [
  'The firewall lets 5060/5061 (5070/443 on other edges) out to Exotel, and RTP (UDP 10000-40000)',
  'The PBX uses digest, not registration',
];

const CHECK_STREAMKIT: readonly string[] = [
  ...CHECK_OUTBOUND,
  'The PBX sends the header X-Exotel-AccountSid',
];

export function readiness(facts: TrunkFacts): readonly Readiness[] {
  const outbound = [
    trunkStep(facts),
    numberStep(facts, 'pstn'),
    ipStep(facts),
    credentialStep(facts),
  ];
  const inbound = [trunkStep(facts), numberStep(facts, null), destinationStep(facts)];
  const streamkit = [
    trunkStep(facts),
    numberStep(facts, 'flow'),
    ipStep(facts),
    credentialStep(facts),
  ];
  return [
    {
      useCase: 'outbound',
      steps: [...outbound, pbxStep(outbound)],
      checkYourself: CHECK_OUTBOUND,
    },
    {
      useCase: 'inbound',
      steps: [...inbound, pbxStep(inbound)],
      checkYourself: checkInbound(facts),
    },
    {
      useCase: 'streamkit',
      steps: [...streamkit, pbxStep(streamkit)],
      checkYourself: CHECK_STREAMKIT,
    },
  ];
}
