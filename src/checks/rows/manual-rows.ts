/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * What only a person can look at, with the exact text to act on. Ticked rows are remembered.
 */
import type { CheckFacts, PlannedCheck } from '../types';
import type { UseCase } from '../../terms/use';
import { manual, pass, planned } from './row';

interface Manual {
  readonly id: string;
  readonly title: string;
  readonly what: string;
}

const MEDIA =
  "Let UDP 10000-40000 through to and from Exotel for the audio (Exotel's older guide says 10000-20000), and switch SIP ALG off on the router.";

function rowsOf(facts: CheckFacts, useCase: UseCase): Manual[] {
  const { edge, transport, trunkSid, accountSid, destinations } = facts;
  const port = transport === 'tls' ? edge.tlsPort : edge.tcpPort;
  const media: Manual = { id: 'manual.media', title: 'Firewall allows audio', what: MEDIA };
  if (useCase === 'inbound') {
    const ports = [
      ...new Set((destinations ?? []).map((one) => /:([0-9]+)/.exec(one.destination)?.[1])),
    ]
      .filter((one) => one !== undefined)
      .join(' and ');
    return [
      {
        id: 'manual.connect',
        title: 'Connect applet',
        what: `In App Bazaar, the flow of the number has a Connect applet that dials sip:${trunkSid}, and nothing else.`,
      },
      {
        id: 'manual.firewall.in',
        title: 'Firewall allows inbound',
        what: `Let TCP ${ports === '' ? '5060 and 5061' : ports} in from Exotel's addresses only; support@exotel.com tells them for your region.`,
      },
      media,
    ];
  }
  const out: Manual[] = [
    {
      id: 'manual.pbx',
      title: 'PBX configured',
      what: 'The PBX answers the digest challenge of each call and does not register: Exotel takes no registration.',
    },
    {
      id: 'manual.firewall.out',
      title: 'Firewall allows outbound',
      what: `From the network of the PBX: TCP ${port} to ${edge.host} is open (nc -zv ${edge.host} ${port}).`,
    },
    media,
  ];
  if (useCase === 'streamkit') {
    out.splice(
      1,
      0,
      {
        id: 'manual.header',
        title: 'Header for StreamKit',
        what: `Each INVITE carries X-Exotel-AccountSid: ${accountSid}.`,
      },
      {
        id: 'manual.greeting',
        title: 'Greeting in the flow',
        what: 'The flow begins with a short greeting: without one there are about 20 seconds of silence.',
      },
    );
  }
  return out;
}

export function manualRows(facts: CheckFacts, useCase: UseCase): PlannedCheck[] {
  return rowsOf(facts, useCase).map(({ id, title, what }) =>
    planned(id, 'manual', title, () =>
      facts.ticked.has(id)
        ? pass(`You have checked it: ${what}`)
        : manual(what, { doNext: 'Check this, then tick it.' }),
    ),
  );
}
