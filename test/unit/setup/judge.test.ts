// What the judge says of a trunk, each case with its findings written by hand from Exotel's documents (the
// numbers in brackets are sections of the research they are collected in).
import assert from 'node:assert/strict';
import type { Level } from '../../../src/terms/finding';
import type { UseCase } from '../../../src/terms/use';
import type { SetupKind } from '../../../src/setup/finding';
import { judge, overall, summaryOf, trunkState } from '../../../src/setup/judge';
import type { TrunkFacts } from '../../../src/setup/facts';
import { losesCallerId } from '../../../src/setup/caller-id';
import { likelyUseCases } from '../../../src/setup/use-cases';
import { type PlainFacts, trunkFactsOf } from '../../support/trunk-facts';

const PSTN = { number: '+918040000001', mode: 'pstn' } as const;
const FLOW = { number: '+918040000002', mode: 'flow' } as const;
const ISSUED = { userName: 'trmum1abc', kind: 'issued', passwordKnown: true } as const;
const OWN = { userName: 'desk', kind: 'own', passwordKnown: true } as const;
const LOST = { ...OWN, passwordKnown: false } as const;
const NAME = 'pbx.example.com:5061;transport=tls';
const ADDRESS = '44.248.146.11:5061;transport=tls';

const rows = (...uris: readonly string[]) =>
  uris.map((destination, priority) => ({ destination, priority, weight: 1 }));
const ip = (address: string, mask = 32) => ({ ip: address, mask });

/** A trunk for calls out and in with nothing wrong. */
const GOOD: PlainFacts = {
  accountSid: 'acme1',
  trunkSid: 'trmum1abc',
  trunkName: 'office',
  status: 'active',
  sipDomain: 'acme1.pstn.exotel.com',
  numbers: [PSTN],
  whitelistedIps: [ip('44.248.146.11')],
  destinations: rows(NAME),
  credentials: [OWN],
  callerId: null,
};

type Row = readonly [
  says: string,
  useCase: UseCase,
  facts: Partial<PlainFacts>,
  /** Everything that is not `ok`. */
  found: Partial<Record<SetupKind, Level>>,
  because: string,
];

const OUT = 'outbound';
const IN = 'inbound';
const BOT = 'streamkit';
const NO_NUMBER = { 'number.mapped': 'problem' } as const;
const FORM = (level: Level) => ({ 'destination.form': level });

/** The seven that panel and checks once told differently. */
const KNOWN: readonly Row[] = [
  [
    'only the issued pair, and no IP',
    OUT,
    { whitelistedIps: [], credentials: [ISSUED] },
    { 'ip.whitelisted': 'problem' },
    'every trunk is issued a pair; nothing was set up yet that a call out is known by [3.4]',
  ],
  [
    'a private destination',
    IN,
    { destinations: rows('10.0.0.5:5061;transport=tls') },
    { 'destination.form': 'problem', 'destination.whitelisted': 'problem' },
    'the API takes it, and no call from outside arrives there [1.3]',
  ],
  [
    'a UDP destination on an address for documents',
    IN,
    { destinations: rows('203.0.113.9:5060') },
    { 'destination.form': 'problem', 'destination.whitelisted': 'problem' },
    'nothing answers at an example address; that it is UDP comes second [1.3, 6 row 15]',
  ],
  [
    'an inactive trunk, otherwise complete',
    OUT,
    { status: 'inactive' },
    { 'trunk.created': 'problem' },
    'status active|inactive is the state of the configuration: an inactive one carries nothing [1.4]',
  ],
  [
    'a network as wide as /16 and the issued pair',
    OUT,
    { whitelistedIps: [ip('44.248.0.0', 16)], credentials: [ISSUED] },
    { 'ip.whitelisted': 'warning' },
    'masks from 16 are taken; 65,536 addresses may call on the bill [1.3, 6 row 14]',
  ],
  [
    'a caller ID that is not mapped',
    OUT,
    { callerId: '+918099999999' },
    { 'callerId.mapped': 'problem' },
    'From must be a mapped Exophone, by which the caller ID is verified [3.5]',
  ],
];

const MORE: readonly Row[] = [
  ['nothing wrong, calls out', OUT, {}, {}, 'all that the guide asks for is there [1.6]'],
  ['nothing wrong, calls in', IN, {}, {}, 'a number and a destination by name [1.6]'],
  [
    'nothing wrong, StreamKit',
    BOT,
    { numbers: [FLOW], destinations: [] },
    {},
    'mode flow, and no destination: optional for StreamKit [3.5, 6 row 23]',
  ],
  [
    'an inactive trunk, calls in',
    IN,
    { status: 'inactive' },
    { 'trunk.created': 'problem' },
    '[1.4]',
  ],
  [
    'an inactive trunk, StreamKit',
    BOT,
    { status: 'inactive', numbers: [FLOW] },
    { 'trunk.created': 'problem' },
    '[1.4]',
  ],
  ['a status that was not told', OUT, { status: null }, {}, 'absent says nothing [1.4]'],
  ['no number, calls out', OUT, { numbers: [] }, NO_NUMBER, 'From must be a mapped number [3.5]'],
  ['no number, calls in', IN, { numbers: [] }, NO_NUMBER, 'the Exophone is what people dial [3.5]'],
  ['no number, StreamKit', BOT, { numbers: [] }, NO_NUMBER, 'R-URI = Exophone in flow mode [3.5]'],
  ['only flow numbers, calls out', OUT, { numbers: [FLOW] }, NO_NUMBER, 'Connect needs pstn [3.5]'],
  ['only pstn numbers, StreamKit', BOT, {}, NO_NUMBER, 'number mapped with mode flow [3.5]'],
  ['a flow number, calls in', IN, { numbers: [FLOW] }, {}, 'calls in reach either mode [3.5]'],
  [
    'numbers of both modes, calls out',
    OUT,
    { numbers: [FLOW, PSTN] },
    {},
    'one that fits is enough',
  ],
  [
    'no IP, a credential of one’s own',
    OUT,
    { whitelistedIps: [] },
    {},
    'digest alone suffices [3.4, 6 row 9]',
  ],
  [
    'no IP, a credential whose password is elsewhere',
    OUT,
    { whitelistedIps: [], credentials: [LOST] },
    { 'credential.known': 'warning' },
    'no call returns the password again; the PBX may have it [1.2]',
  ],
  [
    'an IP, a credential whose password is elsewhere',
    OUT,
    { credentials: [LOST] },
    {},
    'Exotel knows the PBX by its IP [3.4]',
  ],
  ['an IP and no credential', OUT, { credentials: [] }, {}, 'the ACL alone is enough [3.4]'],
  [
    'neither IP nor credential',
    OUT,
    { whitelistedIps: [], credentials: [] },
    { 'ip.whitelisted': 'problem', 'credential.known': 'problem' },
    'Exotel has nothing to know the PBX by: 401 or 403 [3.6]',
  ],
  [
    'a lone private IP and the issued pair',
    OUT,
    { whitelistedIps: [ip('192.168.1.1')], credentials: [ISSUED] },
    { 'ip.whitelisted': 'problem' },
    'taken by the API, matched by no call [1.3]',
  ],
  [
    'a lone private IP and a credential',
    OUT,
    { whitelistedIps: [ip('192.168.1.1')] },
    { 'ip.whitelisted': 'warning' },
    'digest may do; with both, both have to match by some documents [3.4, 6 row 10]',
  ],
  [
    'a private IP beside a public one',
    OUT,
    { whitelistedIps: [ip('44.248.146.11'), ip('10.0.0.1')], credentials: [ISSUED] },
    { 'ip.whitelisted': 'warning' },
    'useless, but the other one works [1.3]',
  ],
  [
    'a lone address for documents',
    OUT,
    { whitelistedIps: [ip('198.51.100.7')], credentials: [] },
    { 'ip.whitelisted': 'problem' },
    'copied from an example [1.3]',
  ],
  [
    'a lone carrier-grade NAT address, StreamKit',
    BOT,
    { numbers: [FLOW], whitelistedIps: [ip('100.64.1.1')], credentials: [ISSUED] },
    { 'ip.whitelisted': 'problem' },
    'Exotel never sees it [1.3]',
  ],
  [
    'a /31',
    OUT,
    { whitelistedIps: [ip('44.248.146.10', 31)] },
    { 'ip.whitelisted': 'warning' },
    'prefer /32 and warn [3.4]',
  ],
  [
    'a mask that the API refuses today',
    OUT,
    { whitelistedIps: [ip('44.0.0.0', 8)] },
    { 'ip.whitelisted': 'warning' },
    '16 to 32 are enforced now, not ever [1.3]',
  ],
  ['a whitelist does not matter for calls in', IN, { whitelistedIps: [] }, {}, 'by name [1.3]'],
  ['the caller ID is a number of the trunk', OUT, { callerId: PSTN.number }, {}, '[3.5]'],
  [
    'the caller ID without its plus',
    OUT,
    { callerId: '918040000001' },
    {},
    'the same number by meaning [5 no. 10]',
  ],
  [
    'the caller ID is one letter off',
    OUT,
    { callerId: '+918040000003' },
    { 'callerId.mapped': 'problem' },
    '[3.5]',
  ],
  [
    'the caller ID is a flow number of the trunk',
    OUT,
    { numbers: [PSTN, FLOW], callerId: FLOW.number },
    {},
    'mapped is mapped; no document asks for a mode [3.5]',
  ],
  [
    'a caller ID of a trunk without numbers',
    OUT,
    { numbers: [], callerId: PSTN.number },
    { 'number.mapped': 'problem', 'callerId.mapped': 'problem' },
    '[3.5]',
  ],
  ['no destination', IN, { destinations: [] }, { 'destination.set': 'problem' }, '[1.6]'],
  [
    'no destination, calls out',
    OUT,
    { destinations: [] },
    {},
    'calls out need none [4 ElevenLabs]',
  ],
  [
    'UDP said openly',
    IN,
    { destinations: rows('pbx.example.com:5060;transport=udp') },
    FORM('warning'),
    'accept, warn [6 row 15]',
  ],
  [
    'UDP by omission',
    IN,
    { destinations: rows('pbx.example.com:5060') },
    FORM('warning'),
    '[1.3, 6 row 15]',
  ],
  [
    'the console’s form',
    IN,
    { destinations: rows('sip:agent@sip.example.com') },
    FORM('info'),
    'shown, never refused on reading [1.8]',
  ],
  [
    'a name without port',
    IN,
    { destinations: rows('pbx.example.com;transport=tcp') },
    FORM('info'),
    'readable, not the API’s form [1.3]',
  ],
  [
    'Exotel’s own edge',
    IN,
    { destinations: rows('edge.in.exotel.com:443;transport=tls') },
    FORM('problem'),
    'the customer sends there, not Exotel [3.1]',
  ],
  [
    'Exotel’s account domain',
    IN,
    { destinations: rows('acme1.pstn.exotel.com:5061;transport=tls') },
    FORM('problem'),
    '[3.1]',
  ],
  [
    'TLS on the port of TCP',
    IN,
    { destinations: rows('pbx.example.com:5060;transport=tls') },
    FORM('warning'),
    '[3.1]',
  ],
  [
    'IPv6',
    IN,
    { destinations: rows('[2001:db8::1]:5061;transport=tls') },
    FORM('problem'),
    'IPv4 only [6 row 35]',
  ],
  [
    'a name of one’s own network',
    IN,
    { destinations: rows('pbx.office.lan:5061;transport=tls') },
    FORM('warning'),
    'resolved in public DNS at each call [3.3]',
  ],
  [
    'what nobody can read',
    IN,
    { destinations: rows('to be done') },
    FORM('problem'),
    'not a valid Ip or Fqdn [1.5]',
  ],
  ['an address that is whitelisted', IN, { destinations: rows(ADDRESS) }, {}, '[1.6]'],
  [
    'an address that is not',
    IN,
    { destinations: rows('44.248.146.12:5061;transport=tls') },
    { 'destination.whitelisted': 'problem' },
    'an IP destination needs its ACL entry first [1.6]',
  ],
  [
    'an address inside a whitelisted network',
    IN,
    { destinations: rows(ADDRESS), whitelistedIps: [ip('44.248.0.0', 16)] },
    {},
    'covered [1.3]',
  ],
  [
    'an address beside a whitelisted network',
    IN,
    { destinations: rows('44.249.0.1:5061;transport=tls'), whitelistedIps: [ip('44.248.0.0', 16)] },
    { 'destination.whitelisted': 'problem' },
    '[1.3]',
  ],
  [
    'the worse of two destinations decides',
    IN,
    { destinations: rows(NAME, 'pbx.example.com:5060;transport=udp') },
    FORM('warning'),
    '[6 row 15]',
  ],
  [
    'two destinations of one priority',
    IN,
    {
      destinations: rows(NAME, 'b.example.com:5061;transport=tls').map((row) => ({
        ...row,
        priority: 0,
      })),
    },
    { 'destination.priority': 'warning' },
    'equal priorities share the calls by weight [1.3]',
  ],
  [
    'two destinations in order',
    IN,
    { destinations: rows(NAME, 'b.example.com:5061;transport=tls') },
    {},
    'lower wins [1.3]',
  ],
  [
    'a name with blanks, made in the console',
    OUT,
    { trunkName: 'Office Mumbai 2' },
    {},
    'shown as it is [1.8]',
  ],
  ['a trunk without a name', OUT, { trunkName: '' }, {}, 'accepted live [1.3]'],
  [
    'numbers that were never read',
    OUT,
    { numbers: null },
    { 'number.mapped': 'unknown' },
    'not read is not missing',
  ],
  [
    'a whitelist that was never read',
    OUT,
    { whitelistedIps: null },
    { 'ip.whitelisted': 'unknown' },
    'not read is not missing',
  ],
  [
    'credentials that were never read',
    OUT,
    { credentials: null },
    { 'credential.known': 'unknown' },
    'not read is not missing',
  ],
  [
    'no IP and credentials that were never read',
    OUT,
    { whitelistedIps: [], credentials: null },
    { 'ip.whitelisted': 'unknown', 'credential.known': 'unknown' },
    'a credential would be enough [3.4]',
  ],
  [
    'an address, and a whitelist that was never read',
    IN,
    { destinations: rows(ADDRESS), whitelistedIps: null },
    { 'destination.whitelisted': 'unknown' },
    'not read is not missing',
  ],
];

function levelsOf(facts: TrunkFacts, useCase: UseCase): Partial<Record<SetupKind, Level>> {
  return Object.fromEntries(
    judge(facts, useCase).flatMap(({ kind, level }) => (level === 'ok' ? [] : [[kind, level]])),
  );
}

describe('The judge', () => {
  it('is asked about the known cases and at least forty more', () => {
    assert.equal(KNOWN.length, 6, 'and the one of numbers that are stale, below');
    assert.ok(MORE.length >= 40);
  });

  for (const [says, useCase, facts, found, because] of [...KNOWN, ...MORE]) {
    it(`${useCase}: ${says}: ${because}`, () => {
      assert.deepEqual(levelsOf(trunkFactsOf({ ...GOOD, ...facts }), useCase), found);
    });
  }

  it('rests nothing on numbers of before a failed reload', () => {
    const facts = trunkFactsOf({ ...GOOD, callerId: PSTN.number });
    const stale = { ...facts, numbers: { state: 'stale', value: [PSTN] } } as const;
    assert.deepEqual(levelsOf(stale, 'outbound'), {
      'number.mapped': 'unknown',
      'callerId.mapped': 'unknown',
    });
    const [, number] = judge(stale, 'outbound');
    assert.match(number?.what ?? '', /from before/);
    assert.deepEqual(number?.action, { kind: 'refresh', value: null });
  });

  it('rests nothing on any section of before a failed reload', () => {
    const facts = trunkFactsOf({ ...GOOD, destinations: rows('10.0.0.1:5061;transport=tls') });
    const stale: TrunkFacts = {
      ...facts,
      numbers: { state: 'stale', value: [] },
      whitelistedIps: { state: 'stale', value: [] },
      destinations: { state: 'stale', value: facts.destinations.value ?? [] },
      credentials: { state: 'stale', value: [] },
      callerId: { state: 'stale', value: '+918099999999' },
    };
    for (const useCase of ['outbound', 'inbound', 'streamkit'] as const) {
      const [trunk, ...others] = judge(stale, useCase);
      assert.equal(trunk?.level, 'ok');
      for (const { kind, level } of others) assert.equal(level, 'unknown', kind);
    }
  });

  it('has one finding for each thing, in the order it is set up, saying what it is about', () => {
    const kinds = (useCase: UseCase) => judge(trunkFactsOf(GOOD), useCase).map(({ kind }) => kind);
    assert.deepEqual(kinds('outbound'), [
      'trunk.created',
      'number.mapped',
      'ip.whitelisted',
      'credential.known',
      'callerId.mapped',
    ]);
    assert.deepEqual(kinds('streamkit'), kinds('outbound'));
    assert.deepEqual(kinds('inbound'), [
      'trunk.created',
      'number.mapped',
      'destination.set',
      'destination.form',
      'destination.whitelisted',
      'destination.priority',
    ]);
    const subjects = judge(trunkFactsOf(GOOD), 'outbound').map(({ subject }) => subject?.value);
    assert.deepEqual(subjects.slice(0, 4), ['trmum1abc', PSTN.number, '44.248.146.11/32', 'desk']);
  });

  it('sums up by the worst; what only a person can look at does not count', () => {
    const of = (...levels: readonly Level[]) => overall(levels.map((level) => ({ level })));
    assert.equal(of().level, 'ok');
    assert.equal(of('ok', 'manual').level, 'ok');
    assert.equal(of('ok', 'info').level, 'info');
    assert.equal(of('ok', 'unknown', 'info').level, 'unknown');
    assert.equal(of('unknown', 'warning', 'ok').level, 'warning');
    assert.equal(of('warning', 'problem', 'unknown').level, 'problem');
    assert.equal(summaryOf(of('info')), 'Ready at Exotel');
    assert.equal(summaryOf(of('problem', 'problem', 'warning')), '2 problems at Exotel');
    assert.equal(summaryOf(of('warning')), 'Ready at Exotel, with 1 warning');
    assert.equal(summaryOf(of('unknown', 'unknown')), '2 things could not be read from Exotel');
  });

  it('tells a row what it may say, and nothing while a section was never read', () => {
    const state = (facts: Partial<PlainFacts>) => trunkState(trunkFactsOf({ ...GOOD, ...facts }));
    assert.equal(state({})?.words, '');
    assert.equal(state({ callerId: '+918099999999' })?.words, '1 problem');
    assert.equal(state({ numbers: [], callerId: PSTN.number })?.words, '2 problems');
    assert.equal(state({ whitelistedIps: [ip('44.248.0.0', 16)] })?.words, '1 warning');
    assert.equal(state({ destinations: null }), null);
  });

  it('knows whether the caller ID goes with some numbers', () => {
    assert.equal(losesCallerId(PSTN.number, [FLOW.number, PSTN.number]), true);
    assert.equal(losesCallerId('918040000001', [PSTN.number]), true);
    assert.equal(losesCallerId(PSTN.number, [FLOW.number]), false);
    assert.equal(losesCallerId(null, [PSTN.number]), false);
  });

  it('knows what a trunk is for by what is set up on it', () => {
    const likely = (facts: Partial<PlainFacts>) =>
      likelyUseCases(trunkFactsOf({ ...GOOD, ...facts }));
    assert.deepEqual(likely({}), ['outbound', 'inbound']);
    assert.deepEqual(likely({ destinations: [] }), ['outbound']);
    assert.deepEqual(likely({ whitelistedIps: [], credentials: [] }), ['inbound']);
    assert.deepEqual(likely({ numbers: [FLOW] }), ['streamkit']);
    assert.deepEqual(likely({ numbers: null, destinations: null }), ['outbound']);
  });
});
