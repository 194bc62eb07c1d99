// FusionPBX: forms, because it reads no files, and the dialplan XML that its editor takes.
import assert from 'node:assert/strict';
import { generated, problems, textOf, loadWriters, type Given } from '../fixtures';
import { readFreeswitchXml } from '../readers';
import { readSheet } from '../readers/markdown-sheet';
import { EXOTEL, has, hasNot, lines } from './sheet-rules';

before(loadWriters);

function written(options: Given['options'], given: Given = {}) {
  const result = generated('fusionpbx', {
    password: 'Correct0Horse',
    ...given,
    options: { exotelAddresses: EXOTEL, ...options },
  });
  const xml = (name: string) =>
    result.files.some((file) => file.name === name)
      ? readFreeswitchXml(textOf(result, name)).map(({ attributes }) =>
          Object.values(attributes).join(' '),
        )
      : null;
  return {
    sheet: readSheet(textOf(result, 'fusionpbx-exotel.md')),
    out: xml('exotel-outbound.xml'),
    in: xml('exotel-inbound.xml'),
  };
}

const GATEWAYS = 'Accounts → Gateways';
const PROFILE = 'SIP Profiles';

describe('FusionPBX', () => {
  it('has a gateway that does not register, with the From of the trunk', () => {
    const { sheet } = written({ useCase: 'outbound', auth: 'credential' });
    has(
      sheet,
      [
        'Gateway = exotel',
        'Username = pbx_user',
        'Password = Correct0Horse',
        'From User = +918040001234',
        'From Domain = exotest1.pstn.exotel.com',
        'Proxy = in.voip.exotel.com:443;transport=tls',
        'Register = False: Exotel takes no registration',
        'Register Transport (under Advanced) = tls',
        'Caller ID In From (under Advanced) = False',
        'Profile = exotel',
      ],
      GATEWAYS,
    );
    hasNot(written({ useCase: 'outbound', auth: 'ip' }).sheet, /Username|Password|Correct0Horse/);
    assert.deepEqual(lines(written({ useCase: 'inbound' }).sheet, GATEWAYS), []);
  });

  it('has a profile of its own that checks the edge and lets in the list only', () => {
    const { sheet } = written({ useCase: 'both' });
    has(
      sheet,
      [
        'tls = true',
        'tls-only = true',
        'tls-sip-port = 5061',
        'tls-verify-policy = out|subjects_out',
        'tls-cert-dir = /etc/freeswitch/tls/exotel',
        'inbound-codec-prefs = PCMA,PCMU',
        'outbound-codec-prefs = PCMA,PCMU',
        'inbound-late-negotiation = true',
        'dtmf-type = rfc2833',
        'auth-calls = false',
        'apply-inbound-acl = exotel',
      ],
      PROFILE,
    );
    has(
      sheet,
      ['Default = deny', 'Nodes: CIDR = 35.154.174.161/32, 98.130.67.0/24'],
      'Access Controls',
    );
    has(written({ useCase: 'outbound' }).sheet, ['apply-inbound-acl = loopback.auto'], PROFILE);
    const tcp = written({ useCase: 'both', transport: 'tcp' }).sheet;
    has(tcp, ['sip-port = 5060', 'bind-params = transport=tcp'], PROFILE);
    hasNot(tcp, /tls|rtp_secure/);
  });

  it('tells Exotel the public address behind NAT', () => {
    const options = {
      useCase: 'both',
      publicAddress: '203.0.113.10',
      localNetworks: ['10.0.0.0/8'],
    } as const;
    const { sheet } = written(options);
    has(
      sheet,
      [
        'ext-sip-ip = 203.0.113.10',
        'ext-rtp-ip = 203.0.113.10',
        'local-network-acl = exotel-local',
      ],
      PROFILE,
    );
    has(sheet, ['Name = exotel-local', 'Nodes: CIDR = 10.0.0.0/8'], 'Access Controls');
  });

  it('dials E.164 through the UUID of the gateway, with SRTP under TLS only', () => {
    const out = written({ useCase: 'outbound' }).out ?? [];
    assert.ok(out.includes('bridge sofia/gateway/GATEWAY_UUID/+$1'));
    assert.ok(out.includes('export nolocal:rtp_secure_media=mandatory:AES_CM_128_HMAC_SHA1_80'));
    assert.ok(out.includes('export nolocal:absolute_codec_string=PCMA,PCMU'));
    assert.ok(out.includes('set effective_caller_id_number=+918040001234'));
    const tcp = written({ useCase: 'outbound', transport: 'tcp' }).out;
    assert.ok(tcp?.every((line) => !line.includes('rtp_secure_media')));
  });

  it('carries the account to a flow', () => {
    const out = written({ useCase: 'streamkit' }).out ?? [];
    assert.ok(out.includes('export nolocal:sip_h_X-Exotel-AccountSid=exotest1'));
    assert.ok(out.includes('bridge sofia/gateway/GATEWAY_UUID/+918040005678'));
    assert.ok(
      written({ useCase: 'both' }).out?.every((line) => !line.includes('X-Exotel-AccountSid')),
    );
  });

  it('demands SRTP of calls on its profile before the destinations come', () => {
    const found = written({ useCase: 'inbound' }).in;
    assert.deepEqual(found, [
      'exotel-inbound true',
      '${sofia_profile_name} ^exotel$',
      'set rtp_secure_media=mandatory:AES_CM_128_HMAC_SHA1_80',
      'log NOTICE Exotel call ${sip_h_X-Exotel-CallSid} to ${destination_number}',
    ]);
    assert.equal(written({ useCase: 'inbound', transport: 'tcp' }).in, null);
    assert.equal(written({ useCase: 'inbound', exotelAddresses: [] }).in, null);
  });

  it('has the numbers with their plus as destinations', () => {
    has(
      written({ useCase: 'inbound' }).sheet,
      ['Destination = +918040001234, +918040005678', 'Context = public'],
      'Destinations',
    );
  });

  it('lets two trunks live on one PBX', () => {
    const { sheet } = written({ useCase: 'both', peerName: 'second' });
    has(sheet, ['Gateway = second', 'Profile = second'], GATEWAYS);
    has(
      sheet,
      ['apply-inbound-acl = second', 'tls-cert-dir = /etc/freeswitch/tls/second'],
      PROFILE,
    );
    for (const peerName of ['internal', 'external']) {
      const result = generated('fusionpbx', { options: { peerName } });
      assert.match(problems(result), /Name inside the PBX: must not be/);
    }
  });

  it('refuses what its database handler would change', () => {
    for (const password of ['a$b', 'a&b', '&#36;']) {
      const result = generated('fusionpbx', {
        options: { useCase: 'outbound', auth: 'credential' },
        password,
      });
      assert.deepEqual(result.files, []);
      assert.match(problems(result), /SIP password: must not hold \$ or &/);
    }
  });
});
