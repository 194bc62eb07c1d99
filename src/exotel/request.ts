/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * A request as it can be shown and tried by hand: without the key, without a password.
 */

export interface SentRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  /** JSON; null without a body. Passwords are replaced. */
  readonly body: string | null;
}

/** Exotel takes no blank or `<` in a password: sent unedited, it is refused. */
export const SECRET_BLANK = '<the SIP password>';

/** `secrets`: texts that must not be in the body, wherever they stand. */
export function sentRequest(
  method: SentRequest['method'],
  url: string,
  body: unknown,
  secrets: readonly string[],
): SentRequest {
  const hidden = secrets.filter((secret) => secret !== '');
  const text = JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'string' && hidden.some((secret) => value.includes(secret))
      ? SECRET_BLANK
      : value,
  ) as string | undefined;
  return { method, url, body: text ?? null };
}

/** One word of a POSIX shell, taken as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As a curl command; key and token come from the variables EXOTEL_API_KEY and EXOTEL_API_TOKEN. */
export function asCurl({ method, url, body }: SentRequest): string {
  const lines = [
    `curl -X ${method} ${quoted(url)}`,
    '-u "$EXOTEL_API_KEY:$EXOTEL_API_TOKEN"',
    ...(body === null ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(body)}`]),
  ];
  return lines.join(' \\\n  ');
}
