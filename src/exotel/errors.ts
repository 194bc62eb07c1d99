/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Everything that can go wrong with a call, as one discriminated union. Each kind carries what support
 * asks for (request id, HTTP status, Exotel's code and description), a sentence for a person and the
 * step that mends it.
 */

import type { SentRequest } from './request';

/** The input field an `invalid` problem is about, in the API's own names. */
export type Field =
  | 'trunk_name'
  | 'nso_code'
  | 'domain_name'
  | 'phone_number'
  | 'mode'
  | 'ip'
  | 'mask'
  | 'destination'
  | 'priority'
  | 'weight'
  | 'user_name'
  | 'password'
  | 'friendly_name'
  | 'setting'
  | 'trunk_sid';

export type NetworkCause =
  'dns' | 'refused' | 'reset' | 'timeout' | 'tls' | 'proxy' | 'unreachable' | 'other';

export interface ProblemFacts {
  /** What was being done, e.g. `create trunk`. */
  readonly operation: string;
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  /** Exotel's own code, e.g. 1002. */
  readonly code: number | null;
  /** Exotel's own description, e.g. `Destination not whitelisted`. Never holds a secret. */
  readonly description: string | null;
  /** What happened, for a person, one sentence. */
  readonly what: string;
  /** What mends it, for a person, one sentence. */
  readonly doNext: string;
  /** What was asked, to show or try by hand. Left out when nothing was to be sent. */
  readonly request?: SentRequest;
}

export type Problem = ProblemFacts &
  (
    | { readonly kind: 'auth' }
    | { readonly kind: 'forbidden' }
    | { readonly kind: 'notFound' }
    | { readonly kind: 'conflict' }
    | { readonly kind: 'invalid'; readonly field: Field | null }
    | { readonly kind: 'rateLimited'; readonly retryAfterMs: number | null }
    | { readonly kind: 'server' }
    | { readonly kind: 'network'; readonly cause: NetworkCause }
    | { readonly kind: 'badResponse' }
    | { readonly kind: 'aborted' }
  );

export type ProblemKind = Problem['kind'];

/** What every failed call throws. `message` is the sentence and the next step; it holds no secret. */
export class ExotelError extends Error {
  override readonly name = 'ExotelError';

  constructor(readonly problem: Problem) {
    super(`${problem.what} ${problem.doNext}`);
  }
}
