// IOS XE's running configuration: one command a line, the mode by indentation, words parted by single
// blanks, comments with ! at the start. Commands by mode as in Cisco's voice command reference and CUBE
// configuration guide; a command that is not one of them fails.
import assert from 'node:assert/strict';

export interface IosCommand {
  /** The commands that lead into the mode, outermost first. */
  readonly mode: readonly string[];
  readonly command: string;
}

type Grammar = Readonly<Record<string, readonly RegExp[]>>;

const WORD = '[A-Za-z0-9._-]+';
const NUMBER = '[0-9]+';
const ADDRESS = '[0-9]{1,3}(?:\\.[0-9]{1,3}){3}';
const TRANSPORT = '(?:tcp tls|tcp)';
/** Inside double quotes no double quote and no question mark. */
const QUOTED = '"[^"?]*"';

const command = (...parts: readonly string[]): RegExp => new RegExp(`^${parts.join(' ')}$`);

/** Keys are openers with their own words taken out. */
const GRAMMAR: Grammar = {
  '': [
    command('voice service voip'),
    command('voice class codec', NUMBER),
    command('voice class srtp-crypto', NUMBER),
    command('voice class tls-profile', NUMBER),
    command('voice class sip-profiles', NUMBER),
    command('voice class tenant', NUMBER),
    command('voice class sip-options-keepalive', NUMBER),
    command('voice class dpg', NUMBER),
    command('voice class uri', WORD, 'sip'),
    command('voice translation-rule', NUMBER),
    command('voice translation-profile', WORD),
    command('dial-peer voice', NUMBER, 'voip'),
    command('crypto pki trustpoint', WORD),
    command('sip-ua'),
  ],
  'voice service voip': [
    command('ip address trusted authenticate'),
    command('ip address trusted list'),
    command('mode border-element'),
    command('allow-connections sip to sip'),
  ],
  'ip address trusted list': [command(`ipv4 ${ADDRESS}(?: ${ADDRESS})?`)],
  'voice class codec': [command('codec preference', NUMBER, '(?:g711alaw|g711ulaw|g729r8)')],
  'voice class srtp-crypto': [command('crypto', NUMBER, 'AES_CM_128_HMAC_SHA1_80')],
  'voice class tls-profile': [command('trustpoint', WORD), command('cn-san validate server')],
  'voice class sip-profiles': [
    command(
      'rule',
      NUMBER,
      '(?:request|response)',
      '(?:ANY|INVITE)',
      '(?:sip-header|sdp-header)',
      WORD,
      `(?:modify ${QUOTED} ${QUOTED}|add ${QUOTED})`,
    ),
  ],
  'voice class tenant': [
    command(`sip-server (?:dns|ipv4):${WORD}:${NUMBER}`),
    command('session transport', TRANSPORT),
    command('listen-port (?:secure|non-secure)', NUMBER),
    command('tls-profile', NUMBER),
    command('srtp-crypto', NUMBER),
    command('authentication username', WORD, 'password 0', WORD),
    command('no remote-party-id'),
    command('asserted-id pai'),
    command('early-offer forced'),
    command('sip-profiles', NUMBER),
    command('bind (?:control|media) source-interface', '[A-Za-z]+[0-9/.]+'),
  ],
  'voice class sip-options-keepalive': [command('transport', TRANSPORT)],
  'voice class dpg': [command('dial-peer', NUMBER)],
  'voice class uri': [command(`host (?:ipv4:${ADDRESS}|\\^[0-9]+(?:\\\\\\.[0-9]+)*\\\\\\.)`)],
  'voice translation-rule': [command('rule', NUMBER, '/[^/?]*/', '/[^/?]*/')],
  'voice translation-profile': [command('translate called', NUMBER)],
  'crypto pki trustpoint': [command('enrollment terminal'), command('revocation-check crl none')],
  'sip-ua': [
    command('transport tcp tls v1\\.2'),
    command('crypto signaling default trustpoint', WORD, 'cn-san-validate server'),
  ],
  'dial-peer voice': [
    command('description', `${WORD}: [A-Za-z, ]+`),
    command('translation-profile (?:incoming|outgoing)', WORD),
    command('destination-pattern BAD\\.BAD'),
    command('session protocol sipv2'),
    command(`session target (?:sip-server|ipv4:${ADDRESS}(?::${NUMBER})?)`),
    command('session transport', TRANSPORT),
    command('incoming uri via', WORD),
    command('destination dpg', NUMBER),
    command('voice-class codec', NUMBER),
    command('voice-class sip tenant', NUMBER),
    command('voice-class sip options-keepalive profile', NUMBER),
    command('voice-class sip bind (?:control|media) source-interface', '[A-Za-z]+[0-9/.]+'),
    command('dtmf-relay rtp-nte'),
    command('srtp'),
    command('no vad'),
  ],
};

const OPENERS = Object.keys(GRAMMAR).filter((one) => one !== '');

function grammarOf(opener: string): readonly RegExp[] | undefined {
  const key = OPENERS.find((one) => opener === one || opener.startsWith(`${one} `));
  return key === undefined ? undefined : GRAMMAR[key];
}

export function readIos(text: string): IosCommand[] {
  assert.doesNotMatch(text, /[^\n\P{Cc}]|[\p{Zl}\p{Zp}]/u, 'a control character');
  const commands: IosCommand[] = [];
  let mode: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '') {
      mode = [];
      continue;
    }
    if (line.startsWith('!')) {
      // A comment leaves no mode: it stands before the command it speaks of.
      mode = [];
      continue;
    }
    const depth = /^ */.exec(line)?.[0].length ?? 0;
    const words = line.slice(depth);
    assert.ok(!/\?| {2}| $/.test(words), `a question mark or a blank too many: ${words}`);
    const last = commands.at(-1);
    if (depth === mode.length + 1) {
      assert.ok(last !== undefined, 'indented at the beginning');
      mode = [...mode, last.command];
    } else {
      assert.ok(depth <= mode.length, `indented too far: ${words}`);
      mode = mode.slice(0, depth);
    }
    const allowed = mode.length === 0 ? GRAMMAR[''] : grammarOf(mode.at(-1) ?? '');
    assert.ok(
      allowed?.some((one) => one.test(words)),
      `no command in "${mode.join(' > ')}": ${words}`,
    );
    commands.push({ mode, command: words });
  }
  return commands;
}

/** What stands behind `prefix` in the first mode that begins with `opener`, or in any. */
export function iosValues(commands: readonly IosCommand[], prefix: string, opener = ''): string[] {
  return commands
    .filter(({ mode, command: words }) => {
      return words.startsWith(`${prefix} `) && (mode.at(-1) ?? '').startsWith(opener);
    })
    .map(({ command: words }) => words.slice(prefix.length + 1));
}

/** Whether a command stands in a mode, word by word. */
export function iosHas(commands: readonly IosCommand[], opener: string, words: string): boolean {
  return commands.some((one) => {
    return one.command === words && (one.mode.at(-1) ?? '').startsWith(opener);
  });
}

/** The tag of the dial peer with that description. */
export function dialPeer(commands: readonly IosCommand[], description: RegExp): string | undefined {
  const found = commands.find(({ command: words }) => {
    return words.startsWith('description ') && description.test(words);
  });
  return found?.mode.at(-1);
}

/** Networks of the trusted list as CIDR. */
export function trustedNetworks(commands: readonly IosCommand[]): string[] {
  return iosValues(commands, 'ipv4', 'ip address trusted list').map((entry) => {
    const [address = '', mask = '255.255.255.255'] = entry.split(' ');
    const bits = mask
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
    assert.match(bits, /^1*0*$/, 'not a mask');
    return `${address}/${bits.replace(/0/g, '').length}`;
  });
}
