/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Rules for the names and passwords of trunks, credentials and accounts. Lengths and characters are
 * those the live API enforces; its documents name fewer.
 */
import * as l10n from '@vscode/l10n';
import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import type { Field } from '../errors';
import { Secret } from '../secret';
import {
  accept,
  type CharacterSentences,
  type Checked,
  ofCharacter,
  refuse,
  shorten,
} from './checked';

/** One kind of name: how long it may be, and what is said of one that does not fit, in whole sentences. */
interface NameRule extends CharacterSentences {
  readonly field: Field;
  readonly max: number;
  readonly needed: (max: number) => string;
  readonly tooLong: (length: string, max: number) => string;
}

function checkName(text: string, rule: NameRule): Checked<string> {
  const { field, max } = rule;
  const value = text.trim();
  const characters = Array.from(value);
  if (characters.length === 0) return refuse(field, rule.needed(max));
  const wrong = characters.find((character) => !/^\w$/.test(character));
  const tooLong =
    characters.length > max ? rule.tooLong(characters.length.toLocaleString('en'), max) : null;
  if (wrong !== undefined) {
    const sentence = ofCharacter(wrong, rule);
    return refuse(field, tooLong === null ? sentence : `${sentence} ${tooLong}`);
  }
  return tooLong === null ? accept(value) : refuse(field, tooLong);
}

export function checkTrunkName(text: string): Checked<string> {
  return checkName(text, {
    field: 'trunk_name',
    max: 16,
    needed: (max) =>
      l10n.t('A trunk name is needed: 1 to {0} letters, digits or underscores.', max),
    tooLong: (length, max) =>
      l10n.t('This has {0} characters; a trunk name has at most {1}.', length, max),
    space: () =>
      l10n.t('A space is not allowed in a trunk name. Use letters A to Z, digits and underscores.'),
    invisible: (code) =>
      l10n.t(
        'The invisible character {0} is not allowed in a trunk name. Use letters A to Z, digits and underscores.',
        code,
      ),
    shown: (character) =>
      l10n.t(
        '“{0}” is not allowed in a trunk name. Use letters A to Z, digits and underscores.',
        character,
      ),
  });
}

/** SIP digest user name. The API documents no length; 64 is what PBXs take without trouble. */
export function checkUserName(text: string): Checked<string> {
  return checkName(text, {
    field: 'user_name',
    max: 64,
    needed: (max) => l10n.t('A user name is needed: 1 to {0} letters, digits or underscores.', max),
    tooLong: (length, max) =>
      l10n.t('This has {0} characters; a user name has at most {1}.', length, max),
    space: () =>
      l10n.t('A space is not allowed in a user name. Use letters A to Z, digits and underscores.'),
    invisible: (code) =>
      l10n.t(
        'The invisible character {0} is not allowed in a user name. Use letters A to Z, digits and underscores.',
        code,
      ),
    shown: (character) =>
      l10n.t(
        '“{0}” is not allowed in a user name. Use letters A to Z, digits and underscores.',
        character,
      ),
  });
}

export function checkFriendlyName(text: string): Checked<string> {
  return checkName(text, {
    field: 'friendly_name',
    max: 32,
    needed: (max) =>
      l10n.t('A friendly name is needed: 1 to {0} letters, digits or underscores.', max),
    tooLong: (length, max) =>
      l10n.t('This has {0} characters; a friendly name has at most {1}.', length, max),
    space: () =>
      l10n.t(
        'A space is not allowed in a friendly name. Use letters A to Z, digits and underscores.',
      ),
    invisible: (code) =>
      l10n.t(
        'The invisible character {0} is not allowed in a friendly name. Use letters A to Z, digits and underscores.',
        code,
      ),
    shown: (character) =>
      l10n.t(
        '“{0}” is not allowed in a friendly name. Use letters A to Z, digits and underscores.',
        character,
      ),
  });
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
      l10n.t('A password is needed: {0} to {1} characters.', PASSWORD_MIN, PASSWORD_MAX),
    );
  }
  if (!/^\w+$/.test(value)) {
    return refuse(
      'password',
      l10n.t(
        'The password holds a character that Exotel does not allow. Use letters A to Z, digits and underscores only.',
      ),
    );
  }
  if (value.length < PASSWORD_MIN || value.length > PASSWORD_MAX) {
    return refuse(
      'password',
      l10n.t('A password has {0} to {1} characters.', PASSWORD_MIN, PASSWORD_MAX),
    );
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
    return refuse(
      'account_sid',
      l10n.t('An account SID is needed; the API settings page shows it.'),
    );
  }
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(value)) return accept(value);
  const wrong = Array.from(value).find((character) => !/^[\w-]$/.test(character));
  if (wrong !== undefined) {
    return refuse(
      'account_sid',
      ofCharacter(wrong, {
        space: () =>
          l10n.t('A space is not allowed in an account SID. Paste the SID alone, e.g. ameyo5m.'),
        invisible: (code) =>
          l10n.t(
            'The invisible character {0} is not allowed in an account SID. Paste the SID alone, e.g. ameyo5m.',
            code,
          ),
        shown: (character) =>
          l10n.t(
            '“{0}” is not allowed in an account SID. Paste the SID alone, e.g. ameyo5m.',
            character,
          ),
      }),
    );
  }
  return refuse(
    'account_sid',
    l10n.t('“{0}” is no account SID. Paste it as e.g. ameyo5m.', shorten(value)),
  );
}

/** Opaque: samples look like `trmum1f708622631150902801a1n`, other regions may differ. `sip:` is taken off. */
export function checkTrunkSid(text: string): Checked<string> {
  const value = text.trim().replace(/^sip:/i, '');
  if (/^[A-Za-z0-9_-]{1,64}$/.test(value)) return accept(value);
  if (value === '') return refuse('trunk_sid', l10n.t('A trunk SID is needed, e.g. trmum1f70….'));
  return refuse(
    'trunk_sid',
    l10n.t('“{0}” is no trunk SID. Paste it alone, e.g. trmum1f70….', shorten(value)),
  );
}

const DOMAIN_END = '.pstn.exotel.com';

/** `<account sid>.pstn.exotel.com`. */
export function checkDomain(text: string): Checked<string> {
  const value = text.trim();
  if (!value.toLowerCase().endsWith(DOMAIN_END)) {
    return refuse('domain_name', l10n.t('The domain name has to end with {0}.', DOMAIN_END));
  }
  const account = value.slice(0, -DOMAIN_END.length);
  if (!/^[A-Za-z0-9]([\w-]{0,61}[A-Za-z0-9])?$/.test(account)) {
    return refuse(
      'domain_name',
      l10n.t(
        'The domain name is the account SID followed by {0}, e.g. {1}.',
        DOMAIN_END,
        `ameyo5m${DOMAIN_END}`,
      ),
    );
  }
  return accept(`${account}${DOMAIN_END}`);
}

/** 0 to 65535, as in DNS SRV; lower is tried first. The API documents no bounds. */
export function checkPriority(input: string | number): Checked<number> {
  return checkWhole(input, 'priority', () =>
    l10n.t('A priority is a whole number from 0 to 65535.'),
  );
}

/** 0 to 65535, as in DNS SRV; higher gets more calls. The API documents no bounds. */
export function checkWeight(input: string | number): Checked<number> {
  return checkWhole(input, 'weight', () => l10n.t('A weight is a whole number from 0 to 65535.'));
}

function checkWhole(
  input: string | number,
  field: 'priority' | 'weight',
  rule: () => string,
): Checked<number> {
  const text = String(input).trim();
  const value = Number(text);
  return /^\d{1,5}$/.test(text) && value <= 65_535 ? accept(value) : refuse(field, rule());
}
