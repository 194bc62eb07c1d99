// What holds for the sheet of every web form, in each combination it can do; and how the tests of one form
// ask for its rows.
import assert from 'node:assert/strict';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from '../../../../src/pbx/quoting/plain';
import type { AuthMode, Transport, ConnectionUse } from '../../../../src/terms/use';

import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  generated,
  problems,
  textOf,
  cardOf,
  type Given,
} from '../fixtures';
import { readSheet, type Sheet } from '../readers/markdown-sheet';

export const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];

export interface Choice {
  readonly useCase: ConnectionUse;
  readonly auth: AuthMode;
  readonly transport: Transport;
}

export function combinations(id: string): Choice[] {
  return USE_CASES.flatMap((useCase) =>
    AUTH_MODES.flatMap((auth) => TRANSPORTS.map((transport) => ({ useCase, auth, transport }))),
  ).filter(({ useCase, auth, transport }) => cardOf(id).cannot(useCase, auth, transport) === null);
}

export function textFor(id: string, options: Given['options'] = {}, given: Given = {}): string {
  return textOf(
    generated(id, {
      password: 'Correct0Horse',
      ...given,
      options: { exotelAddresses: EXOTEL, ...options },
    }),
  );
}

export function sheetFor(id: string, options: Given['options'] = {}, given: Given = {}): Sheet {
  return readSheet(textFor(id, options, given));
}

/** `setting = words`, with the values in their places, of every row of the pages of that heading. */
export function lines(sheet: Sheet, heading = ''): string[] {
  return sheet.pages
    .filter((page) => page.heading.includes(heading))
    .flatMap(({ rows }) => rows)
    .map(({ setting, words, values }) => {
      const rest = [...values];
      return `${setting} = ${words.replaceAll('{}', () => rest.shift() ?? '')}`;
    });
}

export function has(sheet: Sheet, wanted: readonly string[], heading = ''): void {
  const found = lines(sheet, heading);
  for (const line of wanted)
    assert.ok(found.includes(line), `${line}\nnot in\n${found.join('\n')}`);
}

export function hasNot(sheet: Sheet, unwanted: RegExp, heading = ''): void {
  for (const line of lines(sheet, heading)) assert.doesNotMatch(line, unwanted);
}

export function keepsTheRules(id: string, first: Choice): void {
  describe('in every combination', () => {
    for (const choice of combinations(id)) {
      const { useCase, auth, transport } = choice;
      it(`${useCase}, ${auth}, ${transport}`, () => {
        const out = useCase !== 'inbound';
        const result = generated(id, {
          options: { ...choice, exotelAddresses: EXOTEL },
          password: 'Correct0Horse',
        });
        const [file, ...others] = result.files;
        assert.ok(file !== undefined && others.length === 0);
        assert.ok(cardOf(id).fileNames.includes(file.name));
        assert.equal(file.languageId, 'markdown');
        assert.match(file.text, /^<!-- Exotel trunk outbound_trunk \(trmum1f7.*2026-11-23T09:30/);
        assert.doesNotMatch(file.text, /udp|optional|optimistic/i);
        assert.doesNotMatch(file.text, /REGISTER|undefined|null|NaN|\[object/);
        assert.equal(file.text.includes('Correct0Horse'), out && auth !== 'ip');
        assert.equal(file.text.includes('pbx_user'), out && auth !== 'ip');
        assert.ok(file.text.includes(transport === 'tls' ? '443' : '5070'));
        assert.equal(file.text.includes('X-Exotel-AccountSid'), useCase === 'streamkit');
        if (out) assert.ok(file.text.includes('exotest1.pstn.exotel.com'));
        assert.equal(
          file.text.includes('`35.154.174.161/32`, `98.130.67.0/24`'),
          useCase === 'inbound' || useCase === 'both',
        );
        assert.equal(problems(result).includes('example'), false);
      });
    }
  });

  it('leaves calls from Exotel out as long as its addresses are unknown', () => {
    for (const useCase of ['inbound', 'both'] as const) {
      const text = textFor(id, { ...first, useCase, exotelAddresses: [] });
      assert.match(text, /Inbound calls: left out, because/);
      assert.doesNotMatch(text, /DID numbers|DID Pattern|Inbound Route|Number called/);
    }
    assert.doesNotMatch(textFor(id, { ...first, useCase: 'both' }), /left out/);
    assert.doesNotMatch(textFor(id, { ...first, useCase: 'outbound' }), /left out/);
  });

  it('gives two trunks two names', () => {
    for (const choice of combinations(id)) {
      const text = textFor(id, { ...choice, peerName: 'mumbai' });
      assert.match(text, /`mumbai`/);
      assert.doesNotMatch(text, /`exotel(?:[-_][a-z]+)?`/);
    }
  });

  it('marks what is to be filled in', () => {
    for (const { useCase, auth, transport } of combinations(id)) {
      const options = { useCase, auth, transport };
      const none = textFor(id, options, { facts: { numbers: [] } });
      assert.equal(none.includes(NUMBER_PLACEHOLDER), useCase !== 'inbound');
      const placeholder = textFor(id, options, { password: null }).includes(PASSWORD_PLACEHOLDER);
      assert.equal(placeholder, useCase !== 'inbound' && auth !== 'ip');
    }
  });

  it('explains the mark of what is to be confirmed when, and only when, it is there', () => {
    for (const choice of combinations(id)) {
      const sheet = sheetFor(id, choice);
      const names = [
        ...sheet.pages.map(({ heading }) => heading),
        ...sheet.pages.flatMap(({ rows }) => rows.map(({ setting }) => setting)),
      ];
      const marked = names.some((name) => name.endsWith('(to be confirmed)'));
      assert.equal(
        sheet.intro.some((text) => text.startsWith('Names marked "to be confirmed"')),
        marked,
      );
    }
  });

  it('has no setting twice on one page', () => {
    for (const choice of combinations(id)) {
      for (const { heading, rows } of sheetFor(id, choice).pages) {
        assert.equal(new Set(rows.map(({ setting }) => setting)).size, rows.length, heading);
      }
    }
  });
}
