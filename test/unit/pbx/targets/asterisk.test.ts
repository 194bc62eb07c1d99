// What holds for Asterisk, with PJSIP and with chan_sip, beyond what every target's tests ask.
import assert from 'node:assert/strict';
import type { Generated } from '../../../../src/pbx/types';
import {
  TRANSPORTS,
  USE_CASES,
  generated,
  problems,
  textOf,
  cardOf,
  loadWriters,
  type Given,
} from '../fixtures';
import { merged, sectionOfType, sectionsOf, stepsOf, type Section } from '../readers/asterisk';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.5'];
const open = { exotelAddresses: EXOTEL };

function pjsip(given: Given): readonly Section[] {
  return sectionsOf(textOf(generated('asterisk-pjsip', given), 'pjsip.conf'));
}

function sip(given: Given): readonly Section[] {
  const text = textOf(generated('asterisk-chan-sip', given), 'sip.conf');
  return sectionsOf(merged(`[general]\n${text}`));
}

function does(result: Generated, context: string): string[] {
  return stepsOf(textOf(result, 'extensions.conf'))
    .filter((one) => one.context === context)
    .map((one) => one.does);
}

describe('Asterisk with PJSIP', () => {
  it('writes the auth type of the chosen version, the current one by default', () => {
    const type = (variant: string) =>
      sectionOfType(pjsip({ options: { variant, auth: 'credential' } }), 'auth')?.one('auth_type');
    assert.equal(type(''), 'digest');
    assert.equal(type('current'), 'digest');
    assert.equal(type('older'), 'userpass');
    assert.deepEqual(
      cardOf('asterisk-pjsip').variants.map(({ id }) => id),
      ['current', 'older'],
    );
  });

  it('writes TCP keep-alive only where it is known, and never with TLS', () => {
    const keepAlive = (variant: string, transport: 'tls' | 'tcp') =>
      sectionOfType(pjsip({ options: { variant, transport } }), 'transport')?.one(
        'tcp_keepalive_enable',
      );
    assert.equal(keepAlive('current', 'tcp'), 'yes');
    assert.equal(keepAlive('older', 'tcp'), undefined);
    assert.equal(keepAlive('current', 'tls'), undefined);
  });

  it('differs between the versions in nothing else', () => {
    const text = (variant: string) =>
      textOf(generated('asterisk-pjsip', { options: { variant, useCase: 'both', ...open } }));
    const other = (variant: string) =>
      text(variant)
        .split('\n')
        .filter((line) => !line.includes('auth_type'));
    assert.deepEqual(other('older'), other('current'));
  });

  it('names everything after the trunk, so that two stand side by side', () => {
    const sections = pjsip({ options: { useCase: 'both', peerName: 'acme', ...open } });
    assert.deepEqual(
      sections.map(({ name }) => name),
      ['acme-transport', 'acme', 'acme', 'acme-auth', 'acme-identify'],
    );
    const endpoint = sectionOfType(sections, 'endpoint');
    assert.equal(endpoint?.one('transport'), 'acme-transport');
    assert.equal(endpoint.one('aors'), 'acme');
    assert.equal(endpoint.one('outbound_auth'), 'acme-auth');
    assert.equal(sectionOfType(sections, 'identify')?.one('endpoint'), 'acme');
    for (const useCase of USE_CASES) {
      const result = generated('asterisk-pjsip', {
        options: { useCase, peerName: 'acme', inboundContext: 'in', ...open },
        facts: { trunkName: 'x' },
      });
      assert.doesNotMatch(
        textOf(result).replace(/^;.*$/gm, ''),
        /(?<!\.)\bexotel\b(?!\.com)/,
        useCase,
      );
    }
  });

  it('refuses a name that is none', () => {
    for (const peerName of ['', '1st', 'a b', 'a]', 'x'.repeat(25), 'a;b']) {
      for (const id of ['asterisk-pjsip', 'asterisk-chan-sip', 'freepbx', 'vicidial', 'mikopbx']) {
        const result = generated(id, { options: { peerName } });
        assert.deepEqual(result.files, [], `${id} ${peerName}`);
        assert.match(problems(result), /Name inside the PBX/);
      }
    }
  });

  it('does not let calls in where calls of the same trunk go out', () => {
    for (const inboundContext of ['acme-outbound', 'acme-streamkit', 'acme-closed']) {
      for (const id of ['asterisk-pjsip', 'asterisk-chan-sip']) {
        const options = { useCase: 'both', peerName: 'acme', inboundContext, ...open } as const;
        assert.deepEqual(generated(id, { options }).files, []);
      }
    }
  });

  it('puts the header on the StreamKit call and calls the flow', () => {
    const result = generated('asterisk-pjsip', { options: { useCase: 'streamkit' } });
    assert.deepEqual(does(result, 'exotel-streamkit-header'), [
      'Set(PJSIP_HEADER(add,X-Exotel-AccountSid)=exotest1)',
      'Return()',
    ]);
    assert.ok(
      does(result, 'exotel-streamkit').includes(
        'Dial(PJSIP/+918040005678@exotel,60,b(exotel-streamkit-header^s^1))',
      ),
    );
  });

  it('takes no call in when only calls out are wanted', () => {
    for (const useCase of ['outbound', 'streamkit'] as const) {
      const given: Given = { options: { useCase, ...open } };
      assert.equal(sectionOfType(pjsip(given), 'endpoint')?.one('context'), 'exotel-closed');
      assert.equal(sectionOfType(pjsip(given), 'identify'), undefined);
      assert.deepEqual(does(generated('asterisk-pjsip', given), 'exotel-closed'), ['Hangup(21)']);
    }
  });
});

describe('Asterisk with chan_sip', () => {
  it('adds to [general] and leaves nobody in by default', () => {
    for (const useCase of USE_CASES) {
      for (const transport of TRANSPORTS) {
        const given: Given = { options: { useCase, transport, ...open } };
        const text = textOf(generated('asterisk-chan-sip', given), 'sip.conf');
        assert.match(text, /^\[general\]\(\+\)$/m);
        assert.doesNotMatch(text, /^\[general\]$/m);
        const general = sip(given).find(({ name }) => name === 'general');
        assert.equal(general?.one('allowguest'), 'no');
        assert.equal(general.one('alwaysauthreject'), 'yes');
        assert.equal(general.one('session-timers'), 'accept');
        assert.equal(general.one('nat'), 'force_rport,comedia');
      }
    }
  });

  it('encrypts and verifies with TLS, and does neither with TCP', () => {
    const tls = sip({ options: { useCase: 'both', transport: 'tls', ...open } });
    const [general, ...peers] = tls;
    assert.equal(general?.one('tlsenable'), 'yes');
    assert.equal(general.one('tlsbindaddr'), '0.0.0.0:5061');
    assert.equal(general.one('tlsdontverifyserver'), 'no');
    assert.equal(general.one('tlscafile'), '/etc/ssl/certs/ca-certificates.crt');
    assert.equal(general.one('tlscertfile'), '/etc/ssl/certs/pbx.pem');
    for (const peer of peers) {
      assert.equal(peer.one('transport'), 'tls');
      assert.equal(peer.one('encryption'), 'yes');
    }
    const [plain, ...others] = sip({ options: { useCase: 'both', transport: 'tcp', ...open } });
    assert.equal(plain?.one('tcpenable'), 'yes');
    assert.equal(plain.one('tcpbindaddr'), '0.0.0.0:5060');
    assert.equal(plain.one('tlsenable'), undefined);
    for (const peer of others) {
      assert.equal(peer.one('transport'), 'tcp');
      assert.equal(peer.one('encryption'), 'no');
    }
  });

  it('never challenges Exotel and calls out with its own secret', () => {
    const options = { useCase: 'both', auth: 'credential', ...open } as const;
    const peers = sip({ options, password: 'Correct0Horse' }).slice(1);
    for (const peer of peers) {
      assert.equal(peer.type, 'peer');
      assert.equal(peer.one('secret'), undefined);
      assert.equal(peer.one('nat'), undefined);
      assert.equal(peer.one('insecure'), 'port,invite');
      assert.equal(peer.one('directmedia'), 'no');
      assert.equal(peer.one('dtmfmode'), 'rfc2833');
      assert.equal(peer.one('allow'), 'alaw,ulaw');
    }
    const [out] = peers;
    assert.equal(out?.one('remotesecret'), 'Correct0Horse');
    assert.equal(out.one('defaultuser'), 'pbx_user');
    assert.equal(out.one('fromdomain'), 'exotest1.pstn.exotel.com');
    assert.equal(out.one('fromuser'), '+918040001234');
    assert.equal(out.one('sendrpid'), 'pai');
    const byIp = sip({ options: { ...options, auth: 'ip' } })[1];
    assert.equal(byIp?.one('remotesecret'), undefined);
    assert.equal(byIp?.one('defaultuser'), undefined);
  });

  it('knows every single address of Exotel, also those of a network', () => {
    const hosts = (exotelAddresses: string[]) =>
      sip({ options: { useCase: 'inbound', exotelAddresses } })
        .filter(({ name }) => name.startsWith('exotel-in-'))
        .map((peer) => peer.one('host'));
    assert.deepEqual(hosts(EXOTEL), EXOTEL);
    assert.deepEqual(hosts(['192.0.2.6/30', '192.0.2.5']), [
      '192.0.2.4',
      '192.0.2.5',
      '192.0.2.6',
      '192.0.2.7',
    ]);
    assert.equal(hosts(['198.51.100.0/24']).length, 256);
    const result = generated('asterisk-chan-sip', {
      options: { useCase: 'inbound', exotelAddresses: ['198.51.0.0/16'] },
    });
    assert.deepEqual(result.files, []);
    assert.match(problems(result), /Exotel's addresses: must not be more than 512 addresses/);
  });

  it('has no peer to call in when nobody may', () => {
    for (const useCase of ['outbound', 'streamkit'] as const) {
      const peers = sip({ options: { useCase, ...open } }).slice(1);
      assert.deepEqual(
        peers.map((peer) => [peer.name, peer.one('context')]),
        [['exotel', 'exotel-closed']],
      );
    }
    const closed = sip({ options: { useCase: 'inbound', exotelAddresses: [] } });
    assert.deepEqual(
      closed.map(({ name }) => name),
      ['general'],
    );
  });

  it('tells Exotel the public address behind NAT', () => {
    const [general] = sip({
      options: { publicAddress: '203.0.113.10', localNetworks: ['10.0.0.0/8'] },
    });
    assert.equal(general?.one('externaddr'), '203.0.113.10');
    assert.equal(general.one('externtlsport'), '5061');
    assert.deepEqual(general.all('localnet'), ['10.0.0.0/8']);
  });

  it('puts the header on the StreamKit call before it dials the flow', () => {
    const result = generated('asterisk-chan-sip', { options: { useCase: 'streamkit' } });
    const steps = does(result, 'exotel-streamkit');
    const header = steps.indexOf('SIPAddHeader(X-Exotel-AccountSid: exotest1)');
    assert.ok(header > 0 && header < steps.indexOf('Dial(SIP/exotel/+918040005678,60)'));
  });

  it('dials E.164 through a filter', () => {
    const steps = does(
      generated('asterisk-chan-sip', { options: { useCase: 'outbound' } }),
      'exotel-outbound',
    );
    assert.ok(steps.includes('Set(E164=+${FILTER(0-9,${EXTEN:1})})'));
    assert.ok(steps.includes('Dial(SIP/exotel/${E164},60)'));
  });

  it('refuses the names that mean something else in sip.conf', () => {
    for (const peerName of ['general', 'authentication', 'General']) {
      const result = generated('asterisk-chan-sip', { options: { peerName } });
      assert.deepEqual(result.files, []);
    }
  });
});
