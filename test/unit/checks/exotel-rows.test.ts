/** What is set up at Exotel: each row with the fault present, and with it absent. */
import assert from 'node:assert/strict';
import type { UseCase } from '../../../src/terms/use';
import type { Action } from '../../../src/terms/finding';
import { planChecks } from '../../../src/checks/plan';
import { GOOD, NO_NETWORK, assertReadable, type PlainCheckFacts, verdictOf } from './support';

const destination = (...uris: readonly string[]): Partial<PlainCheckFacts> => ({
  destinations: uris.map((one, index) => ({ destination: one, priority: index + 1, weight: 10 })),
});
const whitelisted = (
  ...networks: readonly (readonly [string, number])[]
): Partial<PlainCheckFacts> => ({
  whitelistedIps: networks.map(([ip, mask]) => ({ ip, mask })),
});

interface Case {
  readonly says: string;
  readonly id: string;
  readonly useCase?: UseCase;
  readonly facts: Partial<PlainCheckFacts>;
  readonly verdict: 'warning' | 'problem' | 'unknown' | 'ok';
  readonly why: RegExp;
  readonly mend?: Action;
}

const whitelistMend: Action = { kind: 'whitelistIp', value: null };

const CASES: readonly Case[] = [
  {
    says: 'an inactive trunk',
    id: 'trunk.created',
    facts: { status: 'inactive' },
    verdict: 'problem',
    why: /trmum1abc is inactive/,
  },
  {
    says: 'a trunk whose status is not told',
    id: 'trunk.created',
    facts: { status: null },
    verdict: 'ok',
    why: /exists\.$/,
  },
  // Phone numbers.
  {
    says: 'no number for calls out',
    id: 'number.mapped',
    facts: { numbers: [] },
    verdict: 'problem',
    why: /No phone number is mapped/,
    mend: { kind: 'mapNumber', value: 'pstn' },
  },
  {
    says: 'no number for calls in',
    id: 'number.mapped',
    useCase: 'inbound',
    facts: { numbers: [] },
    verdict: 'problem',
    why: /No phone number is mapped/,
    mend: { kind: 'mapNumber', value: null },
  },
  {
    says: 'a number of either mode for calls in',
    id: 'number.mapped',
    useCase: 'inbound',
    facts: { numbers: [{ number: '+912248900001', mode: 'flow' }] },
    verdict: 'ok',
    why: /\+912248900001/,
  },
  {
    says: 'only flow numbers for calls out',
    id: 'number.mapped',
    facts: { numbers: [{ number: '+912248900001', mode: 'flow' }] },
    verdict: 'problem',
    why: /\+912248900001 is in flow mode/,
    mend: { kind: 'switchMode', value: '+912248900001' },
  },
  {
    says: 'only pstn numbers for StreamKit',
    id: 'number.mapped',
    useCase: 'streamkit',
    facts: { numbers: [{ number: '+912248900000', mode: 'pstn' }] },
    verdict: 'problem',
    why: /\+912248900000 is in pstn mode/,
    mend: { kind: 'switchMode', value: '+912248900000' },
  },
  {
    says: 'numbers that could not be read',
    id: 'number.mapped',
    facts: { numbers: null },
    verdict: 'unknown',
    why: /could not be read/,
    mend: { kind: 'refresh', value: null },
  },
  // The whitelist.
  {
    says: 'no IP and no credential',
    id: 'ip.whitelisted',
    facts: { whitelistedIps: [], credentials: [] },
    verdict: 'problem',
    why: /No IP is whitelisted/,
    mend: whitelistMend,
  },
  {
    says: 'no IP, but a credential',
    id: 'ip.whitelisted',
    facts: { whitelistedIps: [] },
    verdict: 'ok',
    why: /credential instead/,
  },
  ...(
    [
      ['a private IP', '192.168.1.5', /192\.168\.1\.5 is a private address/],
      ['a CGNAT IP', '100.64.3.2', /100\.64\.3\.2 .*carrier-grade NAT/],
      ['an IP of the documentation range', '203.0.113.10', /203\.0\.113\.10 is an example address/],
      ['a loopback IP', '127.0.0.1', /127\.0\.0\.1 is this computer itself/],
    ] as const
  ).map(([says, ip, why]): Case => ({
    says,
    id: 'ip.whitelisted',
    facts: whitelisted(['44.248.146.11', 32], [ip, 32]),
    verdict: 'warning',
    why,
    mend: whitelistMend,
  })),
  ...[16, 24, 31].map((mask): Case => ({
    says: `a whole network (/${mask})`,
    id: 'ip.whitelisted',
    facts: whitelisted(['44.248.146.11', 32], ['44.248.0.0', mask]),
    verdict: 'warning',
    why: new RegExp(`44\\.248\\.0\\.0/${mask} lets every address`),
    mend: whitelistMend,
  })),
  {
    says: 'a whitelist that could not be read',
    id: 'ip.whitelisted',
    facts: { whitelistedIps: null },
    verdict: 'unknown',
    why: /could not be read/,
  },
  // Credentials.
  {
    says: 'neither credential nor IP',
    id: 'credential.known',
    facts: { whitelistedIps: [], credentials: [] },
    verdict: 'problem',
    why: /no credential/,
    mend: { kind: 'createCredential', value: null },
  },
  {
    says: 'no credential where the PBX is known by its IP',
    id: 'credential.known',
    facts: { credentials: [] },
    verdict: 'ok',
    why: /by its IP/,
  },
  {
    says: 'a credential of one’s own whose password is not known here',
    id: 'credential.known',
    facts: {
      whitelistedIps: [],
      credentials: [{ userName: 'desk', kind: 'own', passwordKnown: false }],
    },
    verdict: 'warning',
    why: /password of desk is not known on this computer/,
    mend: { kind: 'rotateCredential', value: 'desk' },
  },
  {
    says: 'an issued credential whose password is not known here',
    id: 'credential.known',
    facts: {
      whitelistedIps: [],
      credentials: [{ userName: 'trmum1abc', kind: 'issued', passwordKnown: false }],
    },
    verdict: 'warning',
    why: /trmum1abc/,
    mend: { kind: 'createCredential', value: null },
  },
  {
    says: 'credentials that could not be read',
    id: 'credential.known',
    facts: { credentials: null },
    verdict: 'unknown',
    why: /could not be read/,
  },
  // Caller ID.
  {
    says: 'a caller ID that is no number of the trunk',
    id: 'callerId.mapped',
    facts: { callerId: '+919999999999' },
    verdict: 'problem',
    why: /\+919999999999, which is not a number of the trunk/,
    mend: { kind: 'setCallerId', value: null },
  },
  {
    says: 'no caller ID set',
    id: 'callerId.mapped',
    facts: { callerId: null },
    verdict: 'ok',
    why: /Not set/,
  },
  {
    says: 'a caller ID without the numbers to compare',
    id: 'callerId.mapped',
    facts: { numbers: null },
    verdict: 'unknown',
    why: /could not be read/,
  },
  // Destinations.
  {
    says: 'no destination',
    id: 'destination.set',
    useCase: 'inbound',
    facts: { destinations: [] },
    verdict: 'problem',
    why: /no destination URI/,
    mend: { kind: 'addDestination', value: null },
  },
  ...(
    [
      ['a UDP destination', '44.248.146.11:5060;transport=udp', 'warning', /UDP/],
      ['a destination without transport', '44.248.146.11:5060', 'warning', /no transport.*UDP/],
      ['a port that is none', '44.248.146.11:99999;transport=tls', 'problem', /99999.* is no port/],
      ['a private destination', '10.1.2.3:5061;transport=tls', 'problem', /private address/],
      ['a CGNAT destination', '100.64.1.1:5061;transport=tls', 'problem', /carrier-grade NAT/],
      [
        'TLS on the port for TCP',
        '44.248.146.11:5060;transport=tls',
        'warning',
        /5060 is the usual/,
      ],
      [
        'TCP on the port for TLS',
        '44.248.146.11:5061;transport=tcp',
        'warning',
        /5061 is the usual/,
      ],
      [
        'a name of a private network',
        'pbx.example.lan:5061;transport=tls',
        'warning',
        /only your own network knows/,
      ],
    ] as const
  ).map(([says, uri, verdict, why]): Case => ({
    says,
    id: 'destination.form',
    useCase: 'inbound',
    facts: destination('44.248.146.11:5061;transport=tls', uri),
    verdict,
    why,
    mend: { kind: 'editDestination', value: uri },
  })),
  {
    says: 'an IP destination that is not whitelisted',
    id: 'destination.whitelisted',
    useCase: 'inbound',
    facts: destination('44.248.146.11:5061;transport=tls', '44.248.146.12:5061;transport=tls'),
    verdict: 'problem',
    why: /44\.248\.146\.12 is a destination but not whitelisted/,
    mend: { kind: 'whitelistIp', value: '44.248.146.12' },
  },
  {
    says: 'a private destination, which no whitelisting helps',
    id: 'destination.whitelisted',
    useCase: 'inbound',
    facts: destination('10.1.2.3:5061;transport=tls'),
    verdict: 'problem',
    why: /10\.1\.2\.3 is no public address/,
    mend: { kind: 'editDestination', value: '10.1.2.3:5061;transport=tls' },
  },
  {
    says: 'an IP destination within a whitelisted network',
    id: 'destination.whitelisted',
    useCase: 'inbound',
    facts: { ...destination('200.1.2.3:5061;transport=tls'), ...whitelisted(['200.1.0.0', 16]) },
    verdict: 'ok',
    why: /200\.1\.2\.3 is whitelisted/,
  },
  {
    says: 'an IP destination beside a whitelisted network',
    id: 'destination.whitelisted',
    useCase: 'inbound',
    facts: { ...destination('200.2.2.3:5061;transport=tls'), ...whitelisted(['200.1.0.0', 16]) },
    verdict: 'problem',
    why: /200\.2\.2\.3/,
    mend: { kind: 'whitelistIp', value: '200.2.2.3' },
  },
  {
    says: 'a destination by name, which need not be whitelisted',
    id: 'destination.whitelisted',
    useCase: 'inbound',
    facts: { ...destination('sip.example.com:5061;transport=tls'), whitelistedIps: [] },
    verdict: 'ok',
    why: /need no whitelisting/,
  },
  {
    says: 'several destinations with the same priority',
    id: 'destination.priority',
    useCase: 'inbound',
    facts: {
      destinations: ['a', 'b', 'c'].map((host, index) => ({
        destination: `${host}.example.com:5061;transport=tls`,
        priority: index === 0 ? 1 : 7,
        weight: 10,
      })),
    },
    verdict: 'warning',
    why: /Several destinations have priority 7/,
    mend: { kind: 'editDestination', value: null },
  },
  {
    says: 'one destination',
    id: 'destination.priority',
    useCase: 'inbound',
    facts: destination('44.248.146.11:5061;transport=tls'),
    verdict: 'ok',
    why: /order does not matter/,
  },
  ...['set', 'form', 'whitelisted', 'priority'].map((step): Case => ({
    says: 'destinations that could not be read',
    id: `destination.${step}`,
    useCase: 'inbound',
    facts: { destinations: null },
    verdict: 'unknown',
    why: /could not be read/,
    mend: { kind: 'refresh', value: null },
  })),
];

describe('What is set up at Exotel', () => {
  for (const { says, id, useCase = 'outbound', facts, verdict, why, mend } of CASES) {
    it(`${id}: ${says}`, async () => {
      const result = await verdictOf(facts, useCase, id);
      assert.equal(result.level, verdict, result.what);
      assert.match(result.what, why);
      assert.deepEqual(result.action, mend ?? (verdict === 'unknown' ? result.action : null));
    });
  }

  for (const useCase of ['outbound', 'inbound', 'streamkit'] as const) {
    it(`passes for ${useCase} where all is in order, and asks no network`, async () => {
      const rows = planChecks(GOOD, useCase).filter(({ group }) => group === 'exotel');
      assert.ok(rows.length >= 5);
      for (const row of rows) {
        const result = await row.run(NO_NETWORK, new AbortController().signal);
        assert.equal(result.level, 'ok', `${result.id}: ${result.what}`);
        assertReadable(result);
      }
    });
  }

  it('names each of several faults, and what to do about each', async () => {
    const result = await verdictOf(
      whitelisted(['10.0.0.1', 32], ['44.0.0.0', 16], ['45.0.0.0', 8]),
      'outbound',
      'ip.whitelisted',
    );
    assert.match(
      result.what,
      /10\.0\.0\.1 is a private.*44\.0\.0\.0\/16 lets.*45\.0\.0\.0\/8: “8” is no mask/,
    );
    assert.match(result.doNext ?? '', /public IP.*mask 32/);
    assert.deepEqual(result.evidence, ['10.0.0.1/32', '44.0.0.0/16', '45.0.0.0/8']);
  });

  it('has a faulty case for each of its rows', () => {
    const rows = (['outbound', 'inbound', 'streamkit'] as const).flatMap((useCase) =>
      planChecks(GOOD, useCase).filter(({ group }) => group === 'exotel'),
    );
    const faulty = new Set(CASES.filter(({ verdict }) => verdict !== 'ok').map(({ id }) => id));
    assert.deepEqual(new Set(rows.map(({ id }) => id)), faulty);
  });
});
