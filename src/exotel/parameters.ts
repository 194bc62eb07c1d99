/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The parameters that Exotel's refusals name: which input each is, what it may hold, and what is said of
 * it. Sentences stand whole, one a parameter: in other languages the words around a name change with it.
 */
import * as l10n from '@vscode/l10n';
import type { Field } from './errors';

/** What can be said of one parameter; each is a whole sentence. */
export interface Parameter {
  /** The input it is about; null for one that is not known here. */
  readonly field: Field | null;
  /** What to write. */
  readonly rule: string;
  readonly missing: string;
  readonly wrongType: string;
  readonly badCharacter: string;
  readonly tooLong: (length: string) => string;
}

/** Letters, digits and underscores: what the live API takes in names and passwords. */
export function charset(): string {
  return l10n.t('Use letters A to Z, digits and underscores only.');
}

/** Of a parameter as Exotel spells it, e.g. `TrunkName`. */
function unnamed(spelling: string): Parameter {
  return {
    field: null,
    rule: l10n.t('Correct this value and try again.'),
    missing: l10n.t('The parameter {0} is missing.', spelling),
    wrongType: l10n.t('The parameter {0} has the wrong type for Exotel.', spelling),
    badCharacter: l10n.t(
      'The parameter {0} holds a character that Exotel does not allow.',
      spelling,
    ),
    tooLong: (length) =>
      l10n.t(
        'The parameter {0} is longer than the {1} characters Exotel allows.',
        spelling,
        length,
      ),
  };
}

type Said = Partial<Parameter> & Pick<Parameter, 'field' | 'rule' | 'missing' | 'wrongType'>;

/** By Exotel's spelling, lower case and letters only. */
const KNOWN: Readonly<Record<string, () => Said>> = {
  trunkname: () => ({
    field: 'trunk_name',
    rule: l10n.t('Give 1 to 16 letters, digits or underscores.'),
    missing: l10n.t('The trunk name is missing.'),
    wrongType: l10n.t('The trunk name has the wrong type for Exotel.'),
    badCharacter: l10n.t('The trunk name holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The trunk name is longer than the {0} characters Exotel allows.', length),
  }),
  nsocode: () => ({
    field: 'nso_code',
    rule: l10n.t('Use exactly ANY-ANY.'),
    missing: l10n.t('The operator code (nso_code) is missing.'),
    wrongType: l10n.t('The operator code (nso_code) has the wrong type for Exotel.'),
  }),
  domainname: () => ({
    field: 'domain_name',
    rule: l10n.t('Use <account SID>.pstn.exotel.com.'),
    missing: l10n.t('The domain name is missing.'),
    wrongType: l10n.t('The domain name has the wrong type for Exotel.'),
    badCharacter: l10n.t('The domain name holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The domain name is longer than the {0} characters Exotel allows.', length),
  }),
  phonenumber: () => ({
    field: 'phone_number',
    rule: l10n.t('Write it in E.164 form: a plus sign and digits only, e.g. +919876543210.'),
    missing: l10n.t('The phone number is missing.'),
    wrongType: l10n.t('The phone number has the wrong type for Exotel.'),
    badCharacter: l10n.t('The phone number holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The phone number is longer than the {0} characters Exotel allows.', length),
  }),
  mode: () => ({
    field: 'mode',
    rule: l10n.t('Use pstn or flow.'),
    missing: l10n.t('The mode is missing.'),
    wrongType: l10n.t('The mode has the wrong type for Exotel.'),
  }),
  ip: () => ({
    field: 'ip',
    rule: l10n.t('Give the public IPv4 address of your server: four numbers from 0 to 255.'),
    missing: l10n.t('The IP address is missing.'),
    wrongType: l10n.t('The IP address has the wrong type for Exotel.'),
  }),
  mask: () => ({
    field: 'mask',
    rule: l10n.t('Use 32 for one address, or a number from 16 up.'),
    missing: l10n.t('The mask is missing.'),
    wrongType: l10n.t('The mask has the wrong type for Exotel.'),
  }),
  destination: () => ({
    field: 'destination',
    rule: l10n.t('Write host:port;transport=tls, without sip: and without user@.'),
    missing: l10n.t('The destination is missing.'),
    wrongType: l10n.t('The destination has the wrong type for Exotel.'),
    badCharacter: l10n.t('The destination holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The destination is longer than the {0} characters Exotel allows.', length),
  }),
  priority: () => ({
    field: 'priority',
    rule: l10n.t('Use a whole number; the lowest is first.'),
    missing: l10n.t('The priority is missing.'),
    wrongType: l10n.t('The priority has the wrong type for Exotel.'),
  }),
  weight: () => ({
    field: 'weight',
    rule: l10n.t('Use a whole number; more gets more calls.'),
    missing: l10n.t('The weight is missing.'),
    wrongType: l10n.t('The weight has the wrong type for Exotel.'),
  }),
  username: () => ({
    field: 'user_name',
    rule: charset(),
    missing: l10n.t('The user name is missing.'),
    wrongType: l10n.t('The user name has the wrong type for Exotel.'),
    badCharacter: l10n.t('The user name holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The user name is longer than the {0} characters Exotel allows.', length),
  }),
  password: () => ({
    field: 'password',
    rule: charset(),
    missing: l10n.t('The password is missing.'),
    wrongType: l10n.t('The password has the wrong type for Exotel.'),
    badCharacter: l10n.t('The password holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The password is longer than the {0} characters Exotel allows.', length),
  }),
  friendlyname: () => ({
    field: 'friendly_name',
    rule: l10n.t('Use at most 32 letters, digits and underscores.'),
    missing: l10n.t('The friendly name is missing.'),
    wrongType: l10n.t('The friendly name has the wrong type for Exotel.'),
    badCharacter: l10n.t('The friendly name holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The friendly name is longer than the {0} characters Exotel allows.', length),
  }),
  settings: () => ({
    field: 'setting',
    rule: l10n.t('Give the setting a name and a value.'),
    missing: l10n.t('The setting is missing.'),
    wrongType: l10n.t('The setting has the wrong type for Exotel.'),
    badCharacter: l10n.t('The setting holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The setting is longer than the {0} characters Exotel allows.', length),
  }),
  trunksid: () => ({
    field: 'trunk_sid',
    rule: l10n.t('Copy the trunk SID from the tree.'),
    missing: l10n.t('The trunk SID is missing.'),
    wrongType: l10n.t('The trunk SID has the wrong type for Exotel.'),
    badCharacter: l10n.t('The trunk SID holds a character that Exotel does not allow.'),
    tooLong: (length) =>
      l10n.t('The trunk SID is longer than the {0} characters Exotel allows.', length),
  }),
};
const ALIASES: Readonly<Record<string, string>> = {
  destinations: 'destination',
  name: 'settings',
  value: 'settings',
};

/** `spelling`: as Exotel writes it, in whatever case. One that is not known is named as Exotel spells it. */
export function parameterOf(spelling: string): Parameter {
  const key = spelling.toLowerCase().replace(/[^a-z]/g, '');
  return { ...unnamed(spelling), ...KNOWN[ALIASES[key] ?? key]?.() };
}
