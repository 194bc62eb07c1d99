// The 24 operations of the trunk API, by their numbers in our notes on the contract (exotel-api, 1.2):
// in both published shapes, the client sends exactly the documented request and returns what is there.
import assert from 'node:assert/strict';
import { ExotelClient } from '../../../src/exotel/client';
import { Secret } from '../../../src/exotel/secret';
import type { Shape } from '../../../src/sandbox/index';
import { SEEDED } from '../../support/account';
import {
  credentialsOf,
  destinationsOf,
  first,
  ipsOf,
  issuedOf,
  last,
  mapOf,
  numbersOf,
  PLANTED,
  settingsOf,
  SHAPES,
  trunkOf,
  wire,
  type Wired,
} from './support';

/** In the order of the notes: operation 1 is the first. A query names what it must hold. */
const DOCUMENTED = [
  'POST /trunks',
  'GET /trunks',
  'PUT /trunks/{trunk_sid}',
  'DELETE /trunks?trunk_sid',
  'POST /trunks/{trunk_sid}/phone-numbers',
  'GET /trunks/{trunk_sid}/phone-numbers',
  'PUT /trunks/{trunk_sid}/phone-numbers/{id}',
  'DELETE /trunks/{trunk_sid}/phone-numbers?id',
  'GET /trunk-maps?exophone',
  'POST /trunks/{trunk_sid}/whitelisted-ips',
  'GET /trunks/{trunk_sid}/whitelisted-ips',
  'PUT /trunks/{trunk_sid}/whitelisted-ips/{id}',
  'DELETE /trunks/{trunk_sid}/whitelisted-ips?id',
  'POST /trunks/{trunk_sid}/destination-uris',
  'GET /trunks/{trunk_sid}/destination-uris',
  'PUT /trunks/{trunk_sid}/destination-uris/{id}',
  'DELETE /trunks/{trunk_sid}/destination-uris?id',
  'POST /trunks/{trunk_sid}/credentials',
  'GET /trunks/{trunk_sid}/credentials',
  'PUT /trunks/{trunk_sid}/credentials/{id}',
  'DELETE /trunks/{trunk_sid}/credentials?id',
  'GET /trunks/{trunk_sid}/settings',
  'POST /trunks/{trunk_sid}/settings',
  'DELETE /trunks/{trunk_sid}/settings?name',
] as const;

const { outbound: OUT, inbound: IN, streamkit: KIT } = SEEDED;
const ALIAS = 'trunk_external_alias';
const NEW_PASSWORD = new Secret(PLANTED.password);

interface Case {
  readonly no: number;
  readonly what: string;
  readonly call: keyof ExotelClient;
  run(on: Wired, shape: Shape): Promise<unknown>;
  /** The request line, exactly. */
  readonly line: string;
  /** The JSON sent, exactly; none for GET and DELETE. */
  readonly body?: unknown;
  /** What the sandbox's state, after the call, says the result has to be. */
  says(on: Wired, shape: Shape): unknown;
}

/** A call that takes something away: nothing comes back, and it is no longer there. */
function gone(rows: (on: Wired) => readonly unknown[], left: number) {
  return (on: Wired) => {
    assert.equal(rows(on).length, left, 'it is still there');
    return undefined;
  };
}

const firstNumber = (on: Wired) => first(numbersOf(on.trunk(OUT)));
const firstIp = (on: Wired) => first(ipsOf(on.trunk(OUT)));
const firstDestination = (on: Wired) => first(destinationsOf(on.trunk(IN)));
const firstCredential = (on: Wired) => first(credentialsOf(on.trunk(OUT)));

const CASES: readonly Case[] = [
  {
    no: 1,
    what: 'creates a trunk',
    call: 'createTrunk',
    run: ({ api }) => api.createTrunk({ name: 'new_trunk' }),
    line: 'POST /trunks',
    body: {
      trunk_name: 'new_trunk',
      nso_code: 'ANY-ANY',
      domain_name: 'sandbox1.pstn.exotel.com',
    },
    says: (on, shape) => trunkOf(last(on.sandbox.state().trunks), shape),
  },
  {
    no: 2,
    what: 'lists the trunks',
    call: 'listTrunks',
    run: ({ api }) => api.listTrunks(),
    line: 'GET /trunks?page_size=100',
    says: (on, shape) => on.sandbox.state().trunks.map((trunk) => trunkOf(trunk, shape)),
  },
  {
    no: 2,
    what: 'reads one trunk',
    call: 'getTrunk',
    run: ({ api }) => api.getTrunk(IN),
    line: `GET /trunks?trunk_sid=${IN}`,
    says: (on, shape) => trunkOf(on.trunk(IN), shape),
  },
  {
    no: 3,
    what: 'renames a trunk',
    call: 'renameTrunk',
    run: (on, shape) => on.api.renameTrunk(trunkOf(on.trunk(OUT), shape), 'renamed_1'),
    line: `PUT /trunks/${OUT}`,
    body: { trunk_name: 'renamed_1' },
    says: (on, shape) => trunkOf(on.trunk(OUT), shape),
  },
  {
    no: 4,
    what: 'deletes a trunk',
    call: 'deleteTrunk',
    run: ({ api }) => api.deleteTrunk(OUT),
    line: `DELETE /trunks?trunk_sid=${OUT}`,
    says: gone((on) => on.sandbox.state().trunks, 2),
  },
  {
    no: 5,
    what: 'maps a phone number',
    call: 'mapNumber',
    run: ({ api }) => api.mapNumber(IN, { number: '+918045671234', mode: 'flow' }),
    line: `POST /trunks/${IN}/phone-numbers`,
    body: { phone_number: '+918045671234', mode: 'flow' },
    says: (on) => last(numbersOf(on.trunk(IN))),
  },
  {
    no: 5,
    what: 'maps a phone number without a mode',
    call: 'mapNumber',
    run: ({ api }) => api.mapNumber(IN, { number: '+918045671234' }),
    line: `POST /trunks/${IN}/phone-numbers`,
    body: { phone_number: '+918045671234' },
    says: (on) => last(numbersOf(on.trunk(IN))),
  },
  {
    no: 6,
    what: 'lists the phone numbers',
    call: 'listNumbers',
    run: ({ api }) => api.listNumbers(OUT),
    line: `GET /trunks/${OUT}/phone-numbers?page_size=100`,
    says: (on) => numbersOf(on.trunk(OUT)),
  },
  {
    no: 7,
    what: 'changes the mode of a phone number',
    call: 'changeNumberMode',
    run: (on) => on.api.changeNumberMode(firstNumber(on), 'flow'),
    line: `PUT /trunks/${OUT}/phone-numbers/41512`,
    body: { phone_number: '+918040123456', mode: 'flow' },
    says: firstNumber,
  },
  {
    no: 8,
    what: 'unmaps a phone number',
    call: 'unmapNumber',
    run: ({ api }) => api.unmapNumber(OUT, '41512'),
    line: `DELETE /trunks/${OUT}/phone-numbers?id=41512`,
    says: gone((on) => on.trunk(OUT).phoneNumbers, 1),
  },
  {
    no: 9,
    what: 'finds the trunk of a phone number',
    call: 'findTrunkOf',
    run: ({ api }) => api.findTrunkOf('+914440123456'),
    line: 'GET /trunk-maps?exophone=%2B914440123456',
    says: (on) => mapOf(on.trunk(KIT), '+914440123456'),
  },
  {
    no: 9,
    what: 'finds that no trunk has a phone number',
    call: 'findTrunkOf',
    run: ({ api }) => api.findTrunkOf('+914449999999'),
    line: 'GET /trunk-maps?exophone=%2B914449999999',
    says: () => null,
  },
  {
    no: 10,
    what: 'whitelists an IP',
    call: 'whitelistIp',
    run: ({ api }) => api.whitelistIp(IN, { ip: '44.229.228.0', mask: 24 }),
    line: `POST /trunks/${IN}/whitelisted-ips`,
    body: { ip: '44.229.228.0', mask: 24 },
    says: (on) => last(ipsOf(on.trunk(IN))),
  },
  {
    no: 11,
    what: 'lists the whitelisted IPs',
    call: 'listIps',
    run: ({ api }) => api.listIps(OUT),
    line: `GET /trunks/${OUT}/whitelisted-ips?page_size=100`,
    says: (on) => ipsOf(on.trunk(OUT)),
  },
  {
    no: 12,
    what: 'changes a whitelisted IP',
    call: 'changeIp',
    run: (on) => on.api.changeIp(firstIp(on), { ip: '44.248.146.12', mask: 31 }),
    line: `PUT /trunks/${OUT}/whitelisted-ips/1153`,
    body: { ip: '44.248.146.12', mask: 31 },
    says: firstIp,
  },
  {
    no: 13,
    what: 'removes a whitelisted IP',
    call: 'removeIp',
    run: ({ api }) => api.removeIp(OUT, '1154'),
    line: `DELETE /trunks/${OUT}/whitelisted-ips?id=1154`,
    says: gone((on) => on.trunk(OUT).whitelistedIps, 1),
  },
  {
    no: 14,
    what: 'adds destinations',
    call: 'addDestinations',
    run: ({ api }) =>
      api.addDestinations(IN, ['sip:a.example.com:5061;transport=tls', '13.200.45.61:5070']),
    line: `POST /trunks/${IN}/destination-uris`,
    body: {
      destinations: [
        { destination: 'a.example.com:5061;transport=tls' },
        { destination: '13.200.45.61:5070' },
      ],
    },
    says: (on) => {
      const [a, b] = destinationsOf(on.trunk(IN)).slice(2);
      return [
        { ok: true, input: 'sip:a.example.com:5061;transport=tls', value: a },
        { ok: true, input: '13.200.45.61:5070', value: b },
      ];
    },
  },
  {
    no: 14,
    what: 'adds one destination',
    call: 'addDestinations',
    run: ({ api }) => api.addDestinations(IN, ['b.example.com:5060;transport=tcp']),
    line: `POST /trunks/${IN}/destination-uris`,
    body: { destinations: [{ destination: 'b.example.com:5060;transport=tcp' }] },
    says: (on) => {
      const value = last(destinationsOf(on.trunk(IN)));
      return [{ ok: true, input: 'b.example.com:5060;transport=tcp', value }];
    },
  },
  {
    no: 15,
    what: 'lists the destinations',
    call: 'listDestinations',
    run: ({ api }) => api.listDestinations(IN),
    line: `GET /trunks/${IN}/destination-uris?page_size=100`,
    says: (on) => destinationsOf(on.trunk(IN)),
  },
  {
    no: 16,
    what: 'changes priority and weight of a destination',
    call: 'changeDestination',
    run: (on) => on.api.changeDestination(firstDestination(on), { priority: 3, weight: 20 }),
    line: `PUT /trunks/${IN}/destination-uris/2543`,
    body: { priority: 3, weight: 20 },
    says: firstDestination,
  },
  {
    no: 17,
    what: 'removes a destination',
    call: 'removeDestination',
    run: ({ api }) => api.removeDestination(IN, '2543'),
    line: `DELETE /trunks/${IN}/destination-uris?id=2543`,
    says: gone((on) => on.trunk(IN).destinations, 1),
  },
  {
    no: 18,
    what: 'creates a credential',
    call: 'createCredential',
    run: ({ api }) =>
      api.createCredential(IN, {
        userName: 'pbx_2',
        password: NEW_PASSWORD,
        friendlyName: 'Branch_PBX',
      }),
    line: `POST /trunks/${IN}/credentials`,
    body: { user_name: 'pbx_2', password: PLANTED.password, friendly_name: 'Branch_PBX' },
    says: (on) => {
      assert.equal(on.sandbox.passwordOf(IN, 'pbx_2'), PLANTED.password);
      return last(credentialsOf(on.trunk(IN)));
    },
  },
  {
    no: 19,
    what: 'lists the credentials of a trunk',
    call: 'listCredentials',
    run: ({ api }) => api.listCredentials(OUT),
    line: `GET /trunks/${OUT}/credentials?page_size=100`,
    says: (on) => credentialsOf(on.trunk(OUT)),
  },
  {
    no: 19,
    what: 'reads the credential issued with a trunk',
    call: 'listCredentials',
    run: async (on) => {
      const credential = first(await on.api.listCredentials(KIT));
      assert.equal(credential.kind, 'issued');
      const { password, ...rest } = credential;
      assert.equal(password.reveal(), on.sandbox.passwordOf(KIT, KIT));
      return rest;
    },
    line: `GET /trunks/${KIT}/credentials?page_size=100`,
    says: () => issuedOf(KIT),
  },
  {
    no: 20,
    what: 'changes a credential',
    call: 'changeCredential',
    run: (on) =>
      on.api.changeCredential(firstCredential(on), {
        userName: 'outbound_2',
        password: NEW_PASSWORD,
      }),
    line: `PUT /trunks/${OUT}/credentials/1234`,
    body: { user_name: 'outbound_2', password: PLANTED.password },
    says: (on) => {
      assert.equal(on.sandbox.passwordOf(OUT, 'outbound_2'), PLANTED.password);
      return firstCredential(on);
    },
  },
  {
    no: 21,
    what: 'deletes a credential',
    call: 'deleteCredential',
    run: ({ api }) => api.deleteCredential(OUT, '1234'),
    line: `DELETE /trunks/${OUT}/credentials?id=1234`,
    says: gone((on) => on.trunk(OUT).credentials, 0),
  },
  {
    no: 22,
    what: 'lists the settings',
    call: 'listSettings',
    run: ({ api }) => api.listSettings(OUT),
    line: `GET /trunks/${OUT}/settings?page_size=100`,
    says: (on) => settingsOf(on.trunk(OUT)),
  },
  {
    no: 23,
    what: 'sets the alias of a trunk',
    call: 'setSetting',
    run: ({ api }) => api.setSetting(IN, ALIAS, '+911800123456'),
    line: `POST /trunks/${IN}/settings`,
    body: { settings: [{ name: ALIAS, value: '+911800123456' }] },
    says: (on) => last(settingsOf(on.trunk(IN))),
  },
  {
    no: 24,
    what: 'clears the alias of a trunk',
    call: 'clearSetting',
    run: ({ api }) => api.clearSetting(OUT, ALIAS),
    line: `DELETE /trunks/${OUT}/settings?name=${ALIAS}`,
    says: gone((on) => on.trunk(OUT).settings, 0),
  },
];

function documented(no: number): RegExp {
  const [path = '', query] = (DOCUMENTED[no - 1] ?? '').split('?');
  const segments = path.replace(/\{\w+\}/g, '[^/?]+');
  const search = query === undefined ? '(\\?.*)?' : `\\?${query}=[^&]+`;
  return new RegExp(`^${segments}${search}$`);
}

describe('The 24 operations', () => {
  it('are all here, each in the documented place', () => {
    assert.equal(DOCUMENTED.length, 24);
    assert.deepEqual(
      [...new Set(CASES.map(({ no }) => no))].sort((a, b) => a - b),
      DOCUMENTED.map((_, index) => index + 1),
    );
    for (const { no, line } of CASES) assert.match(line, documented(no), `operation ${no}`);
  });

  it('are all the client can do', () => {
    const own = Object.getOwnPropertyNames(ExotelClient.prototype);
    const calls = own.filter((name) => name !== 'constructor').sort();
    assert.deepEqual([...new Set(CASES.map(({ call }) => call))].sort(), calls);
  });

  for (const shape of SHAPES) {
    describe(`answered in the shape of ${shape === 'today' ? 'today' : 'the older documents'}`, () => {
      let on: Wired;
      beforeEach(async () => {
        // Every change falls on another day than the seeded dates, so that a date cannot pass by luck.
        on = await wire({ shape, now: () => new Date('2026-11-22T10:00:00Z') });
      });
      afterEach(() => on.close());

      for (const operation of CASES) {
        const { no, what, line, body } = operation;
        it(`${no} ${what}`, async () => {
          const result = await operation.run(on, shape);
          assert.deepEqual(on.lines, [line]);
          assert.deepEqual(on.exchanges[0]?.body, body);
          assert.deepEqual(result, operation.says(on, shape));
        });
      }
    });
  }
});

describe('A list of several pages', () => {
  it('is read page by page along the documented links', async () => {
    const on = await wire({ pageSizeLimit: 2 });
    try {
      const trunks = await on.api.listTrunks();
      assert.deepEqual(on.lines, ['GET /trunks?page_size=100', 'GET /trunks?offset=2&page_size=2']);
      assert.deepEqual(
        trunks,
        on.sandbox.state().trunks.map((trunk) => trunkOf(trunk, 'today')),
      );
    } finally {
      await on.close();
    }
  });
});
