// Kamailio and OpenSIPS: one architecture in two languages, and what each language needs besides.
import assert from 'node:assert/strict';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  generated,
  problems,
  textOf,
  loadWriters,
} from '../fixtures';
import { EXOTEL } from './sheet-rules';
import type { ConnectionOptions } from '../../../../src/pbx/options';

before(loadWriters);

const PROXIES = [
  { id: 'kamailio', file: 'kamailio.cfg', source: 'src_ip', quote: '"' },
  { id: 'opensips', file: 'opensips.cfg', source: '$si', quote: '' },
] as const;

function script(
  id: string,
  options: Partial<ConnectionOptions> = {},
  password: string | null = 'Correct0Horse',
): string {
  const file = PROXIES.find((one) => one.id === id)?.file ?? '';
  const result = generated(id, { options: { exotelAddresses: EXOTEL, ...options }, password });
  return textOf(result, file)
    .split('\n')
    .filter((line) => !/^\s*#(?!!)/.test(line))
    .join('\n');
}

/** The block of that name, from its head to the closing brace in the first column. */
function block(text: string, head: string): string {
  const start = text.indexOf(`${head} {`);
  assert.notEqual(start, -1, `no ${head}`);
  return text.slice(start, text.indexOf('\n}', start));
}

/** Each stands there, one behind the other. */
function inOrder(text: string, parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    assert.notEqual(at, -1, `${part} is missing or stands too early`);
    from = at + part.length;
  }
}

for (const { id, source, quote } of PROXIES) {
  const code = (status: number) => `${quote}${status}${quote}`;
  const main = id === 'kamailio' ? 'request_route' : 'route';

  describe(`${id} script`, () => {
    it('refuses who is neither the PBX nor Exotel before anything is relayed', () => {
      const text = script(id, { useCase: 'both', insidePeer: 'sip:10.0.0.5:5070' });
      const route = block(text, main);
      inOrder(route, [
        'mf_process_maxfwd_header',
        'has_totag()',
        '481',
        'INVITE',
        'TO_EXOTEL',
        'TO_PBX',
      ]);
      inOrder(route.slice(route.lastIndexOf('TO_PBX')), [
        `sl_send_reply(${code(403)}, "Forbidden");`,
        'exit;',
      ]);
      assert.ok(text.includes(`${source} == 10.0.0.5/32`));
      assert.ok(text.includes(`${source} == 35.154.174.161/32`));
      assert.ok(text.includes(`${source} == 98.130.67.0/24`));
      assert.doesNotMatch(text, /0\.0\.0\.0/);
    });

    it('has a way in only for the use cases with calls in, and a way out only for those with calls out', () => {
      for (const useCase of USE_CASES) {
        const text = script(id, { useCase });
        assert.equal(text.includes('TO_EXOTEL'), useCase !== 'inbound', useCase);
        assert.equal(text.includes('TO_PBX'), useCase === 'inbound' || useCase === 'both', useCase);
      }
    });

    it('follows requests inside a call only when the call was set up here', () => {
      const known =
        id === 'kamailio'
          ? 'is_known_dlg() && loose_route()'
          : 'loose_route() && $DLG_status != NULL';
      assert.ok(script(id).includes(`if (${known}) {`));
      for (const name of ['TO_EXOTEL', 'TO_PBX']) {
        const route = block(script(id, { useCase: 'both' }), `route[${name}]`);
        inOrder(route, [
          id === 'kamailio' ? 'dlg_manage();' : 'create_dialog();',
          'record_route();',
          't_relay()',
        ]);
      }
    });

    it('asks for SRTP with TLS, in both directions, and for none with TCP', () => {
      for (const name of ['TO_EXOTEL', 'TO_PBX']) {
        const route = block(script(id, { useCase: 'both' }), `route[${name}]`);
        inOrder(route, [
          'if (!search_body("m=audio [0-9]+ RTP/SAVP")) {',
          `sl_send_reply(${code(488)}, "SRTP Required");`,
          'exit;',
        ]);
      }
      assert.doesNotMatch(script(id, { useCase: 'both', transport: 'tcp' }), /SAVP|488/);
    });

    it('keeps the chosen codecs and DTMF', () => {
      const kept =
        id === 'kamailio'
          ? 'sdp_keep_codecs_by_name("PCMA,PCMU,telephone-event");'
          : 'codec_delete_except_re("^(PCMA|PCMU|telephone-event)$");';
      for (const name of ['TO_EXOTEL', 'TO_PBX']) {
        assert.ok(block(script(id, { useCase: 'both' }), `route[${name}]`).includes(kept));
      }
    });

    it('sends E.164 with the From of the trunk to the edge, over its transport', () => {
      for (const transport of TRANSPORTS) {
        const port = transport === 'tls' ? 443 : 5070;
        const route = block(script(id, { useCase: 'outbound', transport }), 'route[TO_EXOTEL]');
        assert.ok(
          route.includes('uac_replace_from("", "sip:+918040001234@exotest1.pstn.exotel.com");'),
        );
        assert.ok(
          route.includes(
            'append_hf("P-Asserted-Identity: <sip:+918040001234@exotest1.pstn.exotel.com>\\r\\n");',
          ),
        );
        inOrder(route, [
          '$rU = "+91" + $(rU{s.substr,1,0});',
          'if (!($rU =~ "^[+][1-9][0-9]{7,14}$")) {',
          `sl_send_reply(${code(484)}, "Address Incomplete");`,
          'exit;',
          `$ru = "sip:" + $rU + "@in.voip.exotel.com:${port};transport=${transport}";`,
          't_relay()',
        ]);
      }
    });

    it('carries the account only to a flow, and whatever was dialled goes to the Exophone', () => {
      const route = block(script(id, { useCase: 'streamkit' }), 'route[TO_EXOTEL]');
      inOrder(route, [
        '$rU = "+918040005678";',
        'remove_hf_re("^X-Exotel-");',
        'append_hf("X-Exotel-AccountSid: exotest1\\r\\n");',
        't_relay()',
      ]);
      for (const useCase of ['outbound', 'inbound', 'both'] as const) {
        assert.ok(!script(id, { useCase }).includes('X-Exotel-AccountSid'));
      }
    });

    it('gives Exotel none of its own headers back when the PBX forwards a call', () => {
      for (const useCase of ['outbound', 'both', 'streamkit'] as const) {
        const route = block(script(id, { useCase }), 'route[TO_EXOTEL]');
        inOrder(route, ['remove_hf_re("^X-Exotel-");', 't_relay()']);
      }
    });

    it('takes every area of India, also those whose code begins with 1', () => {
      const route = block(script(id, { useCase: 'outbound' }), 'route[TO_EXOTEL]');
      for (const before of ['0', '', '91']) {
        assert.ok(route.includes(`"^${before}[1-9][0-9]{9}$"`), before);
      }
    });

    it('answers a challenge once, and only where there is a credential', () => {
      for (const auth of AUTH_MODES) {
        const text = script(id, { useCase: 'outbound', auth });
        assert.equal(text.includes('uac_auth()'), auth !== 'ip');
        assert.equal(text.includes('t_on_failure("EXOTEL_CHALLENGE");'), auth !== 'ip');
        assert.equal(text.includes('"Correct0Horse"'), auth !== 'ip');
        if (auth === 'ip') continue;
        const failure = block(text, 'failure_route[EXOTEL_CHALLENGE]');
        assert.ok(!failure.includes('t_on_failure'));
        inOrder(failure, [
          'exit;',
          '$avp(exotel_user) = "pbx_user";',
          'if (uac_auth()) t_relay();',
        ]);
      }
      assert.doesNotMatch(
        script(id, { useCase: 'inbound', auth: 'credential' }),
        /uac_auth|Correct0Horse/,
      );
    });

    it('refuses a user name that would break the digest header', () => {
      for (const userName of ['a"b', 'a\\b']) {
        const result = generated(id, {
          facts: { userName },
          options: { useCase: 'outbound', auth: 'credential' },
        });
        assert.deepEqual(result.files, []);
        assert.match(problems(result), /SIP user name: must not hold/);
      }
    });

    it('rings the numbers of the trunk with their plus, and no others', () => {
      const route = block(
        script(id, { useCase: 'inbound', insidePeer: 'sip:10.0.0.5:5070;transport=tls' }),
        'route[TO_PBX]',
      );
      inOrder(route, [
        'if ($rU =~ "^[1-9]") $rU = "+" + $rU;',
        'if (!($rU =~ "^[+](918040001234|918040005678)$")) {',
        `sl_send_reply(${code(404)}, "Not Found");`,
        'exit;',
        '$ru = "sip:" + $rU + "@10.0.0.5:5070;transport=tls";',
        't_relay()',
      ]);
    });

    it('tells Exotel the public address and listens where Exotel was told to call', () => {
      const sign = id === 'kamailio' ? 'advertise' : 'as';
      const text = script(id, { useCase: 'both', publicAddress: '203.0.113.10' });
      assert.match(text, new RegExp(`= tls:192\\.0\\.2\\.20:5061 ${sign} 203\\.0\\.113\\.10:5061`));
      assert.match(text, /= tcp:192\.0\.2\.20:5062(?: name "inside")?$/m);
    });

    it('keeps the From of the PBX in the replies and counts on no alias', () => {
      const text = script(id);
      assert.ok(text.includes('modparam("uac", "restore_mode", "auto")'));
      assert.ok(text.includes('auto_aliases = no'));
    });
  });
}

describe('kamailio script', () => {
  it('checks the certificate of the edge and asks callers for none', () => {
    const options = { useCase: 'both', caFile: '/etc/exotel-ca.pem' } as const;
    const text = textOf(generated('kamailio', { options }), 'tls.cfg');
    const [server = '', client = ''] = text.split('[client:default]');
    assert.match(client, /^verify_certificate = yes\nrequire_certificate = yes$/m);
    assert.match(client, /^ca_list = \/etc\/exotel-ca\.pem$/m);
    assert.match(client, /^server_name = in\.voip\.exotel\.com$/m);
    assert.match(client, /^method = TLSv1\.2\+$/m);
    assert.match(server, /^verify_certificate = no\nrequire_certificate = no$/m);
    assert.match(script('kamailio'), /^enable_tls = yes$/m);
    const plain = generated('kamailio', { options: { useCase: 'both', transport: 'tcp' } });
    assert.deepEqual(
      plain.files.map(({ name }) => name),
      ['kamailio.cfg'],
    );
    assert.doesNotMatch(textOf(plain), /tls/);
  });

  it('names the socket of Exotel after the trunk', () => {
    const text = script('kamailio', { useCase: 'outbound', peerName: 'second' });
    assert.match(text, /^listen = tls:192\.0\.2\.20:5061 name "second"$/m);
    assert.ok(text.includes('$fsn = "second";'));
    const taken = generated('kamailio', { options: { peerName: 'inside' } });
    assert.match(problems(taken), /Name inside the PBX: must not be inside/);
  });
});

describe('opensips script', () => {
  it('checks the certificate it is shown and asks callers for none', () => {
    const text = script('opensips', { peerName: 'second', caFile: '/etc/exotel-ca.pem' });
    for (const [key, value] of [
      ['verify_cert', '[second]1'],
      ['require_cert', '[second]1'],
      ['ca_list', '[second]/etc/exotel-ca.pem'],
      ['tls_method', '[second]TLSv1_2-'],
      ['verify_cert', '[second-in]0'],
    ]) {
      assert.ok(text.includes(`modparam("tls_mgm", "${key}", "${value}")`), `${key} ${value}`);
    }
    assert.ok(text.includes('modparam("tls_mgm", "client_domain", "second")'));
    assert.doesNotMatch(script('opensips', { transport: 'tcp' }), /tls/);
  });

  it('answers with the realm of the challenge, of either kind', () => {
    const failure = block(
      script('opensips', { useCase: 'outbound', auth: 'credential' }),
      'failure_route[EXOTEL_CHALLENGE]',
    );
    for (const header of ['WWW-Authenticate', 'Proxy-Authenticate']) {
      assert.ok(failure.includes(`$avp(exotel_realm) = $(<reply>hdr(${header}){re.subst,`));
    }
  });

  it('refuses a password that would be taken for a hash', () => {
    for (const password of [`0x${'a1'.repeat(16)}`, `0x${'0f'.repeat(32)}`]) {
      const result = generated('opensips', {
        options: { useCase: 'outbound', auth: 'credential' },
        password,
      });
      assert.deepEqual(result.files, []);
      assert.match(problems(result), /SIP password: must not be 0x and a hash/);
      assert.ok(!problems(result).includes(password));
    }
    const longer = `0x${'a1'.repeat(16)}Z`;
    assert.ok(
      script('opensips', { useCase: 'outbound', auth: 'credential' }, longer).includes(longer),
    );
  });
});
