/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * What is set up at Exotel, after the checklists "Before Making Your First Call" and the validation script
 * of Exotel's guide.
 */
import type { NumberMode } from '../../exotel/model';
import { checkDestination } from '../../exotel/rules/destination';
import { checkIp } from '../../exotel/rules/addresses';
import type { CheckFacts, PlannedCheck } from '../types';
import type { UseCase } from '../../terms/use';
import { fail, notRead, pass, planned, unknown, warning, worst, type Outcome } from './row';

function some(values: readonly string[]): string {
  const [first = '', ...rest] = values;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

function trunk({ trunkSid, status }: CheckFacts): Outcome {
  return status === 'inactive'
    ? fail(`Trunk ${trunkSid} is inactive: it carries no calls.`, {
        doNext: 'Ask support@exotel.com to activate it.',
      })
    : pass(`Trunk ${trunkSid} exists${status === 'active' ? ' and is active' : ''}.`);
}

/** Inbound calls reach a number of either mode. */
const NEEDED: Readonly<Record<UseCase, NumberMode | null>> = {
  outbound: 'pstn',
  inbound: null,
  streamkit: 'flow',
};

function number({ numbers }: CheckFacts, useCase: UseCase): Outcome {
  if (numbers === null) return notRead();
  const mode = NEEDED[useCase];
  const fitting = numbers.filter((one) => mode === null || one.mode === mode);
  if (fitting.length > 0) {
    return pass(`Mapped: ${some(fitting.map((one) => one.number))}.`);
  }
  const [other] = numbers;
  if (other === undefined || mode === null) {
    return fail('No phone number is mapped to the trunk.', {
      doNext: mode === null ? 'Map the number people dial.' : `Map a number in ${mode} mode.`,
      action: { kind: 'mapNumber', value: mode },
    });
  }
  return fail(
    `No number of the trunk is in ${mode} mode: ${other.number} is in ${other.mode} mode.`,
    {
      doNext: `Switch it to ${mode} mode, or map another number.`,
      action: { kind: 'switchMode', value: other.number },
    },
  );
}

function hasOwnCredential({ credentials }: CheckFacts): boolean {
  return credentials?.some(({ kind }) => kind === 'own') ?? false;
}

function whitelist(facts: CheckFacts): Outcome {
  const { whitelistedIps } = facts;
  if (whitelistedIps === null) return notRead();
  const mend = { kind: 'whitelistIp', value: null } as const;
  if (whitelistedIps.length === 0) {
    return hasOwnCredential(facts)
      ? pass('No IP is whitelisted; the trunk has a credential instead.')
      : fail('No IP is whitelisted.', {
          doNext: 'Whitelist the public IP the PBX calls from, with mask 32.',
          action: mend,
        });
  }
  const judged = whitelistedIps.map(({ ip, mask }): Outcome => {
    const checked = checkIp(`${ip}/${mask}`);
    if (!checked.ok) {
      const { message } = checked;
      return warning(message.includes(ip) ? message : `${ip}/${mask}: ${message}`, {
        doNext: 'Whitelist the public IP the PBX calls from instead.',
        action: mend,
        evidence: [`${ip}/${mask}`],
      });
    }
    return mask < 32
      ? warning(`${ip}/${mask} lets every address of that network call on your bill.`, {
          doNext: 'Whitelist single addresses with mask 32.',
          action: mend,
          evidence: [`${ip}/${mask}`],
        })
      : pass(`Whitelisted: ${ip}.`, { evidence: [`${ip}/${mask}`] });
  });
  return worst(judged, notRead());
}

function credential(facts: CheckFacts): Outcome {
  const { credentials, whitelistedIps } = facts;
  if (credentials === null) return notRead();
  const known = credentials.find(({ passwordKnown }) => passwordKnown);
  if (known !== undefined) {
    return pass(`Credential ${known.userName}, with its password on this computer.`);
  }
  const [first] = credentials;
  const byIp = (whitelistedIps ?? []).length > 0;
  if (first === undefined) {
    return byIp
      ? pass('No credential; Exotel knows the PBX by its IP.')
      : fail('The trunk has no credential.', {
          doNext: 'Create one.',
          action: { kind: 'createCredential', value: null },
        });
  }
  const why = `The password of ${first.userName} is not known on this computer, and Exotel does not tell it again.`;
  return byIp
    ? pass(`${why} Exotel knows the PBX by its IP.`)
    : warning(why, {
        doNext: 'When the PBX has it, all is well. Otherwise rotate it, or create a credential.',
        action:
          first.kind === 'own'
            ? { kind: 'rotateCredential', value: first.userName }
            : { kind: 'createCredential', value: null },
      });
}

function alias({ alias: shown, numbers }: CheckFacts): Outcome {
  if (shown === null) return pass('Not set: the From number of the call is shown.');
  if (numbers === null) {
    return unknown(`${shown} is set; the numbers to compare it with could not be read.`, {
      doNext: 'Refresh the trunk.',
      action: { kind: 'refresh', value: null },
    });
  }
  return numbers.some((one) => one.number === shown)
    ? pass(`Calls show ${shown}, a number of the trunk.`)
    : fail(`Calls show ${shown}, which is not a number of the trunk: Exotel may refuse them.`, {
        doNext: 'Choose one of the numbers mapped to the trunk.',
        action: { kind: 'setCallerId', value: null },
      });
}

// Inbound.

function destinationSet({ destinations }: CheckFacts): Outcome {
  if (destinations === null) return notRead();
  return destinations.length > 0
    ? pass(`Calls go to ${some(destinations.map((one) => one.destination))}.`)
    : fail('Exotel does not know where to send calls: there is no destination URI.', {
        doNext: 'Add the public address and port of your server.',
        action: { kind: 'addDestination', value: null },
      });
}

export interface DestinationParts {
  readonly host: string;
  readonly port: number;
  readonly transport: 'tcp' | 'tls' | 'udp';
}

/** Null for what names no place. A port that is left out is the usual one, as where it was entered. */
export function destinationParts(destination: string): DestinationParts | null {
  const match =
    /^(?:sips?:)?([^:;\s]{1,253})(?::([0-9]{1,5}))?(?:;transport=(tls|tcp|udp))?$/i.exec(
      destination,
    );
  if (match === null) return null;
  const told = match[3]?.toLowerCase();
  const transport = told === 'tls' || told === 'tcp' ? told : 'udp';
  const port = match[2] === undefined ? (transport === 'tls' ? 5061 : 5060) : Number(match[2]);
  if (port < 1 || port > 65_535) return null;
  return { host: match[1] ?? '', port, transport };
}

function isAddress(host: string): boolean {
  return /^[0-9.]+$/.test(host);
}

/** Ports that say another transport than the URI does. */
function portWarning({ port, transport }: DestinationParts): string | null {
  if (transport === 'tls' && port === 5060) return 'Port 5060 is the usual one for TCP, not TLS.';
  if (transport === 'tcp' && port === 5061) return 'Port 5061 is the usual one for TLS, not TCP.';
  return null;
}

function destinationForm({ destinations }: CheckFacts): Outcome {
  if (destinations === null) return notRead();
  const judged = destinations.map(({ destination }): Outcome => {
    const mend = { kind: 'editDestination', value: destination } as const;
    const parts = destinationParts(destination);
    const checked = checkDestination(destination);
    if (!checked.ok)
      return fail(checked.message, { doNext: 'Change the destination.', action: mend });
    if (parts?.transport === 'udp') {
      return fail(`${destination} is UDP, which Exotel's call documents rule out.`, {
        doNext: 'Use transport=tls, or transport=tcp.',
        action: mend,
      });
    }
    const doubt = parts === null ? null : portWarning(parts);
    if (doubt !== null) {
      return warning(`${destination}: ${doubt}`, {
        doNext: 'Check port and transport.',
        action: mend,
      });
    }
    const [finding] = checked.warnings;
    return finding === undefined
      ? pass(`${destination} is well-formed.`)
      : warning(finding.message, {
          doNext: 'Change the destination if that is not meant.',
          action: mend,
        });
  });
  return worst(judged, pass('No destination to look at.'));
}

/** An IP has to be whitelisted before calls go to it; a name need not. */
function destinationWhitelisted({ destinations, whitelistedIps }: CheckFacts): Outcome {
  if (destinations === null || whitelistedIps === null) return notRead();
  const judged = destinations.flatMap(({ destination }): Outcome[] => {
    const parts = destinationParts(destination);
    if (parts === null || !isAddress(parts.host)) return [];
    if (!checkIp(parts.host).ok) {
      return [
        fail(`${parts.host} is no public address: whitelisting it does not help.`, {
          doNext: 'Change the destination to the public address of your server.',
          action: { kind: 'editDestination', value: destination },
        }),
      ];
    }
    return whitelistedIps.some((network) => covers(network, parts.host))
      ? [pass(`${parts.host} is whitelisted.`)]
      : [
          fail(
            `${parts.host} is a destination but not whitelisted: Exotel does not send calls there.`,
            {
              doNext: `Whitelist ${parts.host}.`,
              action: { kind: 'whitelistIp', value: parts.host },
            },
          ),
        ];
  });
  return worst(judged, pass('Destinations by name need no whitelisting.'));
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function covers({ ip, mask }: { readonly ip: string; readonly mask: number }, address: string) {
  const size = 2 ** (32 - mask);
  return Math.floor(toNumber(ip) / size) === Math.floor(toNumber(address) / size);
}

function destinationPriority({ destinations }: CheckFacts): Outcome {
  if (destinations === null) return notRead();
  if (destinations.length < 2) return pass('One destination: the order does not matter.');
  const priorities = destinations.map((one) => one.priority);
  const [shared] = priorities.filter((one, index) => priorities.indexOf(one) !== index);
  return shared === undefined
    ? pass('Each destination has a priority of its own: the lowest is tried first.')
    : warning(
        `Several destinations have priority ${shared}: calls are spread over them by weight.`,
        {
          doNext: 'Give the backup a higher number when it is meant as one.',
          action: { kind: 'editDestination', value: null },
        },
      );
}

export function exotelRows(facts: CheckFacts, useCase: UseCase): PlannedCheck[] {
  const row = (id: string, title: string, judge: () => Outcome) =>
    planned(id, 'exotel', title, judge);
  const mode = NEEDED[useCase];
  const numberTitle = mode === null ? 'Phone number mapped' : `Phone number mapped in ${mode} mode`;
  const first = [
    row('trunk.created', 'Trunk created', () => trunk(facts)),
    row('number.mapped', numberTitle, () => number(facts, useCase)),
  ];
  if (useCase === 'inbound') {
    return [
      ...first,
      row('destination.set', 'Destination URI added', () => destinationSet(facts)),
      row('destination.form', 'Transport and port plausible', () => destinationForm(facts)),
      row('destination.whitelisted', 'Destination IP whitelisted', () =>
        destinationWhitelisted(facts),
      ),
      row('destination.priority', 'Order of destinations', () => destinationPriority(facts)),
    ];
  }
  return [
    ...first,
    row('ip.whitelisted', 'IP whitelisted', () => whitelist(facts)),
    row('credential.known', 'SIP credentials obtained', () => credential(facts)),
    row('alias.mapped', 'Caller ID', () => alias(facts)),
  ];
}
