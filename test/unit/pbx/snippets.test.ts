// The static snippets: well-formed for VS Code, and the same text as the generator's.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cards } from '../../../src/pbx/cards';
import { snippetContributions, snippetFiles, writtenSnippets } from '../../support/snippets';
import { connectionOf, writerOf, loadWriters } from './fixtures';

before(loadWriters);

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

describe('snippets and the generator', () => {
  it('say the same: `npm run snippets` would change nothing', async () => {
    assert.deepEqual(writtenSnippets(), await snippetFiles());
    const manifest = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as {
      contributes: { snippets: unknown };
    };
    assert.deepEqual(manifest.contributes.snippets, snippetContributions);
  });

  it('cover every text format among the targets', () => {
    const offered = new Set(snippetContributions.map(({ language }) => language));
    const options = { useCase: 'both', auth: 'ip', exotelAddresses: ['192.0.2.1'] } as const;
    for (const { id } of cards) {
      for (const { name, languageId } of writerOf(id).render(connectionOf({ options }))) {
        assert.ok(offered.has(languageId), `${id}: ${name} is ${languageId}`);
      }
    }
  });
});
