// Retell AI: imported numbers, and StreamKit calls with their header.
import assert from 'node:assert/strict';
import { MADE, combinations, guideFor, keepsTheRules, refuses, requests } from './json-rules';
import { loadWriters } from '../fixtures';

before(loadWriters);

const AGENTS = [{ agent_id: 'agent_REPLACE_WITH_AGENT_ID', weight: 1 }];

describe('Retell', () => {
  keepsTheRules('retell', { listsSenders: false });

  it('is not known by addresses that its customers share, but takes calls in whatever is chosen', () => {
    for (const useCase of ['outbound', 'both', 'streamkit'] as const) {
      refuses('retell', { useCase, auth: 'ip', transport: 'tls' }, /choose Credential\.$/);
    }
    assert.equal(combinations('retell').length, 18);
  });

  it('calls out over TLS to the port of the edge', () => {
    assert.deepEqual(requests('retell', { useCase: 'outbound', auth: 'credential' }), {
      'retell-phone-number.json': {
        phone_number: '+918040001234',
        ignore_e164_validation: false,
        nickname: `exotel: ${MADE}`,
        termination_uri: 'in.voip.exotel.com:443',
        transport: 'TLS',
        sip_trunk_auth_username: 'pbx_user',
        sip_trunk_auth_password: 'Correct0Horse',
        outbound_agents: AGENTS,
      },
    });
  });

  it('takes calls in on every number, over TCP without a password', () => {
    const number = (phone_number: string): object => ({
      phone_number,
      ignore_e164_validation: false,
      nickname: `exotel: ${MADE}`,
      termination_uri: 'in.voip.exotel.com:5070',
      transport: 'TCP',
      inbound_agents: AGENTS,
    });
    assert.deepEqual(requests('retell', { useCase: 'inbound', transport: 'tcp' }), {
      'retell-phone-number-918040001234.json': number('+918040001234'),
      'retell-phone-number-918040005678.json': number('+918040005678'),
    });
  });

  it('sends StreamKit calls to the flow with the header that Exotel needs', () => {
    const files = requests('retell', { useCase: 'streamkit', auth: 'credential' });
    assert.deepEqual(files['retell-call.json'], {
      from_number: '+918040005678',
      to_number: '+918040005678',
      custom_sip_headers: { 'X-Exotel-AccountSid': 'exotest1' },
    });
    assert.match(
      guideFor('retell', { useCase: 'streamkit', auth: 'credential' }).load,
      /https:\/\/api\.retellai\.com\/v2\/create-phone-call/,
    );
  });

  it('says that it has no list of who may call in, and what it does not promise', () => {
    const inbound = guideFor('retell', { useCase: 'inbound' });
    assert.match(inbound.where, /sip\.retellai\.com:5061;transport=tls/);
    assert.match(inbound.where, /no list of who may call in/);
    assert.match(inbound.check, /No field asks for SRTP/);
    const both = guideFor('retell', { useCase: 'outbound', auth: 'both', transport: 'tcp' });
    assert.match(both.where, /18\.98\.16\.120 to 18\.98\.16\.123, each as \/32/);
    assert.doesNotMatch(both.check, /SRTP/);
  });
});
