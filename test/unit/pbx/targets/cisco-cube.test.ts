// What the text for Cisco CUBE must and must not say.
import assert from 'node:assert/strict';
import { iosNetwork, iosPeer, iosWord } from '../../../../src/pbx/quoting/cisco-ios';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  connectionOf,
  generated,
  problems,
  textOf,
  cardOf,
  writerOf,
  loadWriters,
  type Given,
} from '../fixtures';
import { dialPeer, iosHas, iosValues, readIos, trustedNetworks } from '../readers/cisco-ios';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];
const PEER = 'ipv4:10.0.0.5';

function commandsOf(given: Given) {
  return readIos(textOf(generated('cisco-cube', given)));
}

function cube(options: Given['options'] = {}, password = 'Correct0Horse') {
  return commandsOf({ options: { insidePeer: PEER, ...options }, password });
}

describe('Cisco CUBE text', () => {
  for (const variant of cardOf('cisco-cube').variants) {
    for (const useCase of USE_CASES) {
      for (const auth of AUTH_MODES) {
        for (const transport of TRANSPORTS) {
          it(`is IOS for ${useCase}, ${auth}, ${transport}, ${variant.name}`, () => {
            const out = useCase !== 'inbound';
            const commands = cube({
              useCase,
              auth,
              transport,
              exotelAddresses: EXOTEL,
              variant: variant.id,
            });
            const all = commands.map(({ command }) => command).join('\n');
            assert.doesNotMatch(all, /registrar|credentials|udp|no ip address trusted/);
            assert.equal(all.includes('password 0 Correct0Horse'), out && auth !== 'ip');
            assert.equal(all.includes('X-Exotel-AccountSid'), useCase === 'streamkit');
            assert.equal(all.includes('sip-server dns:in.voip.exotel.com:'), out);
            assert.ok(iosHas(commands, 'voice service voip', 'ip address trusted authenticate'));
            const tls = transport === 'tls';
            const toExotel = dialPeer(commands, /calls to Exotel/);
            const fromExotel = dialPeer(commands, /calls from Exotel/);
            assert.equal(toExotel !== undefined, out);
            assert.equal(fromExotel !== undefined, useCase === 'inbound' || useCase === 'both');
            for (const peer of [toExotel, fromExotel]) {
              if (peer === undefined) continue;
              assert.equal(iosHas(commands, peer, 'srtp'), tls, 'SRTP');
              assert.ok(iosHas(commands, peer, 'dtmf-relay rtp-nte'));
              assert.ok(
                iosHas(commands, peer, `session transport ${tls ? 'tcp tls' : 'tcp'}`),
                'transport',
              );
              assert.equal(iosValues(commands, 'voice-class sip tenant', peer).length, 1);
              assert.equal(iosValues(commands, 'voice-class codec', peer).length, 1);
            }
            assert.equal(all.includes('AES_CM_128_HMAC_SHA1_80'), tls);
            assert.equal(/cn-san validate server|cn-san-validate server/.test(all), tls);
          });
        }
      }
    }
  }

  it('takes calls from the PBX and from Exotel, and from nobody else', () => {
    assert.deepEqual(trustedNetworks(cube({ useCase: 'both', exotelAddresses: EXOTEL })), [
      '10.0.0.5/32',
      '35.154.174.161/32',
      '98.130.67.0/24',
    ]);
    assert.deepEqual(trustedNetworks(cube({ useCase: 'outbound', exotelAddresses: EXOTEL })), [
      '10.0.0.5/32',
    ]);
  });

  it('has no dial peer for calls in while the addresses of Exotel are unknown', () => {
    for (const useCase of ['inbound', 'both'] as const) {
      const given = { options: { useCase, exotelAddresses: [], insidePeer: PEER } };
      assert.match(textOf(generated('cisco-cube', given)), /Inbound calls: left out, because/);
      assert.equal(dialPeer(commandsOf(given), /calls from Exotel/), undefined);
      assert.deepEqual(iosValues(commandsOf(given), 'incoming uri via').slice(1), []);
    }
  });

  it('sends every call from Exotel to the PBX and none back out', () => {
    const commands = cube({ useCase: 'both', exotelAddresses: EXOTEL });
    const peer = dialPeer(commands, /calls from Exotel/) ?? '';
    const [group] = iosValues(commands, 'destination dpg', peer);
    const [target] = iosValues(commands, 'dial-peer', `voice class dpg ${group}`);
    assert.equal(dialPeer(commands, /calls to the PBX/), `dial-peer voice ${target} voip`);
    assert.deepEqual(iosValues(commands, 'destination-pattern'), ['BAD.BAD', 'BAD.BAD']);
    assert.ok(iosHas(commands, 'voice class uri exotel-edge', 'host ipv4:35.154.174.161'));
    assert.ok(iosHas(commands, 'voice class uri exotel-edge', 'host ^98\\.130\\.67\\.'));
    assert.deepEqual(iosValues(commands, 'session target', `dial-peer voice ${target}`), [PEER]);
  });

  it('shows a number of the trunk at the account domain', () => {
    const rules = iosValues(cube({ useCase: 'outbound' }), 'rule', 'voice class sip-profiles');
    const from = '"<sip:+918040001234@exotest1.pstn.exotel.com>"';
    assert.deepEqual(rules, [
      `1 request ANY sip-header From modify "<.*>" ${from}`,
      `2 request ANY sip-header P-Asserted-Identity modify "<.*>" ${from}`,
    ]);
  });

  it('makes E.164 of national numbers in India, and the Exophone of everything for a flow', () => {
    const dialled = (commands: ReturnType<typeof readIos>, number: string): string => {
      for (const rule of iosValues(commands, 'rule', 'voice translation-rule')) {
        const [, pattern = '', to = ''] = /^[0-9]+ \/(.*)\/ \/(.*)\/$/.exec(rule) ?? [];
        const match = new RegExp(pattern.replace(/\\([()])/g, '$1')).exec(number);
        if (match !== null) return to.replace('\\1', match[1] ?? '');
      }
      return number;
    };
    const india = cube({ useCase: 'outbound' });
    for (const number of [
      '+919812345678',
      '00919812345678',
      '09812345678',
      '919812345678',
      '9812345678',
    ]) {
      assert.equal(dialled(india, number), '+919812345678', number);
    }
    assert.equal(dialled(india, '9123456789'), '+919123456789');
    assert.equal(dialled(india, '006531234567'), '+6531234567');
    assert.equal(dialled(cube({ useCase: 'streamkit' }), '6001'), '+918040005678');
    const inbound = cube({ useCase: 'inbound', exotelAddresses: EXOTEL });
    assert.equal(dialled(inbound, '918040001234'), '+918040001234');
    assert.equal(dialled(inbound, '+918040001234'), '+918040001234');
  });

  it('hides the private address behind NAT in SIP and in SDP', () => {
    const rules = iosValues(
      cube({ publicAddress: '203.0.113.10' }),
      'rule',
      'voice class sip-profiles',
    );
    for (const place of [
      'sip-header Contact',
      'sdp-header Connection-Info',
      'sdp-header Audio-Connection-Info',
      'sdp-header Session-Owner',
    ]) {
      for (const kind of ['request', 'response']) {
        const wanted = `${kind} ANY ${place} modify "192.0.2.20" "203.0.113.10"`;
        assert.ok(
          rules.some((rule) => rule.endsWith(wanted)),
          wanted,
        );
      }
    }
  });

  it('listens where Exotel was told to call, as far as the release can', () => {
    const given: Given = {
      facts: { destinations: ['sip:pbx.example.com:5081;transport=tls'] },
      options: { useCase: 'inbound', exotelAddresses: EXOTEL },
    };
    assert.deepEqual(iosValues(commandsOf(given), 'listen-port'), ['secure 5081']);
    const older = { ...given, options: { ...given.options, variant: 'ios-xe-16.9' } };
    assert.deepEqual(iosValues(commandsOf(older), 'listen-port'), []);
    assert.match(textOf(generated('cisco-cube', older)), /listens on 5061 for every trunk/);
  });

  it('offers the codecs in their order', () => {
    const codecs = (chosen: ('PCMA' | 'PCMU' | 'G729')[]) =>
      iosValues(cube({ codecs: chosen }), 'codec preference');
    assert.deepEqual(codecs(['PCMA', 'PCMU']), ['1 g711alaw', '2 g711ulaw']);
    assert.deepEqual(codecs(['G729', 'PCMU']), ['1 g729r8', '2 g711ulaw']);
  });

  it('lets two trunks live on one router', () => {
    const tags = (peerName: string) =>
      new Set(
        textOf(generated('cisco-cube', { options: { peerName, useCase: 'both' } })).match(
          /(?<=tenant |dial-peer voice |profiles |translation-rule )[0-9]+/g,
        ),
      );
    const first = tags('exotel');
    for (const tag of tags('exotel-2')) assert.ok(!first.has(tag), tag);
    for (const tag of [...first].filter((one) => one.length < 5)) assert.ok(Number(tag) <= 10_000);
  });

  it('goes to a dial peer that is there already', () => {
    const commands = cube({
      useCase: 'both',
      exotelAddresses: EXOTEL,
      insidePeer: 'dial-peer:200',
    });
    assert.deepEqual(iosValues(commands, 'dial-peer', 'voice class dpg')[1], '200');
    assert.equal(dialPeer(commands, /the PBX$/)?.includes('calls to the PBX'), false);
    assert.deepEqual(trustedNetworks(commands), ['35.154.174.161/32', '98.130.67.0/24']);
  });

  it('refuses what IOS cannot quote', () => {
    for (const bad of ['a b', 'a?b', 'a"b', "a'b", 'a!b', 'é', '', 'a;b', 'a$b', '<x>']) {
      assert.throws(() => iosWord('SIP password', bad), /SIP password: must be letters, digits/);
      const result = generated('cisco-cube', { options: { auth: 'credential' }, password: bad });
      assert.deepEqual(result.files, []);
      assert.match(problems(result), /SIP password/);
    }
    assert.equal(iosWord('SIP password', '7Abc._-9'), '7Abc._-9');
  });

  it('knows masks and inside peers', () => {
    assert.equal(iosNetwork('10.0.0.0/16'), '10.0.0.0 255.255.0.0');
    assert.equal(iosNetwork('10.0.0.128/25'), '10.0.0.128 255.255.255.128');
    assert.equal(iosNetwork('10.0.0.1/32'), '10.0.0.1');
    assert.deepEqual(iosPeer('Inside peer', 'ipv4:10.0.0.5:5070'), {
      kind: 'address',
      address: '10.0.0.5',
      port: 5070,
    });
    for (const bad of ['10.0.0.5', 'ipv4:10.0.0.256', 'ipv4:a', 'ipv4:10.0.0.5 x', 'dial-peer:0']) {
      assert.throws(() => iosPeer('Inside peer', bad), /Inside peer/);
    }
  });

  it('names every example it leaves in the text', () => {
    for (const useCase of USE_CASES) {
      for (const publicAddress of [null, '203.0.113.10']) {
        for (const insidePeer of ['', PEER, 'dial-peer:200']) {
          const options = { useCase, publicAddress, insidePeer };
          const text = textOf(generated('cisco-cube', { options }))
            .split('\n')
            .filter((line) => !line.startsWith('!'))
            .join('\n');
          const writer = writerOf('cisco-cube');
          for (const { text: example } of writer.placeholders(connectionOf({ options }))) {
            assert.ok(text.includes(example), `${useCase} ${insidePeer} ${example}`);
          }
        }
      }
    }
  });
});
