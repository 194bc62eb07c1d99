// FreePBX, MikoPBX and VICIdial: what their forms are told, and what Asterisk reads once they wrote it.
import assert from 'node:assert/strict';
import {
  TRANSPORTS,
  USE_CASES,
  generated,
  problems,
  textOf,
  loadWriters,
  type Given,
} from '../fixtures';
import {
  freepbxWrites,
  headerSet,
  merged,
  mikopbxAttributes,
  mikopbxWrites,
  numberDialled,
  numbersIn,
  sectionOfType,
  sectionsOf,
  stepsOf,
  vicidialAccount,
  vicidialDialplan,
  type Section,
} from '../readers/asterisk';
import { readSheet, rowOf, valueOf, valuesOf, type Sheet } from '../readers/markdown-sheet';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];
const open = { exotelAddresses: EXOTEL };

function fileOf(id: string, given: Given, name: string): string {
  return generated(id, given).files.find((file) => file.name === name)?.text ?? '';
}

function sheetOf(id: string, given: Given): Sheet {
  const files = generated(id, given).files;
  return readSheet(files.find(({ name }) => name.endsWith('.md'))?.text ?? '');
}

function freepbx(given: Given): readonly Section[] {
  const post = fileOf('freepbx', given, 'pjsip.endpoint_custom_post.conf');
  return sectionsOf(freepbxWrites(sheetOf('freepbx', given), post));
}

function mikopbx(given: Given): readonly Section[] {
  const attributes = fileOf('mikopbx', given, 'additional-pjsip-attributes.conf');
  const appended = fileOf('mikopbx', given, 'pjsip.conf');
  return sectionsOf(mikopbxWrites(sheetOf('mikopbx', given), attributes, appended));
}

/** What an endpoint has to say whoever wrote it. */
function checkEndpoint(sections: readonly Section[], transport: 'tls' | 'tcp', out: boolean): void {
  const endpoint = sectionOfType(sections, 'endpoint');
  assert.ok(endpoint !== undefined);
  assert.equal(endpoint.one('auth'), undefined);
  assert.equal(endpoint.one('allow'), 'alaw,ulaw');
  assert.equal(endpoint.one('identify_by'), 'ip');
  assert.equal(endpoint.one('allow_transfer'), 'no');
  assert.equal(endpoint.one('allow_subscribe'), 'no');
  assert.equal(endpoint.one('trust_id_inbound'), 'yes');
  assert.equal(endpoint.one('media_encryption') ?? 'no', transport === 'tls' ? 'sdes' : 'no');
  if (out) {
    assert.equal(endpoint.one('from_user'), '+918040001234');
    assert.equal(endpoint.one('from_domain'), 'exotest1.pstn.exotel.com');
  }
  assert.equal(sectionOfType(sections, 'registration'), undefined);
}

describe('FreePBX', () => {
  it('makes an endpoint of its fields that is like the one for plain Asterisk', () => {
    for (const useCase of ['outbound', 'inbound', 'both'] as const) {
      for (const transport of TRANSPORTS) {
        const given: Given = { options: { useCase, transport, ...open } };
        const sections = freepbx(given);
        checkEndpoint(sections, transport, useCase !== 'inbound');
        assert.equal(sectionOfType(sections, 'endpoint')?.one('send_pai'), 'yes');
        assert.equal(
          rowOf(sheetOf('freepbx', given), 'CID Options')?.words,
          useCase === 'inbound' ? undefined : 'Force Trunk CID',
        );
        const wanted = sectionOfType(sections, 'transport');
        assert.equal(wanted?.one('protocol'), transport);
        assert.equal(wanted.one('verify_server'), transport === 'tls' ? 'yes' : undefined);
        assert.equal(
          sectionOfType(sections, 'aor')?.one('contact'),
          `sip:in.voip.exotel.com:${transport === 'tls' ? 443 : 5070};transport=${transport}`,
        );
      }
    }
  });

  it('does not register, and digest only when Exotel wants it', () => {
    for (const useCase of USE_CASES) {
      for (const auth of ['credential', 'ip', 'both'] as const) {
        const given: Given = { options: { useCase, auth, ...open }, password: 'Correct0Horse' };
        const sheet = sheetOf('freepbx', given);
        const digest = useCase !== 'inbound' && auth !== 'ip';
        assert.equal(rowOf(sheet, 'Registration')?.words, 'None');
        assert.equal(rowOf(sheet, 'Authentication')?.words, digest ? 'Outbound' : 'None');
        const found = sectionOfType(freepbx(given), 'auth');
        assert.equal(found?.one('password'), digest ? 'Correct0Horse' : undefined);
      }
    }
  });

  it('lets in the addresses of Exotel to the inbound routes, and nobody else', () => {
    const given: Given = { options: { useCase: 'both', ...open } };
    const sheet = sheetOf('freepbx', given);
    assert.equal(valueOf(sheet, 'Match (Permit)'), '35.154.174.161/32,98.130.67.0/24');
    assert.equal(valueOf(sheet, 'Context'), 'from-pstn');
    assert.equal(rowOf(sheet, 'Allow Anonymous Inbound SIP Calls')?.words, 'No');
    assert.equal(rowOf(sheet, 'Allow SIP Guests')?.words, 'No');
    assert.deepEqual(valuesOf(sheet, 'DID Number'), ['+918040001234', '+918040005678']);
    const closed: Given = { options: { useCase: 'outbound', ...open } };
    assert.equal(valueOf(sheetOf('freepbx', closed), 'Context'), 'exotel-closed');
    const steps = stepsOf(fileOf('freepbx', closed, 'extensions_custom.conf'));
    assert.deepEqual(
      steps.map(({ context, does }) => [context, does]),
      [['exotel-closed', 'Hangup(21)']],
    );
  });

  it('types a semicolon so that it arrives, and refuses what cannot', () => {
    const options = { useCase: 'outbound', auth: 'credential' } as const;
    const sheet = sheetOf('freepbx', { options, password: 'a;b\\c' });
    assert.equal(valueOf(sheet, 'Secret'), 'a\\;b\\c');
    for (const password of ['>secret', '>']) {
      const result = generated('freepbx', { options, password });
      assert.deepEqual(result.files, []);
      assert.match(problems(result), /SIP password: must not begin with >/);
    }
  });

  it('gives the voice bot as a destination, with the header', () => {
    const given: Given = { options: { useCase: 'streamkit', auth: 'credential' } };
    const steps = stepsOf(fileOf('freepbx', given, 'extensions_custom.conf'));
    assert.equal(headerSet(steps, 'X-Exotel-AccountSid'), 'exotest1');
    assert.equal(numberDialled(steps, 'exotel'), '+918040005678');
    assert.ok(steps.some(({ does }) => does.includes('b(exotel-streamkit-header^s^1)')));
    assert.equal(valueOf(sheetOf('freepbx', given), 'Target'), 'exotel-streamkit,s,1');
  });
});

describe('MikoPBX', () => {
  it('makes an endpoint of its fields and attributes that is like the one for plain Asterisk', () => {
    for (const useCase of ['outbound', 'inbound', 'both'] as const) {
      for (const transport of TRANSPORTS) {
        const sections = mikopbx({ options: { useCase, transport, ...open } });
        checkEndpoint(sections, transport, useCase !== 'inbound');
        const endpoint = sectionOfType(sections, 'endpoint');
        assert.equal(endpoint?.one('transport'), `transport-${transport}`);
        assert.equal(endpoint.one('timers'), 'yes');
        // It would show the number of the phone inside.
        assert.equal(endpoint.one('send_pai'), undefined);
        assert.equal(
          sectionOfType(sections, 'transport')?.one('verify_server'),
          transport === 'tls' ? 'yes' : undefined,
        );
      }
    }
  });

  it('has digest behind pjsip.conf, where a provider without registration gets none', () => {
    const options = { useCase: 'outbound', auth: 'credential', peerName: 'acme' } as const;
    const sections = mikopbx({ options, password: 'a;b' });
    assert.equal(sectionOfType(sections, 'endpoint')?.one('outbound_auth'), 'acme-auth');
    const auth = sectionOfType(sections, 'auth');
    assert.equal(auth?.name, 'acme-auth');
    assert.equal(auth.one('password'), 'a;b');
    assert.equal(auth.one('username'), 'pbx_user');
    const byIp = mikopbx({ options: { ...options, auth: 'ip' } });
    assert.equal(sectionOfType(byIp, 'auth'), undefined);
    assert.equal(sectionOfType(byIp, 'endpoint')?.one('outbound_auth'), undefined);
  });

  it('has attributes of two sections and nothing in a comment that counts', () => {
    const text = fileOf(
      'mikopbx',
      { options: { useCase: 'both', ...open }, facts: { trunkName: '[endpoint] auth=x' } },
      'additional-pjsip-attributes.conf',
    );
    const found = mikopbxAttributes(text);
    const named = Object.entries(found).filter(([, options]) => Object.keys(options).length > 0);
    assert.deepEqual(
      named.map(([section]) => section),
      ['endpoint', 'aor'],
    );
    assert.equal(found['endpoint']?.['auth'], undefined);
  });

  it('lets in the addresses of Exotel', () => {
    const sheet = sheetOf('mikopbx', { options: { useCase: 'inbound', ...open } });
    assert.deepEqual(valuesOf(sheet, 'Additional provider addresses'), [
      '35.154.174.161/32',
      '98.130.67.0/24',
    ]);
    assert.equal(rowOf(sheet, 'Account type')?.words, 'No registration');
  });

  it('asks for the provider ID that the StreamKit call needs', () => {
    const result = generated('mikopbx', { options: { useCase: 'streamkit' } });
    const steps = stepsOf(textOf(result, 'extensions.conf'));
    assert.equal(headerSet(steps, 'X-Exotel-AccountSid'), 'exotest1');
    assert.equal(numberDialled(steps, 'SIP-TRUNK-XXXXXXXX'), '+918040005678');
    assert.match(textOf(result, 'extensions.conf'), /Fill in SIP-TRUNK-XXXXXXXX/);
    assert.match(problems(result), /SIP-TRUNK-XXXXXXXX is an example/);
  });
});

describe('VICIdial', () => {
  const entry = (given: Given) => vicidialAccount(fileOf('vicidial', given, 'account-entry.conf'));
  const steps = (given: Given) =>
    stepsOf(vicidialDialplan(fileOf('vicidial', given, 'dialplan-entry.conf')));

  it('has an Account Entry that loses nothing in the form', () => {
    for (const variant of ['chan-sip', 'pjsip']) {
      for (const useCase of USE_CASES) {
        for (const transport of TRANSPORTS) {
          const given: Given = { options: { variant, useCase, transport, ...open } };
          const text = fileOf('vicidial', given, 'account-entry.conf');
          assert.doesNotMatch(text, /[;\\'"]/);
          assert.ok(sectionsOf(merged(text)).length > 0);
          assert.doesNotMatch(
            fileOf('vicidial', given, 'dialplan-entry.conf').replace(/^;.*$/gm, ''),
            /[\\']/,
          );
        }
      }
    }
  });

  it('refuses a password that the form would change', () => {
    for (const password of ['a;b', "a'b", 'a\\b', 'a b', 'a"b', '>a']) {
      for (const variant of ['chan-sip', 'pjsip']) {
        const options = { variant, useCase: 'outbound', auth: 'credential' } as const;
        const result = generated('vicidial', { options, password });
        assert.deepEqual(result.files, []);
        assert.match(problems(result), /SIP password: must be letters, digits/);
      }
    }
  });

  it('is one carrier, by the protocol of the variant', () => {
    for (const [variant, protocol] of [
      ['', 'SIP'],
      ['chan-sip', 'SIP'],
      ['pjsip', 'PJSIP'],
    ] as const) {
      const given: Given = { options: { variant, useCase: 'both', ...open } };
      const sheet = sheetOf('vicidial', given);
      assert.equal(valueOf(sheet, 'Protocol'), protocol);
      assert.equal(rowOf(sheet, 'Registration String')?.words, 'Empty');
      assert.match(valueOf(sheet, 'Carrier Description') ?? '', /^Exotel trunk outbound_trunk/);
      assert.equal(fileOf('vicidial', given, 'sip.conf') === '', protocol === 'PJSIP');
    }
    const name = { options: { peerName: 'a-very-long-trunk-name' } };
    assert.equal(valueOf(sheetOf('vicidial', name), 'Carrier ID'), 'a-very-long-tru');
  });

  it('writes PJSIP without a semicolon in the contact', () => {
    for (const transport of TRANSPORTS) {
      const options = { variant: 'pjsip', useCase: 'both', transport, ...open } as const;
      const sections = sectionsOf(entry({ options, password: 'Correct0Horse' }));
      checkEndpoint(sections, transport, true);
      const port = transport === 'tls' ? 443 : 5070;
      assert.equal(
        sectionOfType(sections, 'aor')?.one('contact'),
        `sip:in.voip.exotel.com:${port}`,
      );
      assert.equal(sectionOfType(sections, 'transport')?.one('protocol'), transport);
      assert.equal(sectionOfType(sections, 'auth')?.one('auth_type'), 'userpass');
      assert.equal(sectionOfType(sections, 'endpoint')?.one('context'), 'trunkinbound');
    }
  });

  it('writes chan_sip with SRTP in every peer and TLS in sip.conf', () => {
    const given: Given = { options: { variant: 'chan-sip', useCase: 'both', ...open } };
    for (const peer of sectionsOf(merged(entry(given)))) {
      assert.equal(peer.type, 'peer');
      assert.equal(peer.one('encryption'), 'yes');
      assert.equal(peer.one('transport'), 'tls');
      assert.equal(peer.one('context'), 'trunkinbound');
      assert.equal(peer.one('insecure'), 'port,invite');
    }
    const general = sectionsOf(merged(`[general]\n${fileOf('vicidial', given, 'sip.conf')}`))[0];
    assert.equal(general?.one('tlsdontverifyserver'), 'no');
    assert.equal(general.one('allowguest'), 'no');
  });

  it('dials with the plus, and the flow with its header', () => {
    for (const [variant, dialled, header] of [
      ['chan-sip', 'Dial(SIP/exotel/', 'SIPAddHeader(X-Exotel-AccountSid: exotest1)'],
      ['pjsip', 'Dial(PJSIP/', 'Set(PJSIP_HEADER(add,X-Exotel-AccountSid)=exotest1)'],
    ] as const) {
      const out = steps({ options: { variant, useCase: 'outbound' } }).map(({ does }) => does);
      assert.ok(out.some((one) => one.startsWith(`${dialled}+\${FILTER(0-9,\${EXTEN:1})}`)));
      assert.ok(out.includes('Set(CALLERID(num)=+918040001234)'));
      const flow = steps({ options: { variant, useCase: 'streamkit' } });
      assert.ok(flow.some(({ does }) => does === header));
      assert.equal(numberDialled(flow, 'exotel'), '+918040005678');
    }
    const pjsip = steps({ options: { variant: 'pjsip', useCase: 'streamkit' } });
    assert.ok(pjsip.some(({ does }) => does.endsWith('b(exotel-header^1))')));
    assert.ok(pjsip.some(({ exten }) => exten === 'exotel-header'));
  });

  it('leads calls in to the DIDs without the plus, or nowhere', () => {
    const given: Given = { options: { useCase: 'inbound', ...open } };
    const inbound = stepsOf(fileOf('vicidial', given, 'extensions.conf'));
    assert.deepEqual(numbersIn(inbound, 'trunkinbound'), ['+918040001234', '+918040005678']);
    assert.equal(inbound[0]?.does, 'Goto(trunkinbound,918040001234,1)');
    const closed = stepsOf(
      fileOf('vicidial', { options: { useCase: 'outbound' } }, 'extensions.conf'),
    );
    assert.deepEqual(
      closed.map(({ context, does }) => [context, does]),
      [['exotel-closed', 'Hangup(21)']],
    );
  });
});
