// FreeSWITCH: a profile of its own, its gateway, the list of callers and the dialplan.
import assert from 'node:assert/strict';
import { TRANSPORTS, generated, problems, textOf, loadWriters, type Given } from '../fixtures';
import { readFreeswitchXml } from '../readers';
import { EXOTEL } from './sheet-rules';

before(loadWriters);

function written(options: Given['options'], given: Given = {}) {
  const result = generated('freeswitch', {
    password: 'Correct0Horse',
    ...given,
    options: { exotelAddresses: EXOTEL, ...options },
  });
  const names = result.files.map(({ folder = '', name }) => `${folder}/${name}`);
  const elements = (name: string) => readFreeswitchXml(textOf(result, name));
  const params = new Map(
    readFreeswitchXml(result.files[0]?.text ?? '')
      .filter(({ name }) => name === 'param')
      .map(({ attributes }) => [attributes['name'] ?? '', attributes['value'] ?? '']),
  );
  const steps = (name: string) =>
    elements(name)
      .filter((element) => element.name === 'action')
      .map(({ attributes }) => `${attributes['application'] ?? ''} ${attributes['data'] ?? ''}`);
  return { result, names, elements, params, steps };
}

const OUT = 'exotel-dialplan-out.xml';
const IN = 'exotel-dialplan-in.xml';
const SRTP = 'rtp_secure_media=mandatory:AES_CM_128_HMAC_SHA1_80';

describe('FreeSWITCH', () => {
  it('has a gateway that does not register, with the From of the trunk', () => {
    for (const transport of TRANSPORTS) {
      const { params } = written({ useCase: 'outbound', auth: 'credential', transport });
      assert.equal(params.get('register'), 'false');
      assert.equal(params.get('register-transport'), transport);
      const port = transport === 'tls' ? 443 : 5070;
      assert.equal(params.get('proxy'), `in.voip.exotel.com:${port};transport=${transport}`);
      assert.equal(params.get('from-user'), '+918040001234');
      assert.equal(params.get('from-domain'), 'exotest1.pstn.exotel.com');
      assert.equal(params.get('caller-id-in-from'), 'false');
      assert.equal(params.get('password'), 'Correct0Horse');
      assert.equal(params.get('realm'), undefined);
    }
    const byAddress = written({ useCase: 'outbound', auth: 'ip' });
    assert.equal(byAddress.params.get('password'), undefined);
    assert.equal(byAddress.params.get('username'), undefined);
    assert.equal(written({ useCase: 'inbound' }).params.get('proxy'), undefined);
  });

  it('checks the certificate of the edge and speaks nothing but TLS', () => {
    const { params } = written({ useCase: 'both' });
    assert.equal(params.get('tls'), 'true');
    assert.equal(params.get('tls-only'), 'true');
    assert.equal(params.get('tls-verify-policy'), 'out|subjects_out');
    assert.equal(params.get('tls-verify-date'), 'true');
    assert.equal(params.get('tls-version'), 'tlsv1.2');
    assert.equal(params.get('tls-cert-dir'), '/etc/freeswitch/tls/exotel');
    const tcp = written({ useCase: 'both', transport: 'tcp' }).params;
    assert.equal(tcp.get('bind-params'), 'transport=tcp');
    assert.ok(!Array.from(tcp.keys()).some((key) => key.startsWith('tls')));
  });

  it('demands SRTP of both legs to Exotel with TLS, and none with TCP', () => {
    const tls = written({ useCase: 'both' });
    assert.ok(tls.steps(OUT).includes(`export nolocal:${SRTP}`));
    assert.ok(tls.steps(IN).includes(`set ${SRTP}`));
    const tcp = written({ useCase: 'both', transport: 'tcp' });
    assert.ok([...tcp.steps(OUT), ...tcp.steps(IN)].every((step) => !step.includes('secure')));
  });

  it('has its codecs and DTMF in the profile and on the leg out', () => {
    const { params, steps } = written({ useCase: 'outbound', codecs: ['PCMU', 'PCMA'] });
    assert.equal(params.get('inbound-codec-prefs'), 'PCMU,PCMA');
    assert.equal(params.get('outbound-codec-prefs'), 'PCMU,PCMA');
    assert.equal(params.get('dtmf-type'), 'rfc2833');
    assert.ok(steps(OUT).includes('export nolocal:absolute_codec_string=PCMU,PCMA'));
  });

  it('hands no header of a call in on to Exotel, and dials every area of India', () => {
    for (const useCase of ['outbound', 'streamkit'] as const) {
      assert.ok(written({ useCase }).steps(OUT).includes('set sip_copy_custom_headers=false'));
    }
    const { result } = written({ useCase: 'outbound' });
    assert.ok(textOf(result, OUT).includes('([1-9]\\d{9})'));
  });

  it('lets in the addresses of Exotel and nobody else, unchallenged', () => {
    const { params, elements } = written({ useCase: 'both' });
    assert.equal(params.get('apply-inbound-acl'), 'exotel');
    assert.equal(params.get('auth-calls'), 'false');
    const [, list, ...nodes] = elements('exotel-acl.xml');
    assert.deepEqual(list?.attributes, { name: 'exotel', default: 'deny' });
    assert.deepEqual(
      nodes.map(({ attributes }) => [attributes['type'], attributes['cidr']]),
      [
        ['allow', '35.154.174.161/32'],
        ['allow', '98.130.67.0/24'],
      ],
    );
    for (const options of [
      { useCase: 'outbound' },
      { useCase: 'both', exotelAddresses: [] },
    ] as const) {
      const closed = written(options);
      assert.equal(closed.params.get('apply-inbound-acl'), 'loopback.auto');
      assert.equal(closed.params.get('context'), 'exotel-closed');
      assert.ok(closed.names.every((name) => !name.includes('-in.xml') && !name.includes('acl')));
    }
  });

  it('rings the numbers of the trunk, with or without the plus', () => {
    const { elements, steps } = written({ useCase: 'inbound', insidePeer: 'user/1001' });
    assert.equal(elements(IN)[1]?.attributes['name'], 'from-exotel');
    assert.ok(
      elements(IN).some(
        ({ attributes }) => attributes['expression'] === '^\\+?(918040001234|918040005678)$',
      ),
    );
    assert.equal(steps(IN).at(-1), 'bridge user/1001');
  });

  it('does not let calls in where calls can go out', () => {
    for (const inboundContext of ['default', 'public', 'exotel-closed']) {
      const result = generated('freeswitch', {
        options: { useCase: 'both', inboundContext, exotelAddresses: EXOTEL },
      });
      assert.match(problems(result), /Inbound context: must not be one of/);
    }
  });

  it('dials E.164, gives India its national formats and carries the account to a flow', () => {
    const out = written({ useCase: 'outbound' }).steps(OUT);
    assert.ok(out.includes('transfer +91$1'));
    assert.ok(out.includes('bridge sofia/gateway/exotel/+$1'));
    assert.ok(out.includes('set effective_caller_id_number=+918040001234'));
    assert.ok(out.every((step) => !step.includes('X-Exotel')));
    const flow = written({ useCase: 'streamkit' }).steps(OUT);
    assert.ok(flow.includes('export nolocal:sip_h_X-Exotel-AccountSid=exotest1'));
    assert.equal(flow.at(-1), 'bridge sofia/gateway/exotel/+918040005678');
  });

  it('tells Exotel the public address, and the local one to its own networks', () => {
    const options = {
      useCase: 'both',
      publicAddress: '203.0.113.10',
      localNetworks: ['10.0.0.0/8'],
    } as const;
    const { params, elements } = written(options);
    assert.equal(params.get('ext-sip-ip'), '203.0.113.10');
    assert.equal(params.get('ext-rtp-ip'), '203.0.113.10');
    assert.equal(params.get('local-network-acl'), 'exotel-local');
    assert.ok(
      elements('exotel-acl.xml').some(({ attributes }) => attributes['name'] === 'exotel-local'),
    );
    assert.equal(
      written({ ...options, localNetworks: [] }).params.get('local-network-acl'),
      'localnet.auto',
    );
  });

  it('lets two trunks live on one PBX', () => {
    const { names, params, result } = written({ useCase: 'both', peerName: 'second' });
    assert.deepEqual(names, [
      'sip_profiles/second.xml',
      'autoload_configs/second-acl.xml',
      'dialplan/default/second-dialplan-out.xml',
      'dialplan/second-dialplan-in.xml',
    ]);
    assert.equal(params.get('apply-inbound-acl'), 'second');
    assert.doesNotMatch(
      textOf(result).replace(/<!--.*?-->/g, ''),
      /"exotel[-"]|gateway\/exotel|tls\/exotel/,
    );
    for (const peerName of ['internal', 'external', 'X-PRE-PROCESS']) {
      assert.match(
        problems(generated('freeswitch', { options: { peerName } })),
        /Name inside the PBX: must not/,
      );
    }
  });
});
