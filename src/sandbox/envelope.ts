/**
 * sandbox/: what goes over the wire. The API's envelopes for one thing, a batch and a list, and the
 * plain pages of a web server that answers before the API does.
 */
import { newRequestId } from './identifiers';
import type { ErrorData, Refusal } from './refusal';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

interface Item {
  readonly code: number;
  readonly error_data: ErrorData | null;
  readonly status: 'success' | 'failure';
  readonly data: unknown;
}

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

/** One resource: `response` is an object. */
export function single(method: string, data: unknown): Answer {
  return enveloped(method, 200, succeeded(data));
}

/** A page of resources: `response` is an array, `metadata` tells the way to the next page. */
export function list(method: string, metadata: object, rows: readonly unknown[]): Answer {
  return enveloped(method, 200, rows.map(succeeded), metadata);
}

/**
 * The outcome of each item, in request order: HTTP 200 when all went well, else 207.
 * `failed` is counted always (destinations) or only when there is something to count (settings).
 */
export function batch(
  method: string,
  outcomes: readonly ({ readonly data: unknown } | Refusal)[],
  counting: 'failed always' | 'failed if any',
): Answer {
  const items = outcomes.map((outcome) =>
    'data' in outcome ? succeeded(outcome.data) : failed(outcome),
  );
  const success = items.filter((item) => item.status === 'success').length;
  const failures = items.length - success;
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
  response: Item | readonly Item[],
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

function failed(refusal: Refusal): Item {
  return { code: refusal.code, error_data: refusal.errorData, status: 'failure', data: null };
}
