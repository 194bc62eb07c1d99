/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * What goes over the wire. The API's envelopes for one thing, a batch and a list, in both
 * published shapes, and the plain pages of a web server that answers before the API does.
 */
import { newRequestId } from './identifiers';
import type { ErrorData, Refusal } from './refusal';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

/**
 * How an answer that went well is wrapped: as Exotel's documents show it today, or as the older ones
 * do that list eleven calls: one object, no `error_data`, no `metadata`, hence no pages. Neither
 * says of the other that it no longer comes. Refusals are the same in both.
 */
export type Shape = 'today' | 'seeds';

/** What an envelope needs to know of the request. */
export interface Asked {
  readonly method: string;
  readonly shape: Shape;
}

interface Item {
  readonly code: number;
  readonly error_data: ErrorData | null;
  readonly status: 'success' | 'failure';
  readonly data: unknown;
}

type SimpleItem = Pick<Item, 'status' | 'data'> & Partial<Pick<Item, 'code'>>;

export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

/** Said by the web server in front of the API, hence without an envelope. */
export function plain(status: number, text: string, headers: Headers = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
    body: `${text}\n`,
  };
}

/** One resource: `response` is an object. Older documents have no data for what was deleted. */
export function single({ method, shape }: Asked, data: unknown): Answer {
  if (shape === 'today') return enveloped(method, 200, succeeded(data));
  return enveloped(method, 200, simple(method === 'DELETE' ? null : data));
}

/**
 * A page of resources: `response` is an array, `metadata` tells the way to the next page. The older
 * documents show no list; theirs is read off their only answer to a GET: an object, and the rows in
 * its `data`.
 */
export function list({ method, shape }: Asked, metadata: object, rows: readonly unknown[]): Answer {
  if (shape === 'today') return enveloped(method, 200, rows.map(succeeded), metadata);
  return enveloped(method, 200, { status: 'success', data: rows });
}

/** The SIP user name and password issued with a trunk, alone of all answers without `method`. */
export function issuedPair({ shape }: Asked, username: string, password: string): Answer {
  const response = { status: 'success', data: { username, password } };
  return json(200, shape === 'today' ? { request_id: newRequestId(), response } : { response });
}

/**
 * The outcome of each item, in request order: HTTP 200 when all went well, else 207.
 * `failed` is counted always (destinations) or only when there is something to count (settings).
 * A failure among successes is something only today's documents know: it looks the same in both.
 */
export function batch(
  { method, shape }: Asked,
  outcomes: readonly ({ readonly data: unknown } | Refusal)[],
  counting: 'failed always' | 'failed if any',
): Answer {
  const items = outcomes.map((outcome) =>
    'data' in outcome ? succeeded(outcome.data) : failed(outcome),
  );
  const success = items.filter((item) => item.status === 'success').length;
  const failures = items.length - success;
  if (shape === 'seeds' && failures === 0) {
    return enveloped(method, 200, simple(items.map(({ data }) => data)));
  }
  const metadata = {
    total: items.length,
    success,
    ...(counting === 'failed always' || failures > 0 ? { failed: failures } : {}),
  };
  return enveloped(method, failures > 0 ? 207 : 200, items, metadata);
}

export function refused(method: string, refusal: Refusal): Answer {
  return enveloped(method, refusal.httpStatus, failed(refusal), undefined, refusal.headers);
}

function enveloped(
  method: string,
  status: number,
  response: Item | readonly Item[] | SimpleItem,
  metadata?: object,
  headers?: Headers,
): Answer {
  const envelope = {
    request_id: newRequestId(),
    method,
    http_code: status,
    ...(metadata && { metadata }),
    response,
  };
  return json(status, envelope, headers);
}

function succeeded(data: unknown): Item {
  return { code: 200, error_data: null, status: 'success', data };
}

function simple(data: unknown): SimpleItem {
  return { status: 'success', code: 200, data };
}

function failed(refusal: Refusal): Item {
  return { code: refusal.code, error_data: refusal.errorData, status: 'failure', data: null };
}
