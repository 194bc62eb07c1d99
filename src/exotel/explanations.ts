/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * What Exotel's error codes and descriptions mean to a person and what mends them. From the
 * troubleshooting tables of Exotel's own documents and the error table of its API reference.
 */
import type { Field } from './errors';

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

interface FieldFacts {
  readonly field: Field;
  readonly name: string;
  readonly rule: string;
}

const CHARSET = 'Use letters A to Z, digits and underscores only.';

/** Exotel's spelling of a parameter, lower case and letters only, to what it is and what it may hold. */
const PARAMETERS: Readonly<Record<string, FieldFacts>> = {
  trunkname: {
    field: 'trunk_name',
    name: 'trunk name',
    rule: 'Give 1 to 16 letters, digits or underscores.',
  },
  nsocode: { field: 'nso_code', name: 'operator code (nso_code)', rule: 'Use exactly ANY-ANY.' },
  domainname: {
    field: 'domain_name',
    name: 'domain name',
    rule: 'Use <account SID>.pstn.exotel.com.',
  },
  phonenumber: {
    field: 'phone_number',
    name: 'phone number',
    rule: 'Write it in E.164 form: a plus sign and digits only, e.g. +919876543210.',
  },
  mode: { field: 'mode', name: 'mode', rule: 'Use pstn or flow.' },
  ip: {
    field: 'ip',
    name: 'IP address',
    rule: 'Give the public IPv4 address of your server: four numbers from 0 to 255.',
  },
  mask: { field: 'mask', name: 'mask', rule: 'Use 32 for one address, or a number from 16 up.' },
  destination: {
    field: 'destination',
    name: 'destination',
    rule: 'Write host:port;transport=tls, without sip: and without user@.',
  },
  priority: {
    field: 'priority',
    name: 'priority',
    rule: 'Use a whole number; the lowest is first.',
  },
  weight: { field: 'weight', name: 'weight', rule: 'Use a whole number; more gets more calls.' },
  username: { field: 'user_name', name: 'user name', rule: CHARSET },
  password: { field: 'password', name: 'password', rule: CHARSET },
  friendlyname: {
    field: 'friendly_name',
    name: 'friendly name',
    rule: 'Use at most 32 letters, digits and underscores.',
  },
  settings: { field: 'setting', name: 'setting', rule: 'Give the setting a name and a value.' },
  trunksid: { field: 'trunk_sid', name: 'trunk SID', rule: 'Copy the trunk SID from the tree.' },
};
const ALIASES: Readonly<Record<string, string>> = {
  destinations: 'destination',
  name: 'settings',
  value: 'settings',
};

function parameter(spelling: string): FieldFacts | null {
  const key = spelling.toLowerCase().replace(/[^a-z]/g, '');
  return PARAMETERS[ALIASES[key] ?? key] ?? null;
}

function about(spelling: string, say: (name: string) => string, rule?: string): Explanation {
  const facts = parameter(spelling);
  if (facts === null) {
    return { what: say(spelling), doNext: rule ?? 'Correct this value and try again.' };
  }
  return { what: say(facts.name), doNext: rule ?? facts.rule, field: facts.field };
}

const DUPLICATE_TRUNK: Explanation = {
  what: 'A trunk with this name already exists in the account.',
  doNext: 'Use the existing trunk, or choose another name.',
};
const DUPLICATE_NUMBER: Explanation = {
  what: 'This phone number is already mapped to a trunk.',
  doNext: 'Find the trunk that has it, and unmap it there before you map it here.',
};
const DUPLICATE_IP: Explanation = {
  what: 'This IP address is already whitelisted.',
  doNext: 'Keep the existing entry; to cover more or fewer addresses, change its mask.',
};

const DUPLICATES: Partial<Record<Operation, Explanation>> = {
  'create trunk': DUPLICATE_TRUNK,
  'rename trunk': DUPLICATE_TRUNK,
  'map phone number': DUPLICATE_NUMBER,
  'change phone number mode': DUPLICATE_NUMBER,
  'whitelist IP': DUPLICATE_IP,
  'change whitelisted IP': DUPLICATE_IP,
  'add destinations': {
    what: 'The trunk already has this destination.',
    doNext: 'Keep the existing one; its priority and weight can be changed.',
  },
  'create credential': {
    what: 'A credential with this user name already exists.',
    doNext: 'Change the password of the existing one, or choose another user name.',
  },
  'change credential': {
    what: 'Another credential already has this user name.',
    doNext: 'Choose another user name.',
  },
  'set setting': {
    what: 'The trunk already has this setting.',
    doNext: 'Clear the setting, then set it again.',
  },
};

export function explainDuplicate(operation: Operation): Explanation {
  return (
    DUPLICATES[operation] ?? {
      what: 'This already exists at Exotel.',
      doNext: 'Refresh to see what is there.',
    }
  );
}

type Rule = readonly [RegExp, (found: readonly string[]) => Explanation];

/** Exotel's descriptions, in its own spelling. The first that fits explains. */
const DESCRIPTIONS: readonly Rule[] = [
  [/\b(\w+) is mandatory/i, ([, name = '']) => about(name, (it) => `The ${it} is missing.`)],
  [
    /maximum allowed length for (\w+) is (\d+)/i,
    ([, name = '', length = '']) =>
      about(
        name,
        (it) => `The ${it} is longer than the ${length} characters Exotel allows.`,
        `Shorten it to ${length} characters or fewer.`,
      ),
  ],
  [
    /allowed characters for (\w+)/i,
    ([, name = '']) =>
      about(name, (it) => `The ${it} holds a character that Exotel does not allow.`, CHARSET),
  ],
  [
    /invalid phone ?number/i,
    () => about('PhoneNumber', () => 'Exotel does not take this as a phone number.'),
  ],
  [
    /mask should be in-?between (\d+) and (\d+)/i,
    ([, low = '', high = '']) => ({
      what: `The mask has to be from ${low} to ${high}.`,
      doNext: 'Use 32 for a single address.',
      field: 'mask',
    }),
  ],
  [
    /domain name should end with/i,
    () => about('DomainName', () => 'The domain name does not end with .pstn.exotel.com.'),
  ],
  [
    /nso ?code is invalid/i,
    () => about('NsoCode', () => 'Exotel does not know this operator code (nso_code).'),
  ],
  [
    /destination not whitelisted/i,
    () => ({
      what: 'This destination is an IP address that is not whitelisted on the trunk.',
      doNext: 'Whitelist the IP first, then add the destination.',
      field: 'destination',
    }),
  ],
  [
    /destination is not a valid ip or fqdn/i,
    () => about('Destination', () => 'Exotel does not take this as an IP address or host name.'),
  ],
  [/invalid ip\b/i, () => about('Ip', () => 'Exotel does not take this as an IPv4 address.')],
  [/unable to create trunk/i, () => DUPLICATE_TRUNK],
  [/unable to create did ?trunk ?mapping/i, () => DUPLICATE_NUMBER],
  [/unable to whitelist-?ip/i, () => DUPLICATE_IP],
  [
    /unexpected (eof|end of json)/i,
    () => ({
      what: 'The request reached Exotel incomplete.',
      doNext: 'Try again; if it happens again, look for a proxy that cuts requests short.',
    }),
  ],
  [
    /cannot unmarshal .*(\bmask\b|uint8)/i,
    () => about('Mask', () => 'Exotel could not read the mask as a number.'),
  ],
  [
    /cannot unmarshal .*\.(\w+) of type/i,
    ([, name = '']) => about(name, (it) => `The ${it} has the wrong type for Exotel.`),
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
        what: 'A value that Exotel needs is missing.',
        doNext: 'Fill in every mandatory value and try again.',
      };
    case 1002:
      return {
        what: 'Exotel did not accept one of the values.',
        doNext: 'Check the values against Exotel’s description of the error.',
      };
    case 1007:
      return {
        what: 'Exotel could not read the request.',
        doNext: 'Check for values of the wrong type, such as text where a number belongs.',
      };
    case 1011:
      return {
        what:
          description !== null && MEDIA_TYPE.test(description)
            ? `Exotel did not accept the content type ${description}.`
            : 'Exotel did not accept the content type of the request.',
        doNext: 'The request has to arrive as application/json; look for a proxy that changes it.',
      };
    case 1020:
      return {
        what: 'Exotel read the request but could not carry it out.',
        doNext: `Check that the values fit together, then ask ${SUPPORT} with the request id.`,
      };
    default:
      return null;
  }
}
