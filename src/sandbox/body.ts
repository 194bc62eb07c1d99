/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * Request bodies, read the way a Go server reads them: a wrong type is a parse error that
 * names the type, `null` counts as absent, and fields nobody knows are passed over.
 */
import { unparsable } from './refusal';

type Kind = 'string' | 'int' | 'uint8';
type Shape = Readonly<Record<string, Kind>>;

export type Fields<S extends Shape> = {
  readonly [Name in keyof S]?: S[Name] extends 'string' ? string : number;
};

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unparsable(goSyntaxError(text, error));
  }
}

/** @param struct the name of the thing in error texts. */
export function fields<const S extends Shape>(struct: string, body: unknown, shape: S): Fields<S> {
  const source = asObject(struct, body);
  const found: Record<string, string | number> = {};
  for (const [name, kind] of Object.entries(shape)) {
    const value = source[name];
    if (value !== undefined && value !== null) found[name] = scalar(struct, name, kind, value);
  }
  return found as Fields<S>;
}

/** The objects under `name`; empty when it is absent. */
export function objects<const S extends Shape>(
  struct: string,
  body: unknown,
  name: string,
  shape: S,
): readonly Fields<S>[] {
  const value = asObject(struct, body)[name] ?? [];
  if (!Array.isArray(value)) throw mismatch(value, struct, name, `[]main.${struct}`);
  return value.map((item: unknown) => fields(struct, item, shape));
}

function asObject(struct: string, body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && !Array.isArray(body)) {
    // Without a prototype, so that a field called "constructor" is simply absent. Go takes a bare
    // `null` for an object without fields, and so does this.
    return Object.assign(Object.create(null), body) as Record<string, unknown>;
  }
  throw unparsable(`json: cannot unmarshal ${goKind(body)} into Go value of type main.${struct}`);
}

function scalar(struct: string, name: string, kind: Kind, value: unknown): string | number {
  if (kind === 'string' && typeof value === 'string') return value;
  if (kind !== 'string' && typeof value === 'number' && Number.isSafeInteger(value)) {
    if (kind === 'int' || (value >= 0 && value <= 255)) return value;
  }
  throw mismatch(value, struct, name, kind);
}

function mismatch(value: unknown, struct: string, name: string, type: string): Error {
  const shown = typeof value === 'number' && type !== 'string' ? `number ${value}` : goKind(value);
  return unparsable(
    `json: cannot unmarshal ${shown} into Go struct field ${struct}.${name} of type ${type}`,
  );
}

function goKind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function goSyntaxError(text: string, error: unknown): string {
  if (text.trim() === '') return 'EOF';
  const said = error instanceof Error ? error.message : '';
  const at = Number(/at position (\d+)/.exec(said)?.[1] ?? 0);
  if (at >= text.length || /end of JSON input|Unterminated string/.test(said)) {
    return 'unexpected EOF';
  }
  return `invalid character '${text.charAt(at)}' looking for beginning of value`;
}
