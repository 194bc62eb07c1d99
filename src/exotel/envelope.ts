/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The wrapping of every answer. Exotel's documents show `response` as an object or a list, `data` alone,
 * the bare thing, and `RestException` for its rate limit; this one reader takes them all. A call went
 * well when HTTP says so and every nested status says so: a duplicate comes as HTTP 200 with a 409 inside.
 */
import * as v from 'valibot';

/** What `error_data` says. */
export interface ApiError {
  readonly code: number | null;
  readonly message: string | null;
  readonly description: string | null;
}

/** One nested answer: the only one, one row of a list, or one item of a batch. */
export interface Part {
  readonly ok: boolean;
  /** The nested code where there is one, else the HTTP status. */
  readonly status: number;
  readonly error: ApiError;
  /** Null when the answer holds none. */
  readonly data: unknown;
}

export interface Envelope {
  readonly kind: 'envelope';
  readonly httpStatus: number;
  readonly requestId: string | null;
  /** `response` was a list, be it empty. */
  readonly isList: boolean;
  readonly parts: readonly Part[];
  readonly nextPageUri: string | null;
}

export interface Unreadable {
  readonly kind: 'unreadable';
  readonly httpStatus: number;
  readonly reason: 'empty' | 'html' | 'notJson';
}

/** Values of another type than documented count as not said. */
const maybe = <T>(schema: v.GenericSchema<unknown, T>) =>
  v.fallback(v.nullish(schema, null), null) as v.GenericSchema<unknown, T | null>;

const numeric = v.union([
  v.number(),
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
]);
const record = v.record(v.string(), v.unknown());

const Body = v.looseObject({
  request_id: maybe(v.string()),
  http_code: maybe(numeric),
  metadata: maybe(v.looseObject({ next_page_uri: maybe(v.string()) })),
});

const ErrorData = v.object({
  code: maybe(numeric),
  message: maybe(v.string()),
  description: maybe(v.string()),
});

const Wrapped = v.looseObject({
  code: maybe(numeric),
  status: maybe(v.string()),
  error_data: maybe(ErrorData),
});

const RestException = v.object({
  RestException: v.object({
    Status: maybe(numeric),
    Message: maybe(v.string()),
    Code: maybe(numeric),
  }),
});

const NO_ERROR: ApiError = { code: null, message: null, description: null };

/** The answer that stands for "done, nothing to show". */
export function emptyEnvelope(httpStatus: number, requestId: string | null): Envelope {
  return { kind: 'envelope', httpStatus, requestId, isList: false, parts: [], nextPageUri: null };
}

export function readEnvelope(httpStatus: number, text: string): Envelope | Unreadable {
  const trimmed = text.trim();
  if (trimmed === '') {
    return httpStatus === 204
      ? emptyEnvelope(httpStatus, null)
      : { kind: 'unreadable', httpStatus, reason: 'empty' };
  }
  let json: unknown;
  try {
    json = JSON.parse(trimmed);
  } catch {
    return { kind: 'unreadable', httpStatus, reason: trimmed.startsWith('<') ? 'html' : 'notJson' };
  }
  const limited = v.safeParse(RestException, json);
  if (limited.success) {
    const { Status, Message, Code } = limited.output.RestException;
    const error = { code: Code, message: null, description: Message };
    const status = httpStatus >= 400 ? httpStatus : (Status ?? 500);
    const parts = [{ ok: false, status, error, data: null }];
    return { ...emptyEnvelope(httpStatus, null), parts };
  }
  const body = v.safeParse(Body, Array.isArray(json) ? { response: json } : json);
  if (!body.success) return { kind: 'unreadable', httpStatus, reason: 'notJson' };

  const { request_id: requestId, http_code: httpCode, metadata } = body.output;
  const content = contentOf(body.output);
  const said = httpStatus >= 400 ? httpStatus : (httpCode ?? httpStatus);
  const parts = (Array.isArray(content) ? content : [content]).flatMap((item: unknown) =>
    spread(readPart(item, said)),
  );
  const isList = Array.isArray(content) || parts.length !== 1;
  return {
    kind: 'envelope',
    httpStatus,
    requestId,
    isList,
    parts: httpStatus < 400 ? parts : failAll(parts, httpStatus),
    nextPageUri: metadata?.next_page_uri === '' ? null : (metadata?.next_page_uri ?? null),
  };
}

/** `response` where there is one, else the whole body: it may be `{ data }` or the bare thing. */
function contentOf(body: Record<string, unknown>): unknown {
  return 'response' in body ? body['response'] : body;
}

function readPart(item: unknown, httpStatus: number): Part {
  const bare: Part = {
    ok: httpStatus < 400,
    status: httpStatus,
    error: NO_ERROR,
    data: item ?? null,
  };
  if (!v.is(record, item) || !isWrapped(item)) return bare;
  const { code, status, error_data: error } = v.parse(Wrapped, item);
  // A body without `response` can carry codes of its own kind; only HTTP's range is a status.
  const nested = code !== null && code >= 100 && code < 600 ? code : httpStatus;
  const said = status === null || status.toLowerCase() === 'success';
  return {
    ok: said && nested < 400 && (error?.code ?? null) === null,
    status: nested,
    error: error ?? NO_ERROR,
    data: item['data'] ?? null,
  };
}

/** A trunk has a `status` of its own (`active`), so the word alone does not make a wrapping. */
function isWrapped(item: Record<string, unknown>): boolean {
  const word = typeof item['status'] === 'string' ? item['status'].toLowerCase() : '';
  return 'data' in item || 'error_data' in item || word === 'success' || word === 'failure';
}

/** `data` may itself be the list. */
function spread(part: Part): Part[] {
  if (!part.ok || !Array.isArray(part.data)) return [part];
  return part.data.map((data: unknown) => ({ ...part, data }));
}

function failAll(parts: readonly Part[], httpStatus: number): Part[] {
  if (parts.length === 0) return [{ ok: false, status: httpStatus, error: NO_ERROR, data: null }];
  return parts.map((part) => ({
    ...part,
    ok: false,
    status: part.status >= 400 ? part.status : httpStatus,
  }));
}
