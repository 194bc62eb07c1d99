// What a PBX cannot do, said beside the choice that decides it, with the choices that would do.
import assert from 'node:assert/strict';
import type { AuthMode, Transport, ConnectionUse } from '../../../src/terms/use';
import type { PbxCard } from '../../../src/pbx/types';
import { cards } from '../../../src/pbx/cards';
import {
  adviceViews,
  decidingOptions,
  marksOf,
  refusalOf,
  syntaxOf,
} from '../../../src/pages/panel/target-view';
import { variantInForce } from '../../../src/app/plan';
import { WORDS } from './fixtures';

/** Known by its IP only, over TLS only when it calls out, no StreamKit. */
const PICKY = {
  ...cards[0],
  variants: [
    { id: 'new', name: 'New' },
    { id: 'old', name: 'Old' },
  ],
  cannot: (useCase: ConnectionUse, auth: AuthMode, transport: Transport) => {
    if (useCase === 'streamkit') return 'No StreamKit.';
    if (useCase === 'inbound') return null;
    if (auth !== 'ip') return 'By IP only.';
    return transport === 'tls' ? null : 'TLS only.';
  },
} as PbxCard;

const NOW = { useCase: 'outbound', auth: 'credential', transport: 'tls' } as const;

describe('A PBX that cannot do everything', () => {
  it('says why, and which one choice mends it', () => {
    assert.deepEqual(refusalOf(PICKY, NOW, WORDS), {
      field: 'auth',
      reason: 'By IP only.',
      mends: [{ label: 'useInstead Whitelisted IP', choices: [['auth', 'ip']] }],
    });
  });

  it('offers two choices at once where one is not enough', () => {
    const refusal = refusalOf(PICKY, { ...NOW, transport: 'tcp' }, WORDS);
    assert.equal(refusal?.reason, 'By IP only. TLS only.');
    assert.deepEqual(
      refusal.mends.map(({ choices }) => choices),
      [
        [
          ['auth', 'ip'],
          ['transport', 'tls'],
        ],
      ],
    );
  });

  it('offers other use cases only when nothing else helps', () => {
    const refusal = refusalOf(PICKY, { ...NOW, useCase: 'streamkit', auth: 'ip' }, WORDS);
    assert.equal(refusal?.field, 'useCase');
    assert.deepEqual(
      refusal.mends.map(({ choices }) => choices[0]?.[1]),
      ['outbound', 'inbound', 'both'],
    );
  });

  it('has nothing to say where it can', () => {
    assert.equal(refusalOf(PICKY, { ...NOW, auth: 'ip' }, WORDS), null);
    assert.equal(refusalOf(null, NOW, WORDS), null);
  });

  it('says so beside itself when no choice helps', () => {
    const none = { ...PICKY, cannot: () => 'Never.' };
    assert.deepEqual(refusalOf(none, NOW, WORDS), {
      field: 'targetId',
      reason: 'Never.',
      mends: [],
    });
  });

  it('offers a credential together with an IP only where nothing plainer does', () => {
    const noIp = {
      ...PICKY,
      cannot: (_: ConnectionUse, auth: AuthMode) => (auth === 'ip' ? 'No.' : null),
    };
    const refusal = refusalOf(noIp, { ...NOW, auth: 'ip' }, WORDS);
    assert.deepEqual(
      refusal?.mends.map(({ choices }) => choices[0]?.[1]),
      ['credential'],
    );
  });

  const refused = (field: 'useCase' | 'auth' | 'transport', now: Parameters<typeof refusalOf>[1]) =>
    decidingOptions(field, PICKY, now).flatMap(({ value, why }) =>
      why === undefined ? [] : [`${value}: ${why}`],
    );

  it('marks the values it can never do, and leaves the one in force', () => {
    assert.deepEqual(refused('useCase', NOW), ['streamkit: No StreamKit.']);
    assert.deepEqual(refused('auth', { ...NOW, auth: 'ip' }), [
      'credential: By IP only.',
      'both: By IP only.',
    ]);
    assert.deepEqual(refused('auth', NOW), ['both: By IP only.']);
    assert.deepEqual(refused('transport', NOW), ['tcp: TLS only.']);
    assert.deepEqual(refused('transport', { ...NOW, useCase: 'inbound' }), []);
    assert.deepEqual(refused('auth', { ...NOW, useCase: 'streamkit' }), []);
  });

  it('has its first variant in force until another one is chosen', () => {
    assert.equal(variantInForce(PICKY, ''), 'new');
    assert.equal(variantInForce(PICKY, 'old'), 'old');
    assert.equal(variantInForce({ ...PICKY, variants: [] }, 'old'), '');
  });
});

describe('Beside the text', () => {
  it('an advice names its file when it is not about all of them', () => {
    const file = (name: string, text: string) =>
      ({ name, text, languageId: 'ini', comment: ';', extent: 'part' }) as const;
    const files = [file('a.conf', 'ring PJSIP/6001'), file('b.conf', 'nothing')];
    const doNext = 'PJSIP/6001 is an example: put your phone there.';
    const example = { text: 'PJSIP/6001', meaning: 'your phone', doNext, level: 'info' } as const;
    const marks = marksOf([example], WORDS);
    const views = adviceViews(
      [
        { kind: 'text.example', level: 'info', what: doNext, doNext: null },
        { kind: 'media.plain', level: 'warning', what: 'Of everything.', doNext: 'Do it.' },
      ],
      files,
      marks,
    );
    assert.deepEqual(
      views.map((one) => one.files),
      [['a.conf'], []],
    );
    assert.equal(views.at(-1)?.text, 'Of everything. Do it.');
    assert.equal(marks.at(-1)?.title, doNext);
  });

  it('a text is coloured by its language, else by its comments', () => {
    const of = (languageId: string, comment: Parameters<typeof syntaxOf>[0]['comment']) =>
      syntaxOf({ languageId, comment });
    assert.equal(of('ini', ';'), 'ini');
    assert.equal(of('plaintext', '!'), 'ios');
    assert.equal(of('properties', '#'), 'sip-proxy');
    assert.equal(of('plaintext', null), 'plain');
    assert.equal(of('asterisk', ';'), 'ini');
  });
});
