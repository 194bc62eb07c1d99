/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Rules for the names and passwords of trunks, credentials and accounts. Lengths and characters are
 * those the live API enforces; its documents name fewer.
 */
import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import type { Field } from '../errors';
import { Secret } from '../secret';
import { accept, type Checked, count, nameCharacter, quote, refuse } from './checked';

interface NameRule {
  readonly field: Field;
  /** With its article, e.g. `a trunk name`. */
  readonly noun: string;
  readonly max: number;
}

const ALLOWED = 'Use letters A to Z, digits and underscores';

function checkName(text: string, { field, noun, max }: NameRule): Checked<string> {
  const value = text.trim();
  const characters = Array.from(value);
  const A = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
  if (characters.length === 0) {
    return refuse(field, `${A} is needed: 1 to ${max} letters, digits or underscores.`);
  }
  const wrong = characters.find((character) => !/^\w$/.test(character));
  const tooLong =
    characters.length > max
      ? `This has ${count(characters.length, 'character')}; ${noun} has at most ${max}.`
      : null;
  if (wrong !== undefined) {
    const sentence = `${nameCharacter(wrong)} is not allowed in ${noun}. ${ALLOWED}.`;
    return refuse(field, tooLong === null ? sentence : `${sentence} ${tooLong}`);
  }
  return tooLong === null ? accept(value) : refuse(field, tooLong);
}

export function checkTrunkName(text: string): Checked<string> {
  return checkName(text, { field: 'trunk_name', noun: 'a trunk name', max: 16 });
}

/** SIP digest user name. The API documents no length; 64 is what PBXs take without trouble. */
export function checkUserName(text: string): Checked<string> {
  return checkName(text, { field: 'user_name', noun: 'a user name', max: 64 });
}

export function checkFriendlyName(text: string): Checked<string> {
  return checkName(text, { field: 'friendly_name', noun: 'a friendly name', max: 32 });
}

const PASSWORD_MIN = 8;
const PASSWORD_MAX = 64;

/** Never trimmed, and never quoted in a message, not even one character of it. */
export function checkPassword(password: string | Secret): Checked<Secret> {
  const secret = typeof password === 'string' ? new Secret(password) : password;
  const value = secret.reveal();
  if (value === '') {
    return refuse(
      'password',
      `A password is needed: ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`,
    );
  }
  if (!/^\w+$/.test(value)) {
    return refuse(
      'password',
      `The password holds a character that Exotel does not allow. ${ALLOWED} only.`,
    );
  }
  if (value.length < PASSWORD_MIN || value.length > PASSWORD_MAX) {
    return refuse('password', `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`);
  }
  return accept(secret);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PASSWORD_LENGTH = 24;

/** 24 characters of A–Z, a–z, 0–9: 142 bits, no character that Exotel or a PBX file takes amiss. */
export function generatePassword(
  randomBytes: (size: number) => Uint8Array = cryptoRandomBytes,
): Secret {
  // Bytes above the last whole multiple of the alphabet are dropped, else its beginning came up more.
  const fair = 256 - (256 % ALPHABET.length);
  let password = '';
  while (password.length < PASSWORD_LENGTH) {
    for (const byte of randomBytes(PASSWORD_LENGTH)) {
      if (byte < fair && password.length < PASSWORD_LENGTH) {
        password += ALPHABET.charAt(byte % ALPHABET.length);
      }
    }
  }
  return new Secret(password);
}

/** The slug of an account, e.g. `ameyo5m`; it is a part of every path and of the SIP domain. */
export function checkAccountSid(text: string): Checked<string> {
  const value = text.trim();
  if (value === '') {
    return refuse('account_sid', 'An account SID is needed; the API settings page shows it.');
  }
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(value)) return accept(value);
  const wrong = Array.from(value).find((character) => !/^[\w-]$/.test(character));
  if (wrong !== undefined) {
    return refuse(
      'account_sid',
      `${nameCharacter(wrong)} is not allowed in an account SID. Paste the SID alone, e.g. ameyo5m.`,
    );
  }
  return refuse('account_sid', `${quote(value)} is no account SID. Paste it as e.g. ameyo5m.`);
}

/** Opaque: samples look like `trmum1f708622631150902801a1n`, other regions may differ. `sip:` is taken off. */
export function checkTrunkSid(text: string): Checked<string> {
  const value = text.trim().replace(/^sip:/i, '');
  if (/^[A-Za-z0-9_-]{1,64}$/.test(value)) return accept(value);
  if (value === '') return refuse('trunk_sid', 'A trunk SID is needed, e.g. trmum1f70….');
  return refuse('trunk_sid', `${quote(value)} is no trunk SID. Paste it alone, e.g. trmum1f70….`);
}

const DOMAIN_END = '.pstn.exotel.com';

/** `<account sid>.pstn.exotel.com`. */
export function checkDomain(text: string): Checked<string> {
  const value = text.trim();
  if (!value.toLowerCase().endsWith(DOMAIN_END)) {
    return refuse('domain_name', `The domain name has to end with ${DOMAIN_END}.`);
  }
  const account = value.slice(0, -DOMAIN_END.length);
  if (!/^[A-Za-z0-9]([\w-]{0,61}[A-Za-z0-9])?$/.test(account)) {
    return refuse(
      'domain_name',
      `The domain name is the account SID followed by ${DOMAIN_END}, e.g. ameyo5m${DOMAIN_END}.`,
    );
  }
  return accept(`${account}${DOMAIN_END}`);
}

/** 0 to 65535, as in DNS SRV; lower is tried first. The API documents no bounds. */
export function checkPriority(input: string | number): Checked<number> {
  return checkWhole(input, 'priority', 'A priority');
}

/** 0 to 65535, as in DNS SRV; higher gets more calls. The API documents no bounds. */
export function checkWeight(input: string | number): Checked<number> {
  return checkWhole(input, 'weight', 'A weight');
}

function checkWhole(
  input: string | number,
  field: 'priority' | 'weight',
  A: string,
): Checked<number> {
  const text = String(input).trim();
  const value = Number(text);
  return /^\d{1,5}$/.test(text) && value <= 65_535
    ? accept(value)
    : refuse(field, `${A} is a whole number from 0 to 65535.`);
}
