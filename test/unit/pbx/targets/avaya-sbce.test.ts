// Avaya SBCE: server, topology hiding, media rule and flows of the Exotel side.
import assert from 'node:assert/strict';
import { combinations, has, hasNot, keepsTheRules, sheetFor } from './sheet-rules';
import { loadWriters } from '../fixtures';

before(loadWriters);

describe('Avaya SBCE', () => {
  keepsTheRules('avaya-sbce', { useCase: 'outbound', auth: 'credential', transport: 'tls' });

  it('can do everything', () => {
    assert.equal(combinations('avaya-sbce').length, 24);
  });

  it('goes to the edge over TLS, checks it, and takes SRTP only', () => {
    const sheet = sheetFor('avaya-sbce', { useCase: 'outbound' });
    has(sheet, ['Peer Verification = Required'], 'Client Profiles');
    has(sheet, [
      'Server Type = Trunk Server',
      'IP Address / FQDN = in.voip.exotel.com',
      'Port = 443',
      'TLS Client Profile = exotel',
      'Next Hop Address (to be confirmed) = in.voip.exotel.com:443',
      'Audio: Preferred Format #1 (to be confirmed) = SRTP_AES_CM_128_HMAC_SHA1_80',
      'Audio: Preferred Format #2, #3 (to be confirmed) = NONE',
      'Codec Prioritization, in this order (to be confirmed) = PCMA (8), PCMU (0)',
      'Register with All Servers (to be confirmed) = Off: Exotel takes no registration',
    ]);
  });

  it('is plain over TCP', () => {
    const sheet = sheetFor('avaya-sbce', { useCase: 'both', transport: 'tcp' });
    has(sheet, [
      'Port = 5070',
      'Audio: Preferred Format #1 (to be confirmed) = RTP',
      'TCP Port = 5060',
    ]);
    hasNot(sheet, /TLS|SRTP/);
  });

  it('answers a challenge, or is known by its IP', () => {
    has(
      sheetFor('avaya-sbce', { useCase: 'outbound', auth: 'credential' }),
      [
        'Enable Authentication (to be confirmed) = On',
        'User Name = pbx_user',
        'Password = Correct0Horse',
      ],
      'Authentication',
    );
    const ip = sheetFor('avaya-sbce', { useCase: 'outbound', auth: 'ip' });
    has(ip, ['Enable Authentication (to be confirmed) = Off']);
    hasNot(ip, /Password|Realm/);
  });

  it('shows the caller ID and the domain of the account', () => {
    const sheet = sheetFor('avaya-sbce', { useCase: 'outbound' });
    has(
      sheet,
      [
        'From: Replace Action, Overwrite Value (to be confirmed) = Overwrite, exotest1.pstn.exotel.com',
        'Request-Line: Replace Action, Overwrite Value (to be confirmed) = Overwrite, in.voip.exotel.com',
      ],
      'Topology Hiding',
    );
    has(sheet, [
      'From user = +918040001234',
      'P-Asserted-Identity user = +918040001234',
      'Request user = E.164 with plus: add the plus where it is missing',
      'Topology Hiding Profile = exotel',
    ]);
  });

  it('adds the header and calls the number of the flow for StreamKit', () => {
    has(
      sheetFor('avaya-sbce', { useCase: 'streamkit' }),
      [
        'Header to add to INVITE = X-Exotel-AccountSid: exotest1',
        'Request user (the Exophone of the flow) = +918040005678',
      ],
      'Signaling Manipulation',
    );
  });

  it('lets in the addresses of Exotel, without a challenge', () => {
    const sheet = sheetFor('avaya-sbce', { useCase: 'inbound' });
    has(sheet, [
      'Remote Subnet of the server flow (to be confirmed) = 35.154.174.161/32, 98.130.67.0/24',
      'TCP port {} is open to = 35.154.174.161/32, 98.130.67.0/24',
      'All other addresses on that port = Blocked',
      'Authentication = None: Exotel must not be challenged',
      'Number called = E.164 with plus: +918040001234, +918040005678',
      'TLS Port = 5061',
      'TLS Profile = exotel-in',
    ]);
    hasNot(sheet, /From user|Topology Hiding/);
    hasNot(sheetFor('avaya-sbce', { useCase: 'outbound' }), /Remote Subnet|open to|exotel-in/);
  });

  it('knows its public address behind NAT', () => {
    has(sheetFor('avaya-sbce', { publicAddress: '203.0.113.10' }), [
      'Public IP (to be confirmed) = 203.0.113.10',
    ]);
  });
});
