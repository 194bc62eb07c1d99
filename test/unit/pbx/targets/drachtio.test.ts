// drachtio: the script is called as drachtio-server would call it.
import assert from 'node:assert/strict';
import {
  AUTH_MODES,
  TRANSPORTS,
  generated,
  problems,
  textOf,
  loadWriters,
  type Given,
} from '../fixtures';
import { runDrachtio } from '../readers/drachtio-run';
import { EXOTEL } from './sheet-rules';

before(loadWriters);

const PBX = '10.0.0.5';

function started(options: Given['options'], given: Given = {}, env: Record<string, string> = {}) {
  const result = generated('drachtio', {
    password: 'Correct0Horse',
    ...given,
    options: { exotelAddresses: EXOTEL, insidePeer: `sip:${PBX}:5070`, ...options },
  });
  return runDrachtio(textOf(result, 'drachtio-exotel.js'), env);
}

function conf(options: Given['options']): string {
  const given = { options: { exotelAddresses: EXOTEL, insidePeer: `sip:${PBX}:5070`, ...options } };
  return textOf(generated('drachtio', given), 'drachtio.conf.xml').replace(/<!--.*?-->/g, '');
}

function sdp(profile: string, media = '18 0 8 101 13'): string {
  return [
    'v=0',
    `m=audio 4000 ${profile} ${media}`,
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=rtpmap:13 CN/8000',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

const SECURE = sdp('RTP/SAVP');
const PLAIN = sdp('RTP/AVP');

describe('drachtio script', () => {
  it('refuses who is neither the PBX nor Exotel', () => {
    for (const options of [
      { useCase: 'both', transport: 'tcp' },
      { useCase: 'outbound' },
      { useCase: 'inbound' },
    ] as const) {
      const { call } = started(options);
      for (const from of ['10.0.0.6', '98.130.68.1', '127.0.0.1']) {
        assert.equal(call({ from, dialled: '+918040001234', sdp: SECURE }).status, 403);
      }
    }
  });

  it('lets Exotel in only for calls in and the PBX only for calls out', () => {
    const fromExotel = { from: '98.130.67.9', dialled: '+918040001234', sdp: SECURE };
    const fromPbx = { from: PBX, dialled: '+14155550100', sdp: SECURE };
    assert.equal(started({ useCase: 'outbound' }).call(fromExotel).status, 403);
    assert.equal(started({ useCase: 'inbound' }).call(fromPbx).status, 403);
    assert.equal(started({ useCase: 'inbound', exotelAddresses: [] }).call(fromExotel).status, 403);
    assert.ok(started({ useCase: 'inbound' }).call(fromExotel).uri !== undefined);
    assert.ok(started({ useCase: 'outbound' }).call(fromPbx).uri !== undefined);
  });

  it('calls the edge with the From of the trunk and answers its challenge', () => {
    for (const transport of TRANSPORTS) {
      for (const auth of AUTH_MODES) {
        const { call } = started({ useCase: 'outbound', transport, auth });
        const { uri, options } = call({ from: PBX, dialled: '+14155550100', sdp: SECURE });
        const port = transport === 'tls' ? 443 : 5070;
        assert.equal(uri, `sip:+14155550100@in.voip.exotel.com:${port};transport=${transport}`);
        const from = '<sip:+918040001234@exotest1.pstn.exotel.com>';
        assert.deepEqual({ ...options?.headers }, { From: from, 'P-Asserted-Identity': from });
        const pair =
          auth === 'ip' ? undefined : { username: 'pbx_user', password: 'Correct0Horse' };
        assert.deepEqual(options?.auth === undefined ? undefined : { ...options.auth }, pair);
      }
    }
  });

  it('takes the password of the environment before the one in the text', () => {
    const { call } = started({ useCase: 'outbound' }, {}, { EXOTEL_SIP_PASSWORD: 'other' });
    assert.equal(
      call({ from: PBX, dialled: '+14155550100', sdp: SECURE }).options?.auth?.password,
      'other',
    );
  });

  it('dials E.164 and nothing else', () => {
    const { call } = started({ useCase: 'outbound' });
    for (const [dialled, wanted] of [
      ['09812345678', '+919812345678'],
      ['9812345678', '+919812345678'],
      ['919812345678', '+919812345678'],
      ['0014155550100', '+14155550100'],
      ['+14155550100', '+14155550100'],
    ] as const) {
      assert.ok(
        call({ from: PBX, dialled, sdp: SECURE }).uri?.startsWith(`sip:${wanted}@`),
        dialled,
      );
    }
    for (const dialled of [
      '100',
      '',
      '+0123456789',
      'x@evil',
      '+14155550100;x=y',
      '+1415555010\n',
    ]) {
      assert.equal(call({ from: PBX, dialled, sdp: SECURE }).status, 484, dialled);
    }
    const abroad = started(
      { useCase: 'outbound' },
      { facts: { numbers: [{ number: '+6531234567', mode: 'pstn' }] } },
    );
    assert.equal(abroad.call({ from: PBX, dialled: '9812345678', sdp: SECURE }).status, 484);
  });

  it('carries the account only to a flow, whatever was dialled', () => {
    const { call } = started({ useCase: 'streamkit' });
    const { uri, options } = call({ from: PBX, dialled: '100', sdp: SECURE });
    assert.ok(uri?.startsWith('sip:+918040005678@in.voip.exotel.com'));
    assert.equal(options?.headers?.['X-Exotel-AccountSid'], 'exotest1');
  });

  it('asks for SRTP with TLS, in both directions, and for none with TCP', () => {
    const tls = started({ useCase: 'outbound' });
    assert.equal(tls.call({ from: PBX, dialled: '+14155550100', sdp: PLAIN }).status, 488);
    const inbound = started({ useCase: 'inbound' });
    assert.equal(
      inbound.call({ from: '98.130.67.9', dialled: '+918040001234', sdp: PLAIN }).status,
      488,
    );
    const tcp = started({ useCase: 'outbound', transport: 'tcp' });
    assert.ok(tcp.call({ from: PBX, dialled: '+14155550100', sdp: PLAIN }).uri !== undefined);
  });

  it('offers the chosen codecs and DTMF, the preferred one first', () => {
    const { call } = started({ useCase: 'outbound', codecs: ['PCMA', 'PCMU'] });
    const offered = call({ from: PBX, dialled: '+14155550100', sdp: SECURE }).options?.localSdpB;
    assert.equal(
      offered,
      'v=0\r\nm=audio 4000 RTP/SAVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\n',
    );
  });

  it('rings the numbers of the trunk with their plus, and no others', () => {
    const { call } = started({ useCase: 'inbound' });
    const from = '35.154.174.161';
    const { uri, options } = call({ from, dialled: '918040005678', sdp: SECURE });
    assert.equal(uri, `sip:+918040005678@${PBX}:5070;transport=tcp`);
    assert.deepEqual(
      { ...options?.headers },
      { From: '<sip:+919812345678@exotest1.pstn.exotel.com>' },
    );
    assert.equal(options?.auth, undefined);
    assert.equal(call({ from, dialled: '+918040009999', sdp: SECURE }).status, 404);
    const odd = call({ from, dialled: '+918040001234', sdp: SECURE, caller: 'x>;y' });
    assert.equal(odd.options?.headers?.['From'], '<sip:anonymous@exotest1.pstn.exotel.com>');
  });

  it('talks to drachtio-server on this computer only', () => {
    const { connected } = started({ useCase: 'outbound' }, {}, { DRACHTIO_SECRET: 's' });
    assert.deepEqual({ ...(connected as object) }, { host: '127.0.0.1', port: 9022, secret: 's' });
    assert.match(
      conf({ useCase: 'outbound' }),
      /<admin port="9022" secret="REPLACE_WITH_DRACHTIO_SECRET">127\.0\.0\.1<\/admin>/,
    );
  });
});

describe('drachtio-server configuration', () => {
  it('listens where Exotel was told to call, and tells it the public address', () => {
    const text = conf({ useCase: 'inbound', publicAddress: '203.0.113.10' });
    assert.match(
      text,
      /<contact external-ip="203\.0\.113\.10">sips:192\.0\.2\.20:5061;transport=tls<\/contact>/,
    );
    assert.match(
      text,
      /<contact local-net="10\.0\.0\.5\/32">sip:192\.0\.2\.20:5062;transport=tcp<\/contact>/,
    );
    assert.equal(
      conf({ transport: 'tcp' }).split('<contact').length,
      3,
      'one contact for both sides',
    );
  });

  it('has the certificate and TLS 1.2 where there is TLS', () => {
    const text = conf({ useCase: 'outbound', caFile: '/etc/exotel-ca.pem' });
    assert.match(text, /<chain-file>\/etc\/exotel-ca\.pem<\/chain-file>/);
    assert.match(text, /<min-tls-version>1\.2<\/min-tls-version>/);
    assert.doesNotMatch(conf({ transport: 'tcp' }), /tls/);
  });

  it('says how the certificate of the edge is checked, and refuses where it cannot be', () => {
    const text = textOf(
      generated('drachtio', { options: { useCase: 'outbound' } }),
      'drachtio.conf.xml',
    );
    assert.match(text, /DRACHTIO_TLS_VERIFY_CLIENT_CERT=1/);
    const both = generated('drachtio', {
      options: { useCase: 'both', transport: 'tls', exotelAddresses: EXOTEL },
    });
    assert.deepEqual(both.files, []);
    assert.match(problems(both), /one text for outbound and one for inbound calls.*or choose TCP/);
  });

  it('refuses a user name that would break the digest header', () => {
    const result = generated('drachtio', {
      facts: { userName: 'a"b' },
      options: { useCase: 'outbound', auth: 'credential' },
    });
    assert.match(problems(result), /SIP user name: must not hold/);
  });
});
