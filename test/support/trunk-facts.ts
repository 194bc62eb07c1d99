// The facts of a trunk as tests write them: a list, or null for one that was never read.
import type {
  CredentialFact,
  DestinationRow,
  Known,
  MappedNumber,
  Network,
  TrunkFacts,
} from '../../src/setup/facts';

export interface PlainFacts extends Pick<
  TrunkFacts,
  'accountSid' | 'trunkSid' | 'trunkName' | 'status' | 'sipDomain'
> {
  readonly numbers: readonly MappedNumber[] | null;
  readonly whitelistedIps: readonly Network[] | null;
  readonly destinations: readonly DestinationRow[] | null;
  readonly credentials: readonly CredentialFact[] | null;
  /** Null: not set. */
  readonly callerId: string | null;
}

export function known<T>(value: T): Known<T> {
  return { state: 'known', value };
}

function readOrNot<T>(value: T | null): Known<T> {
  return value === null ? { state: 'unknown', value: null } : known(value);
}

/** With whatever else the given facts hold. */
export function trunkFactsOf<T extends PlainFacts>(
  plain: T,
): Omit<T, keyof PlainFacts> & TrunkFacts {
  return {
    ...plain,
    numbers: readOrNot(plain.numbers),
    whitelistedIps: readOrNot(plain.whitelistedIps),
    destinations: readOrNot(plain.destinations),
    credentials: readOrNot(plain.credentials),
    callerId: known(plain.callerId),
  };
}
