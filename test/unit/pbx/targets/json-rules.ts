// What holds for the JSON of every platform with an API, in each combination it can do; and how the tests
// of one platform ask for its requests.
import assert from 'node:assert/strict';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from '../../../../src/pbx/quoting/plain';
import type { AuthMode, Transport, ConnectionUse } from '../../../../src/terms/use';
import type { Guide } from '../../../../src/pbx/types';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  connectionOf,
  generated,
  problems,
  cardOf,
  writerOf,
  type Given,
} from '../fixtures';
import { readJson } from '../readers/json';

export const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];
export const SENDERS = ['35.154.174.161/32', '98.130.67.0/24'];
export const MADE =
  'Exotel trunk outbound_trunk (trmum1f708622631150902801a1n), made 2026-11-23T09:30:00.000Z';

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

/** Every request by the name of its file, in order. */
export function requests(
  id: string,
  options: Given['options'] = {},
  given: Given = {},
): Record<string, unknown> {
  const { files } = generated(id, {
    password: 'Correct0Horse',
    ...given,
    options: { exotelAddresses: EXOTEL, ...options },
  });
  return Object.fromEntries(files.map((file) => [file.name, readJson(file)]));
}

export function textFor(id: string, options: Given['options'] = {}, given: Given = {}): string {
  return JSON.stringify(requests(id, options, given));
}

export function guideFor(id: string, options: Given['options'] = {}): Guide {
  return writerOf(id).guide(connectionOf({ options: { exotelAddresses: EXOTEL, ...options } }));
}

export function refuses(id: string, choice: Choice, reason: RegExp): void {
  const { useCase, auth, transport } = choice;
  assert.match(cardOf(id).cannot(useCase, auth, transport) ?? '', reason);
  assert.deepEqual(requests(id, choice), {});
}

export interface Rules {
  /** The platform has a list of who may call in. */
  readonly listsSenders: boolean;
}

export function keepsTheRules(id: string, { listsSenders }: Rules): void {
  const withSenders = ({ useCase }: Choice): boolean =>
    listsSenders && (useCase === 'inbound' || useCase === 'both');

  describe('in every combination', () => {
    for (const choice of combinations(id)) {
      const { useCase, auth, transport } = choice;
      it(`${useCase}, ${auth}, ${transport}`, () => {
        const out = useCase !== 'inbound';
        const result = generated(id, {
          options: { ...choice, exotelAddresses: EXOTEL },
          password: 'Correct0Horse',
        });
        const text = textFor(id, choice);
        const names = result.files.map(({ name }) => name);
        assert.ok(names.length > 0);
        assert.equal(new Set(names).size, names.length);
        for (const file of result.files) {
          assert.match(file.name, new RegExp(`^${id}-[a-z0-9-]+\\.json$`));
          assert.equal(file.languageId, 'json');
          assert.equal(file.comment, null);
          assert.equal(file.extent, 'whole');
        }
        assert.doesNotMatch(text, /udp|optimistic|ALLOW"|"allowed"|"auto"|register_?plan/i);
        assert.doesNotMatch(text, /undefined|null|NaN|\[object/);
        assert.equal(text.includes('Correct0Horse'), out && auth !== 'ip');
        assert.equal(text.includes('pbx_user'), out && auth !== 'ip');
        if (out) {
          assert.ok(text.includes('in.voip.exotel.com'));
          assert.ok(text.includes(transport === 'tls' ? '443' : '5070'));
        }
        assert.equal(text.includes('X-Exotel-AccountSid'), useCase === 'streamkit');
        assert.equal(text.includes('98.130.67.0'), withSenders(choice));
        for (const { text: example } of writerOf(id).placeholders(
          connectionOf({ options: { ...choice, exotelAddresses: EXOTEL } }),
        )) {
          assert.ok(text.includes(example), example);
          assert.ok(problems(result).includes(example), example);
        }
        const marks = text.match(/[A-Za-z_+0-9]*(?:REPLACE_WITH|YYYY)[A-Z_]*/g) ?? [];
        for (const mark of marks) assert.ok(problems(result).includes(mark), mark);
      });
    }
  });

  if (listsSenders) {
    it('leaves calls from Exotel out as long as its addresses are unknown', () => {
      for (const choice of combinations(id)) {
        if (!withSenders(choice)) continue;
        const options = { ...choice, exotelAddresses: [] };
        const result = generated(id, { options });
        assert.match(problems(result), /inbound part is left out.*Exotel support/);
        const text = textFor(id, options);
        assert.doesNotMatch(text, /[Ii]nbound[^"]*":(?!false)|allowed|dispatch|cidr|agent_?[iI]d/);
        assert.equal(result.files.length > 0, choice.useCase === 'both');
      }
    });
  }

  it('marks what is to be filled in', () => {
    for (const choice of combinations(id)) {
      const none = textFor(id, choice, { facts: { numbers: [] } });
      // jambonz has no number in what lets calls in; Ultravox has it without the plus.
      const other = choice.useCase === 'inbound' && ['jambonz', 'ultravox'].includes(id);
      assert.equal(none.includes(NUMBER_PLACEHOLDER), !other);
      const placeholder = textFor(id, choice, { password: null }).includes(PASSWORD_PLACEHOLDER);
      assert.equal(placeholder, choice.useCase !== 'inbound' && choice.auth !== 'ip');
    }
  });

  it('says where, how to load and how to check, naming its own files and keeping keys out', () => {
    for (const choice of combinations(id)) {
      const guide = guideFor(id, choice);
      for (const part of [guide.where, guide.load, guide.check]) {
        assert.ok(part.length > 20);
        assert.doesNotMatch(part, /undefined|null|\[object|Correct0Horse/);
      }
      const names = Object.keys(requests(id, choice));
      for (const name of names) {
        const base = name.replace(/-(?:\d+)\.json$/, '');
        assert.ok(guide.load.includes(name) || guide.load.includes(`${base}-*.json`), name);
      }
      const calledIn = choice.useCase === 'inbound' || choice.useCase === 'both';
      const uri = new RegExp(`destination URI .*;transport=${choice.transport}\\b`);
      assert.equal(uri.test(guide.where), calledIn);
      if (calledIn) assert.ok(/:506[01];/.test(guide.where));
      assert.match(guide.load, /^export [A-Z_]+=…/);
    }
  });
}
