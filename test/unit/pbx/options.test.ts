// The table of options: what is derived from it, and that an option stands nowhere else.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import {
  exampleOf,
  isList,
  isOptionId,
  labelOf,
  type OptionId,
  optionDefaults,
  optionIds,
  problemWith,
  readOptions,
  textsOf,
  valueLabel,
  valuesOf,
} from '../../../src/pbx/options';

const SUGGESTED = { useCase: 'both', auth: 'ip', userName: 'pbx1' } as const;
const DEFAULTS = optionDefaults(SUGGESTED);

describe('The table of options', () => {
  it('starts with what the trunk suggests', () => {
    assert.deepEqual([DEFAULTS.useCase, DEFAULTS.auth, DEFAULTS.userName], ['both', 'ip', 'pbx1']);
    assert.equal(DEFAULTS.transport, 'tls');
    assert.deepEqual(DEFAULTS.exotelAddresses, []);
  });

  it('reads back what it writes', () => {
    const { options, errors } = readOptions(textsOf(DEFAULTS), DEFAULTS);
    assert.deepEqual(options, DEFAULTS);
    assert.deepEqual(errors, {});
    for (const id of optionIds) {
      for (const { value } of valuesOf(id) ?? []) {
        const read = readOptions({ ...textsOf(DEFAULTS), [id]: value }, DEFAULTS);
        assert.deepEqual(read.errors, {});
        assert.equal(textsOf(read.options)[id], value);
      }
    }
  });

  it('leaves a wrong text at the default and says what to enter', () => {
    const wrong: Partial<Record<OptionId, string>> = {
      transport: 'udp',
      codecs: 'OPUS',
      exotelAddresses: '0.0.0.0/0',
      publicAddress: '203.0.113',
      localNetworks: 'home',
      inboundContext: '9 lives',
      insidePeer: 'a\u202eb',
      peerName: 'x'.repeat(25),
      certificateFile: 'pbx.pem',
      privateKeyFile: '/a b',
      caFile: '',
    };
    const { options, errors } = readOptions({ ...textsOf(DEFAULTS), ...wrong }, DEFAULTS);
    assert.deepEqual(options, DEFAULTS);
    assert.deepEqual(Object.keys(errors).sort(), Object.keys(wrong).sort());
    assert.equal(
      errors.publicAddress,
      'Enter an IPv4 address, e.g. 203.0.113.7, or leave it empty.',
    );
    assert.equal(errors.transport, 'Choose one of these: tls; tcp.');
  });

  it('never fails on what a person typed, and its own examples are right', () => {
    fc.assert(
      fc.property(fc.constantFrom(...optionIds), fc.string({ unit: 'binary' }), (id, text) => {
        const { errors } = readOptions({ ...textsOf(DEFAULTS), [id]: text }, DEFAULTS);
        assert.equal(errors[id] ?? null, problemWith(id, text));
      }),
    );
    for (const id of optionIds) {
      assert.notEqual(labelOf(id), '');
      if (exampleOf(id) !== '') assert.equal(problemWith(id, exampleOf(id)), null, id);
    }
  });

  it('names values as a person reads them', () => {
    assert.equal(valueLabel('transport', 'tls'), 'TLS (with SRTP)');
    assert.equal(valueLabel('codecs', 'PCMA,PCMU,G729'), 'PCMA, PCMU, G.729');
    assert.equal(valueLabel('edgeId', 'singapore'), 'singapore');
    assert.equal(isList('variant'), true);
    assert.equal(isList('caFile'), false);
    assert.equal(isOptionId('__proto__'), false);
  });

  it('is all that an option needs, beside the texts that write it', () => {
    const root = join(__dirname, '../../../src');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => path.split(sep).join('/'));
    const naming = (id: OptionId) =>
      files.filter(
        (path) =>
          !/^pbx\/(?:writers|writing)\//.test(path) &&
          new RegExp(`\\b${id}\\b`).test(readFileSync(join(root, path), 'utf8')),
      );
    // The ones without a rule of their own elsewhere, e.g. what to say of them as advice.
    for (const id of ['caFile', 'certificateFile', 'privateKeyFile', 'inboundContext'] as const) {
      assert.deepEqual(naming(id), ['pbx/options.ts'], id);
    }
  });
});
