/**
 * checks/: first-call checks. Facts and probes in, verdicts with remedies out.
 *
 * What the parts of this room hand each other. Verdicts are pure over facts and probe results; probes are
 * the only ones that touch the network, each bounded in time and stopped by its signal.
 */
import type { TrunkFacts } from '../setup/facts';
import type { Finding } from '../terms/finding';
import type { Transport } from '../terms/use';

export interface CheckResult extends Required<Finding> {
  /** Stable and unique for a use case, e.g. `number.mapped` or `destination.tcp:203.0.113.10:5061`. */
  readonly id: string;
  /** Exotel's request id of the answer the verdict rests on. */
  readonly requestId: string | null;
}

/** `exotel`: what is set up there; `network`: probed from this computer; `manual`: to be ticked. */
export type CheckGroup = 'exotel' | 'network' | 'manual';

/** A row of the report before it is run. */
export interface PlannedCheck {
  readonly id: string;
  readonly group: CheckGroup;
  /** As in Exotel's checklists, e.g. `Phone number mapped`. */
  readonly title: string;
  /** Never rejects: what goes wrong is a verdict. An aborted run gives `unknown`. */
  run(probes: Probes, signal: AbortSignal): Promise<CheckResult>;
}

/** What is known of a trunk, and of what is checked beside it. */
export interface CheckFacts extends TrunkFacts {
  /** Where calls out are sent. */
  readonly edge: {
    readonly name: string;
    readonly host: string;
    readonly tcpPort: number;
    readonly tlsPort: number;
    readonly source: string;
    readonly checked: string;
  };
  /** Transport of calls out. */
  readonly transport: Transport;
  /** Rows of the `manual` group a person has ticked. */
  readonly ticked: ReadonlySet<string>;
  readonly now: Date;
}

export type DnsResult =
  | {
      readonly kind: 'resolved';
      readonly addresses: readonly string[];
      readonly cname: string | null;
    }
  | { readonly kind: 'notFound' }
  /** `reason`: the resolver's code, or `timedOut`. */
  | { readonly kind: 'failed'; readonly reason: string };

export type TcpResult =
  | { readonly kind: 'open'; readonly address: string; readonly ms: number }
  /** The port answered that nobody listens. */
  | { readonly kind: 'refused' }
  /** No answer at all: a firewall, or nothing there. */
  | { readonly kind: 'filtered' }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'dns'; readonly result: Exclude<DnsResult, { kind: 'resolved' }> }
  | { readonly kind: 'aborted' };

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and IP addresses it is for. */
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly selfSigned: boolean;
}

export type TlsResult =
  | {
      readonly kind: 'handshake';
      /** E.g. `TLSv1.3`. */
      readonly version: string;
      readonly cipher: string;
      /** As sent, the server's own first. */
      readonly chain: readonly Certificate[];
      /** Null: a chain to a root this computer trusts. Otherwise OpenSSL's code, e.g. `CERT_HAS_EXPIRED`. */
      readonly trust: string | null;
      /** The certificate is for the name asked for. */
      readonly nameMatches: boolean;
      readonly ms: number;
    }
  /**
   * Something listens but does not speak TLS, or the handshake broke off. `reason`: the code of OpenSSL or of
   * the system, or `timedOut`, `closed` (by the other side), `stopped`.
   */
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'noTcp'; readonly result: Exclude<TcpResult, { kind: 'open' }> };

export type SipResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly reason: string;
      /** Server or User-Agent. */
      readonly program: string | null;
      readonly ms: number;
    }
  /** Connected, and no answer in time. */
  | { readonly kind: 'silent' }
  /** An answer that is not SIP. */
  | { readonly kind: 'garbage'; readonly begin: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'noTls'; readonly result: Exclude<TlsResult, { kind: 'handshake' }> }
  | { readonly kind: 'noTcp'; readonly result: Exclude<TcpResult, { kind: 'open' }> };

/** The network as the checks see it. None rejects; each ends by itself or when the signal says so. */
export interface Probes {
  resolve(host: string, signal: AbortSignal): Promise<DnsResult>;
  connect(host: string, port: number, signal: AbortSignal): Promise<TcpResult>;
  /** `name`: what the certificate has to be for; also the SNI unless it is an IP address. */
  handshake(host: string, port: number, name: string, signal: AbortSignal): Promise<TlsResult>;
  /** One OPTIONS. Over TLS the certificate is looked at by handshake(), not here. */
  options(
    host: string,
    port: number,
    transport: Transport,
    signal: AbortSignal,
  ): Promise<SipResult>;
}
