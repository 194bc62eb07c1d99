/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * What this computer sees of the network: the edge calls go to, and each destination calls come to. The PBX
 * may be in another network; the report says from where it was run.
 */
import * as l10n from '@vscode/l10n';
import { checkIp, looksNumeric } from '../../exotel/rules/addresses';
import { parseDestination } from '../../exotel/rules/destination';
import { current } from '../../setup/facts';
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
import { fail, pass, planned, stopped, unknown, warning, type Outcome } from './row';

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
          l10n.t(
            '{0} is an alias (CNAME) of {1}. Exotel asks for an A record.',
            host,
            result.cname,
          ),
          {
            doNext: l10n.t('Give the name an A record with a TTL of 30 to 60 seconds.'),
            evidence: [`${host} → ${addresses}`],
          },
        );
      }
      const inside = kind === 'destination' ? result.addresses.find(isInside) : undefined;
      if (inside !== undefined) {
        return warning(
          l10n.t('From here {0} resolves to {1}, which Exotel cannot reach.', host, inside),
          {
            doNext: l10n.t('Make sure that public DNS gives the public address of your server.'),
            evidence: [`${host} → ${addresses}`],
          },
        );
      }
      return pass(l10n.t('{0} resolves to {1}.', host, addresses), {
        evidence: [`${host} → ${addresses}`],
      });
    }
    case 'notFound':
      return fail(l10n.t('The name {0} does not exist.', host), {
        doNext:
          kind === 'edge'
            ? l10n.t('Choose another edge; Exotel support tells which one your account has.')
            : l10n.t('Correct the name, or add an A record for it.'),
        action: mend,
      });
    case 'failed':
      return unknown(unresolved(host, result.reason), {
        doNext: l10n.t('Check the connection of this computer, then run it again.'),
      });
  }
}

function unresolved(host: string, reason: string): string {
  return reason === 'timedOut'
    ? l10n.t('The name {0} could not be resolved: no answer from the name server in time.', host)
    : l10n.t('The name {0} could not be resolved ({1}).', host, reason);
}

export function judgeTcp(place: Place, result: TcpResult): Outcome {
  const { kind, mend } = place;
  switch (result.kind) {
    case 'open':
      return pass(l10n.t('{0} takes connections ({1} ms).', at(place), result.ms), {
        evidence: [l10n.t('{0} → {1}, open', at(place), result.address)],
      });
    case 'refused':
      return fail(l10n.t('{0} refuses the connection: nobody listens there.', at(place)), {
        doNext:
          kind === 'edge'
            ? l10n.t('Try another edge or port.')
            : l10n.t('Start the SIP server, or let it listen on port {0}.', place.port),
        action: mend,
      });
    case 'filtered':
      return kind === 'edge'
        ? fail(l10n.t('{0} does not answer: a firewall on the way, or nothing there.', at(place)), {
            doNext: l10n.t(
              'Let TCP port {0} out to {1} in your firewall, or try another edge.',
              place.port,
              place.host,
            ),
            action: mend,
          })
        : // A firewall that lets in nobody but Exotel looks the same, and is right.
          warning(
            l10n.t('{0} does not answer this computer: a firewall, or nothing there.', at(place)),
            {
              doNext: l10n.t(
                "When the firewall lets in Exotel's addresses only, all is well. Otherwise let TCP port {0} in from Exotel.",
                place.port,
              ),
            },
          );
    case 'unreachable':
      return fail(l10n.t('{0} cannot be reached from here ({1}).', place.host, result.reason), {
        doNext:
          kind === 'edge'
            ? l10n.t('Check the network of this computer, or try another edge.')
            : l10n.t('Check the address, and the network of this computer.'),
        action: mend,
      });
    case 'dns':
      return judgeDns(place, result.result);
    case 'aborted':
      return stopped();
  }
}

/** Node's codes for a certificate that is not trusted: what it says of whose, and what mends it. */
function distrust(trust: string, own: boolean): readonly [what: string, doNext: string] {
  switch (trust) {
    case 'CERT_HAS_EXPIRED':
      return [
        own
          ? l10n.t('Your certificate has expired, or one it rests on has.')
          : l10n.t('The certificate of the edge has expired, or one it rests on has.'),
        l10n.t('Renew it, and send the full chain.'),
      ];
    case 'CERT_NOT_YET_VALID':
      return [
        own
          ? l10n.t('Your certificate is not valid yet.')
          : l10n.t('The certificate of the edge is not valid yet.'),
        l10n.t(
          'Wait, or put the right one back. Check the clocks of the server and of this computer.',
        ),
      ];
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return [
        own
          ? l10n.t('Your certificate is self-signed.')
          : l10n.t('The certificate of the edge is self-signed.'),
        l10n.t('Use a certificate of a public certificate authority.'),
      ];
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return [
        own
          ? l10n.t('Your certificate comes from a private certificate authority.')
          : l10n.t('The certificate of the edge comes from a private certificate authority.'),
        l10n.t('Use a certificate of a public certificate authority.'),
      ];
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return [
        own
          ? l10n.t(
              'Your certificate comes without its intermediate certificate: the chain is incomplete.',
            )
          : l10n.t(
              'The certificate of the edge comes without its intermediate certificate: the chain is incomplete.',
            ),
        l10n.t('Send the full chain: the server’s certificate followed by the intermediate ones.'),
      ];
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return [
        own
          ? l10n.t(
              'Your certificate has a chain that does not end at an authority this computer knows.',
            )
          : l10n.t(
              'The certificate of the edge has a chain that does not end at an authority this computer knows.',
            ),
        l10n.t('Send the full chain of a public certificate authority.'),
      ];
    default:
      return [
        own
          ? l10n.t('Your certificate is not trusted ({0}).', trust)
          : l10n.t('The certificate of the edge is not trusted ({0}).', trust),
        l10n.t('Use a certificate of a public certificate authority, and send its full chain.'),
      ];
  }
}

/** OpenSSL's codes for a handshake that breaks off. `doNext`: on one's own server; null: as always. */
function brokenOff(reason: string, where: string): readonly [what: string, doNext: string | null] {
  switch (reason) {
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return [l10n.t('{0} takes connections, but does not speak TLS.', where), null];
    case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
      return [
        l10n.t('{0} and this computer have no TLS version in common.', where),
        l10n.t('Switch TLS 1.2 and newer on.'),
      ];
    case 'ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED':
      return [
        l10n.t('{0} speaks TLS 1.1 or older only, which is no longer safe.', where),
        l10n.t('Switch TLS 1.2 and newer on.'),
      ];
    case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
      return [
        l10n.t('{0} and this computer have no cipher in common.', where),
        l10n.t('Allow the usual ciphers of TLS 1.2 and newer, and give the server a certificate.'),
      ];
    case 'timedOut':
      return [l10n.t('{0} takes connections, but does not answer a TLS handshake.', where), null];
    case 'closed':
    case 'ECONNRESET':
      return [l10n.t('{0} closes the connection when TLS begins.', where), null];
    default:
      return [l10n.t('{0} does not complete a TLS handshake.', where), null];
  }
}

function chainLines(chain: readonly Certificate[]): string[] {
  return chain.map(({ subject, issuer, names, notAfter }) =>
    names.length === 0
      ? l10n.t('{0}, from {1}, until {2}', subject, issuer, day(notAfter))
      : l10n.t(
          '{0}, from {1}, until {2} ({3})',
          subject,
          issuer,
          day(notAfter),
          names.slice(0, 5).join(', '),
        ),
  );
}

export function judgeTls(place: Place, result: TlsResult, now: Date): Outcome {
  const own = place.kind === 'destination';
  switch (result.kind) {
    case 'noTcp':
      return judgeTcp(place, result.result);
    case 'broken': {
      const [what, doNext] = brokenOff(result.reason, at(place));
      return fail(what, {
        doNext:
          (own ? doNext : null) ??
          (own
            ? l10n.t('Switch TLS on for this port of the SIP server, or use transport=tcp.')
            : l10n.t('Check that the port is the one for TLS, or try another edge.')),
        action: place.mend,
        evidence: [endOfTls(result.reason)],
      });
    }
    case 'handshake':
      return judgeCertificate(place, result, now);
  }
}

function endOfTls(reason: string): string {
  switch (reason) {
    case 'timedOut':
      return l10n.t('TLS: no answer in time');
    case 'closed':
      return l10n.t('TLS: closed by the other side');
    default:
      return l10n.t('TLS: {0}', reason);
  }
}

function judgeCertificate(
  place: Place,
  { chain, trust, nameMatches, version }: Extract<TlsResult, { kind: 'handshake' }>,
  now: Date,
): Outcome {
  const own = place.kind === 'destination';
  const details = [version, ...chainLines(chain)];
  const [leaf] = chain;
  // Nobody but Exotel mends the certificate of an edge.
  const wrong = (why: string, doNext: string, mend: Action | null = null) =>
    own
      ? fail(why, { doNext, action: mend, evidence: details })
      : fail(why, {
          doNext: l10n.t(
            'Send no calls there: choose another edge, or ask support@exotel.com. A firewall that opens TLS shows a certificate of its own, too.',
          ),
          action: place.mend,
          evidence: details,
        });
  if (leaf === undefined) {
    return wrong(
      l10n.t('{0} shows no certificate.', at(place)),
      l10n.t('Give the SIP server a certificate.'),
    );
  }
  if (leaf.notAfter <= now) {
    return wrong(
      own
        ? l10n.t('Your certificate expired on {0}.', day(leaf.notAfter))
        : l10n.t('The certificate of the edge expired on {0}.', day(leaf.notAfter)),
      l10n.t('Renew it.'),
    );
  }
  const expired = chain.find(({ notAfter }) => notAfter <= now);
  if (expired !== undefined) {
    return wrong(
      own
        ? l10n.t(
            'Your certificate rests on another one that expired on {0}: {1}.',
            day(expired.notAfter),
            expired.subject,
          )
        : l10n.t(
            'The certificate of the edge rests on another one that expired on {0}: {1}.',
            day(expired.notAfter),
            expired.subject,
          ),
      l10n.t('Send the full chain your authority gives out today.'),
    );
  }
  if (leaf.notBefore > now) {
    return wrong(
      own
        ? l10n.t('Your certificate is valid from {0} only.', day(leaf.notBefore))
        : l10n.t('The certificate of the edge is valid from {0} only.', day(leaf.notBefore)),
      l10n.t(
        'Wait until then, or put the right one back. Check the clocks of the server and of this computer.',
      ),
    );
  }
  if (trust !== null) return wrong(...distrust(trust, own));
  if (!nameMatches) {
    const names = leaf.names.length === 0 ? leaf.subject : leaf.names.slice(0, 5).join(', ');
    return wrong(
      own
        ? l10n.t('Your certificate is for {0}, not for {1}.', names, place.host)
        : l10n.t('The certificate of the edge is for {0}, not for {1}.', names, place.host),
      l10n.t('Use the name of the certificate as destination, or get one for {0}.', place.host),
      place.mend,
    );
  }
  if (version === 'TLSv1' || version === 'TLSv1.1') {
    return wrong(
      l10n.t('{0} speaks {1}, which is no longer safe.', at(place), version),
      l10n.t('Switch TLS 1.2 and newer on.'),
    );
  }
  const end = Math.min(...sent(chain).map(({ notAfter }) => notAfter.getTime()));
  const days = Math.floor((end - now.getTime()) / DAY);
  if (days >= SOON) {
    return pass(
      own
        ? l10n.t(
            'Your certificate is valid for {0} more days and for this name ({1}).',
            days,
            version,
          )
        : l10n.t(
            'The certificate of the edge is valid for {0} more days and for this name ({1}).',
            days,
            version,
          ),
      { evidence: details },
    );
  }
  return own
    ? warning(yoursEnds(days), { doNext: l10n.t('Renew it before that.'), evidence: details })
    : warning(edgesEnds(days), {
        doNext: l10n.t('Nothing to do: Exotel renews it. Check again when it has ended.'),
        evidence: details,
      });
}

function yoursEnds(days: number): string {
  if (days === 0) return l10n.t('Your certificate ends today.');
  return days === 1
    ? l10n.t('Your certificate ends in 1 day.')
    : l10n.t('Your certificate ends in {0} days.', days);
}

function edgesEnds(days: number): string {
  if (days === 0) return l10n.t('The certificate of the edge ends today.');
  return days === 1
    ? l10n.t('The certificate of the edge ends in 1 day.')
    : l10n.t('The certificate of the edge ends in {0} days.', days);
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
      return warning(l10n.t('{0} takes the connection, but does not answer OPTIONS.', at(place)), {
        doNext: own
          ? l10n.t('Let the SIP server answer OPTIONS, or make sure that it is one.')
          : l10n.t('Exotel does not promise to answer OPTIONS: make a test call.'),
      });
    case 'closed':
      return warning(l10n.t('{0} closes the connection on OPTIONS.', at(place)), {
        doNext: own
          ? l10n.t(
              "If it lets in only some addresses, make sure that Exotel's are among them. Otherwise look at its log.",
            )
          : l10n.t('This computer may not be whitelisted: make a test call from the PBX.'),
      });
    case 'garbage':
      return fail(l10n.t('{0} answers, but not in SIP.', at(place)), {
        doNext: l10n.t('Check the port: another service listens there.'),
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
    return pass(l10n.t('{0} speaks SIP: {1} ({2} ms).', at(place), line, ms), {
      evidence: details,
    });
  if (status === 503) {
    return warning(l10n.t('{0} speaks SIP and says it is overloaded: {1}.', at(place), line), {
      doNext:
        place.kind === 'destination'
          ? l10n.t('Look at the load and the log of the SIP server.')
          : l10n.t('Try again later.'),
      evidence: details,
    });
  }
  if (status >= 500) {
    return warning(
      l10n.t('{0} speaks SIP and reports an error of its own: {1}.', at(place), line),
      {
        doNext:
          place.kind === 'destination'
            ? l10n.t('Look at the log of the SIP server.')
            : l10n.t('Try again, then contact support@exotel.com.'),
        evidence: details,
      },
    );
  }
  // 401, 403, 404, 405 and the like: somebody is there and read the request.
  const mayRefuse =
    place.kind === 'destination' && (status === 401 || status === 403 || status === 407);
  return mayRefuse
    ? warning(l10n.t('{0} speaks SIP, and refuses this computer: {1}.', at(place), line), {
        doNext: l10n.t('Make sure that it does not refuse or challenge Exotel.'),
        evidence: details,
      })
    : pass(l10n.t('{0} speaks SIP: it answered {1}.', at(place), line), { evidence: details });
}

/** What is looked at of a place, in the order in which it is. */
type Step = 'dns' | 'tcp' | 'tls' | 'sip';

function titleOf({ kind, host, port }: Place, step: Step): string {
  const server = `${host}:${port}`;
  switch (step) {
    case 'dns':
      return kind === 'edge' ? l10n.t('Edge {0}: name', host) : l10n.t('Server {0}: name', server);
    case 'tcp':
      return kind === 'edge'
        ? l10n.t('Edge {0}: port open', host)
        : l10n.t('Server {0}: port open', server);
    case 'tls':
      return kind === 'edge'
        ? l10n.t('Edge {0}: certificate', host)
        : l10n.t('Server {0}: certificate', server);
    case 'sip':
      return kind === 'edge'
        ? l10n.t('Edge {0}: answers SIP', host)
        : l10n.t('Server {0}: answers SIP', server);
  }
}

function placeRows(place: Place, id: string, now: Date): PlannedCheck[] {
  const { host, port, transport } = place;
  const row = (step: Step, run: PlannedCheckRun) =>
    planned(`${id}.${step}:${host}:${port}`, 'network', titleOf(place, step), run);
  const rows = [
    row('tcp', async (probes, signal) => judgeTcp(place, await probes.connect(host, port, signal))),
    row('sip', async (probes, signal) =>
      judgeSip(place, await probes.options(host, port, transport, signal), now),
    ),
  ];
  if (transport === 'tls') {
    rows.splice(
      1,
      0,
      row('tls', async (probes, signal) =>
        judgeTls(place, await probes.handshake(host, port, host, signal), now),
      ),
    );
  }
  if (!looksNumeric(host)) {
    rows.unshift(
      row('dns', async (probes, signal) => judgeDns(place, await probes.resolve(host, signal))),
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
    return placeRows(place, 'edge', now);
  }
  const seen = new Set<string>();
  return (current(destinations) ?? []).flatMap(({ destination }) => {
    const parts = parseDestination(destination);
    if (parts === null || parts.transport === 'udp') return [];
    // One server at a port is looked at once, however often it is named.
    const port = `${parts.host}:${parts.port}`;
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
    return placeRows(place, id, now);
  });
}
