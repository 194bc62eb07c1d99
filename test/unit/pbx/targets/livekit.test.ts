// LiveKit SIP: outbound trunk, inbound trunk, dispatch rule, StreamKit call.
import assert from 'node:assert/strict';
import { MADE, SENDERS, combinations, guideFor, keepsTheRules, requests } from './json-rules';
import { loadWriters } from '../fixtures';

before(loadWriters);

describe('LiveKit SIP', () => {
  keepsTheRules('livekit', { listsSenders: true });

  it('can do everything', () => {
    assert.equal(combinations('livekit').length, 24);
  });

  it('calls out over TLS with SRTP required and its own number', () => {
    assert.deepEqual(requests('livekit', { useCase: 'outbound', auth: 'credential' }), {
      'livekit-outbound-trunk.json': {
        trunk: {
          name: 'exotel',
          metadata: MADE,
          address: 'in.voip.exotel.com:443',
          destinationCountry: 'in',
          transport: 'SIP_TRANSPORT_TLS',
          numbers: ['+918040001234'],
          authUsername: 'pbx_user',
          authPassword: 'Correct0Horse',
          mediaEncryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
        },
      },
    });
  });

  it('sends plain RTP over TCP, and no password where the IP is known', () => {
    assert.deepEqual(requests('livekit', { useCase: 'outbound', auth: 'ip', transport: 'tcp' }), {
      'livekit-outbound-trunk.json': {
        trunk: {
          name: 'exotel',
          metadata: MADE,
          address: 'in.voip.exotel.com:5070',
          destinationCountry: 'in',
          transport: 'SIP_TRANSPORT_TCP',
          numbers: ['+918040001234'],
          mediaEncryption: 'SIP_MEDIA_ENCRYPT_DISABLE',
        },
      },
    });
  });

  it('lets in the addresses of Exotel, for the numbers of the trunk, and hands them to one agent', () => {
    assert.deepEqual(requests('livekit', { useCase: 'inbound', peerName: 'mumbai' }), {
      'livekit-inbound-trunk.json': {
        trunk: {
          name: 'mumbai-inbound',
          metadata: MADE,
          numbers: ['+918040001234', '+918040005678'],
          allowedAddresses: SENDERS,
          headersToAttributes: { 'X-Exotel-CallSid': 'exotel.callSid' },
          mediaEncryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
        },
      },
      'livekit-dispatch-rule.json': {
        dispatchRule: {
          name: 'mumbai',
          trunkIds: ['ST_REPLACE_WITH_INBOUND_TRUNK_ID'],
          rule: { dispatchRuleIndividual: { roomPrefix: 'mumbai-' } },
          roomConfig: { agents: [{ agentName: 'REPLACE_WITH_AGENT_NAME' }] },
        },
      },
    });
  });

  it('sends StreamKit calls to the flow with the header that Exotel needs', () => {
    const files = requests('livekit', { useCase: 'streamkit', auth: 'credential' });
    assert.deepEqual(Object.keys(files), ['livekit-outbound-trunk.json', 'livekit-call.json']);
    const { trunk } = files['livekit-outbound-trunk.json'] as {
      readonly trunk: Readonly<Record<string, unknown>>;
    };
    assert.deepEqual(trunk['headers'], { 'X-Exotel-AccountSid': 'exotest1' });
    assert.deepEqual(files['livekit-call.json'], {
      sipTrunkId: 'ST_REPLACE_WITH_OUTBOUND_TRUNK_ID',
      sipCallTo: '+918040005678',
      sipNumber: '+918040005678',
      roomName: 'exotel-streamkit',
      participantIdentity: 'exotel',
      waitUntilAnswered: true,
    });
  });

  it('chooses no region on a server of its own, or for numbers that are not from India', () => {
    const own = requests('livekit', { useCase: 'outbound', variant: 'own-server' });
    assert.doesNotMatch(JSON.stringify(own), /destinationCountry/);
    const numbers = [{ number: '+6531234567', mode: 'pstn' }] as const;
    const singapore = requests('livekit', { useCase: 'outbound' }, { facts: { numbers } });
    assert.doesNotMatch(JSON.stringify(singapore), /destinationCountry/);
  });

  it('names the host for Exotel and warns of addresses that everybody shares', () => {
    const cloud = guideFor('livekit', { useCase: 'both', auth: 'ip' });
    assert.match(cloud.where, /<subdomain>\.sip\.livekit\.cloud:5061;transport=tls/);
    assert.match(cloud.where, /lets others call on your bill/);
    const own = guideFor('livekit', { useCase: 'both', auth: 'ip', variant: 'own-server' });
    assert.match(own.where, /whitelist the public address of your LiveKit SIP server/);
    const digest = guideFor('livekit', { useCase: 'both', auth: 'credential' });
    assert.doesNotMatch(digest.where, /whitelist/);
    assert.match(digest.load, /lk sip outbound create livekit-outbound-trunk\.json/);
    assert.match(digest.load, /lk sip inbound create livekit-inbound-trunk\.json/);
    assert.match(digest.load, /lk sip dispatch create livekit-dispatch-rule\.json/);
  });
});
