/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * Every way the API says no, with the codes and the exact texts of its published errors.
 */

export interface ErrorData {
  readonly code: number;
  readonly message: string;
  readonly description: string;
}

/** Thrown by rules and store, dressed in an envelope in one place. */
export class Refusal extends Error {
  constructor(
    /** The HTTP status line. Not always `code`: a duplicate travels as HTTP 200. */
    readonly httpStatus: number,
    /** `response.code` */
    readonly code: number,
    readonly errorData: ErrorData,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errorData.description);
    this.name = 'Refusal';
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 404, { code: 1000, message: 'Not Found', description: 'Not Found' });
}

/** @param field as the API spells it: `TrunkName`, `Ip`, `PhoneNumber`. */
export function mandatory(field: string): Refusal {
  return new Refusal(400, 400, {
    code: 1001,
    message: 'Mandatory Parameter missing',
    description: `${field} is mandatory`,
  });
}

export function invalid(description: string): Refusal {
  return new Refusal(400, 400, { code: 1002, message: 'Invalid parameter', description });
}

/** Somebody else's trunk or account, as the tests of 2025 saw it. */
export function forbidden(): Refusal {
  const text = 'Authorization failed';
  return new Refusal(403, 403, { code: 1003, message: text, description: text });
}

/** @param description what Go's JSON decoder says. The blank at the end of the message is Exotel's. */
export function unparsable(description: string): Refusal {
  return new Refusal(400, 400, {
    code: 1007,
    message: 'Invalid request body,failed parsing ',
    description,
  });
}

/** HTTP 200 around a nested 409: the live behaviour that clients trip over. */
export function duplicate(description: string): Refusal {
  return new Refusal(200, 409, { code: 1008, message: 'Duplicate resource', description });
}

export function unauthorized(): Refusal {
  const text = 'Authorization failed';
  return new Refusal(
    401,
    401,
    { code: 1010, message: text, description: text },
    { 'WWW-Authenticate': 'Basic realm="exotel"' },
  );
}

/** @param contentType the offending type, as it came. */
export function unsupportedType(contentType: string): Refusal {
  return new Refusal(415, 415, {
    code: 1011,
    message: 'unsupported content type',
    description: contentType,
  });
}

/** @param retryAfter seconds, or an HTTP date; no `Retry-After` header when left out. */
export function tooManyCalls(retryAfter?: number | string): Refusal {
  return new Refusal(
    429,
    429,
    { code: 1030, message: 'Rate limit exceeded', description: 'Too many requests' },
    retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
  );
}
