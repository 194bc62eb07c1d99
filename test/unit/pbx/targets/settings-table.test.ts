// The table of settings for any other PBX.
import assert from 'node:assert/strict';
import { guessCard } from '../../../../src/pbx/cards';
import { combinations, has, hasNot, sheetFor, textFor } from './sheet-rules';
import { loadWriters } from '../fixtures';

before(loadWriters);

describe('table of settings', () => {
  it('can do everything', () => {
    assert.equal(combinations('settings-table').length, 24);
  });

  it('is the guess for any Markdown file that is not a sheet of its own', () => {
    for (const name of ['notes.md', 'README.markdown', 'exotel-sip-trunk.md']) {
      assert.equal(guessCard(name, 'markdown')?.id, 'settings-table');
    }
  });

  it('demands SRTP and a verified edge with TLS, and neither with TCP', () => {
    has(sheetFor('settings-table', { useCase: 'outbound' }), [
      'Transport = TLS 1.2 or newer',
      'Media encryption = SRTP, mandatory; SDES, AES_CM_128_HMAC_SHA1_80',
      'Certificate of the edge = Verify it',
      'Outbound proxy = sip:in.voip.exotel.com:443;transport=tls',
    ]);
    const tcp = sheetFor('settings-table', { useCase: 'outbound', transport: 'tcp' });
    has(tcp, [
      'Transport = TCP',
      'Media encryption = None (RTP)',
      'Outbound proxy = sip:in.voip.exotel.com:5070;transport=tcp',
    ]);
    hasNot(tcp, /SRTP|Certificate|TLS/);
  });

  it('says how Exotel knows the PBX', () => {
    has(sheetFor('settings-table', { useCase: 'outbound', auth: 'both' }), [
      'Authentication = Digest, and the IP whitelisted',
      'Authentication user name = pbx_user',
      'Password = Correct0Horse',
    ]);
    const ip = sheetFor('settings-table', { useCase: 'outbound', auth: 'ip' });
    has(ip, ['Authentication = None: Exotel knows the PBX by its whitelisted IP']);
    hasNot(ip, /Password|user name|Realm/i);
  });

  it('has header and number for StreamKit, the number format otherwise', () => {
    has(sheetFor('settings-table', { useCase: 'streamkit' }), [
      'Number to dial = +918040005678',
      'Extra SIP header = X-Exotel-AccountSid: exotest1',
    ]);
    const outbound = sheetFor('settings-table', { useCase: 'outbound' });
    has(outbound, ['Number format = E.164 with plus, e.g. +918040001234']);
    hasNot(outbound, /X-Exotel|Number to dial/);
  });

  it('lets in the addresses of Exotel and nobody else', () => {
    const sheet = sheetFor('settings-table', { useCase: 'inbound' });
    has(sheet, [
      'Allowed source addresses = 35.154.174.161/32, 98.130.67.0/24',
      'All other addresses = Reject',
      'Authentication = None: Exotel must not be challenged',
      'Listen on port = 5061',
    ]);
    hasNot(sheet, /From domain|Outbound proxy/);
    const closed = textFor('settings-table', { useCase: 'inbound', exotelAddresses: [] });
    assert.match(closed, /Inbound calls: left out/);
    assert.doesNotMatch(closed, /Listen on port/);
  });
});
