/**
 * setup/: the one judge: plain facts of a trunk -> what is missing or wrong at Exotel, and what mends it.
 *
 * One destination URI: whether Exotel can call there, and whether it says what was meant. What the API
 * holds is judged, not what may be entered: a trunk made in the console has other forms, which work.
 */
import * as l10n from '@vscode/l10n';
import { isExotelHost } from '../exotel/edges';
import { looksNumeric, whyNotPublicIpv4 } from '../exotel/rules/addresses';
import {
  type DestinationReading,
  isLocalName,
  isTemplate,
  readDestination,
} from '../exotel/rules/destination';
import type { Level } from '../terms/finding';
import { amiss, byLevel, ok, type Said } from './finding';

interface Remark {
  readonly level: Extract<Level, 'problem' | 'warning' | 'info'>;
  readonly what: string;
  readonly doNext: string;
}

/** The worst that is to be said of it; `ok` where there is nothing. */
export function judgeDestination(destination: string): Said {
  const reading = readDestination(destination);
  const remarks =
    typeof reading === 'string'
      ? [{ level: 'problem' as const, what: reading, doNext: l10n.t('Change the destination.') }]
      : [...problems(reading), ...warnings(destination, reading), ...notes(destination, reading)];
  const [first] = remarks.toSorted(byLevel);
  const subject = { kind: 'destination', value: destination } as const;
  return first === undefined
    ? ok(l10n.t('{0} is well-formed.', destination), { subject })
    : amiss(first.level, first.what, {
        doNext: first.doNext,
        action: { kind: 'editDestination', value: destination },
        subject,
        evidence: [destination],
      });
}

/** No call gets through. */
function problems({ host }: DestinationReading): Remark[] {
  const reason = looksNumeric(host) ? whyNotPublicIpv4(host) : null;
  if (reason !== null) {
    return [{ level: 'problem', what: reason, doNext: l10n.t('Change the destination.') }];
  }
  return isExotelHost(host)
    ? [
        {
          level: 'problem',
          what: l10n.t(
            '{0} is a host of Exotel’s: calls go back to it and not to your server.',
            host,
          ),
          doNext: l10n.t('Change the destination to the public address of your server.'),
        },
      ]
    : [];
}

/** May be meant, and is likely not. */
function warnings(destination: string, reading: DestinationReading): Remark[] {
  const { user, host, isSips, transportWritten } = reading;
  const remarks: Remark[] = [];
  const warn = (what: string, doNext: string) => remarks.push({ level: 'warning', what, doNext });
  const otherwise = l10n.t('Change the destination if that is not meant.');
  if (user !== null && isTemplate(user)) {
    warn(
      l10n.t(
        '{0} is a variable of a template in {1}: nobody at Exotel fills it in.',
        user,
        destination,
      ),
      otherwise,
    );
  }
  if (user?.includes(';') === true) {
    warn(
      l10n.t(
        'In {0} a parameter stands before the “@”, where it belongs to the user.',
        destination,
      ),
      l10n.t('Write the parameter at the end.'),
    );
  }
  if (
    isSips &&
    transportWritten !== null &&
    transportWritten !== '' &&
    transportWritten !== 'tls'
  ) {
    warn(
      l10n.t('{0} says TLS by sips: and {1} by its transport.', destination, transportWritten),
      l10n.t('Leave out sips: and write transport=tls.'),
    );
  }
  if (isUdp(reading)) remarks.push(udp(destination, reading));
  if (isLocalName(host)) {
    warn(
      l10n.t(
        '{0} looks like a name that only your own network knows; Exotel has to find it in public DNS.',
        host,
      ),
      otherwise,
    );
  }
  const doubt = portDoubt(destination, reading);
  if (doubt !== null) warn(doubt, l10n.t('Check port and transport.'));
  return remarks;
}

/**
 * Exotel's console keeps the transport in a field of its own, so a missing one says UDP only in the API's
 * form, which has no user.
 */
function isUdp({ user, transportWritten, transport }: DestinationReading): boolean {
  return transport === 'udp' && (transportWritten === 'udp' || user === null || user.includes(';'));
}

function udp(destination: string, { transportWritten, port }: DestinationReading): Remark {
  const doNext = l10n.t('Use transport=tls, or transport=tcp.');
  const level = 'warning';
  if (transportWritten === 'udp') {
    const what = l10n.t('{0} is UDP, which Exotel’s call documents rule out.', destination);
    return { level, what, doNext };
  }
  return port === 5061
    ? {
        level,
        what: l10n.t(
          '{0} has the usual port for TLS but no transport, which makes it UDP; Exotel’s call documents rule that out.',
          destination,
        ),
        doNext,
      }
    : {
        level,
        what: l10n.t(
          '{0} has no transport, which makes it UDP; Exotel’s call documents rule that out.',
          destination,
        ),
        doNext,
      };
}

/** Ports that say another transport than the URI does. */
function portDoubt(
  destination: string,
  { portWritten, transport }: DestinationReading,
): string | null {
  if (transport === 'tls' && portWritten === 5060) {
    return l10n.t('{0}: Port 5060 is the usual one for TCP, not TLS.', destination);
  }
  if (transport === 'tcp' && portWritten === 5061) {
    return l10n.t('{0}: Port 5061 is the usual one for TLS, not TCP.', destination);
  }
  return null;
}

/** Not the API's own form, and right all the same. */
function notes(destination: string, reading: DestinationReading): Remark[] {
  const { user, isSips, portWritten, parameters, blanks } = reading;
  const doNext = l10n.t('Nothing to do as long as calls arrive.');
  if (user !== null) {
    const what = l10n.t(
      '{0} has a user in front of its host, as Exotel’s console writes it; it is kept as it is.',
      destination,
    );
    return [{ level: 'info', what, doNext }];
  }
  return isSips || portWritten === null || parameters.length > 0 || blanks
    ? [
        {
          level: 'info',
          what: l10n.t(
            '{0} is not of the form host:port;transport= but can be read.',
            destination.trim(),
          ),
          doNext,
        },
      ]
    : [];
}
