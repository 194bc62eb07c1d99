/** The reader of answers: it understands what is documented and survives what is not. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readEnvelope } from '../../../src/exotel/envelope';
import { pairItems } from '../../../src/exotel/items';

describe('An answer', () => {
  it('never breaks the reader, and with an error status never counts as success', () => {
    const text = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), text, (status, body) => {
        const read = readEnvelope(status, body);
        if (read.kind === 'unreadable' || status < 400) return;
        assert.ok(read.parts.length > 0 && read.parts.every((part) => !part.ok));
      }),
    );
  });

  it('never counts as success when any nested part failed', () => {
    const part = (ok: boolean) => ({ status: ok ? 'success' : 'failure', data: {} });
    fc.assert(
      fc.property(fc.array(fc.boolean()), (oks) => {
        const read = readEnvelope(207, JSON.stringify({ response: oks.map(part) }));
        assert.ok(read.kind === 'envelope' && read.isList);
        assert.deepEqual(
          read.parts.map(({ ok }) => ok),
          oks,
        );
      }),
    );
  });

  it('fails by any of its signs: status, code, error data', () => {
    for (const response of [
      { status: 'failure', data: {} },
      { status: 'error', data: {} },
      { status: 'success', code: 409, data: {} },
      { status: 'success', error_data: { code: 1008 }, data: null },
      { code: 400, data: null },
    ]) {
      const read = readEnvelope(200, JSON.stringify({ response }));
      assert.ok(read.kind === 'envelope' && read.parts[0]?.ok === false, JSON.stringify(response));
    }
    const top = readEnvelope(200, '{"http_code": 500, "response": null}');
    assert.ok(top.kind === 'envelope' && top.parts[0]?.ok === false);
  });

  it('does not take a trunk’s own status for the answer’s', () => {
    const read = readEnvelope(200, '{"trunk_sid": "t", "status": "inactive"}');
    assert.ok(read.kind === 'envelope' && read.parts[0]?.ok === true);
  });
});

describe('The parts of a batch', () => {
  it('each go to one destination, none twice and none to a destination it does not name', () => {
    const names = fc.array(fc.constantFrom('a:1', 'b:1', 'c:1', 'd:1'), { maxLength: 6 });
    const parts = fc.array(fc.option(fc.constantFrom('sip:A:1', 'b:1', 'c:1', 'x:1')), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(names, parts, (destinations, named) => {
        const given = named.map((destination) => ({
          ok: destination !== null,
          status: 200,
          error: { code: null, message: null, description: null },
          data: destination === null ? null : { destination },
        }));
        const paired = pairItems(destinations, given);
        assert.equal(paired.length, destinations.length);
        const used = paired.filter((part) => part !== null);
        assert.equal(new Set(used).size, used.length);
        if (given.length >= destinations.length) return;
        assert.ok(used.length <= given.length);
      }),
    );
  });
});
