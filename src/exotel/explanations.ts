/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * What Exotel's error codes and descriptions mean to a person and what mends them. From the
 * troubleshooting tables of Exotel's own documents and the error table of its API reference.
 */
import * as l10n from '@vscode/l10n';
import type { Field } from './errors';
import { charset, type Parameter, parameterOf } from './parameters';

/** What is being done, as the problem names it. */
export type Operation =
  | 'list trunks'
  | 'get trunk'
  | 'create trunk'
  | 'rename trunk'
  | 'delete trunk'
  | 'list phone numbers'
  | 'map phone number'
  | 'change phone number mode'
  | 'unmap phone number'
  | 'find trunk of phone number'
  | 'list whitelisted IPs'
  | 'whitelist IP'
  | 'change whitelisted IP'
  | 'remove whitelisted IP'
  | 'list destinations'
  | 'add destinations'
  | 'change destination'
  | 'remove destination'
  | 'list credentials'
  | 'create credential'
  | 'change credential'
  | 'delete credential'
  | 'list settings'
  | 'set setting'
  | 'clear setting';

export interface Explanation {
  readonly what: string;
  readonly doNext: string;
  /** The input it is about, when it is about one. */
  readonly field?: Field;
}

export const SUPPORT = 'support@exotel.com';
/** Who turns SIP trunking on for an account. */
export const ENABLING = 'hello@exotel.com';

/** Of what a description says about one parameter. */
function about(
  spelling: string,
  what: (parameter: Parameter) => string,
  doNext?: string,
): Explanation {
  const parameter = parameterOf(spelling);
  return {
    what: what(parameter),
    doNext: doNext ?? parameter.rule,
    ...(parameter.field !== null && { field: parameter.field }),
  };
}

function duplicateTrunk(): Explanation {
  return {
    what: l10n.t('A trunk with this name already exists in the account.'),
    doNext: l10n.t('Use the existing trunk, or choose another name.'),
  };
}

function duplicateNumber(): Explanation {
  return {
    what: l10n.t('This phone number is already mapped to a trunk.'),
    doNext: l10n.t('Find the trunk that has it, and unmap it there before you map it here.'),
  };
}

function duplicateIp(): Explanation {
  return {
    what: l10n.t('This IP address is already whitelisted.'),
    doNext: l10n.t('Keep the existing entry; to cover more or fewer addresses, change its mask.'),
  };
}

const DUPLICATES: Partial<Record<Operation, () => Explanation>> = {
  'create trunk': duplicateTrunk,
  'rename trunk': duplicateTrunk,
  'map phone number': duplicateNumber,
  'change phone number mode': duplicateNumber,
  'whitelist IP': duplicateIp,
  'change whitelisted IP': duplicateIp,
  'add destinations': () => ({
    what: l10n.t('The trunk already has this destination.'),
    doNext: l10n.t('Keep the existing one; its priority and weight can be changed.'),
  }),
  'create credential': () => ({
    what: l10n.t('A credential with this user name already exists.'),
    doNext: l10n.t('Change the password of the existing one, or choose another user name.'),
  }),
  'change credential': () => ({
    what: l10n.t('Another credential already has this user name.'),
    doNext: l10n.t('Choose another user name.'),
  }),
  'set setting': () => ({
    what: l10n.t('The trunk already has this setting.'),
    doNext: l10n.t('Clear the setting, then set it again.'),
  }),
};

export function explainDuplicate(operation: Operation): Explanation {
  return (
    DUPLICATES[operation]?.() ?? {
      what: l10n.t('This already exists at Exotel.'),
      doNext: l10n.t('Refresh to see what is there.'),
    }
  );
}

type Rule = readonly [RegExp, (found: readonly string[]) => Explanation];

/** Exotel's descriptions, in its own spelling. The first that fits explains. */
const DESCRIPTIONS: readonly Rule[] = [
  [/\b(\w+) is mandatory/i, ([, name = '']) => about(name, ({ missing }) => missing)],
  [
    /maximum allowed length for (\w+) is (\d+)/i,
    ([, name = '', length = '']) =>
      about(
        name,
        ({ tooLong }) => tooLong(length),
        l10n.t('Shorten it to {0} characters or fewer.', length),
      ),
  ],
  [
    /allowed characters for (\w+)/i,
    ([, name = '']) => about(name, ({ badCharacter }) => badCharacter, charset()),
  ],
  [
    /invalid phone ?number/i,
    () => about('PhoneNumber', () => l10n.t('Exotel does not take this as a phone number.')),
  ],
  [
    /mask should be in-?between (\d+) and (\d+)/i,
    ([, low = '', high = '']) => ({
      what: l10n.t('The mask has to be from {0} to {1}.', low, high),
      doNext: l10n.t('Use 32 for a single address.'),
      field: 'mask',
    }),
  ],
  [
    /domain name should end with/i,
    () => about('DomainName', () => l10n.t('The domain name does not end with .pstn.exotel.com.')),
  ],
  [
    /nso ?code is invalid/i,
    () => about('NsoCode', () => l10n.t('Exotel does not know this operator code (nso_code).')),
  ],
  [
    /destination not whitelisted/i,
    () => ({
      what: l10n.t('This destination is an IP address that is not whitelisted on the trunk.'),
      doNext: l10n.t('Whitelist the IP first, then add the destination.'),
      field: 'destination',
    }),
  ],
  [
    /destination is not a valid ip or fqdn/i,
    () =>
      about('Destination', () =>
        l10n.t('Exotel does not take this as an IP address or host name.'),
      ),
  ],
  [
    /invalid ip\b/i,
    () => about('Ip', () => l10n.t('Exotel does not take this as an IPv4 address.')),
  ],
  [/unable to create trunk/i, duplicateTrunk],
  [/unable to create did ?trunk ?mapping/i, duplicateNumber],
  [/unable to whitelist-?ip/i, duplicateIp],
  [
    /unexpected (eof|end of json)/i,
    () => ({
      what: l10n.t('The request reached Exotel incomplete.'),
      doNext: l10n.t('Try again; if it happens again, look for a proxy that cuts requests short.'),
    }),
  ],
  [
    /cannot unmarshal .*(\bmask\b|uint8)/i,
    () => about('Mask', () => l10n.t('Exotel could not read the mask as a number.')),
  ],
  [
    /cannot unmarshal .*\.(\w+) of type/i,
    ([, name = '']) => about(name, ({ wrongType }) => wrongType),
  ],
];

/** Null when the description is none of those known. */
export function explainDescription(description: string): Explanation | null {
  for (const [pattern, explain] of DESCRIPTIONS) {
    const found = pattern.exec(description);
    if (found !== null) return explain(found);
  }
  return null;
}

/** What else an answer says stays out of sentences: VS Code makes links of `[text](command:…)` in them. */
const MEDIA_TYPE = /^[\w.+-]{1,64}\/[\w.+-]{1,64}$/;

/** Exotel's codes where the description says nothing known. Those not here are explained by kind. */
export function explainCode(code: number, description: string | null): Explanation | null {
  switch (code) {
    case 1001:
      return {
        what: l10n.t('A value that Exotel needs is missing.'),
        doNext: l10n.t('Fill in every mandatory value and try again.'),
      };
    case 1002:
      return {
        what: l10n.t('Exotel did not accept one of the values.'),
        doNext: l10n.t('Check the values against Exotel’s description of the error.'),
      };
    case 1007:
      return {
        what: l10n.t('Exotel could not read the request.'),
        doNext: l10n.t('Check for values of the wrong type, such as text where a number belongs.'),
      };
    case 1011:
      return {
        what:
          description !== null && MEDIA_TYPE.test(description)
            ? l10n.t('Exotel did not accept the content type {0}.', description)
            : l10n.t('Exotel did not accept the content type of the request.'),
        doNext: l10n.t(
          'The request has to arrive as application/json; look for a proxy that changes it.',
        ),
      };
    case 1020:
      return {
        what: l10n.t('Exotel read the request but could not carry it out.'),
        doNext: l10n.t(
          'Check that the values fit together, then ask {0} with the request id.',
          SUPPORT,
        ),
      };
    default:
      return null;
  }
}
