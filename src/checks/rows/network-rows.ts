/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * What this computer sees of the network: the edge calls go to, and each destination calls come to. The PBX
 * may be in another network; the report says from where it was run.
 */
import { checkIp } from '../../exotel/rules/addresses';
import type {
  Certificate,
  CheckFacts,
  DnsResult,
  PlannedCheck,
  SipResult,
  TcpResult,
  TlsResult,
} from '../types';
import type { UseCase, Transport } from '../../terms/use';
import type { Action } from '../../terms/finding';
import { destinationParts } from './exotel-rows';
import { fail, pass, planned, unknown, warning, type Outcome } from './row';

/** What is probed, and whose it is: Exotel's edge or the customer's own server. */
interface Place {
  readonly kind: 'edge' | 'destination';
  readonly host: string;
  readonly port: number;
  readonly transport: Transport;
  /** What mends it when it is wrong altogether. */
  readonly mend: Action;
}

const DAY = 86_400_000;
/** Days before its end at which a certificate is warned about. */
const SOON = 30;

function at({ host, port }: Place): string {
  return `${host}:${port}`;
}

function isAddress(host: string): boolean {
  return /^[0-9.]+$/.test(host);
}

/** Private, CGNAT, loopback and the like. */
function isInside(address: string): boolean {
  return !checkIp(address).ok;
}

export function judgeDns(place: Place, result: DnsResult): Outcome {
  const { host, kind, mend } = place;
  switch (result.kind) {
    case 'resolved': {
      const addresses = result.addresses.join(', ');
      if (kind === 'destination' && result.cname !== null) {
        return warning(
          `${host} is an alias (CNAME) of ${result.cname}. Exotel asks for an A record.`,
          {
            doNext: 'Give the name an A record with a TTL of 30 to 60 seconds.',
            evidence: [`${host} → ${addresses}`],
          },
        );
      }
      const inside = kind === 'destination' ? result.addresses.find(isInside) : undefined;
      if (inside !== undefined) {
        return warning(`From here ${host} resolves to ${inside}, which Exotel cannot reach.`, {
          doNext: 'Make sure that public DNS gives the public address of your server.',
          evidence: [`${host} → ${addresses}`],
        });
      }
      return pass(`${host} resolves to ${addresses}.`, { evidence: [`${host} → ${addresses}`] });
    }
    case 'notFound':
      return fail(`The name ${host} does not exist.`, {
        doNext:
          kind === 'edge'
            ? 'Choose another edge; Exotel support tells which one your account has.'
            : 'Correct the name, or add an A record for it.',
        action: mend,
      });
    case 'failed':
      return unknown(`The name ${host} could not be resolved (${result.reason}).`, {
        doNext: 'Check the connection of this computer, then run it again.',
      });
  }
}

export function judgeTcp(place: Place, result: TcpResult): Outcome {
  const { kind, mend } = place;
  switch (result.kind) {
    case 'open':
      return pass(`${at(place)} takes connections (${result.ms} ms).`, {
        evidence: [`${at(place)} → ${result.address}, open`],
      });
    case 'refused':
      return fail(`${at(place)} refuses the connection: nobody listens there.`, {
        doNext:
          kind === 'edge'
            ? 'Try another edge or port.'
            : `Start the SIP server, or let it listen on port ${place.port}.`,
        action: mend,
      });
    case 'filtered':
      return kind === 'edge'
        ? fail(`${at(place)} does not answer: a firewall on the way, or nothing there.`, {
            doNext: `Let TCP port ${place.port} out to ${place.host} in your firewall, or try another edge.`,
            action: mend,
          })
        : // A firewall that lets in nobody but Exotel looks the same, and is right.
          warning(`${at(place)} does not answer this computer: a firewall, or nothing there.`, {
            doNext: `When the firewall lets in Exotel's addresses only, all is well. Otherwise let TCP port ${place.port} in from Exotel.`,
          });
    case 'unreachable':
      return fail(`${place.host} cannot be reached from here (${result.reason}).`, {
        doNext:
          kind === 'edge'
            ? 'Check the network of this computer, or try another edge.'
            : 'Check the address, and the network of this computer.',
        action: mend,
      });
    case 'dns':
      return judgeDns(place, result.result);
    case 'aborted':
      return unknown('Stopped before it was finished.', { doNext: 'Run it again.' });
  }
}

const TRUST: Readonly<Record<string, readonly [why: string, doNext: string]>> = {
  CERT_HAS_EXPIRED: ['has expired, or one it rests on has', 'Renew it, and send the full chain.'],
  CERT_NOT_YET_VALID: [
    'is not valid yet',
    'Wait, or put the right one back. Check the clocks of the server and of this computer.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'is self-signed',
    'Use a certificate of a public certificate authority.',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'comes from a private certificate authority',
    'Use a certificate of a public certificate authority.',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'comes without its intermediate certificate: the chain is incomplete',
    'Send the full chain: the server’s certificate followed by the intermediate ones.',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'has a chain that does not end at an authority this computer knows',
    'Send the full chain of a public certificate authority.',
  ],
};

/** OpenSSL's codes for a handshake that breaks off. */
const BROKEN: Readonly<Record<string, readonly [why: string, doNext: string | null]>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: ['takes connections, but does not speak TLS', null],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['takes connections, but does not speak TLS', null],
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: [
    'and this computer have no TLS version in common',
    'Switch TLS 1.2 and newer on.',
  ],
  ERR_SSL_UNSUPPORTED_PROTOCOL: [
    'and this computer have no TLS version in common',
    'Switch TLS 1.2 and newer on.',
  ],
  ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED: [
    'speaks TLS 1.1 or older only, which is no longer safe',
    'Switch TLS 1.2 and newer on.',
  ],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: [
    'and this computer have no cipher in common',
    'Allow the usual ciphers of TLS 1.2 and newer, and give the server a certificate.',
  ],
  'no answer in time': ['takes connections, but does not answer a TLS handshake', null],
  'closed by the other side': ['closes the connection when TLS begins', null],
  ECONNRESET: ['closes the connection when TLS begins', null],
};

function chainLines(chain: readonly Certificate[]): string[] {
  return chain.map(
    ({ subject, issuer, names, notAfter }) =>
      `${subject}, from ${issuer}, until ${day(notAfter)}` +
      (names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')})`),
  );
}

export function judgeTls(place: Place, result: TlsResult, now: Date): Outcome {
  const own = place.kind === 'destination';
  switch (result.kind) {
    case 'noTcp':
      return judgeTcp(place, result.result);
    case 'broken': {
      const [why, doNext] = BROKEN[result.reason] ?? ['does not complete a TLS handshake', null];
      return fail(`${at(place)} ${why}.`, {
        doNext:
          (own ? doNext : null) ??
          (own
            ? 'Switch TLS on for this port of the SIP server, or use transport=tcp.'
            : 'Check that the port is the one for TLS, or try another edge.'),
        action: place.mend,
        evidence: [`TLS: ${result.reason}`],
      });
    }
    case 'handshake':
      return judgeCertificate(place, result, now);
  }
}

const NOT_THE_EDGE =
  'Send no calls there: choose another edge, or ask support@exotel.com. A firewall that opens TLS shows a certificate of its own, too.';

function judgeCertificate(
  place: Place,
  { chain, trust, nameMatches, version }: Extract<TlsResult, { kind: 'handshake' }>,
  now: Date,
): Outcome {
  const own = place.kind === 'destination';
  const details = [version, ...chainLines(chain)];
  const [leaf] = chain;
  const whose = own ? 'Your certificate' : 'The certificate of the edge';
  // Nobody but Exotel mends the certificate of an edge.
  const wrong = (why: string, doNext: string, mend: Action | null = null) =>
    own
      ? fail(why, { doNext, action: mend, evidence: details })
      : fail(why, { doNext: NOT_THE_EDGE, action: place.mend, evidence: details });
  if (leaf === undefined) {
    return wrong(`${at(place)} shows no certificate.`, 'Give the SIP server a certificate.');
  }
  if (leaf.notAfter <= now) {
    return wrong(`${whose} expired on ${day(leaf.notAfter)}.`, 'Renew it.');
  }
  const expired = chain.find(({ notAfter }) => notAfter <= now);
  if (expired !== undefined) {
    return wrong(
      `${whose} rests on another one that expired on ${day(expired.notAfter)}: ${expired.subject}.`,
      'Send the full chain your authority gives out today.',
    );
  }
  if (leaf.notBefore > now) {
    return wrong(
      `${whose} is valid from ${day(leaf.notBefore)} only.`,
      'Wait until then, or put the right one back. Check the clocks of the server and of this computer.',
    );
  }
  if (trust !== null) {
    const [why, doNext] = TRUST[trust] ?? [
      `is not trusted (${trust})`,
      'Use a certificate of a public certificate authority, and send its full chain.',
    ];
    return wrong(`${whose} ${why}.`, doNext);
  }
  if (!nameMatches) {
    const names = leaf.names.length === 0 ? leaf.subject : leaf.names.slice(0, 5).join(', ');
    return wrong(
      `${whose} is for ${names}, not for ${place.host}.`,
      `Use the name of the certificate as destination, or get one for ${place.host}.`,
      place.mend,
    );
  }
  if (version === 'TLSv1' || version === 'TLSv1.1') {
    return wrong(
      `${at(place)} speaks ${version}, which is no longer safe.`,
      'Switch TLS 1.2 and newer on.',
    );
  }
  const end = Math.min(...sent(chain).map(({ notAfter }) => notAfter.getTime()));
  const days = Math.floor((end - now.getTime()) / DAY);
  if (days >= SOON) {
    return pass(`${whose} is valid for ${days} more days and for this name (${version}).`, {
      evidence: details,
    });
  }
  const left = days === 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`;
  return own
    ? warning(`${whose} ends ${left}.`, { doNext: 'Renew it before that.', evidence: details })
    : warning(`${whose} ends ${left}.`, {
        doNext: 'Nothing to do: Exotel renews it. Check again when it has ended.',
        evidence: details,
      });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Without the root, which is this computer's. */
function sent(chain: readonly Certificate[]): readonly Certificate[] {
  const withoutRoot = chain.filter(({ selfSigned }) => !selfSigned);
  return withoutRoot.length === 0 ? chain : withoutRoot;
}

export function judgeSip(place: Place, result: SipResult, now: Date): Outcome {
  const own = place.kind === 'destination';
  switch (result.kind) {
    case 'noTcp':
      return judgeTcp(place, result.result);
    case 'noTls':
      return judgeTls(place, result.result, now);
    case 'silent':
      return warning(`${at(place)} takes the connection, but does not answer OPTIONS.`, {
        doNext: own
          ? 'Let the SIP server answer OPTIONS, or make sure that it is one.'
          : 'Exotel does not promise to answer OPTIONS: make a test call.',
      });
    case 'closed':
      return warning(`${at(place)} closes the connection on OPTIONS.`, {
        doNext: own
          ? "If it lets in only some addresses, make sure that Exotel's are among them. Otherwise look at its log."
          : 'This computer may not be whitelisted: make a test call from the PBX.',
      });
    case 'garbage':
      return fail(`${at(place)} answers, but not in SIP.`, {
        doNext: 'Check the port: another service listens there.',
        action: place.mend,
        evidence: [result.begin],
      });
    case 'answered':
      return judgeAnswer(place, result);
  }
}

function judgeAnswer(place: Place, result: Extract<SipResult, { kind: 'answered' }>): Outcome {
  const { status, reason, program, ms } = result;
  const line = `${status} ${reason}`.trim();
  const details = [`SIP/2.0 ${line}`, ...(program === null ? [] : [program])];
  if (status < 300)
    return pass(`${at(place)} speaks SIP: ${line} (${ms} ms).`, { evidence: details });
  if (status === 503) {
    return warning(`${at(place)} speaks SIP and says it is overloaded: ${line}.`, {
      doNext:
        place.kind === 'destination'
          ? 'Look at the load and the log of the SIP server.'
          : 'Try again later.',
      evidence: details,
    });
  }
  if (status >= 500) {
    return warning(`${at(place)} speaks SIP and reports an error of its own: ${line}.`, {
      doNext:
        place.kind === 'destination'
          ? 'Look at the log of the SIP server.'
          : 'Try again, then contact support@exotel.com.',
      evidence: details,
    });
  }
  // 401, 403, 404, 405 and the like: somebody is there and read the request.
  const mayRefuse =
    place.kind === 'destination' && (status === 401 || status === 403 || status === 407);
  return mayRefuse
    ? warning(`${at(place)} speaks SIP, and refuses this computer: ${line}.`, {
        doNext: 'Make sure that it does not refuse or challenge Exotel.',
        evidence: details,
      })
    : pass(`${at(place)} speaks SIP: it answered ${line}.`, { evidence: details });
}

function placeRows(place: Place, title: string, id: string, now: Date): PlannedCheck[] {
  const { host, port, transport } = place;
  const row = (step: string, name: string, run: PlannedCheckRun) =>
    planned(`${id}.${step}:${host}:${port}`, 'network', `${title}: ${name}`, run);
  const rows = [
    row('tcp', 'port open', async (probes, signal) =>
      judgeTcp(place, await probes.connect(host, port, signal)),
    ),
    row('sip', 'answers SIP', async (probes, signal) =>
      judgeSip(place, await probes.options(host, port, transport, signal), now),
    ),
  ];
  if (transport === 'tls') {
    rows.splice(
      1,
      0,
      row('tls', 'certificate', async (probes, signal) =>
        judgeTls(place, await probes.handshake(host, port, host, signal), now),
      ),
    );
  }
  if (!isAddress(host)) {
    rows.unshift(
      row('dns', 'name', async (probes, signal) =>
        judgeDns(place, await probes.resolve(host, signal)),
      ),
    );
  }
  return rows;
}

type PlannedCheckRun = Parameters<typeof planned>[3];

/** The edge for calls out; each destination for calls in. */
export function networkRows(facts: CheckFacts, useCase: UseCase): PlannedCheck[] {
  const { edge, transport, destinations, now } = facts;
  if (useCase !== 'inbound') {
    const place: Place = {
      kind: 'edge',
      host: edge.host,
      port: transport === 'tls' ? edge.tlsPort : edge.tcpPort,
      transport,
      mend: { kind: 'findEdge', value: null },
    };
    return placeRows(place, `Edge ${edge.host}`, 'edge', now);
  }
  const seen = new Set<string>();
  return (destinations ?? []).flatMap(({ destination }) => {
    const parts = destinationParts(destination);
    if (parts === null || parts.transport === 'udp') return [];
    // One server at a port is looked at once, however often it is named.
    const port = `${parts.host.toLowerCase()}:${parts.port}`;
    const whole = `${port};${parts.transport}`;
    if (seen.has(whole)) return [];
    const id = seen.has(port) ? `destination.${parts.transport}` : 'destination';
    seen.add(port).add(whole);
    const place: Place = {
      kind: 'destination',
      host: parts.host,
      port: parts.port,
      transport: parts.transport,
      mend: { kind: 'editDestination', value: destination },
    };
    return placeRows(place, `Server ${parts.host}:${parts.port}`, id, now);
  });
}
