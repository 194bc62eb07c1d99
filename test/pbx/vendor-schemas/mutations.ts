// The same requests, each with one thing wrong: a proof that takes them proves nothing.
import type { Question } from './verdicts';

/** Objects whose keys are the sender's own: names of SIP headers. */
const free = new Set(['headers', 'headersToAttributes', 'custom_sip_headers']);

export interface Mutation extends Question {
  readonly what: string;
}

/** Every way to misspell one key or to give one value another kind. */
function wrong(value: unknown, path: string): { readonly what: string; readonly value: unknown }[] {
  if (Array.isArray(value)) {
    const items = value as unknown[];
    return items.flatMap((item, index) =>
      wrong(item, `${path}[${index}]`).map(({ what, value: inner }) => ({
        what,
        value: items.with(index, inner),
      })),
    );
  }
  if (typeof value !== 'object' || value === null) {
    return [{ what: `${path} of another kind`, value: { wrong: [1] } }];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = path === '' ? key : `${path}.${key}`;
    const entries = Object.entries(value);
    const put = (newKey: string, newValue: unknown): unknown =>
      Object.fromEntries(entries.map(([k, v]) => (k === key ? [newKey, newValue] : [k, v])));
    const last = path.split('.').at(-1) ?? '';
    return [
      ...(free.has(last) ? [] : [{ what: `${here} misspelt`, value: put(`${key}z`, inner) }]),
      ...wrong(inner, here).map(({ what, value: changed }) => ({ what, value: put(key, changed) })),
    ];
  });
}

/** Enumerations, which the kind of a value does not tell apart. */
const enumerations: readonly (readonly [string, string])[] = [
  ['"SIP_TRANSPORT_TLS"', '"SIP_TRANSPORT_TLSS"'],
  ['"SIP_MEDIA_ENCRYPT_REQUIRE"', '"REQUIRED"'],
  ['"media_encryption":"required"', '"media_encryption":"require"'],
  ['"transport":"tls"', '"transport":"sips"'],
  ['"PCMA/8000"', '"PCMA"'],
  ['"tls/srtp"', '"srtp"'],
  ['"byo-sip-trunk"', '"sip-trunk"'],
  ['"byo-phone-number"', '"sip-phone-number"'],
];

export function mutationsOf({ kind, value }: Question): Mutation[] {
  const text = JSON.stringify(value);
  return [
    ...wrong(value, '').map((one) => ({ ...one, kind })),
    ...enumerations
      .filter(([right]) => text.includes(right))
      .map(([right, instead]) => ({
        kind,
        what: `${right} as ${instead}`,
        value: JSON.parse(text.replace(right, instead)) as unknown,
      })),
  ];
}
