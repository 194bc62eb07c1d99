// What a person reads of a card and a writer is in the person's language, said when it is asked for; what
// stands in a generated file is English in every language, so that the same choices give the same file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { cards } from '../../../src/pbx/cards';
import type { Guide, TrunkConnection } from '../../../src/pbx/types';
import { BUNDLE } from '../../support/l10n';
import { root } from '../../support/paths';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  cardOf,
  connectionOf,
  generated,
  loadWriters,
  writerOf,
} from './fixtures';

const BEGIN = '⟦';
const END = '⟧';

/** Every text in brackets, as a language that does not hide what was left out. */
function speakInBrackets(): void {
  const english = JSON.parse(readFileSync(join(root, BUNDLE), 'utf8')) as Record<string, string>;
  const contents = Object.fromEntries(
    Object.entries(english).map(([key, text]) => [key, `${BEGIN}${text}${END}`]),
  );
  l10n.config({ contents });
}

/** What stands outside every bracket. */
function clear(text: string): string {
  let depth = 0;
  return Array.from(text, (character) => {
    if (character === BEGIN) depth += 1;
    const said = depth === 0 ? character : '';
    if (character === END) depth -= 1;
    return said;
  }).join('');
}

/** Lines that are typed into a shell stay as they are. */
const COMMAND = /^(?:export [A-Z_]+=|curl -|for f in |lk sip )/;

function assertSaid(text: string, what: string): void {
  const lines = text.split('\n').filter((line) => !COMMAND.test(line));
  for (const line of lines) assert.match(clear(line), /^[;\s]*$/, `${what}: ${line}`);
}

function connections(id: string): TrunkConnection[] {
  const card = cardOf(id);
  const all = USE_CASES.flatMap((useCase) =>
    AUTH_MODES.flatMap((auth) => TRANSPORTS.map((transport) => ({ useCase, auth, transport }))),
  ).filter(({ useCase, auth, transport }) => card.cannot(useCase, auth, transport) === null);
  const ids = card.variants.length === 0 ? [''] : card.variants.map((one) => one.id);
  return ids.flatMap((variant) =>
    all.flatMap((options) =>
      [[], ['192.0.2.1']].map((exotelAddresses) =>
        connectionOf({ options: { ...options, variant, exotelAddresses } }),
      ),
    ),
  );
}

before(loadWriters);

for (const card of cards) {
  const { id } = card;

  describe(`${id} in another language`, () => {
    const files = new Map<TrunkConnection, string>();

    before(() => {
      for (const one of connections(id)) {
        files.set(one, JSON.stringify(writerOf(id).render(one)));
      }
      speakInBrackets();
    });

    after(() => {
      l10n.config({ contents: {} });
    });

    it('is described in it', () => {
      for (const text of [card.versions, card.evidence.basis, ...card.keywords]) {
        assert.doesNotMatch(clear(text), /\b(?:and|or|to|of|the|with|later|newer)\b/, text);
      }
      for (const { name } of card.variants) assertSaid(name, 'variant');
    });

    it('says in it what it cannot do', () => {
      for (const useCase of USE_CASES) {
        for (const auth of AUTH_MODES) {
          for (const transport of TRANSPORTS) {
            assertSaid(card.cannot(useCase, auth, transport) ?? '', 'reason');
          }
        }
      }
    });

    it('says in it what to do with the text and what goes wrong', () => {
      const writer = writerOf(id);
      for (const connection of files.keys()) {
        const guide = writer.guide(connection);
        for (const part of ['where', 'load', 'check'] satisfies (keyof Guide)[]) {
          assertSaid(guide[part], part);
        }
        for (const { text, doNext } of writer.placeholders(connection)) {
          assertSaid(doNext, 'example');
          assert.ok(doNext.includes(text), doNext);
        }
      }
      for (const mistake of writer.mistakes) assertSaid(mistake, 'mistake');
    });

    it('says in it why a value cannot be written', () => {
      const bad = [{ peerName: 'a b' }, { publicAddress: 'x' }, { exotelAddresses: ['x'] }];
      for (const { useCase, auth, transport } of files.keys()) {
        for (const options of bad) {
          const exotelAddresses = ['192.0.2.1'];
          const result = generated(id, {
            options: { useCase, auth, transport, exotelAddresses, ...options },
          });
          if (result.files.length === 0) assertSaid(result.advice[0]?.what ?? '', 'refusal');
        }
      }
    });

    it('writes the same files, in English', () => {
      for (const [connection, english] of files) {
        assert.equal(JSON.stringify(writerOf(id).render(connection)), english);
      }
    });
  });
}
