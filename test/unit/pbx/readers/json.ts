// Requests for an API in JSON, read by JSON.parse and by nothing of src/.
import assert from 'node:assert/strict';
import type { PbxFile } from '../../../../src/pbx/types';

/** The value of one file. A key that is there twice would be lost in parsing: it is refused. */
export function readJson({ name, text }: PbxFile): unknown {
  const value: unknown = JSON.parse(text);
  assert.equal(`${JSON.stringify(value, null, 2)}\n`, text, name);
  return value;
}

/** The value of the file of that name; undefined when there is none. */
export function jsonOf(files: readonly PbxFile[], name: string): unknown {
  const file = files.find((one) => one.name === name);
  return file === undefined ? undefined : readJson(file);
}

/** The values of `base.json`, or of `base-….json` in their order. */
export function jsonSeries(files: readonly PbxFile[], base: string): unknown[] {
  return files
    .filter(({ name }) => name === `${base}.json` || name.startsWith(`${base}-`))
    .map(readJson);
}

/** What stands at a path of keys and indices; undefined when something on the way is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

export function text(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function list(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
}

/** Phone numbers among these values; what stands where one is missing is none. */
export function phoneNumbers(values: readonly unknown[]): string[] {
  return values.filter(
    (value): value is string => typeof value === 'string' && /^\+[1-9][0-9]{7,14}$/.test(value),
  );
}

/** `host:port` in its two parts. */
export function address(value: string | undefined): { edgeHost?: string; edgePort?: number } {
  const match = /^([^:]+):([0-9]+)$/.exec(value ?? '');
  return match === null ? {} : { edgeHost: match[1] ?? '', edgePort: Number(match[2]) };
}

/** Keys and kinds of values, of every file. */
export function jsonShape(files: readonly PbxFile[]): unknown {
  return files.map((file) => [file.name, shapeOf(readJson(file))]);
}

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
}
