// For every target and any values: either nothing is written and the reason named, or the text read back
// gives exactly those values and no directive more than with harmless ones.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Edge } from '../../../src/exotel/edges';
import type { Generated, TrunkConnection } from '../../../src/pbx/types';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  cardOf,
  connectionOf,
  loadWriters,
  textFrom,
  type Given,
} from './fixtures';
import { hostileText, NASTY } from './hostile';
import { allReadings as readings } from './readings';
import { expected, type Reading } from './readings/reading';

const RUNS = 10_000;

const plain = fc.stringMatching(/^[A-Za-z0-9]{1,32}$/);
const secret = fc.oneof(plain, hostileText);
const digit = fc.integer({ min: 0, max: 9 });
const number = fc
  .tuple(
    fc.constantFrom('+91', '+1', '+65', '+44'),
    fc.array(digit, { minLength: 8, maxLength: 10 }),
  )
  .map(([country, digits]) => `${country}${digits.join('')}`);
const ip = fc.ipV4().filter((address) => !address.startsWith('0.'));
const network = fc
  .tuple(ip, fc.integer({ min: 16, max: 32 }))
  .map(([address, bits]) => `${address}/${bits}`);
/** A value of its own kind, now and then a hostile one in its place. */
const orHostile = (harmless: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 12, arbitrary: harmless },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.tuple(harmless, hostileText).map((parts) => parts.join('')) },
  );
const path = fc.stringMatching(/^\/[a-z0-9]{1,8}(?:\/[a-z0-9._-]{1,12}){1,3}$/);
const sid = fc.stringMatching(/^[a-z][a-z0-9]{1,20}$/);
const hostName = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9](?:\.[a-z][a-z0-9]{1,8}){1,3}$/);
const edge: fc.Arbitrary<Edge> = fc.record({
  id: fc.constant('test'),
  name: fc.constant('Test'),
  host: orHostile(hostName),
  tcpPort: fc.integer({ min: 1, max: 65535 }),
  tlsPort: fc.integer({ min: 1, max: 65535 }),
});

function given(insidePeer: string): fc.Arbitrary<Given> {
  return fc
    .record({
      facts: fc.record({
        accountSid: orHostile(sid),
        trunkSid: orHostile(sid),
        trunkName: fc.oneof(plain, hostileText),
        numbers: fc.array(
          fc.record({ number: orHostile(number), mode: fc.constantFrom('pstn', 'flow') }),
          { minLength: 1, maxLength: 3 },
        ),
        userName: secret,
        sipDomain: orHostile(hostName),
      }),
      options: fc.record({
        useCase: fc.constantFrom(...USE_CASES),
        transport: fc.constantFrom(...TRANSPORTS),
        auth: fc.constantFrom(...AUTH_MODES),
        exotelAddresses: fc.array(orHostile(network), { minLength: 1, maxLength: 3 }),
        publicAddress: fc.option(orHostile(ip), { freq: 2 }),
        localNetworks: fc.array(orHostile(network), { maxLength: 2 }),
        certificateFile: orHostile(path),
        privateKeyFile: orHostile(path),
        caFile: orHostile(path),
        inboundContext: orHostile(fc.stringMatching(/^[a-z][a-z0-9-]{3,12}$/)),
        insidePeer: orHostile(fc.constant(insidePeer)),
        peerName: orHostile(fc.stringMatching(/^[a-z][a-z0-9]{2,10}$/)),
      }),
      edge,
      password: secret,
    })
    .map((made): Given => made as Given);
}

/** The same connection with harmless text where a person may write what they like. */
function twin(connection: TrunkConnection, harmless: TrunkConnection): TrunkConnection {
  return {
    ...connection,
    trunkName: harmless.trunkName,
    userName: harmless.userName,
    password: harmless.password,
  };
}

function refusal(result: Generated): string | undefined {
  return result.advice.find(({ what: text }) => text.startsWith('Nothing was written.'))?.what;
}

function check(reading: Reading, connection: TrunkConnection, harmless: TrunkConnection): boolean {
  const { targetId } = reading;
  const { useCase, auth, transport, password } = connection;
  if (cardOf(targetId).cannot(useCase, auth, transport) !== null) return true;
  const result = textFrom(targetId, connection);
  if (result.files.length === 0) {
    const text = refusal(result);
    assert.ok(text !== undefined, 'refused without a reason');
    const value = password?.reveal() ?? '';
    assert.ok(value.length < 8 || !text.includes(value), 'the password is in the reason');
    return false;
  }
  const said = reading.said(result.files);
  const wanted = expected(connection);
  for (const field of reading.carries(connection)) {
    assert.deepEqual(said[field], wanted[field], field);
  }
  const likeHarmless = textFrom(targetId, twin(connection, harmless));
  assert.deepEqual(reading.shape(result.files), reading.shape(likeHarmless.files));
  return true;
}

/** The readings are dealt out to so many files, `every-target-1.long.test.ts` and so on: cores share them. */
export const PARTS = 4;

export function readingsOfPart(part: number): readonly Reading[] {
  return readings.filter((_, index) => index % PARTS === part - 1);
}

export function anyValueComesBackFrom(reading: Reading): void {
  describe(`any value in ${reading.targetId}`, () => {
    const card = cardOf(reading.targetId);
    const harmless = connectionOf({ password: 'Correct0Horse' });

    before(loadWriters);

    it('comes back from the text, or nothing is written', function () {
      this.timeout(240_000);
      const variants = card.variants.length === 0 ? [''] : card.variants.map(({ id }) => id);
      let written = 0;
      fc.assert(
        fc.property(given(card.insidePeer), fc.constantFrom(...variants), (values, variant) => {
          const options = { ...values.options, variant };
          if (check(reading, connectionOf({ ...values, options }), harmless)) written += 1;
        }),
        { numRuns: RUNS },
      );
      assert.ok(written > RUNS / 30, `only ${written} of ${RUNS} texts were written`);
    });

    it('refuses a password that no escape can save', () => {
      for (const useCase of USE_CASES) {
        for (const password of ['', ' x', 'x ', 'a\nb', 'a\rb', 'a\0b', 'a\u2028b', 'a\u0085b']) {
          const options = { useCase, auth: 'credential', exotelAddresses: ['192.0.2.1'] } as const;
          const connection = connectionOf({ options, password });
          if (card.cannot(useCase, 'credential', 'tls') !== null) continue;
          if (!reading.carries(connection).includes('password')) continue;
          assert.match(refusal(textFrom(card.id, connection)) ?? '', /password/i);
        }
      }
    });

    it('keeps every nasty word of a trunk name in its place', () => {
      const options = { useCase: 'inbound', exotelAddresses: ['192.0.2.1'] } as const;
      for (const trunkName of [...NASTY, '電'.repeat(64), '𠀀'.repeat(100)]) {
        const connection = connectionOf({ options, facts: { trunkName } });
        if (card.cannot('inbound', 'credential', 'tls') !== null) continue;
        assert.ok(check(reading, connection, harmless));
        for (const { text } of textFrom(card.id, connection).files) {
          assert.doesNotMatch(text, /\p{Surrogate}/u);
        }
      }
    });
  });
}
