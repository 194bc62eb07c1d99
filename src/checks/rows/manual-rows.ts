/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * What only a person can look at, with the exact text to act on. Ticked rows are remembered.
 */
import * as l10n from '@vscode/l10n';
import type { CheckFacts, PlannedCheck } from '../types';
import { parseDestination } from '../../exotel/rules/destination';
import { current } from '../../setup/facts';
import type { UseCase } from '../../terms/use';
import { manual, pass, planned } from './row';

interface Manual {
  readonly id: string;
  readonly title: string;
  readonly what: string;
}

function rowsOf(facts: CheckFacts, useCase: UseCase): Manual[] {
  const { edge, transport, trunkSid, accountSid, destinations } = facts;
  const port = transport === 'tls' ? edge.tlsPort : edge.tcpPort;
  const media: Manual = {
    id: 'manual.media',
    title: l10n.t('Firewall allows audio'),
    what: l10n.t(
      "Let UDP 10000-40000 through to and from Exotel for the audio (Exotel's older guide says 10000-20000), and switch SIP ALG off on the router.",
    ),
  };
  if (useCase === 'inbound') {
    const ports = (current(destinations) ?? []).flatMap(({ destination }) => {
      const place = parseDestination(destination);
      return place === null ? [] : [String(place.port)];
    });
    return [
      {
        id: 'manual.connect',
        title: l10n.t('Connect applet'),
        what: l10n.t(
          'In App Bazaar, the flow of the number has a Connect applet that dials sip:{0}, and nothing else.',
          trunkSid,
        ),
      },
      {
        id: 'manual.firewall.in',
        title: l10n.t('Firewall allows inbound'),
        what: letIn(ports.length === 0 ? ['5060', '5061'] : [...new Set(ports)]),
      },
      media,
    ];
  }
  const out: Manual[] = [
    {
      id: 'manual.pbx',
      title: l10n.t('PBX configured'),
      what: l10n.t(
        'The PBX answers the digest challenge of each call and does not register: Exotel takes no registration.',
      ),
    },
    {
      id: 'manual.firewall.out',
      title: l10n.t('Firewall allows outbound'),
      what: l10n.t(
        'From the network of the PBX: TCP {0} to {1} is open (nc -zv {1} {0}).',
        port,
        edge.host,
      ),
    },
    media,
  ];
  if (useCase === 'streamkit') {
    out.splice(
      1,
      0,
      {
        id: 'manual.header',
        title: l10n.t('Header for StreamKit'),
        what: l10n.t('Each INVITE carries X-Exotel-AccountSid: {0}.', accountSid),
      },
      {
        id: 'manual.greeting',
        title: l10n.t('Greeting in the flow'),
        what: l10n.t(
          'The flow begins with a short greeting: without one there are about 20 seconds of silence.',
        ),
      },
    );
  }
  return out;
}

function letIn(ports: readonly string[]): string {
  const [first = '', second] = ports;
  return ports.length === 2 && second !== undefined
    ? l10n.t(
        "Let TCP {0} and {1} in from Exotel's addresses only; support@exotel.com tells them for your region.",
        first,
        second,
      )
    : l10n.t(
        "Let TCP {0} in from Exotel's addresses only; support@exotel.com tells them for your region.",
        ports.join(', '),
      );
}

export function manualRows(facts: CheckFacts, useCase: UseCase): PlannedCheck[] {
  return rowsOf(facts, useCase).map(({ id, title, what }) =>
    planned(id, 'manual', title, () =>
      facts.ticked.has(id)
        ? pass(l10n.t('You have checked it: {0}', what))
        : manual(what, { doNext: l10n.t('Check this, then tick it.') }),
    ),
  );
}
