// ElevenLabs Agents: a phone number with its trunk, one request each, and the StreamKit call.
import assert from 'node:assert/strict';
import { generated, problems, loadWriters } from '../fixtures';
import {
  MADE,
  SENDERS,
  combinations,
  guideFor,
  keepsTheRules,
  refuses,
  requests,
} from './json-rules';

before(loadWriters);

describe('ElevenLabs', () => {
  keepsTheRules('elevenlabs', { listsSenders: true });

  it('is not known by addresses that its customers share, but takes calls in whatever is chosen', () => {
    for (const useCase of ['outbound', 'both', 'streamkit'] as const) {
      refuses('elevenlabs', { useCase, auth: 'ip', transport: 'tls' }, /choose Credential\.$/);
    }
    assert.equal(combinations('elevenlabs').length, 18);
  });

  it('calls out over TLS with SRTP required, A-law first', () => {
    assert.deepEqual(requests('elevenlabs', { useCase: 'outbound', auth: 'credential' }), {
      'elevenlabs-phone-number.json': {
        provider: 'sip_trunk',
        phone_number: '+918040001234',
        label: `exotel: ${MADE}`,
        outbound_trunk_config: {
          address: 'in.voip.exotel.com:443',
          transport: 'tls',
          media_encryption: 'required',
          credentials: { username: 'pbx_user', password: 'Correct0Horse' },
          enabled_codecs: ['PCMA/8000', 'PCMU/8000'],
        },
      },
    });
  });

  it('sends plain RTP over TCP', () => {
    const text = JSON.stringify(requests('elevenlabs', { useCase: 'both', transport: 'tcp' }));
    assert.match(text, /"address":"in\.voip\.exotel\.com:5070","transport":"tcp"/);
    assert.equal(text.match(/"media_encryption":"disabled"/g)?.length, 4);
    assert.doesNotMatch(text, /required/);
  });

  it('lets in the addresses of Exotel on every number of the trunk', () => {
    const number = (phone_number: string): object => ({
      provider: 'sip_trunk',
      phone_number,
      label: `exotel: ${MADE}`,
      agent_id: 'agent_REPLACE_WITH_AGENT_ID',
      inbound_trunk_config: { allowed_addresses: SENDERS, media_encryption: 'required' },
    });
    assert.deepEqual(requests('elevenlabs', { useCase: 'inbound' }), {
      'elevenlabs-phone-number-918040001234.json': number('+918040001234'),
      'elevenlabs-phone-number-918040005678.json': number('+918040005678'),
    });
  });

  it('sends StreamKit calls to the flow with the header that Exotel needs', () => {
    const files = requests('elevenlabs', { useCase: 'streamkit', auth: 'credential' });
    assert.match(
      JSON.stringify(files['elevenlabs-phone-number.json']),
      /"headers":\{"X-Exotel-AccountSid":"exotest1"\}/,
    );
    assert.deepEqual(files['elevenlabs-call.json'], {
      agent_id: 'agent_REPLACE_WITH_AGENT_ID',
      agent_phone_number_id: 'phnum_REPLACE_WITH_PHONE_NUMBER_ID',
      to_number: '+918040005678',
    });
  });

  it('speaks G.711 only', () => {
    const both = requests('elevenlabs', { useCase: 'outbound', codecs: ['G729', 'PCMU'] });
    assert.match(JSON.stringify(both), /"enabled_codecs":\["PCMU\/8000"\]/);
    const none = generated('elevenlabs', { options: { useCase: 'outbound', codecs: ['G729'] } });
    assert.deepEqual(none.files, []);
    assert.match(problems(none), /Codecs: must hold PCMA or PCMU/);
  });

  it('is loaded by curl with the key from the environment', () => {
    const { where, load } = guideFor('elevenlabs', { useCase: 'outbound', auth: 'credential' });
    assert.doesNotMatch(where, /destination URI/);
    assert.ok(
      load.includes(
        'curl -X POST "https://api.elevenlabs.io/v1/convai/phone-numbers" -H "xi-api-key: $ELEVENLABS_API_KEY" ' +
          '-H "Content-Type: application/json" --data-binary "@elevenlabs-phone-number.json"',
      ),
    );
    const both = guideFor('elevenlabs', { useCase: 'both', auth: 'credential' });
    assert.match(both.load, /for f in elevenlabs-phone-number-\*\.json; do curl .*"@\$f"; done/);
    assert.match(both.where, /sip\.rtc\.elevenlabs\.io:5061;transport=tls/);
  });
});
