// What each PBX's text must and must not say, for every use case, way of being recognised and transport.
import assert from 'node:assert/strict';
import { generated, problems, textOf, loadWriters } from './fixtures';
import { lexKamailio, readAsteriskConf, readFreeswitchXml } from './readers';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];

function value(text: string, section: string, key: string): string | undefined {
  return readAsteriskConf(text).find((one) => one.section === section && one.key === key)?.value;
}

function all(text: string, section: string, key: string): string[] {
  return readAsteriskConf(text)
    .filter((one) => one.section === section && one.key === key)
    .map((one) => one.value);
}

function types(text: string): string[] {
  return readAsteriskConf(text)
    .filter((one) => one.key === 'type')
    .map((one) => one.value);
}

function params(text: string): Map<string, string> {
  return new Map(
    readFreeswitchXml(text)
      .filter((one) => one.name === 'param')
      .map((one) => [one.attributes['name'] ?? '', one.attributes['value'] ?? '']),
  );
}

/** Everything but comments, which may name what is not there. */
function withoutComments(text: string): string {
  return text
    .replace(/<!--.*?-->/g, '')
    .split('\n')
    .filter((line) => !/^\s*(?:[;#]|\/\/)/.test(line))
    .join('\n');
}

describe('Asterisk text', () => {
  const open = { exotelAddresses: EXOTEL };

  it('makes a verified TLS transport with mandatory SRTP', () => {
    const text = textOf(
      generated('asterisk-pjsip', { options: { useCase: 'both', ...open } }),
      'pjsip.conf',
    );
    assert.equal(value(text, 'exotel-transport', 'protocol'), 'tls');
    assert.equal(value(text, 'exotel-transport', 'verify_server'), 'yes');
    assert.equal(value(text, 'exotel', 'media_encryption'), 'sdes');
    assert.equal(value(text, 'exotel', 'allow'), 'alaw,ulaw');
    assert.equal(value(text, 'exotel', 'contact'), 'sip:in.voip.exotel.com:443;transport=tls');
    assert.equal(value(text, 'exotel', 'from_user'), '+918040001234');
    assert.equal(value(text, 'exotel', 'from_domain'), 'exotest1.pstn.exotel.com');
    assert.equal(value(text, 'exotel', 'identify_by'), 'ip');
    assert.deepEqual(all(text, 'exotel-identify', 'match'), [
      '35.154.174.161/32',
      '98.130.67.0/24',
    ]);
    assert.deepEqual(types(text), ['transport', 'endpoint', 'aor', 'auth', 'identify']);
  });

  it('shows a certificate only when it is called', () => {
    for (const [useCase, shown] of [
      ['outbound', false],
      ['streamkit', false],
      ['inbound', true],
      ['both', true],
    ] as const) {
      const text = textOf(
        generated('asterisk-pjsip', { options: { useCase, ...open } }),
        'pjsip.conf',
      );
      const file = value(text, 'exotel-transport', 'cert_file');
      assert.equal(file, shown ? '/etc/ssl/certs/pbx.pem' : undefined, useCase);
      assert.equal(value(text, 'exotel-transport', 'verify_server'), 'yes');
    }
  });

  it('has no auth section when Exotel knows the PBX by its IP', () => {
    const text = textOf(
      generated('asterisk-pjsip', { options: { useCase: 'outbound', auth: 'ip' } }),
    );
    assert.ok(!types(text).includes('auth'));
    assert.doesNotMatch(withoutComments(text), /outbound_auth/);
  });

  it('does not let calls in where calls can go out', () => {
    for (const inboundContext of ['exotel-outbound', 'general', 'globals']) {
      const result = generated('asterisk-pjsip', {
        options: { useCase: 'both', inboundContext, ...open },
      });
      assert.deepEqual(result.files, []);
      assert.match(problems(result), /Inbound context: must not be one of/);
    }
  });

  it('never challenges Exotel', () => {
    const text = textOf(generated('asterisk-pjsip', { options: { useCase: 'both', ...open } }));
    assert.equal(value(text, 'exotel', 'auth'), undefined);
  });

  it('dials E.164 through a filter and gives India its national formats', () => {
    const text = textOf(
      generated('asterisk-pjsip', { options: { useCase: 'outbound' } }),
      'extensions.conf',
    );
    assert.match(text, /FILTER\(0-9,\$\{EXTEN:1\}\)/);
    assert.match(text, /_0ZXXXXXXXXX,1,Goto\(exotel-outbound,\+91\$\{EXTEN:1\},1\)/);
    const singapore = textOf(
      generated('asterisk-pjsip', {
        facts: { numbers: [{ number: '+6531234567', mode: 'pstn' }] },
        options: { useCase: 'outbound' },
      }),
    );
    assert.doesNotMatch(singapore, /\+91/);
  });

  it('rings on every number of the trunk and listens where Exotel was told to call', () => {
    const result = generated('asterisk-pjsip', {
      facts: { destinations: ['sip:pbx.example.com:5081;transport=tls'] },
      options: { useCase: 'inbound', insidePeer: 'PJSIP/100&PJSIP/101', ...open },
    });
    assert.equal(value(textOf(result, 'pjsip.conf'), 'exotel-transport', 'bind'), '0.0.0.0:5081');
    const extensions = all(textOf(result, 'extensions.conf'), 'from-exotel', 'exten');
    assert.deepEqual(
      extensions.map((one) => one.split(',')[0]),
      ['+918040001234', '918040001234', '+918040005678', '918040005678'],
    );
    assert.match(textOf(result), /Dial\(PJSIP\/100&PJSIP\/101,30\)/);
  });

  it('tells Exotel the public address behind NAT', () => {
    const text = textOf(
      generated('asterisk-pjsip', {
        options: { publicAddress: '203.0.113.10', localNetworks: ['10.0.0.0/8', '192.168.0.0/16'] },
      }),
    );
    assert.equal(value(text, 'exotel-transport', 'external_media_address'), '203.0.113.10');
    assert.deepEqual(all(text, 'exotel-transport', 'local_net'), ['10.0.0.0/8', '192.168.0.0/16']);
  });
});

describe('FreeSWITCH text', () => {
  it('has a gateway that does not register and a profile that lets nobody in', () => {
    const result = generated('freeswitch', {
      options: { useCase: 'outbound', auth: 'credential' },
    });
    const found = params(textOf(result, 'exotel.xml'));
    assert.equal(found.get('register'), 'false');
    assert.equal(found.get('register-transport'), 'tls');
    assert.equal(found.get('proxy'), 'in.voip.exotel.com:443;transport=tls');
    assert.equal(found.get('from-user'), '+918040001234');
    assert.equal(found.get('tls-verify-policy'), 'out|subjects_out');
    assert.equal(found.get('apply-inbound-acl'), 'loopback.auto');
    assert.equal(found.get('auth-calls'), 'false');
    assert.equal(found.get('outbound-codec-prefs'), 'PCMA,PCMU');
    assert.match(textOf(result), /rtp_secure_media=mandatory:AES_CM_128_HMAC_SHA1_80/);
    assert.deepEqual(
      result.files.map((file) => file.name),
      ['exotel.xml', 'exotel-dialplan-out.xml'],
    );
  });

  it('lets in the addresses of Exotel and nobody else', () => {
    const result = generated('freeswitch', {
      options: { useCase: 'both', exotelAddresses: EXOTEL },
    });
    assert.equal(params(textOf(result, 'exotel.xml')).get('apply-inbound-acl'), 'exotel');
    const [include, list, ...nodes] = readFreeswitchXml(textOf(result, 'exotel-acl.xml'));
    assert.equal(include?.name, 'include');
    assert.deepEqual(list?.attributes, { name: 'exotel', default: 'deny' });
    assert.deepEqual(
      nodes.map((node) => node.attributes['cidr']),
      ['35.154.174.161/32', '98.130.67.0/24'],
    );
  });

  it('speaks TCP only when asked for TCP', () => {
    const text = textOf(generated('freeswitch', { options: { transport: 'tcp' } }), 'exotel.xml');
    assert.equal(params(text).get('bind-params'), 'transport=tcp');
    assert.equal(params(text).get('tls'), undefined);
  });
});

describe('Kamailio text', () => {
  it('decides by the address a call comes from, before it is relayed', () => {
    const text = textOf(
      generated('kamailio', {
        options: { useCase: 'both', exotelAddresses: EXOTEL, insidePeer: 'sip:10.0.0.5:5070' },
      }),
      'kamailio.cfg',
    );
    assert.match(text, /if \(route\(FROM_PBX\)\) route\(TO_EXOTEL\);/);
    assert.match(text, /src_ip == 10\.0\.0\.5\/32/);
    assert.match(text, /src_ip == 35\.154\.174\.161\/32\s+\|\| src_ip == 98\.130\.67\.0\/24/);
    assert.match(text, /is_known_dlg\(\) && loose_route\(\)/);
    assert.match(text, /sl_send_reply\("403", "Forbidden"\)/);
    assert.match(text, /RTP\/SAVP/);
    assert.match(text, /if \(\$rU =~ "\^\[1-9\]"\) \$rU = "\+" \+ \$rU;/);
    assert.doesNotMatch(text, /0\.0\.0\.0/);
  });

  it('verifies the certificate of the edge', () => {
    const text = textOf(generated('kamailio'), 'tls.cfg');
    const client = text.slice(text.indexOf('[client:default]'));
    assert.match(client, /verify_certificate = yes\nrequire_certificate = yes/);
    assert.match(client, /ca_list = \/etc\/ssl\/certs\/ca-certificates\.crt/);
    assert.match(client, /server_name = in\.voip\.exotel\.com/);
  });

  it('has no TLS where there is none', () => {
    const result = generated('kamailio', { options: { transport: 'tcp', useCase: 'outbound' } });
    assert.deepEqual(
      result.files.map((file) => file.name),
      ['kamailio.cfg'],
    );
    assert.doesNotMatch(textOf(result), /tls|SAVP/i);
  });

  it('has no directive but the one that names the flavour', () => {
    const directives = lexKamailio(textOf(generated('kamailio'), 'kamailio.cfg'))
      .filter((token) => token.kind === 'directive')
      .map((token) => token.value);
    assert.deepEqual(directives, ['#!KAMAILIO']);
  });
});

describe('table of settings', () => {
  it('holds what a web form asks for', () => {
    const text = textOf(
      generated('settings-table', {
        options: { useCase: 'both', auth: 'credential', exotelAddresses: EXOTEL },
      }),
    );
    for (const row of [
      '| SIP server (edge) | `in.voip.exotel.com` |',
      '| Port | `443` |',
      '| Registration | Off: Exotel takes none |',
      '| User name | `pbx_user` |',
      '| From domain | `exotest1.pstn.exotel.com` |',
      '| Codecs, in this order | `PCMA`, `PCMU` |',
      '| Allowed source addresses | `35.154.174.161/32`, `98.130.67.0/24` |',
      '| Inbound host (destination URI) | `44.248.146.11:5061` |',
    ]) {
      assert.ok(text.includes(row), row);
    }
  });
});
