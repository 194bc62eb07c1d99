// The static snippets: well-formed for VS Code, and the same text as the generator's.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { targets, type ConnectionOptions } from '../../../src/pbx';
import { edge, generated, textOf } from './fixtures';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
  readonly include?: readonly string[];
}

const folder = join(import.meta.dirname, '../../../snippets');
const files = readdirSync(folder).sort();

function read(file: string): Record<string, Snippet> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Snippet>;
}

const snippets = files.flatMap((file) =>
  Object.entries(read(file)).map(([name, snippet]) => ({ file, name, ...snippet })),
);

interface Expanded {
  readonly text: string;
  /** Default per tab stop. */
  readonly stops: ReadonlyMap<number, string>;
  readonly order: readonly number[];
}

/** VS Code's snippet grammar as far as tab stops with defaults go; anything else is an error. */
function expand(body: string): Expanded {
  const stops = new Map<number, string>();
  const order: number[] = [];
  let at = 0;
  const parse = (nested: boolean): string => {
    let text = '';
    while (at < body.length) {
      const character = body[at] ?? '';
      if (character === '\\') {
        assert.match(body[at + 1] ?? '', /[$}\\]/, 'a backslash that escapes nothing');
        text += body[at + 1] ?? '';
        at += 2;
      } else if (character === '}' && nested) {
        return text;
      } else if (character === '$') {
        const stop = /^\$(?:([0-9]+)|\{([0-9]+)(:|\}))/.exec(body.slice(at));
        assert.ok(stop !== null, `an unescaped $: ${body.slice(at, at + 30)}`);
        at += stop[0].length;
        const id = Number(stop[1] ?? stop[2]);
        order.push(id);
        if (stop[3] === ':') {
          assert.ok(!stops.has(id), `two defaults for tab stop ${id}`);
          const value = parse(true);
          at += 1;
          stops.set(id, value);
          text += value;
        } else {
          text += stops.get(id) ?? '';
        }
      } else {
        text += character;
        at += 1;
      }
    }
    assert.ok(!nested, 'a tab stop without an end');
    return text;
  };
  const text = parse(false);
  return { text, stops, order };
}

describe('snippets', () => {
  it('are one file per format', () => {
    assert.deepEqual(files, ['asterisk.json', 'freeswitch.json', 'kamailio.json', 'markdown.json']);
  });

  it('have names and prefixes of their own', () => {
    const prefixes = snippets.map((one) => one.prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
    assert.equal(new Set(snippets.map((one) => `${one.file}/${one.name}`)).size, snippets.length);
    for (const prefix of prefixes) assert.match(prefix, /^exotel-[a-z-]+$/);
    for (const prefix of [
      'exotel-pjsip',
      'exotel-pjsip-inbound',
      'exotel-pjsip-streamkit',
      'exotel-extensions',
      'exotel-freeswitch-gateway',
      'exotel-freeswitch-dialplan',
      'exotel-kamailio',
      'exotel-table',
    ]) {
      assert.ok(prefixes.includes(prefix), prefix);
    }
  });

  it('hold no secret and nobody is let in by default', () => {
    for (const { name, body } of snippets) {
      const { text } = expand(body.join('\n'));
      assert.doesNotMatch(text, /0\.0\.0\.0\/0|type = registration|;transport=udp/, name);
    }
  });

  for (const { name, prefix, description, body } of snippets) {
    it(`${prefix} is well-formed`, () => {
      const { stops, order } = expand(body.join('\n'));
      assert.ok(name.startsWith('Exotel: ') && description.length > 20);
      const ids = [...new Set(order)].sort((a, b) => a - b);
      assert.deepEqual(
        ids,
        ids.map((_, index) => index),
        'tab stops 0, 1, 2, … without a gap',
      );
      for (const id of ids) assert.equal(stops.has(id), id !== 0, `default of ${id}`);
      assert.equal(order.at(-1), 0);
      assert.equal(order.filter((id) => id === 0).length, 1);
    });
  }
});

/** Which generated file a snippet is. */
const origins: Readonly<
  Record<string, readonly [target: string, file: string, options: Partial<ConnectionOptions>]>
> = {
  'exotel-pjsip': ['asterisk-pjsip', 'pjsip.conf', {}],
  'exotel-pjsip-tcp': ['asterisk-pjsip', 'pjsip.conf', { transport: 'tcp' }],
  'exotel-pjsip-ip': ['asterisk-pjsip', 'pjsip.conf', { auth: 'ip' }],
  'exotel-pjsip-inbound': ['asterisk-pjsip', 'pjsip.conf', { useCase: 'inbound' }],
  'exotel-pjsip-both': ['asterisk-pjsip', 'pjsip.conf', { useCase: 'both' }],
  'exotel-pjsip-streamkit': ['asterisk-pjsip', 'pjsip.conf', { useCase: 'streamkit' }],
  'exotel-extensions': ['asterisk-pjsip', 'extensions.conf', {}],
  'exotel-extensions-inbound': ['asterisk-pjsip', 'extensions.conf', { useCase: 'inbound' }],
  'exotel-extensions-streamkit': ['asterisk-pjsip', 'extensions.conf', { useCase: 'streamkit' }],
  'exotel-freeswitch-gateway': ['freeswitch', 'exotel.xml', {}],
  'exotel-freeswitch-gateway-tcp': ['freeswitch', 'exotel.xml', { transport: 'tcp' }],
  'exotel-freeswitch-gateway-ip': ['freeswitch', 'exotel.xml', { auth: 'ip' }],
  'exotel-freeswitch-both': ['freeswitch', 'exotel.xml', { useCase: 'both' }],
  'exotel-freeswitch-inbound': ['freeswitch', 'exotel.xml', { useCase: 'inbound' }],
  'exotel-freeswitch-acl': ['freeswitch', 'exotel-acl.xml', { useCase: 'inbound' }],
  'exotel-freeswitch-dialplan': ['freeswitch', 'exotel-dialplan-out.xml', {}],
  'exotel-freeswitch-dialplan-inbound': [
    'freeswitch',
    'exotel-dialplan-in.xml',
    { useCase: 'inbound' },
  ],
  'exotel-freeswitch-dialplan-streamkit': [
    'freeswitch',
    'exotel-dialplan-out.xml',
    { useCase: 'streamkit' },
  ],
  'exotel-kamailio': ['kamailio', 'kamailio.cfg', {}],
  'exotel-kamailio-both': ['kamailio', 'kamailio.cfg', { useCase: 'both' }],
  'exotel-kamailio-streamkit': ['kamailio', 'kamailio.cfg', { useCase: 'streamkit' }],
  'exotel-kamailio-tls': ['kamailio', 'tls.cfg', {}],
  'exotel-table': ['settings-table', 'exotel-sip-trunk.md', {}],
  'exotel-table-inbound': ['settings-table', 'exotel-sip-trunk.md', { useCase: 'inbound' }],
  'exotel-table-streamkit': ['settings-table', 'exotel-sip-trunk.md', { useCase: 'streamkit' }],
};

/** The lines that say something; the head lines differ by design. */
function saying(text: string): string[] {
  return text
    .split('\n')
    .filter(
      (line) =>
        line.trim() !== '' && !/^(?:;|#|<!--) (?:Exotel trunk|Exotel: |Fill in )/.test(line),
    );
}

describe('snippets and the generator', () => {
  it('are compared one by one', () => {
    assert.deepEqual(Object.keys(origins).sort(), snippets.map((one) => one.prefix).sort());
    const covered = new Set(Object.values(origins).map(([target]) => target));
    assert.deepEqual([...covered].sort(), targets.map((target) => target.id).sort());
  });

  for (const [prefix, [target, file, options]] of Object.entries(origins)) {
    it(`${prefix} says what ${file} says`, () => {
      const snippet = snippets.find((one) => one.prefix === prefix);
      const result = generated(target, {
        facts: {
          accountSid: 'youraccountsid',
          trunkSid: 'yourtrunksid',
          trunkName: 'exotel_trunk',
          sipDomain: null,
          numbers: [],
          whitelistedIps: [],
          destinations: [],
          userName: null,
          credentialKind: null,
        },
        options: {
          useCase: 'outbound',
          auth: 'credential',
          exotelAddresses: ['203.0.113.7'],
          ...options,
        },
        edge: { ...edge, host: '{accountSid}.pstn.exotel.com', tcpPort: 5060, tlsPort: 5061 },
      });
      const { text } = expand((snippet?.body ?? []).join('\n'));
      assert.deepEqual(saying(text), saying(textOf(result, file)));
    });
  }
});
