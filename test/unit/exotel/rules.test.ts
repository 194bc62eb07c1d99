/** What a person may type: what is put right, what is refused and why, before anything is sent. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Checked } from '../../../src/exotel/rules/checked';
import {
  checkAccountSid,
  checkDomain,
  checkFriendlyName,
  checkPassword,
  checkPriority,
  checkTrunkName,
  checkTrunkSid,
  checkUserName,
  checkWeight,
  generatePassword,
} from '../../../src/exotel/rules/names';
import { checkApiHost } from '../../../src/exotel/rules/host';
import { checkDestination } from '../../../src/exotel/rules/destination';
import { checkIp, checkMask } from '../../../src/exotel/rules/addresses';
import { checkPhoneNumber } from '../../../src/exotel/rules/numbers';
import { Secret } from '../../../src/exotel/secret';
import { splitList } from '../../../src/exotel/rules/list';

function accepted<T>(result: Checked<T>): T {
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.value;
}

function warningsOf<T>(result: Checked<T>): string {
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.warnings.map(({ message }) => message).join(' ');
}

function refusal<T>(result: Checked<T>): string {
  assert.ok(!result.ok, `accepted ${JSON.stringify(result)}`);
  return result.message;
}

describe('A trunk name', () => {
  it('is 1 to 16 letters, digits and underscores', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\w{1,16}$/), (name) => {
        assert.equal(accepted(checkTrunkName(` ${name} `)), name);
      }),
    );
  });

  it('is told how long it is and which character is in the way', () => {
    assert.match(refusal(checkTrunkName('x'.repeat(19))), /19 characters.*at most 16/);
    assert.match(refusal(checkTrunkName('my-trunk')), /^“-” is not allowed/);
    assert.match(refusal(checkTrunkName('my trunk')), /^A space is not allowed/);
    assert.match(refusal(checkTrunkName('a\u200bb')), /U\+200B/);
    assert.match(refusal(checkTrunkName('Zentrale-Stra\u00dfe-1-2')), /“-”.*19 characters/);
    assert.match(refusal(checkTrunkName('  ')), /is needed/);
  });
});

describe('Other names', () => {
  it('follow the same characters with their own lengths', () => {
    assert.equal(accepted(checkUserName('pbx_1')), 'pbx_1');
    assert.match(refusal(checkUserName('pbx@acme')), /“@”/);
    assert.equal(accepted(checkFriendlyName('x'.repeat(32))).length, 32);
    assert.match(refusal(checkFriendlyName('x'.repeat(33))), /33 characters.*at most 32/);
    assert.match(refusal(checkFriendlyName('elevenlabs-prod')), /“-”/);
  });

  it('of an account are a slug', () => {
    assert.equal(accepted(checkAccountSid(' ameyo5m ')), 'ameyo5m');
    assert.match(refusal(checkAccountSid('me@acme.in')), /“@”/);
    assert.match(refusal(checkAccountSid('')), /API settings/);
    assert.match(refusal(checkAccountSid('-a')), /no account SID/);
  });

  it('of a trunk SID are opaque, and may be pasted from a Connect applet', () => {
    assert.equal(accepted(checkTrunkSid(' sip:trmum1f708622631150902801a1n ')).length, 28);
    assert.match(refusal(checkTrunkSid('')), /is needed/);
    assert.match(refusal(checkTrunkSid('../trunks')), /no trunk SID/);
  });

  it('of a domain end with Exotel’s', () => {
    assert.equal(accepted(checkDomain('ameyo5m.PSTN.exotel.com')), 'ameyo5m.pstn.exotel.com');
    assert.match(refusal(checkDomain('ameyo5m.exotel.com')), /end with \.pstn\.exotel\.com/);
    assert.match(refusal(checkDomain('.pstn.exotel.com')), /account SID followed by/);
    assert.match(refusal(checkDomain('a.b.pstn.exotel.com')), /account SID followed by/);
  });
});

describe('A phone number', () => {
  it('becomes E.164, with a word when it had to be completed', () => {
    for (const [typed, value] of [
      ['08041234567', '+918041234567'],
      ['919876543210', '+919876543210'],
      ['(080) 4123 4567', '+918041234567'],
      ['00919876543210', '+919876543210'],
    ] as const) {
      assert.equal(accepted(checkPhoneNumber(typed)), value);
      assert.match(warningsOf(checkPhoneNumber(typed)), /^Read as \+91\d+ \(India\)\./);
    }
    for (const [typed, value] of [
      ['+91 98765 43210', '+919876543210'],
      ['+91-98765\u201343210', '+919876543210'],
      ['+91\u00a098765\u00a043210', '+919876543210'],
      ['tel:+919876543210', '+919876543210'],
      ['+911800123456', '+911800123456'],
      ['+1 (415) 555-2671', '+14155552671'],
    ] as const) {
      assert.equal(accepted(checkPhoneNumber(typed)), value);
      assert.equal(warningsOf(checkPhoneNumber(typed)), '');
    }
    assert.equal(accepted(checkPhoneNumber('91234567', 'SG')), '+6591234567');
  });

  it('is refused when it cannot be one, with the reason', () => {
    assert.match(refusal(checkPhoneNumber('98765')), /too short/);
    assert.match(refusal(checkPhoneNumber('+91987654321012345')), /too long/);
    assert.match(refusal(checkPhoneNumber('+919XXXXXXXXX')), /“X”/);
    assert.match(refusal(checkPhoneNumber('+999 1234567')), /country code/);
    assert.match(refusal(checkPhoneNumber('call 9876543210')), /“c”/);
    assert.match(refusal(checkPhoneNumber('')), /is needed/);
  });

  it('is E.164 whenever it is accepted, and stays what it is', () => {
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^\+?[\d ()-]{5,18}$/));
    fc.assert(
      fc.property(typed, (text) => {
        const result = checkPhoneNumber(text);
        if (!result.ok) return;
        assert.match(result.value, /^\+[1-9]\d{3,14}$/);
        assert.equal(accepted(checkPhoneNumber(result.value)), result.value);
      }),
      { numRuns: 300 },
    );
  });
});

describe('An IP address', () => {
  it('is one public IPv4, with or without its mask', () => {
    assert.deepEqual(accepted(checkIp(' 44.248.146.11 ')), { ip: '44.248.146.11', mask: 32 });
    assert.deepEqual(accepted(checkIp('44.248.146.0/24')), { ip: '44.248.146.0', mask: 24 });
    assert.deepEqual(accepted(checkIp('44.248.0.0/255.255.0.0')).mask, 16);
    assert.equal(warningsOf(checkIp('44.248.146.11/32')), '');
  });

  it('warns of how many addresses a wider mask lets in', () => {
    assert.match(
      warningsOf(checkIp('44.248.146.11/24')),
      /256 addresses use the trunk, 44\.248\.146\.0 to 44\.248\.146\.255/,
    );
    assert.match(warningsOf(checkIp('44.248.146.11/16')), /65,536 addresses/);
    assert.match(warningsOf(checkIp('44.248.146.11/31')), /2 addresses/);
  });

  it('is refused when Exotel could never see it, with the reason', () => {
    for (const [ip, reason] of [
      ['10.0.0.5', /private address/],
      ['172.31.255.255', /private address/],
      ['192.168.1.1', /private address.*public one/],
      ['100.64.0.1', /carrier-grade NAT/],
      ['127.0.0.1', /this computer/],
      ['169.254.1.1', /link-local/],
      ['192.0.2.1', /example address/],
      ['198.51.100.7', /example address/],
      ['203.0.113.10', /example address/],
      ['198.18.0.1', /benchmarks/],
      ['198.19.255.255', /benchmarks/],
      ['224.0.0.1', /multicast/],
      ['255.255.255.255', /broadcast/],
      ['250.1.1.1', /reserved/],
      ['0.0.0.0', /no address/],
    ] as const) {
      assert.match(refusal(checkIp(ip)), reason, ip);
    }
    for (const neighbour of ['172.32.0.1', '100.128.0.1', '192.0.3.1', '198.20.0.1', '11.0.0.1']) {
      accepted(checkIp(neighbour));
    }
  });

  it('is refused in every notation but the plain one', () => {
    for (const [ip, reason] of [
      ['010.1.1.1', /octal/],
      ['1.2.3', /four numbers/],
      ['16909060', /four numbers/],
      ['1.2.3.4.5', /four numbers/],
      ['1..2.3', /four numbers/],
      ['0x7f.0.0.1', /Hexadecimal/],
      ['0x7f000001', /Hexadecimal/],
      ['256.1.1.1', /more than 255/],
      ['2001:db8::1', /IPv6/],
      ['::ffff:44.1.1.1', /IPv6/],
      ['44.1.1.1:5060', /port/],
      ['pbx.acme.in', /is a name/],
      ['44.1.1.1/24/24', /more than one mask/],
      ['', /is needed/],
    ] as const) {
      assert.match(refusal(checkIp(ip)), reason, ip);
    }
  });

  it('is a plain address whenever it is accepted', () => {
    const octet = fc.integer({ min: 0, max: 300 }).map(String);
    const typed = fc.oneof(
      fc.string(),
      fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const result = checkIp(text);
        if (!result.ok) return;
        const octets = result.value.ip.split('.').map(Number);
        assert.ok(octets.length === 4 && octets.every((each) => each >= 0 && each <= 255));
        assert.ok(![0, 10, 127].includes(octets[0] ?? 0) && (octets[0] ?? 0) < 224);
      }),
      { numRuns: 500 },
    );
  });
});

describe('A mask', () => {
  it('is 16 to 32', () => {
    for (const mask of [16, '24', '/32', ' 17 ', '255.255.255.0']) accepted(checkMask(mask));
    for (const mask of [15, 33, 0, -1, 1.5, '', 'x', '255.0.255.0', '255.0.0.0']) {
      assert.equal(checkMask(mask).ok, false, String(mask));
    }
    assert.match(refusal(checkMask(8)), /“8”.*from 16 to 32/);
  });
});

describe('A destination', () => {
  it('is put into the API’s form', () => {
    for (const [typed, value] of [
      ['44.248.146.11:5061;transport=tls', '44.248.146.11:5061;transport=tls'],
      ['sip:PBX.acme.in:5060;transport=TCP', 'pbx.acme.in:5060;transport=tcp'],
      ['<sip:pbx.acme.in:5061;transport=tls>', 'pbx.acme.in:5061;transport=tls'],
      ['sips:pbx.acme.in:5061', 'pbx.acme.in:5061;transport=tls'],
      ['pbx.acme.in.:5061 ; transport=tls', 'pbx.acme.in:5061;transport=tls'],
    ] as const) {
      assert.equal(accepted(checkDestination(typed)), value);
      assert.equal(warningsOf(checkDestination(typed)), '');
    }
  });

  it('is completed or let through with a word', () => {
    for (const [typed, value, warning] of [
      ['pbx.acme.in;transport=tls', 'pbx.acme.in:5061;transport=tls', /No port.*5061/],
      ['pbx.acme.in;transport=tcp', 'pbx.acme.in:5060;transport=tcp', /No port.*5060/],
      ['44.1.1.1/32;transport=tls', '44.1.1.1:5061;transport=tls', /mask \/32 was left out/],
      ['sip.vapi.ai:5060;transport=udp', 'sip.vapi.ai:5060;transport=udp', /UDP/],
      ['pbx.acme.local:1;transport=tls', 'pbx.acme.local:1;transport=tls', /your own network/],
      [
        'sip:proj_1@sip.acme.in:5061;transport=tls',
        'proj_1@sip.acme.in:5061;transport=tls',
        /console/,
      ],
      [
        'edge.in.exotel.com:443;transport=tls',
        'edge.in.exotel.com:443;transport=tls',
        /host of Exotel/,
      ],
    ] as const) {
      assert.equal(accepted(checkDestination(typed)), value);
      assert.match(warningsOf(checkDestination(typed)), warning);
    }
  });

  it('is refused with what to write instead', () => {
    for (const [typed, reason] of [
      ['', /is needed/],
      ['pbx.acme.in:5061', /Write pbx\.acme\.in:5061;transport=tls/],
      ['pbx.acme.in:5060', /Write pbx\.acme\.in:5060;transport=tcp/],
      ['sip:@pbx.acme.in:5061;transport=tls', /nothing before “@”/],
      ['sip:%{to}@pbx.acme.in:5061;transport=tls', /“%\{to\}” is no user/],
      ['sip:<number>@pbx.acme.in:5061;transport=tls', /placeholder of a guide/],
      ['sip:a:b@pbx.acme.in:5061;transport=tls', /“a:b” is no user/],
      ['10.0.0.5:5061;transport=tls', /private/],
      ['010.0.0.5:5061;transport=tls', /octal/],
      ['44.1.1:5061;transport=tls', /four numbers/],
      ['44.1.1.0/24:5061;transport=tls', /one host/],
      ['[2001:db8::1]:5061;transport=tls', /IPv6/],
      ['2001:db8::1', /IPv6/],
      ['my_pbx.acme.in:5061;transport=tls', /“_”/],
      ['pbx:5061;transport=tls', /full public name/],
      ['-a.in:5061;transport=tls', /hyphen/],
      ['a..in:5061;transport=tls', /empty part/],
      [`${'a'.repeat(64)}.in:1;transport=tls`, /63/],
      [`${'a.'.repeat(127)}in:1;transport=tls`, /253/],
      ['pbx.1a.2:5061;transport=tls', /neither/],
      ['pbx.acme.in:0;transport=tls', /1 to 65535/],
      ['pbx.acme.in:65536;transport=tls', /1 to 65535/],
      ['pbx.acme.in:;transport=tls', /port is missing/],
      [':5061;transport=tls', /host is missing/],
      ['pbx.acme.in:5061;transport=ws', /“ws”/],
      ['pbx.acme.in:5061;transport=', /empty/],
      ['pbx.acme.in:5061;transport=tls;transport=tcp', /twice/],
      ['pbx.acme.in:5061;lr;transport=tls', /“;lr”/],
      ['pbx.acme.in:5061;transport=tls?X-A=1', /“\?”/],
      ['sips:pbx.acme.in:5060;transport=tcp', /sips/],
      ['https://pbx.acme.in/', /web address/],
      ['a/b/c:5061;transport=tls', /form host:port/],
    ] as const) {
      assert.match(refusal(checkDestination(typed)), reason, typed);
    }
  });

  it('is in the API’s form whenever it is accepted, and stays what it is', () => {
    const piece = fc.constantFrom(
      'sip:',
      '44.1.1.1',
      'a.in',
      ':',
      '5061',
      ';',
      'transport=',
      'tls',
      'tcp',
      '/32',
      '@',
      ' ',
      '.',
      '0',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 8 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const result = checkDestination(text);
        if (!result.ok) return;
        assert.match(result.value, /^([^\s@;:]+@)?[a-z0-9.-]+:\d{1,5};transport=(tls|tcp|udp)$/);
        assert.equal(accepted(checkDestination(result.value)), result.value);
      }),
      { numRuns: 500 },
    );
  });
});

describe('A password', () => {
  it('is 8 to 64 letters, digits and underscores, typed or as a Secret', () => {
    assert.equal(accepted(checkPassword('Correct_1')).reveal(), 'Correct_1');
    assert.equal(accepted(checkPassword(new Secret('Correct_1'))).reveal(), 'Correct_1');
  });

  it('is never repeated in a message', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (password) => {
        const result = checkPassword(password);
        const fixed = 'The password holds a character that Exotel does not allow.';
        if (!result.ok && !fixed.includes(password)) assert.ok(!result.message.includes(password));
      }),
    );
    const message = refusal(checkPassword('pl§nted'));
    assert.doesNotMatch(message, /§|pl/);
    for (const password of ['', 'short', 'x'.repeat(65), ' Correct_1', 'Correct-1']) {
      assert.equal(checkPassword(password).ok, false);
    }
  });

  it('that is generated fits the rule, differs each time and favours no character', () => {
    const seen = new Map<string, number>();
    const passwords = new Set<string>();
    for (let i = 0; i < 1000; i += 1) {
      const password = generatePassword();
      assert.match(accepted(checkPassword(password)).reveal(), /^[A-Za-z0-9]{24}$/);
      passwords.add(password.reveal());
      for (const letter of password.reveal()) seen.set(letter, (seen.get(letter) ?? 0) + 1);
    }
    assert.equal(passwords.size, 1000);
    assert.equal(seen.size, 62);
    // 387 expected of each; 8 standard deviations either way.
    for (const times of seen.values()) assert.ok(times > 230 && times < 545, String(times));
  });

  it('that is generated drops the bytes that would favour some characters', () => {
    let first = true;
    const bytes = (size: number) => {
      const fill = first ? 255 : 247;
      first = false;
      return new Uint8Array(size).fill(fill);
    };
    assert.equal(generatePassword(bytes).reveal(), '9'.repeat(24));
  });
});

describe('An API host', () => {
  it('is an origin', () => {
    for (const [typed, value] of [
      ['api.in.exotel.com', 'https://api.in.exotel.com'],
      [' https://API.exotel.com/ ', 'https://api.exotel.com'],
      ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
      ['localhost:8080', 'http://localhost:8080'],
      ['http://[::1]:8080', 'http://[::1]:8080'],
    ] as const) {
      assert.equal(accepted(checkApiHost(typed)), value);
      assert.equal(warningsOf(checkApiHost(typed)), '');
    }
  });

  it('that is not Exotel’s is named before it gets a key', () => {
    for (const host of ['api.evil.example', 'exotel.com.evil.example', 'evilexotel.com']) {
      assert.match(warningsOf(checkApiHost(host)), /will get your API key/);
    }
  });

  it('is refused when the key would travel in the clear or the address is more than a host', () => {
    assert.match(refusal(checkApiHost('http://api.exotel.com')), /in the clear/);
    assert.match(refusal(checkApiHost('http://127.0.0.1.evil.example')), /in the clear/);
    assert.match(refusal(checkApiHost('https://api.exotel.com/v2')), /without a path/);
    assert.match(refusal(checkApiHost('https://api.exotel.com?x')), /without a path/);
    assert.match(refusal(checkApiHost('ftp://api.exotel.com')), /https/);
    assert.match(refusal(checkApiHost('a b')), /no host/);
    assert.match(refusal(checkApiHost('')), /is needed/);
    assert.ok(refusal(checkApiHost('a'.repeat(10_000))).length < 200);
    assert.doesNotMatch(refusal(checkApiHost('https://planted:key@api.exotel.com')), /planted/);
    assert.doesNotMatch(refusal(checkApiHost('planted:key@a b')), /planted/);
  });
});

describe('A priority and a weight', () => {
  it('are whole numbers', () => {
    assert.equal(accepted(checkPriority('10')), 10);
    assert.equal(accepted(checkWeight(0)), 0);
    for (const bad of ['', '-1', '1.5', 'x', 65_536, Number.NaN]) {
      assert.match(refusal(checkPriority(bad)), /whole number/);
      assert.match(refusal(checkWeight(bad)), /whole number/);
    }
  });
});

describe('A pasted list', () => {
  it('is split where entries end and nowhere else', () => {
    for (const [text, entries] of [
      ['+91 98765 43210, 08041234567\n\n', ['+91 98765 43210', '08041234567']],
      ['+919876543210 +918041234567', ['+919876543210', '+918041234567']],
      ['44.1.2.3 44.1.2.4/24;44.1.2.3', ['44.1.2.3', '44.1.2.4/24']],
      [
        'a.in:1;transport=tls; b.in:2; transport=tcp;\tc.in',
        ['a.in:1;transport=tls', 'b.in:2;transport=tcp', 'c.in'],
      ],
      ['"44.1.2.3",\'44.1.2.4\'', ['44.1.2.3', '44.1.2.4']],
      ['98765 43210', ['98765 43210']],
      [' \r\n,; ', []],
    ] as const) {
      assert.deepEqual(splitList(text), entries);
    }
  });

  it('gives every entry once, trimmed and not empty', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const entries = splitList(text);
        assert.equal(new Set(entries).size, entries.length);
        for (const entry of entries) assert.ok(entry !== '' && entry === entry.trim());
      }),
    );
  });
});

describe('Every rule', () => {
  it('answers whatever is typed', () => {
    const rules = [
      checkTrunkName,
      checkTrunkSid,
      checkDomain,
      checkPhoneNumber,
      checkIp,
      checkMask,
      checkDestination,
      checkUserName,
      checkFriendlyName,
      checkPassword,
      checkAccountSid,
      checkApiHost,
      checkPriority,
      checkWeight,
    ];
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const rule of rules) {
          const result = rule(text);
          if (!result.ok) assert.ok(result.message.length > 5);
        }
      }),
    );
  });
});
