// Destinations as they stand in public guides, threads and code, with names and addresses of documents in
// their place: how each is read, judged, and taken when it is entered.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDestination, parseDestination } from '../../../src/exotel/rules/destination';
import { judgeDestination } from '../../../src/setup/destination-form';
import { root } from '../../support/paths';

interface Sample {
  readonly text: string;
  readonly parse: ReturnType<typeof parseDestination>;
  readonly level: string;
  /** What it becomes when it is entered; null: refused. */
  readonly entry: string | null;
  readonly why: string;
}

const SAMPLES = JSON.parse(
  readFileSync(join(root, 'test/unit/setup/destinations.json'), 'utf8'),
) as readonly Sample[];

describe('A destination that somebody wrote', () => {
  it('comes in all the forms there are', () => {
    assert.ok(SAMPLES.length >= 40);
    const levels = new Set(SAMPLES.map(({ level }) => level));
    assert.deepEqual(levels, new Set(['ok', 'info', 'warning', 'problem']));
  });

  for (const { text, parse, level, entry, why } of SAMPLES) {
    it(`${text}: ${level}. ${why}`, () => {
      assert.deepEqual(parseDestination(text), parse);
      const said = judgeDestination(text);
      assert.equal(said.level, level, said.what);
      assert.deepEqual(said.subject, { kind: 'destination', value: text });
      const entered = checkDestination(text);
      assert.equal(entered.ok ? entered.value : null, entry, JSON.stringify(entered));
    });
  }

  it('says IPv6 of IPv6, and both of a port for TLS without a transport', () => {
    for (const text of ['sip:user@[2001:db8::1]:5061', 'sip:[::ffff:192.0.2.128]']) {
      assert.match(judgeDestination(text).what, /IPv6 is not supported/);
    }
    assert.match(judgeDestination('sip:pbx.example.com:5061').what, /port for TLS.*makes it UDP/);
  });

  it('keeps its user when it is entered, and says where that form comes from', () => {
    const entered = checkDestination('sip:agent@sip.example.com:5061;transport=tls');
    assert.ok(entered.ok);
    assert.equal(entered.value, 'agent@sip.example.com:5061;transport=tls');
    assert.match(entered.warnings.map(({ message }) => message).join(' '), /console.*refuse “@”/);
    assert.equal(parseDestination(entered.value)?.user, 'agent');
  });
});
