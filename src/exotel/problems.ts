/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * From what came back (or did not) to a Problem: its kind, a what and the step that mends it.
 */
import * as l10n from '@vscode/l10n';
import type { ApiError, Part, Unreadable } from './envelope';
import type { Field, NetworkCause, Problem, ProblemFacts, ProblemKind } from './errors';
import {
  ENABLING,
  type Explanation,
  explainCode,
  explainDescription,
  explainDuplicate,
  type Operation,
  SUPPORT,
} from './explanations';
import type { Scrub } from './scrub';
import type { Fault } from './transport';

/** What is known of a call whatever comes back. */
export interface CallFacts {
  readonly operation: Operation;
  /** Where it went, e.g. `api.in.exotel.com`. */
  readonly host: string;
  /** It creates something: when its outcome is unknown, it must not simply be sent again. */
  readonly creates: boolean;
  readonly scrub: Scrub;
}

/** What is known of the answer. */
export interface AnswerFacts {
  readonly httpStatus: number;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}

type AnsweredKind = Exclude<ProblemKind, 'network' | 'aborted'>;

function lookFirst(): string {
  return l10n.t('Exotel may have carried it out all the same: refresh before you try again.');
}

/** What a failing part of an answer means. */
export function problemOfPart(part: Part, answer: AnswerFacts, call: CallFacts): Problem {
  const error = scrubError(part.error, call.scrub);
  const kind = kindOf(part.status, error.code);
  const { field, ...explanation } = explain(kind, part.status, error, answer, call);
  return withKind(
    kind,
    {
      operation: call.operation,
      requestId: answer.requestId,
      httpStatus: answer.httpStatus,
      code: error.code,
      description: error.description ?? error.message,
      ...explanation,
    },
    field ?? null,
    answer.retryAfterMs,
  );
}

/** What an answer that is no JSON means: by its HTTP status where that is an error, else badResponse. */
export function problemOfUnreadable(
  unreadable: Unreadable,
  answer: AnswerFacts,
  call: CallFacts,
): Problem {
  if (answer.httpStatus >= 400) {
    const error = { code: null, message: null, description: null };
    const part: Part = { ok: false, status: answer.httpStatus, error, data: null };
    return problemOfPart(part, answer, call);
  }
  return badResponse(whyUnreadable(unreadable.reason), answer, call);
}

function whyUnreadable(reason: Unreadable['reason']): string {
  switch (reason) {
    case 'empty':
      return l10n.t('Exotel answered with nothing.');
    case 'html':
      return l10n.t('A web page came back instead of Exotel’s answer.');
    case 'notJson':
      return l10n.t('Exotel’s answer is cut off or not JSON.');
  }
}

/** An answer that breaks the contract: `what` says how. */
export function badResponse(what: string, answer: AnswerFacts, call: CallFacts): Problem {
  return {
    kind: 'badResponse',
    operation: call.operation,
    requestId: answer.requestId,
    httpStatus: answer.httpStatus,
    code: null,
    description: null,
    what: what,
    doNext: call.creates
      ? lookFirst()
      : l10n.t('Check that {0} is Exotel’s API host and no proxy answers in its place.', call.host),
  };
}

/** A create that went well and made nothing. */
export function notEnabled(answer: AnswerFacts, call: CallFacts): Problem {
  return {
    ...badResponse(l10n.t('Exotel accepted the trunk but gave it no trunk SID.'), answer, call),
    kind: 'forbidden',
    doNext: l10n.t(
      'SIP trunking is probably not enabled for this account; write to {0}.',
      ENABLING,
    ),
  };
}

/** The answer holds no such thing, though it says success. */
export function missing(what: string, answer: AnswerFacts, call: CallFacts): Problem {
  return {
    ...badResponse(what, answer, call),
    kind: 'notFound',
    doNext: l10n.t('Refresh: it may have been deleted elsewhere.'),
  };
}

/** An id that is empty or would change the path: the call is not made. */
export function unusableId(field: Field | null, call: Pick<CallFacts, 'operation'>): Problem {
  return {
    ...notSent(call),
    kind: 'invalid',
    field,
    what:
      field === 'trunk_sid'
        ? l10n.t('This is no trunk SID Exotel could have given.')
        : l10n.t('This is no id Exotel could have given.'),
    doNext: l10n.t('Refresh and choose it again.'),
  };
}

export function problemOfAbort(call: CallFacts, started: boolean): Problem {
  return {
    ...notSent(call),
    kind: 'aborted',
    what: l10n.t('This was cancelled.'),
    doNext: started
      ? l10n.t('Refresh to see whether Exotel had already carried it out.')
      : l10n.t('Nothing was sent to Exotel.'),
  };
}

export function problemOfFault(fault: Fault, neverSent: boolean, call: CallFacts): Problem {
  switch (fault.kind) {
    case 'aborted':
      return problemOfAbort(call, true);
    case 'redirect':
      return {
        ...notSent(call),
        kind: 'badResponse',
        what: l10n.t(
          '{0} sent the request on to another address, which was not followed.',
          call.host,
        ),
        doNext: l10n.t('Check the API host; the key and token are never sent anywhere else.'),
      };
    case 'tooLarge':
      return {
        ...notSent(call),
        kind: 'badResponse',
        what: l10n.t('The answer of {0} is too large to be Exotel’s.', call.host),
        doNext: l10n.t('Check the API host, and whether a proxy answers in its place.'),
      };
    case 'notHttp':
      return {
        ...notSent(call),
        kind: 'badResponse',
        what: l10n.t('What {0} answered is not HTTP.', call.host),
        doNext: l10n.t('Check the API host and its port.'),
      };
    case 'network': {
      const [what, doNext] = explainNetwork(fault.cause, call.host);
      return {
        ...notSent(call),
        kind: 'network',
        cause: fault.cause,
        what: what,
        doNext: call.creates && !neverSent ? lookFirst() : doNext,
      };
    }
  }
}

function notSent(call: Pick<CallFacts, 'operation'>) {
  return {
    operation: call.operation,
    requestId: null,
    httpStatus: null,
    code: null,
    description: null,
  };
}

function explainNetwork(cause: NetworkCause, host: string): readonly [string, string] {
  switch (cause) {
    case 'dns':
      return [
        l10n.t('The name {0} could not be looked up.', host),
        l10n.t('Check the internet connection, DNS and the spelling of the API host.'),
      ];
    case 'refused':
      return [
        l10n.t('{0} refused the connection.', host),
        l10n.t('Check the API host and its port, and whether a firewall blocks it.'),
      ];
    case 'reset':
      return [
        l10n.t('The connection to {0} broke before the answer was complete.', host),
        l10n.t('Try again; if it happens again, look at the VPN, proxy or firewall in between.'),
      ];
    case 'timeout':
      return [
        l10n.t('{0} did not answer in time.', host),
        l10n.t(
          'Try again; if it happens again, check the network and whether a firewall drops the call.',
        ),
      ];
    case 'tls':
      return [
        l10n.t('No secure connection to {0}: its certificate or TLS was not accepted.', host),
        l10n.t('Check the API host; if your network inspects TLS, install its root certificate.'),
      ];
    case 'proxy':
      return [
        l10n.t('The proxy did not let the call to {0} through.', host),
        l10n.t('Check the http.proxy setting and the proxy’s user name and password.'),
      ];
    case 'unreachable':
      return [
        l10n.t('There is no route to {0}.', host),
        l10n.t('Check the internet connection and the VPN, then try again.'),
      ];
    case 'other':
      return [
        l10n.t('The call to {0} failed on the network.', host),
        l10n.t('Check the connection and try again.'),
      ];
  }
}

function scrubError(error: ApiError, scrub: Scrub): ApiError {
  const clean = (text: string | null) => (text === null ? null : scrub(text) || null);
  return {
    code: error.code,
    message: clean(error.message),
    description: clean(error.description),
  };
}

/** The status decides, because the same code stands for different things in different documents. */
function kindOf(status: number, code: number | null): AnsweredKind {
  if (code === 1008) return 'conflict';
  if (code === 1030) return 'rateLimited';
  switch (status) {
    case 401:
      return 'auth';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'notFound';
    case 409:
      return 'conflict';
    case 429:
      return 'rateLimited';
    case 408:
      return 'server';
  }
  if (status >= 500) return 'server';
  if (status >= 400) return 'invalid';
  return kindOfCode(code);
}

/** For a failure that came with a 2xx and no nested status. */
function kindOfCode(code: number | null): AnsweredKind {
  switch (code) {
    case 1000:
      return 'notFound';
    case 1001:
    case 1002:
    case 1007:
    case 1011:
    case 1020:
      return 'invalid';
    case 1003:
      return 'forbidden';
    case 1010:
      return 'auth';
    case null:
    default:
      return 'badResponse';
  }
}

function explain(
  kind: AnsweredKind,
  status: number,
  error: ApiError,
  answer: AnswerFacts,
  call: CallFacts,
): Explanation {
  const known = error.description === null ? null : explainDescription(error.description);
  switch (kind) {
    case 'conflict':
      return known ?? explainDuplicate(call.operation);
    case 'invalid':
      return (
        known ??
        (error.code === null ? null : explainCode(error.code, error.description)) ?? {
          what: l10n.t('Exotel did not accept the request ({0}).', status),
          doNext: l10n.t('Check the values and try again.'),
        }
      );
    case 'auth':
      return {
        what: l10n.t('Exotel did not accept this API key and token.'),
        doNext: l10n.t(
          'Check the key and token, and the region: a right key gets the same answer from another region’s host than its own (this was {0}).',
          call.host,
        ),
      };
    case 'forbidden':
      return explainForbidden(error.code, call.operation);
    case 'notFound':
      return explainNotFound(call.operation);
    case 'rateLimited':
      return {
        what: l10n.t('The account has used up Exotel’s limit of calls per minute.'),
        doNext: tryAgainIn(answer.retryAfterMs ?? 60_000),
      };
    case 'server':
      return {
        what: l10n.t('Exotel’s server could not answer ({0}).', status),
        doNext: call.creates
          ? lookFirst()
          : l10n.t('Try again in a few minutes; if it stays, send the request id to {0}.', SUPPORT),
      };
    case 'badResponse':
      return {
        what: l10n.t('Exotel answered that this failed, but not why.'),
        doNext: l10n.t('Try again; if it stays, send the request id to {0}.', SUPPORT),
      };
  }
}

function explainForbidden(code: number | null, operation: Operation): Explanation {
  if (operation === 'list trunks' || operation === 'create trunk') {
    return {
      what: l10n.t('Exotel does not let this account manage SIP trunks.'),
      doNext: l10n.t('SIP trunking is enabled per account; write to {0}.', ENABLING),
    };
  }
  if (code === 1003) {
    return {
      what: l10n.t('Exotel does not know this trunk, or it belongs to another account.'),
      doNext: l10n.t('Refresh the trunks and check the trunk SID and the account.'),
    };
  }
  return {
    what: l10n.t('Exotel does not allow this.'),
    doNext: l10n.t(
      'Check that the trunk belongs to this account and that your server’s public IP is whitelisted on it.',
    ),
  };
}

function explainNotFound(operation: Operation): Explanation {
  if (operation === 'map phone number') {
    return {
      what: l10n.t('Exotel does not know this trunk or this phone number.'),
      doNext: l10n.t(
        'Check that the trunk still exists and the number is an ExoPhone of this account.',
      ),
      field: 'phone_number',
    };
  }
  return operation === 'list trunks' || operation === 'create trunk'
    ? {
        what: l10n.t('Exotel does not know this account at this host.'),
        doNext: l10n.t('Check the account SID and the region.'),
      }
    : {
        what: l10n.t('Exotel does not know this trunk or entry.'),
        doNext: l10n.t(
          'Refresh: it may have been deleted elsewhere, or belong to another account.',
        ),
      };
}

function tryAgainIn(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds === 1
    ? l10n.t('Try again in 1 second; other programs that use the account count too.')
    : l10n.t('Try again in {0} seconds; other programs that use the account count too.', seconds);
}

function withKind(
  kind: AnsweredKind,
  facts: ProblemFacts,
  field: Field | null,
  retryAfterMs: number | null,
): Problem {
  if (kind === 'invalid') return { ...facts, kind, field };
  if (kind === 'rateLimited') return { ...facts, kind, retryAfterMs };
  return { ...facts, kind };
}
