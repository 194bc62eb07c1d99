// Genesys Cloud: a BYOC Cloud trunk with digest, header and access list.
import assert from 'node:assert/strict';
import { combinations, has, hasNot, keepsTheRules, sheetFor, textFor } from './sheet-rules';
import { loadWriters } from '../fixtures';

before(loadWriters);

describe('Genesys Cloud', () => {
  keepsTheRules('genesys-cloud', { useCase: 'outbound', auth: 'credential', transport: 'tls' });

  it('can do everything', () => {
    assert.equal(combinations('genesys-cloud').length, 24);
  });

  it('is a generic BYOC carrier over TLS or TCP', () => {
    has(sheetFor('genesys-cloud', { useCase: 'outbound' }), [
      'Type = BYOC Carrier, then Generic BYOC Carrier',
      'Protocol = TLS',
      'SIP Servers or Proxies: Hostname or IP Address = in.voip.exotel.com',
      'SIP Servers or Proxies: Port = 443',
      'Outbound SIP Termination FQDN = exotest1.pstn.exotel.com',
      'Calling: Caller ID = +918040001234',
      'Calling: Address Omit + Prefix = Disabled: the plus stays',
      'Called: Address Omit + Prefix = Disabled: the plus stays',
      'Preferred Codec List, in this order = audio/PCMA, audio/PCMU',
      'SRTP Cipher Suite List (to be confirmed) = AES_CM_128_HMAC_SHA1_80',
      'RTP without encryption (to be confirmed) = Not allowed: with TLS Exotel takes SRTP only',
    ]);
    const tcp = sheetFor('genesys-cloud', { useCase: 'outbound', transport: 'tcp' });
    has(tcp, [
      'Protocol = TCP',
      'SIP Servers or Proxies: Port = 5070',
      'SRTP = Off: Exotel takes plain RTP over TCP',
    ]);
    hasNot(tcp, /AES|TLS/);
  });

  it('answers a challenge, or is known by the addresses of its region', () => {
    const digest = { useCase: 'outbound', auth: 'credential' } as const;
    has(sheetFor('genesys-cloud', digest), [
      'Digest Authentication = On',
      'Realm = pstn.exotel.com',
      'User Name = pbx_user',
      'Password = Correct0Horse',
    ]);
    assert.doesNotMatch(textFor('genesys-cloud', digest), /whitelist each of them/);
    const ip = { useCase: 'outbound', auth: 'ip' } as const;
    hasNot(sheetFor('genesys-cloud', ip), /Realm|Password|Digest Authentication = On/);
    assert.match(textFor('genesys-cloud', ip), /whitelist each of them as \/32/);
    assert.match(textFor('genesys-cloud', { ...ip, auth: 'both' }), /whitelist each of them/);
  });

  it('sends the header and dials the number of the flow for StreamKit', () => {
    const sheet = sheetFor('genesys-cloud', { useCase: 'streamkit' });
    has(
      sheet,
      ['Header name = X-Exotel-AccountSid', 'Header value = exotest1'],
      'Custom SIP headers',
    );
    has(sheet, ['Numbers = +918040005678', 'Match Type = E.164 Number List'], 'Number Plans');
    hasNot(sheetFor('genesys-cloud', { useCase: 'both' }), /Header name|Number Plan/);
  });

  it('lets in the addresses of Exotel and routes its numbers', () => {
    const sheet = sheetFor('genesys-cloud', { useCase: 'inbound' });
    has(sheet, [
      'Allow the Following Addresses = 35.154.174.161/32, 98.130.67.0/24',
      'Allow All, where the form has it = Off',
      'DID numbers = +918040001234, +918040005678',
      'Port and transport = 5061 transport=tls',
      'Digest Authentication = Off',
    ]);
    hasNot(sheet, /Outbound Route|Caller ID/);
    has(sheetFor('genesys-cloud', { useCase: 'outbound' }), [
      'Allow the Following Addresses = Add none',
    ]);
  });
});
