// Ultravox: one call out at a time, and who may call in.
import assert from 'node:assert/strict';
import { generated, problems, textOf, loadWriters } from '../fixtures';
import {
  EXOTEL,
  MADE,
  SENDERS,
  combinations,
  guideFor,
  keepsTheRules,
  refuses,
  requests,
} from './json-rules';

before(loadWriters);

describe('Ultravox', () => {
  keepsTheRules('ultravox', { listsSenders: true });

  it('does only what its documents promise', () => {
    for (const useCase of ['outbound', 'inbound', 'both'] as const) {
      refuses('ultravox', { useCase, auth: 'credential', transport: 'tls' }, /SRTP.*choose TCP\.$/);
    }
    refuses('ultravox', { useCase: 'outbound', auth: 'ip', transport: 'tcp' }, /choose Credential/);
    refuses(
      'ultravox',
      { useCase: 'streamkit', auth: 'credential', transport: 'tcp' },
      /X-Exotel-AccountSid/,
    );
    assert.equal(combinations('ultravox').length, 7);
  });

  it('calls out over TCP with its number and password', () => {
    const options = { useCase: 'outbound', auth: 'credential', transport: 'tcp' } as const;
    assert.deepEqual(requests('ultravox', options), {
      'ultravox-call.json': {
        medium: {
          sip: {
            outgoing: {
              to: 'sip:+91YYYYYYYYYY@in.voip.exotel.com:5070;transport=tcp',
              from: '+918040001234',
              username: 'pbx_user',
              password: 'Correct0Horse',
            },
          },
        },
        firstSpeakerSettings: { user: {} },
        metadata: { trunk: MADE },
      },
    });
  });

  it('lets in the addresses of Exotel, for the numbers of the trunk only', () => {
    assert.deepEqual(requests('ultravox', { useCase: 'inbound', transport: 'tcp' }), {
      'ultravox-sip.json': {
        allowedCidrRanges: SENDERS,
        allowAllAgents: false,
        allowedAgents: [
          {
            agentId: 'REPLACE_WITH_AGENT_ID',
            toUserPattern: '^\\+?(918040001234|918040005678)$',
          },
        ],
      },
    });
    const pattern = /^\+?(918040001234|918040005678)$/;
    assert.ok(pattern.test('+918040001234') && pattern.test('918040005678'));
  });

  it('marks a missing number in the pattern', () => {
    const options = { useCase: 'inbound', transport: 'tcp', exotelAddresses: EXOTEL } as const;
    const result = generated('ultravox', { options, facts: { numbers: [] } });
    assert.match(textOf(result), /\(91XXXXXXXXXX\)/);
    assert.match(problems(result), /91XXXXXXXXXX is an example: put the number people dial/);
  });

  it('warns that its lists replace the ones that are there', () => {
    const { load, where } = guideFor('ultravox', { useCase: 'both', transport: 'tcp' });
    assert.match(load, /curl -X PATCH "https:\/\/api\.ultravox\.ai\/api\/sip" .*replace/);
    assert.match(load, /\/agents\/\$AGENT_ID\/calls"/);
    assert.match(where, /to be confirmed/);
  });
});
