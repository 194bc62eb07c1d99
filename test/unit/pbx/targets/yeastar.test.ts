// Yeastar P-Series: a peer trunk, which has no user name and password.
import assert from 'node:assert/strict';
import { generated, problems, loadWriters } from '../fixtures';
import { combinations, has, hasNot, keepsTheRules, sheetFor } from './sheet-rules';

before(loadWriters);

describe('Yeastar P-Series', () => {
  keepsTheRules('yeastar', { useCase: 'outbound', auth: 'ip', transport: 'tls' });

  it('does without digest and StreamKit, and says what to do', () => {
    const why = (options: object) => problems(generated('yeastar', { options }));
    for (const auth of ['credential', 'both'] as const) {
      assert.match(why({ useCase: 'both', auth }), /whitelist its IP and choose Whitelisted IP\./);
    }
    assert.match(why({ useCase: 'streamkit', auth: 'ip' }), /X-Exotel-AccountSid.*Kamailio/);
    assert.equal(combinations('yeastar').length, 10);
  });

  it('is a peer trunk over TLS with SRTP, and the account as its domain', () => {
    has(sheetFor('yeastar', { useCase: 'outbound', auth: 'ip' }), [
      'Trunk Type = Peer Trunk',
      'Transport = TLS',
      'Hostname/IP = in.voip.exotel.com',
      'Port = 443',
      'Domain = exotest1.pstn.exotel.com',
      'Codec Settings, in this order = a-law, u-law',
      'DTMF Mode = RFC4733 (RFC2833)',
      'Enable SRTP = On',
      'Qualify = On: OPTIONS, no registration',
      'Default Outbound Caller ID = +918040001234',
      'TLS Verify Server (to be confirmed) = On',
    ]);
  });

  it('is plain over TCP', () => {
    const sheet = sheetFor('yeastar', { useCase: 'outbound', auth: 'ip', transport: 'tcp' });
    has(sheet, [
      'Transport = TCP',
      'Port = 5070',
      'Enable SRTP = Off: Exotel takes plain RTP over TCP',
      'SIP TCP Port = Enabled, 5060',
    ]);
    hasNot(sheet, /TLS/);
  });

  it('dials E.164, and gives India its national format', () => {
    const sheet = sheetFor('yeastar', { useCase: 'outbound', auth: 'ip' });
    has(
      sheet,
      [
        'Dial Pattern: Pattern, Strip, Prepend = +., 0, empty',
        'Second Dial Pattern: Pattern, Strip, Prepend = 0ZXXXXXXXXX, 1, +91',
      ],
      'Outbound Route',
    );
    const facts = { numbers: [{ number: '+6531234567', mode: 'pstn' as const }] };
    hasNot(sheetFor('yeastar', { useCase: 'outbound', auth: 'ip' }, { facts }), /\+91/);
  });

  it('takes calls for its numbers, with the plus, from Exotel only', () => {
    const sheet = sheetFor('yeastar', { useCase: 'inbound' });
    has(sheet, [
      'DID Pattern = +918040001234, +918040005678, with the plus',
      'Accept = 35.154.174.161/32, 98.130.67.0/24',
      'Port and protocol = 5061 TCP (TLS runs over TCP)',
      'All other addresses on that port = Drop, but for your own phones',
      'Allow Guest Calls (to be confirmed) = Off',
      'Get DID From (to be confirmed) = INVITE',
      'SIP TLS Port (to be confirmed) = Enabled, port 5061',
    ]);
    hasNot(sheet, /Outbound Caller ID|Dial Pattern/);
    hasNot(sheetFor('yeastar', { useCase: 'outbound', auth: 'ip' }), /DID|Accept/);
  });

  it('knows its public address behind NAT', () => {
    const sheet = sheetFor('yeastar', {
      useCase: 'outbound',
      auth: 'ip',
      publicAddress: '203.0.113.10',
      localNetworks: ['10.0.0.0/8', '192.168.0.0/16'],
    });
    has(sheet, [
      'Public IP Address (to be confirmed) = 203.0.113.10',
      'Local Network Identification (to be confirmed) = 10.0.0.0/8, 192.168.0.0/16',
    ]);
  });
});
