// 3CX: IP based, TCP only, nothing that StreamKit needs.
import assert from 'node:assert/strict';
import { generated, problems, loadWriters } from '../fixtures';
import { combinations, has, hasNot, keepsTheRules, sheetFor } from './sheet-rules';

before(loadWriters);

const IP = { auth: 'ip', transport: 'tcp' } as const;

describe('3CX', () => {
  keepsTheRules('threecx', { useCase: 'outbound', ...IP });

  it('does without digest, TLS and StreamKit, and says what to do', () => {
    const why = (options: object) => problems(generated('threecx', { options }));
    for (const auth of ['credential', 'both'] as const) {
      for (const useCase of ['outbound', 'both'] as const) {
        assert.match(
          why({ useCase, auth, transport: 'tcp' }),
          /3CX cannot do digest without REGISTER: whitelist its IP and choose Whitelisted IP\./,
        );
      }
    }
    assert.match(
      why({ useCase: 'outbound', auth: 'ip', transport: 'tls' }),
      /choose TCP.*Kamailio/,
    );
    assert.match(why({ useCase: 'inbound', transport: 'tls' }), /choose TCP/);
    assert.match(why({ useCase: 'streamkit', ...IP }), /X-Exotel-AccountSid.*Kamailio/);
    assert.equal(combinations('threecx').length, 5);
  });

  it('does not register and goes to the edge over TCP', () => {
    const sheet = sheetFor('threecx', { useCase: 'outbound', ...IP });
    has(sheet, [
      'Type of authentication = Do not require - IP based',
      'Authentication ID, Authentication Password = Empty',
      'Main Trunk Number = +918040001234',
      'Registrar/Server = in.voip.exotel.com',
      'Port = 5070',
      'Auto-discovery = Off',
      'Transport protocol = TCP',
      'SRTP = Off: Exotel takes plain RTP over TCP',
      'Codecs, in this order = G.711 A-law, G.711 U-law',
      'PBX Delivers Audio = On',
      'Supports Re-Invite = Off',
    ]);
  });

  it('shows the caller ID and the domain of the account', () => {
    has(
      sheetFor('threecx', { useCase: 'outbound', ...IP }),
      [
        'Request Line URI : User Part = CalledNum: the number with its plus',
        'From : User Part = Custom Field +918040001234',
        'From : Host Part = Custom Field exotest1.pstn.exotel.com',
        'P-Asserted Identity : User Part = Custom Field +918040001234',
      ],
      'Outbound Parameters',
    );
  });

  it('dials E.164, and gives India its national format', () => {
    const sheet = sheetFor('threecx', { useCase: 'outbound', ...IP });
    has(sheet, ['Calls to numbers starting with prefix = +', 'Strip digits = 0'], 'E.164');
    has(sheet, ['Strip digits = 1', 'Prepend = +91'], 'national');
    const singapore = sheetFor(
      'threecx',
      { useCase: 'outbound', ...IP },
      { facts: { numbers: [{ number: '+6531234567', mode: 'pstn' }] } },
    );
    hasNot(singapore, /\+91/);
  });

  it('lets in the addresses of Exotel, on the port it was told', () => {
    const sheet = sheetFor(
      'threecx',
      { useCase: 'inbound', ...IP },
      { facts: { destinations: ['203.0.113.10:5081;transport=tcp'] } },
    );
    has(sheet, [
      'Allow inbound calls = On',
      'Allow outbound calls = Off',
      'DID numbers = +918040001234, +918040005678, with the plus',
      'TCP port {} is open to = 35.154.174.161/32, 98.130.67.0/24',
      'Allow in the IP Blacklist = 35.154.174.161/32, 98.130.67.0/24',
      'All other addresses on that port = Blocked, but for your own phones',
      'CalledNum (to be confirmed) = Request Line URI : User Part',
    ]);
    hasNot(sheet, /From : Host Part|Strip digits/);
  });

  it('takes no call while nobody said where Exotel calls from', () => {
    for (const useCase of ['outbound', 'inbound', 'both'] as const) {
      has(sheetFor('threecx', { useCase, ...IP, exotelAddresses: [] }), [
        'Allow inbound calls = Off',
      ]);
    }
  });
});
