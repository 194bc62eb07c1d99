// jambonz: carrier, one gateway out by name, one gateway in for each network, the verb that calls.
import assert from 'node:assert/strict';
import { generated, problems, loadWriters } from '../fixtures';
import { MADE, combinations, guideFor, keepsTheRules, requests } from './json-rules';

before(loadWriters);

describe('jambonz', () => {
  keepsTheRules('jambonz', { listsSenders: true });

  it('can do everything', () => {
    assert.equal(combinations('jambonz').length, 24);
  });

  it('calls out with SRTP, the plus and the domain of the account, and never registers', () => {
    assert.deepEqual(requests('jambonz', { useCase: 'outbound', auth: 'credential' }), {
      'jambonz-carrier.json': {
        name: 'exotel',
        description: MADE,
        is_active: true,
        trunk_type: 'static_ip',
        requires_register: false,
        e164_leading_plus: true,
        dtmf_type: 'rfc2833',
        register_username: 'pbx_user',
        register_password: 'Correct0Horse',
        register_from_domain: 'exotest1.pstn.exotel.com',
      },
      'jambonz-outbound-gateway.json': {
        voip_carrier_sid: 'REPLACE_WITH_VOIP_CARRIER_SID',
        ipv4: 'in.voip.exotel.com',
        port: 443,
        netmask: 32,
        inbound: false,
        outbound: true,
        is_active: true,
        protocol: 'tls/srtp',
      },
      'jambonz-dial.json': {
        verb: 'dial',
        callerId: '+918040001234',
        answerOnBridge: true,
        target: [{ type: 'phone', number: '+91YYYYYYYYYY', trunk: 'exotel' }],
      },
    });
  });

  it('sends plain RTP over TCP, and no password where the IP is known', () => {
    const options = { useCase: 'outbound', auth: 'ip', transport: 'tcp' } as const;
    const text = JSON.stringify(requests('jambonz', options));
    assert.match(text, /"port":5070,.*"protocol":"tcp"/);
    assert.doesNotMatch(text, /tls|srtp|register_username|register_password/);
    assert.match(text, /"register_from_domain":"exotest1\.pstn\.exotel\.com"/);
  });

  it('lets in each network of Exotel by number, and challenges nobody', () => {
    const files = requests('jambonz', { useCase: 'inbound' });
    assert.deepEqual(Object.keys(files), [
      'jambonz-carrier.json',
      'jambonz-inbound-gateway-1.json',
      'jambonz-inbound-gateway-2.json',
    ]);
    assert.deepEqual(files['jambonz-inbound-gateway-2.json'], {
      voip_carrier_sid: 'REPLACE_WITH_VOIP_CARRIER_SID',
      ipv4: '98.130.67.0',
      netmask: 24,
      inbound: true,
      outbound: false,
      is_active: true,
    });
    assert.doesNotMatch(JSON.stringify(files), /inbound_auth|register_username|"auth"/);
  });

  it('sends StreamKit calls to the flow with the header that Exotel needs', () => {
    assert.deepEqual(requests('jambonz', { useCase: 'streamkit' })['jambonz-dial.json'], {
      verb: 'dial',
      callerId: '+918040005678',
      answerOnBridge: true,
      target: [{ type: 'phone', number: '+918040005678', trunk: 'exotel' }],
      headers: { 'X-Exotel-AccountSid': 'exotest1' },
    });
  });

  it('refuses what its database or its checks would refuse', () => {
    const options = { useCase: 'outbound', auth: 'credential' } as const;
    for (const [given, reason] of [
      [{ facts: { userName: 'a b' } }, /SIP user name: must not hold a blank/],
      [{ facts: { userName: 'a'.repeat(65) } }, /SIP user name: must not be longer than 64/],
      [{ password: 'a'.repeat(65) }, /SIP password: must not be longer than 64/],
    ] as const) {
      const result = generated('jambonz', { options, ...given });
      assert.deepEqual(result.files, []);
      assert.match(problems(result), reason);
    }
  });

  it('is loaded request by request', () => {
    const { load, where } = guideFor('jambonz', { useCase: 'both', auth: 'ip' });
    assert.match(load, /"\$JAMBONZ_URL\/v1\/Accounts\/\$ACCOUNT_SID\/VoipCarriers"/);
    assert.match(load, /for f in jambonz-inbound-gateway-\*\.json; do curl /);
    assert.match(where, /whitelist the public address of your SBC/);
  });
});
