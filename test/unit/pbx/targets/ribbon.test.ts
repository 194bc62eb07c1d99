// What the sheet for Ribbon SBC Edge must and must not say.
import assert from 'node:assert/strict';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  connectionOf,
  generated,
  problems,
  textOf,
  writerOf,
  loadWriters,
  type Given,
} from '../fixtures';
import { readSheet, rowOf, valueOf, valuesOf } from '../readers/markdown-sheet';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];

function sheet(options: Given['options'] = {}, password = 'Correct0Horse') {
  return readSheet(textOf(generated('ribbon', { options, password })));
}

describe('Ribbon sheet', () => {
  for (const useCase of USE_CASES) {
    for (const auth of AUTH_MODES) {
      for (const transport of TRANSPORTS) {
        it(`has what ${useCase}, ${auth}, ${transport} needs`, () => {
          const out = useCase !== 'inbound';
          const tls = transport === 'tls';
          const read = sheet({ useCase, auth, transport, exotelAddresses: EXOTEL });
          const words = (setting: string) => rowOf(read, setting)?.words;
          assert.equal(words('Operation Option'), tls ? 'Required' : undefined);
          assert.equal(valueOf(read, 'Crypto Suite'), tls ? 'AES_CM_128_HMAC_SHA1_80' : undefined);
          assert.equal(
            words('SDES-SRTP Profile'),
            tls ? '{}' : 'None: with TCP Exotel takes plain RTP',
          );
          assert.equal(words('Verify Peer Server Certificate'), tls ? 'Enabled' : undefined);
          assert.equal(words('Validate Server FQDN'), tls ? 'Enabled' : undefined);
          assert.equal(words('Protocol'), out ? (tls ? 'TLS' : 'TCP') : undefined);
          assert.equal(words('Listen Protocol'), tls ? 'TLS' : 'TCP');
          assert.equal(valueOf(read, 'Port'), out ? (tls ? '443' : '5070') : undefined);
          const digest = out && auth !== 'ip';
          assert.equal(valueOf(read, 'Authentication ID'), digest ? 'pbx_user' : undefined);
          assert.equal(valueOf(read, 'Enter Password'), digest ? 'Correct0Horse' : undefined);
          assert.equal(words('From URI User Match'), digest ? 'Regex' : undefined);
          assert.equal(
            words('Contact Registrant Table'),
            out ? 'None: Exotel takes no registration' : undefined,
          );
          assert.equal(words('Challenge Request'), 'Disable: Exotel must not be challenged');
          assert.equal(valueOf(read, 'Static Host'), out ? 'exotest1.pstn.exotel.com' : undefined);
          assert.equal(words('FQDN in From Header'), out ? 'Static' : undefined);
          const flow = useCase === 'streamkit';
          assert.equal(valueOf(read, 'Header Name'), flow ? 'X-Exotel-AccountSid' : undefined);
          assert.equal(valueOf(read, 'Header Value'), flow ? 'exotest1' : undefined);
          assert.equal(
            valueOf(read, 'Outbound Message Manipulation, Table List'),
            flow ? 'exotel-flow' : undefined,
          );
        });
      }
    }
  }

  it('refers to tables that stand on pages above', () => {
    for (const useCase of USE_CASES) {
      for (const transport of TRANSPORTS) {
        const read = sheet({ useCase, transport, auth: 'credential', exotelAddresses: EXOTEL });
        const made = new Set(['exotel', 'exotel-routes']);
        for (const { rows } of read.pages) {
          for (const { setting, values } of rows) {
            for (const value of values.filter((one) => one.startsWith('exotel'))) {
              if (setting.endsWith('description')) made.add(value);
              else if (!value.includes('.') && value !== 'exotest1') {
                assert.ok(made.has(value), `${setting}: ${value}`);
              }
            }
          }
        }
      }
    }
  });

  it('takes calls from the addresses of Exotel', () => {
    const setting = 'Federated IP/FQDN, each with its netmask';
    assert.deepEqual(valuesOf(sheet({ useCase: 'both', exotelAddresses: EXOTEL }), setting), [
      '35.154.174.161/32',
      '98.130.67.0/24',
    ]);
    for (const useCase of ['inbound', 'both'] as const) {
      const closed = sheet({ useCase, exotelAddresses: [] });
      assert.equal(rowOf(closed, setting)?.words, 'None');
      assert.equal(rowOf(closed, 'Destination signaling group of the route in'), undefined);
      assert.match(
        closed.pages.flatMap(({ text }) => text).join('\n'),
        /Inbound calls: left out, because/,
      );
    }
  });

  it('dials E.164 and shows a number of the trunk', () => {
    const read = sheet({ useCase: 'outbound' });
    const page = read.pages.find(({ heading }) => heading.endsWith('to Exotel'));
    const called = textOf(generated('ribbon', { options: { useCase: 'outbound' } })).matchAll(
      /\| Called Address\/Number `([^`]+)` becomes \| `([^`]+)` \|/g,
    );
    const rules = Array.from(called, ([, from = '', to = '']) => [from, to] as const);
    const dialled = (number: string) => {
      for (const [from, to] of rules) {
        const match = new RegExp(`^(?:${from})$`).exec(number);
        if (match !== null) return to.replace('\\1', match[1] ?? '');
      }
      return number;
    };
    for (const number of ['+919812345678', '00919812345678', '09812345678', '9812345678']) {
      assert.equal(dialled(number), '+919812345678', number);
    }
    assert.equal(page?.rows.at(-1)?.values[0], '+918040001234');
    const flow = sheet({ useCase: 'streamkit' });
    assert.equal(valueOf(flow, 'Called Address/Number {} becomes'), '+918040005678');
  });

  it('tells Exotel the public address behind NAT', () => {
    const read = sheet({ publicAddress: '203.0.113.10' });
    assert.equal(rowOf(read, 'Outbound NAT Traversal')?.words, 'Static NAT');
    assert.equal(valueOf(read, 'NAT Public IP (Signaling/Media)'), '203.0.113.10');
    assert.equal(rowOf(sheet(), 'Outbound NAT Traversal'), undefined);
  });

  it('offers the codecs in their order, and any signaling group', () => {
    assert.deepEqual(
      valuesOf(sheet({ codecs: ['PCMU', 'PCMA'] }), 'Media Profiles List, in this order'),
      ['G.711 μ-Law', 'G.711 A-Law'],
    );
    const read = sheet({ useCase: 'both', exotelAddresses: EXOTEL, insidePeer: 'Lync | 2' });
    assert.equal(valueOf(read, 'Destination signaling group of the route in'), 'Lync | 2');
  });

  it('refuses a password that the form would cut', () => {
    const result = generated('ribbon', {
      options: { auth: 'credential' },
      password: 'x'.repeat(65),
    });
    assert.deepEqual(result.files, []);
    assert.match(problems(result), /SIP password: must not be longer than 64 characters/);
  });

  it('names every example it leaves in the sheet', () => {
    for (const useCase of USE_CASES) {
      for (const exotelAddresses of [[], EXOTEL]) {
        const options = { useCase, exotelAddresses };
        const text = textOf(generated('ribbon', { options })).replace(/<!--.*?-->/g, '');
        for (const { text: example } of writerOf('ribbon').placeholders(
          connectionOf({ options }),
        )) {
          assert.ok(text.includes(example), `${useCase} ${example}`);
        }
      }
    }
  });
});
