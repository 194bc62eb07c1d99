/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The rule for phone numbers. The API takes E.164 with a plus; people paste what stands on a page.
 */
import * as l10n from '@vscode/l10n';
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min';
import { accept, type Checked, ofCharacter, refuse } from './checked';

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' });

/** E.164. `defaultCountry` (ISO 3166, two letters) completes a number without a country code. */
export function checkPhoneNumber(text: string, defaultCountry = 'IN'): Checked<string> {
  // A non-breaking space or a long dash is what a word processor makes of a short one.
  const typed = text
    .trim()
    .replace(/^tel:/i, '')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .replace(/\p{Pd}/gu, '-');
  if (typed === '') {
    return refuse('phone_number', l10n.t('A phone number is needed, e.g. +919876543210.'));
  }
  const wrong = Array.from(typed).find((character) => !/^[\d +().-]$/.test(character));
  if (wrong !== undefined) {
    return refuse(
      'phone_number',
      ofCharacter(wrong, {
        space: () => l10n.t('A space is not allowed in a phone number. Write e.g. +919876543210.'),
        invisible: (code) =>
          l10n.t(
            'The invisible character {0} is not allowed in a phone number. Write e.g. +919876543210.',
            code,
          ),
        shown: (character) =>
          l10n.t('“{0}” is not allowed in a phone number. Write e.g. +919876543210.', character),
      }),
    );
  }
  const country: CountryCode = isSupportedCountry(defaultCountry) ? defaultCountry : 'IN';
  const number = parsePhoneNumberFromString(typed, { defaultCountry: country, extract: false });
  if (number?.isPossible() !== true) {
    return refuse('phone_number', whyImpossible(typed, country));
  }
  const value: string = number.number;
  const warnings: string[] = [];
  if (typed.replace(/[ ().-]/g, '') !== value) {
    const code = number.country ?? country;
    warnings.push(l10n.t('Read as {0} ({1}).', value, COUNTRIES.of(code) ?? code));
  }
  if (!number.isValid()) {
    warnings.push(
      l10n.t('{0} has the right length but is in no known number range. Check its digits.', value),
    );
  }
  return accept(value, ...warnings);
}

function whyImpossible(typed: string, country: CountryCode): string {
  switch (validatePhoneNumberLength(typed, country)) {
    case 'TOO_SHORT':
      return l10n.t('This phone number is too short. Write e.g. +919876543210.');
    case 'TOO_LONG':
      return l10n.t('This phone number is too long. Write e.g. +919876543210.');
    case 'INVALID_COUNTRY':
      return l10n.t(
        'This phone number begins with no known country code. Write e.g. +919876543210.',
      );
    case 'INVALID_LENGTH':
    case 'NOT_A_NUMBER':
    case undefined:
      return l10n.t('This is no possible phone number. Write e.g. +919876543210.');
  }
}

/** E.164, when the text is a whole number in a known range; null for a part of one. `text` is digits and signs. */
export function wholePhoneNumber(text: string, defaultCountry: CountryCode = 'IN'): string | null {
  // A plus in brackets is how some write the code of a country.
  const typed = `${text.includes('+') ? '+' : ''}${text.replace(/\D/g, '')}`;
  const number = parsePhoneNumberFromString(typed, { defaultCountry, extract: false });
  return number?.isValid() === true ? number.number : null;
}
