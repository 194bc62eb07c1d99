/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * The demo's and the tests' server, a second, independent reading of the published contract. It listens
 * on 127.0.0.1 only, forgets everything when it closes and contacts nobody.
 */
import type { AddressInfo } from 'node:net';
import type { Shape } from './envelope';
import { type Fault, Faults } from './faults';
import { newSecret } from './identifiers';
import type { SandboxState, TrunkState } from './model';
import type { PageSizes } from './paging';
import { RateLimit } from './rate-limit';
import { type RecordedRequest, RequestLog } from './request-log';
import { createRoutes } from './routes';
import { threeTrunks } from './seed';
import { createSandboxServer } from './server';
import { Store } from './store';

export type { Shape } from './envelope';
export type { Fault, Mishap } from './faults';
export type {
  CredentialState,
  DestinationState,
  NumberMode,
  PhoneNumberState,
  SandboxState,
  SettingState,
  TrunkState,
  WhitelistedIpState,
} from './model';
export type { RecordedRequest } from './request-log';

export interface SandboxOptions {
  /** 0, the default, takes any that is free. */
  readonly port?: number;
  readonly accountSid?: string;
  /** Random unless given, like the token. */
  readonly apiKey?: string;
  readonly apiToken?: string;
  /** Starts without the three trunks of the demo. */
  readonly empty?: boolean;
  /** Starts with these instead; each ID once, as the API would have given it. */
  readonly trunks?: readonly TrunkState[];
  /** Plays an API from before `GET /trunks`, which answers that with this status. */
  readonly withoutTrunkList?: false | 404 | 405;
  /** In which of Exotel's published shapes it answers what went well; `today` by default. */
  readonly shape?: Shape;
  /** How an unknown trunk SID is refused; Exotel was seen to do either. 404 by default. */
  readonly unknownTrunk?: 403 | 404;
  /**
   * Whether `GET …/credentials` of a trunk without own credentials gives the password issued with
   * it, in the shape of Exotel's older documents (the default), or an empty list.
   */
  readonly issuedCredentials?: boolean;
  /** 200 by default, in any sixty seconds; `Infinity` for no limit. */
  readonly callsPerMinute?: number;
  /** The longest page, whatever `page_size` asks for; 100 by default. */
  readonly pageSizeLimit?: number;
  /** Takes `page_size` up to that limit by default, or does not look at it, or refuses it with 400. */
  readonly pageSize?: PageSizes['asked'];
  /** The clock of dates, of identifiers and of the rate limit. */
  readonly now?: () => Date;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, the base that stands for `https://api.in.exotel.com`. */
  readonly url: string;
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiToken: string;
  /** Everything the account holds, as of now; frozen, and without passwords. */
  state(): SandboxState;
  /** Of an own credential, or of the issued one when `userName` is the trunk's SID. */
  passwordOf(trunkSid: string, userName: string): string | undefined;
  /** As of now, in order of arrival: read it again for later ones. The last 10,000 are kept. */
  readonly requests: readonly RecordedRequest[];
  /** How many requests other than GET have arrived since the start or `clearRequests`. */
  mutations(): number;
  /** Forgets the requests, and counts mutations from zero. */
  clearRequests(): void;
  /** Lets something go wrong for the next `times` matching requests; older faults go first. */
  fail(fault: Fault): void;
  /** How many requests are still to meet a fault. */
  faultsLeft(): number;
  clearFaults(): void;
  /** Ends open connections and delayed answers, too. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox.
 * @throws RangeError for an option that cannot work; rejects with the system's error when the port
 * is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port = 0,
    accountSid = 'sandbox1',
    apiKey = newSecret(),
    apiToken = newSecret(),
    callsPerMinute = 200,
    pageSizeLimit = 100,
    now = () => new Date(),
  } = options;
  check(Number.isInteger(port) && port >= 0 && port <= 65535, 'port is 0 to 65535');
  check(/^[A-Za-z0-9_-]{1,64}$/.test(accountSid), 'account SID is letters, digits, _ and -');
  check(/^[\x21-\x39\x3b-\x7e]+$/.test(apiKey), 'API key is printable, without colon or blank');
  check(/^[\x21-\x7e]+$/.test(apiToken), 'API token is printable, without blank');
  check(callsPerMinute >= 0, 'calls per minute is 0 or more');
  check(Number.isInteger(pageSizeLimit) && pageSizeLimit > 0, 'page size limit is 1 or more');

  const store = new Store({ accountSid, now, unknownTrunk: options.unknownTrunk ?? 404 });
  const trunks = options.trunks ?? (options.empty ? [] : threeTrunks(accountSid));
  trunks.forEach((trunk) => store.load(trunk));
  const faults = new Faults();
  const log = new RequestLog();
  const closing = new AbortController();
  const server = createSandboxServer({
    accountSid,
    apiKey,
    apiToken,
    now,
    pageSizes: { limit: pageSizeLimit, asked: options.pageSize ?? 'taken' },
    shape: options.shape ?? 'today',
    issuedCredentials: options.issuedCredentials ?? true,
    store,
    findRoute: createRoutes(options.withoutTrunkList ?? false),
    rateLimit: new RateLimit(callsPerMinute),
    faults,
    log,
    closing: closing.signal,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let closed: Promise<void> | undefined;
  return {
    url,
    accountSid,
    apiKey,
    apiToken,
    state: () => store.state(),
    passwordOf: (trunkSid, userName) => store.passwordOf(trunkSid, userName),
    get requests() {
      return log.entries();
    },
    mutations: () => log.mutations(),
    clearRequests: () => log.clear(),
    fail: (fault) => faults.add(fault),
    faultsLeft: () => faults.left(),
    clearFaults: () => faults.clear(),
    close: () =>
      (closed ??= new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}

function check(holds: boolean, rule: string): void {
  if (!holds) throw new RangeError(`The sandbox cannot start: ${rule}.`);
}
