// The real client on a sandbox over real HTTP, with what went over the wire written down, and what the
// sandbox's own state says a result has to be.
import { createTransport, type Transport } from '../../../src/exotel/transport';
import type {
  DestinationUri,
  IssuedCredential,
  OwnCredential,
  PhoneNumber,
  Setting,
  Trunk,
  TrunkMap,
  WhitelistedIp,
} from '../../../src/exotel/model';
import { ExotelClient, type ExotelClientOptions } from '../../../src/exotel/client';
import { RateLimiter } from '../../../src/exotel/limiter';
import { Secret } from '../../../src/exotel/secret';
import {
  type Sandbox,
  type SandboxOptions,
  type Shape,
  startSandbox,
  type TrunkState,
} from '../../../src/sandbox/index';
import { InstantClock } from '../exotel/support';

/** Looked for in everything a person may see. */
export const PLANTED = {
  key: 'plantedkey7f3a',
  token: 'plantedtoken91bc',
  password: 'PlantedPassword42',
} as const;

export const SHAPES: readonly Shape[] = ['today', 'seeds'];

export interface Exchange {
  /** Method and path below the account, with the query, e.g. `GET /trunks?trunk_sid=x`. */
  readonly line: string;
  readonly body: unknown;
  readonly answer: string;
}

export class Wired {
  /** What the client sent and read, attempt by attempt. */
  readonly exchanges: Exchange[] = [];
  readonly clock = new InstantClock();
  readonly #limiter = new RateLimiter({ limit: 10_000, clock: this.clock });
  readonly api: ExotelClient;

  constructor(
    readonly sandbox: Sandbox,
    options: Partial<ExotelClientOptions> = {},
  ) {
    const { url: baseUrl, accountSid } = sandbox;
    this.api = new ExotelClient({
      address: { region: 'custom', baseUrl, accountSid },
      apiKey: new Secret(sandbox.apiKey),
      apiToken: new Secret(sandbox.apiToken),
      limiter: this.#limiter,
      clock: this.clock,
      timeoutMs: 5000,
      ...options,
      transport: this.#recording(options.transport ?? createTransport()),
    });
  }

  /** The request lines as the sandbox saw them. */
  get lines(): string[] {
    const account = `/v2/accounts/${this.sandbox.accountSid}`;
    return this.sandbox.requests.map(
      ({ method, path }) => `${method} ${path.replace(account, '')}`,
    );
  }

  trunk(trunkSid: string): TrunkState {
    const trunk = this.sandbox.state().trunks.find((each) => each.trunkSid === trunkSid);
    if (trunk === undefined) throw new RangeError(`The sandbox has no trunk ${trunkSid}`);
    return trunk;
  }

  dispose(): void {
    this.#limiter.dispose();
  }

  async close(): Promise<void> {
    this.dispose();
    await this.sandbox.close();
  }

  #recording(transport: Transport): Transport {
    return async (request) => {
      const { pathname, search } = new URL(request.url);
      const line = `${request.method} ${pathname.replace(/^\/v2\/accounts\/[^/]+/, '')}${search}`;
      const body: unknown = request.body === undefined ? undefined : JSON.parse(request.body);
      const note = (answer: string) => this.exchanges.push({ line, body, answer });
      try {
        const response = await transport(request);
        note(response.text);
        return response;
      } catch (error) {
        note('');
        throw error;
      }
    };
  }
}

export async function wire(
  sandbox: SandboxOptions = {},
  client: Partial<ExotelClientOptions> = {},
): Promise<Wired> {
  const { key, token } = PLANTED;
  const given = { apiKey: key, apiToken: token, callsPerMinute: Infinity, ...sandbox };
  return new Wired(await startSandbox(given), client);
}

// What the client has to make of each row of the sandbox. The older documents tell less of a trunk.

export function trunkOf(state: TrunkState, shape: Shape): Trunk {
  const { trunkSid: sid, trunkName: name, domainName: domain, nsoCode, dateCreated } = state;
  const today = shape === 'today';
  return {
    sid,
    name,
    domain,
    nsoCode,
    status: today ? 'active' : null,
    authType: today ? state.authType : null,
    secureTrunking: today ? false : null,
    registration: today ? false : null,
    edgePreference: today ? 'auto' : null,
    created: dateCreated,
    updated: today ? state.dateUpdated : null,
  };
}

const dates = (row: { readonly dateCreated: string; readonly dateUpdated: string }) => ({
  created: row.dateCreated,
  updated: row.dateUpdated,
});

export function numbersOf({ trunkSid, phoneNumbers }: TrunkState): PhoneNumber[] {
  return phoneNumbers.map((row) => ({
    id: row.id,
    number: row.phoneNumber,
    trunkSid,
    mode: row.mode ?? 'pstn',
    ...dates(row),
  }));
}

export function mapOf({ trunkSid, phoneNumbers }: TrunkState, number: string): TrunkMap | null {
  const row = phoneNumbers.find(({ phoneNumber }) => phoneNumber === number);
  return row === undefined
    ? null
    : { number, trunkSid, phoneNumberId: row.id, mode: row.mode ?? 'pstn' };
}

export function ipsOf({ trunkSid, whitelistedIps }: TrunkState): WhitelistedIp[] {
  return whitelistedIps.map((row) => {
    const { id, ip, mask, friendlyName } = row;
    return { id, ip, mask, friendlyName, trunkSid, ...dates(row) };
  });
}

export function destinationsOf({ trunkSid, destinations }: TrunkState): DestinationUri[] {
  return destinations.map((row) => {
    const { id, destination, priority, weight } = row;
    return { id, destination, priority, weight, type: 'public', trunkSid, ...dates(row) };
  });
}

export function credentialsOf({ trunkSid, credentials }: TrunkState): OwnCredential[] {
  return credentials.map((row) => {
    const { id, userName, friendlyName } = row;
    return { kind: 'own', id, userName, friendlyName, trunkSid, ...dates(row) };
  });
}

/** The password is compared by itself: a Secret shows none. */
export function issuedOf(trunkSid: string): Omit<IssuedCredential, 'password'> {
  return { kind: 'issued', userName: trunkSid, trunkSid };
}

export function settingsOf({ trunkSid, settings }: TrunkState): Setting[] {
  return settings.map((row) => ({ name: row.name, value: row.value, trunkSid, ...dates(row) }));
}

export function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new RangeError('There is no row');
  return row;
}

export function last<T>(rows: readonly T[]): T {
  return first(rows.slice(-1));
}
