/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The rule for phone numbers. The API takes E.164 with a plus; people paste what stands on a page.
 */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min';
import { accept, type Checked, nameCharacter, refuse } from './checked';

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
    return refuse('phone_number', 'A phone number is needed, e.g. +919876543210.');
  }
  const wrong = Array.from(typed).find((character) => !/^[\d +().-]$/.test(character));
  if (wrong !== undefined) {
    return refuse(
      'phone_number',
      `${nameCharacter(wrong)} is not allowed in a phone number. Write e.g. +919876543210.`,
    );
  }
  const country: CountryCode = isSupportedCountry(defaultCountry) ? defaultCountry : 'IN';
  const number = parsePhoneNumberFromString(typed, { defaultCountry: country, extract: false });
  if (number?.isPossible() !== true) {
    return refuse('phone_number', `${whyImpossible(typed, country)} Write e.g. +919876543210.`);
  }
  const value: string = number.number;
  const warnings: string[] = [];
  if (typed.replace(/[ ().-]/g, '') !== value) {
    const code = number.country ?? country;
    warnings.push(`Read as ${value} (${COUNTRIES.of(code) ?? code}).`);
  }
  if (!number.isValid()) {
    warnings.push(
      `${value} has the right length but is in no known number range. Check its digits.`,
    );
  }
  return accept(value, ...warnings);
}

function whyImpossible(typed: string, country: CountryCode): string {
  switch (validatePhoneNumberLength(typed, country)) {
    case 'TOO_SHORT':
      return 'This phone number is too short.';
    case 'TOO_LONG':
      return 'This phone number is too long.';
    case 'INVALID_COUNTRY':
      return 'This phone number begins with no known country code.';
    case 'INVALID_LENGTH':
    case 'NOT_A_NUMBER':
    case undefined:
      return 'This is no possible phone number.';
  }
}

/** E.164, when the text is a whole number in a known range; null for a part of one. `text` is digits and signs. */
export function wholePhoneNumber(text: string, defaultCountry: CountryCode = 'IN'): string | null {
  // A plus in brackets is how some write the code of a country.
  const typed = `${text.includes('+') ? '+' : ''}${text.replace(/\D/g, '')}`;
  const number = parsePhoneNumberFromString(typed, { defaultCountry, extract: false });
  return number?.isValid() === true ? number.number : null;
}
