// Vapi: a credential with its gateways, and the phone numbers on it.
import assert from 'node:assert/strict';
import { generated, problems, loadWriters } from '../fixtures';
import { combinations, guideFor, keepsTheRules, refuses, requests } from './json-rules';

before(loadWriters);

const NAME = 'exotel trmum1f708622631150902801a1n';

describe('Vapi', () => {
  keepsTheRules('vapi', { listsSenders: true });

  it('is not known by addresses that its customers share, and finds no flow', () => {
    refuses('vapi', { useCase: 'outbound', auth: 'ip', transport: 'tls' }, /choose Credential\.$/);
    refuses('vapi', { useCase: 'both', auth: 'ip', transport: 'tcp' }, /choose Credential\.$/);
    for (const auth of ['credential', 'ip', 'both'] as const) {
      refuses('vapi', { useCase: 'streamkit', auth, transport: 'tls' }, /X-Exotel-AccountSid/);
    }
    assert.equal(combinations('vapi').length, 14);
  });

  it('calls out with SRTP and the plus, from a gateway that lets nobody in', () => {
    assert.deepEqual(requests('vapi', { useCase: 'outbound', auth: 'credential' }), {
      'vapi-credential.json': {
        provider: 'byo-sip-trunk',
        name: NAME,
        gateways: [
          {
            ip: 'in.voip.exotel.com',
            port: 443,
            netmask: 32,
            inboundEnabled: false,
            outboundEnabled: true,
            outboundProtocol: 'tls/srtp',
            optionsPingEnabled: false,
          },
        ],
        outboundAuthenticationPlan: { authUsername: 'pbx_user', authPassword: 'Correct0Horse' },
        outboundLeadingPlusEnabled: true,
      },
      'vapi-phone-number.json': {
        provider: 'byo-phone-number',
        name: NAME,
        number: '+918040001234',
        numberE164CheckEnabled: true,
        credentialId: 'REPLACE_WITH_CREDENTIAL_ID',
      },
    });
  });

  it('sends plain RTP over TCP', () => {
    const text = JSON.stringify(requests('vapi', { useCase: 'outbound', transport: 'tcp' }));
    assert.match(text, /"port":5070,.*"outboundProtocol":"tcp"/);
    assert.doesNotMatch(text, /tls|srtp/);
  });

  it('has a numeric gateway for each network of Exotel, and an assistant on each number', () => {
    const files = requests('vapi', { useCase: 'inbound' });
    assert.deepEqual(files['vapi-credential.json'], {
      provider: 'byo-sip-trunk',
      name: NAME,
      gateways: [
        { ip: '35.154.174.161', netmask: 32, inboundEnabled: true, outboundEnabled: false },
        { ip: '98.130.67.0', netmask: 24, inboundEnabled: true, outboundEnabled: false },
      ],
      outboundLeadingPlusEnabled: true,
    });
    assert.deepEqual(files['vapi-phone-number-918040005678.json'], {
      provider: 'byo-phone-number',
      name: NAME,
      number: '+918040005678',
      numberE164CheckEnabled: true,
      credentialId: 'REPLACE_WITH_CREDENTIAL_ID',
      assistantId: 'REPLACE_WITH_ASSISTANT_ID',
    });
    assert.equal(Object.keys(files).length, 3);
  });

  it('takes no network wider than its gateways can hold', () => {
    const options = { useCase: 'inbound', exotelAddresses: ['98.130.64.0/23'] } as const;
    const result = generated('vapi', { options });
    assert.deepEqual(result.files, []);
    assert.match(problems(result), /Exotel's addresses: must not hold a network wider than \/24/);
  });

  it('keeps its names within 40 characters', () => {
    const trunkSid = 't'.repeat(64);
    const options = { useCase: 'outbound', peerName: 'p'.repeat(24) } as const;
    const text = JSON.stringify(requests('vapi', options, { facts: { trunkSid } }));
    assert.match(text, /"name":"p{24} t{15}"/);
  });

  it('speaks to one region', () => {
    const us = guideFor('vapi', { useCase: 'both', auth: 'both' });
    assert.match(us.where, /<credential id>\.sip\.vapi\.ai:5061;transport=tls/);
    assert.match(us.where, /44\.229\.228\.186 and 44\.238\.177\.138/);
    assert.match(us.load, /"https:\/\/api\.vapi\.ai\/credential" -H "Authorization: Bearer \$VAPI/);
    const eu = guideFor('vapi', { useCase: 'both', auth: 'both', variant: 'eu' });
    assert.match(eu.where, /<credential id>\.sip\.eu\.vapi\.ai:5061/);
    assert.match(eu.where, /63\.182\.83\.170/);
    assert.match(eu.load, /https:\/\/api\.eu\.vapi\.ai\/phone-number/);
    assert.doesNotMatch(eu.load, /api\.vapi\.ai/);
  });
});
