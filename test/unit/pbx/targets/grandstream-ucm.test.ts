// Grandstream UCM: a peer trunk by IP; with digest the type that has a password, and no registration.
import assert from 'node:assert/strict';
import { generated, problems, loadWriters } from '../fixtures';
import { combinations, has, hasNot, keepsTheRules, sheetFor } from './sheet-rules';

before(loadWriters);

describe('Grandstream UCM', () => {
  keepsTheRules('grandstream-ucm', { useCase: 'outbound', auth: 'ip', transport: 'tls' });

  it('does without StreamKit, and says what to do', () => {
    const result = generated('grandstream-ucm', { options: { useCase: 'streamkit', auth: 'ip' } });
    assert.match(problems(result), /X-Exotel-AccountSid.*Kamailio/);
    assert.equal(combinations('grandstream-ucm').length, 18);
  });

  it('answers a challenge and never registers', () => {
    for (const auth of ['credential', 'both'] as const) {
      has(sheetFor('grandstream-ucm', { useCase: 'both', auth }), [
        'Type = Register SIP Trunk',
        'Need Registration = Off: Exotel takes no registration',
        'Allow outgoing calls if registration fails = On',
        'Username = pbx_user',
        'AuthID = pbx_user',
        'Password = Correct0Horse',
        'Auth Trunk = Off: with it the UCM challenges Exotel',
        'From User = +918040001234',
        'From Domain = exotest1.pstn.exotel.com',
      ]);
    }
  });

  it('is a peer when Exotel knows it by its IP', () => {
    const sheet = sheetFor('grandstream-ucm', { useCase: 'both', auth: 'ip' });
    has(sheet, [
      'Type = Peer SIP Trunk',
      'Keep Trunk CID = On',
      'Caller ID = +918040001234',
      'From Domain (to be confirmed) = exotest1.pstn.exotel.com',
    ]);
    hasNot(sheet, /Need Registration|Username|AuthID|Password/);
    has(sheetFor('grandstream-ucm', { useCase: 'inbound', auth: 'credential' }), [
      'Type = Peer SIP Trunk',
    ]);
  });

  it('forces SRTP over TLS, checks the edge, and is plain over TCP', () => {
    const tls = sheetFor('grandstream-ucm', { useCase: 'outbound' });
    has(tls, [
      'Host Name = in.voip.exotel.com:443',
      'Transport = TLS',
      'SRTP = Enabled and forced',
      'SRTP Crypto Suite = AES_CM_128_HMAC_SHA1_80',
      'Server Certificate Verification = On',
      'Codec Preference, in this order = PCMA, PCMU',
      'Send PAI Header = On',
      'DID Mode = Request-line',
    ]);
    const tcp = sheetFor('grandstream-ucm', { useCase: 'outbound', transport: 'tcp' });
    has(tcp, [
      'Host Name = in.voip.exotel.com:5070',
      'Transport = TCP',
      'SRTP = Disabled: Exotel takes plain RTP over TCP',
      'TCP Bind Address = 0.0.0.0:5060',
    ]);
    hasNot(tcp, /AES|TLS|forced/);
  });

  it('dials E.164, and gives India its national format', () => {
    const sheet = sheetFor('grandstream-ucm', { useCase: 'outbound' });
    has(sheet, ['Pattern = _+X.', 'Strip = 0', 'Prepend = Empty'], 'E.164');
    has(sheet, ['Pattern = _0ZXXXXXXXXX', 'Strip = 1', 'Prepend = +91'], 'national');
    const facts = { numbers: [{ number: '+6531234567', mode: 'pstn' as const }] };
    hasNot(sheetFor('grandstream-ucm', { useCase: 'outbound' }, { facts }), /\+91|_0Z/);
  });

  it('takes calls for its numbers, with the plus, from Exotel only', () => {
    const sheet = sheetFor('grandstream-ucm', { useCase: 'inbound' });
    has(sheet, ['Pattern = _+918040001234, _+918040005678'], 'Inbound Routes');
    has(sheet, [
      'Accept TCP port {} from = 35.154.174.161/32, 98.130.67.0/24',
      'All other addresses on that port = Reject, but for your own phones',
      'Fail2Ban Whitelist = 35.154.174.161/32, 98.130.67.0/24',
    ]);
    hasNot(sheet, /Strip|From User|Caller ID/);
  });

  it('never takes a call from a guest', () => {
    for (const useCase of ['outbound', 'inbound', 'both'] as const) {
      has(sheetFor('grandstream-ucm', { useCase }), [
        'Reject Non-Matching INVITE = Yes (the default is No)',
        'Allow Guest Calls = No',
        'Allow External Domains = No (the default is Yes)',
      ]);
    }
  });

  it('knows its public address behind NAT', () => {
    const options = { publicAddress: '203.0.113.10', localNetworks: ['10.0.0.0/8'] };
    has(sheetFor('grandstream-ucm', options), [
      'NAT = On',
      'External Host = 203.0.113.10',
      'External TLS Port = 5061',
      'Local Network Address = 10.0.0.0/8',
    ]);
    has(sheetFor('grandstream-ucm'), ['NAT = Off']);
  });
});
