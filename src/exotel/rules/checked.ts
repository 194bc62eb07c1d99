/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * What a rule answers. The rules are checked before any request, so that nobody waits for a server to
 * learn of a typing error; the values they give are those the API takes.
 */
import type { Field } from '../errors';

/** Something to know before going on; it does not forbid the value. */
export interface Doubt {
  readonly message: string;
}

/** What a rule is about: an input of the API, or a part of the account's address. */
export type RuleField = Field | 'account_sid' | 'api_host';

export interface Refusal {
  readonly ok: false;
  readonly field: RuleField;
  readonly message: string;
}

export interface Accepted<T> {
  readonly ok: true;
  /** Trimmed and normalised. */
  readonly value: T;
  readonly warnings: readonly Doubt[];
}

export type Checked<T> = Accepted<T> | Refusal;

export function accept<T>(value: T, ...warnings: readonly string[]): Accepted<T> {
  return { ok: true, value, warnings: warnings.map((message) => ({ message })) };
}

export function refuse(field: RuleField, message: string): Refusal {
  return { ok: false, field, message };
}

/** What is said of a character that is not allowed; each is a whole sentence. */
export interface CharacterSentences {
  readonly space: () => string;
  /** `code`: e.g. `U+200B`. */
  readonly invisible: (code: string) => string;
  readonly shown: (character: string) => string;
}

/** The sentence that fits: a space or an invisible character is named, not shown. */
export function ofCharacter(character: string, say: CharacterSentences): string {
  if (character === ' ') return say.space();
  if (/^[\p{Cc}\p{Cf}\p{Z}]/u.test(character)) {
    const code = character.codePointAt(0) ?? 0;
    return say.invisible(`U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  }
  return say.shown(character);
}

/** A pasted text, short enough to quote in a message. */
export function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text;
}
