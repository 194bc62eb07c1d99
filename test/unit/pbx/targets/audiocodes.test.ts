// What the text for AudioCodes Mediant must and must not say.
import assert from 'node:assert/strict';
import {
  addressPatterns,
  checkedPatterns,
  iniTable,
  iniWord,
  ipGroupName,
} from '../../../../src/pbx/quoting/audiocodes-ini';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  generated,
  problems,
  textOf,
  cardOf,
  loadWriters,
  type Given,
} from '../fixtures';
import {
  classifiedNetworks,
  iniRows,
  manipulation,
  readAudiocodesIni,
} from '../readers/audiocodes-ini';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];

function ini(options: Given['options'] = {}, more: Given = {}) {
  const given = { password: 'Correct0Horse', ...more, options };
  return readAudiocodesIni(textOf(generated('audiocodes', given)));
}

function only(options: Given['options'], table: string) {
  const rows = iniRows(ini(options), table);
  assert.equal(rows.length, 1, table);
  return rows[0] ?? {};
}

describe('AudioCodes text', () => {
  for (const variant of cardOf('audiocodes').variants) {
    for (const useCase of USE_CASES) {
      for (const auth of AUTH_MODES) {
        for (const transport of TRANSPORTS) {
          it(`is an ini file for ${useCase}, ${auth}, ${transport}, ${variant.name}`, () => {
            const out = useCase !== 'inbound';
            const tls = transport === 'tls';
            const read = ini({
              useCase,
              auth,
              transport,
              exotelAddresses: EXOTEL,
              variant: variant.id,
            });
            const one = (table: string) => iniRows(read, table)[0] ?? {};
            assert.equal(read.parameters.get('AllowUnclassifiedCalls'), '0');
            assert.equal(read.parameters.get('EnableMediaSecurity'), tls ? '1' : undefined);
            assert.equal(read.parameters.get('VerifyServerCertificate'), tls ? '1' : undefined);
            assert.equal(
              read.parameters.get('PeerHostNameVerificationMode'),
              tls ? '1' : undefined,
            );
            assert.equal(one('IpProfile')['SBCMediaSecurityBehaviour'], tls ? 1 : 2);
            assert.equal(one('IpProfile')['SBCMediaSecurityMethod'], 0);
            assert.equal(one('SIPInterface')['UDPPort'], 0);
            assert.equal(one('SIPInterface')['TCPPort'], tls ? 0 : 5060);
            assert.equal(one('SIPInterface')['TLSPort'], tls ? 5061 : 0);
            assert.equal(one('IPGroup')['ClassifyByProxySet'], 0);
            const accounts = iniRows(read, 'Account');
            assert.equal(accounts.length, out && auth !== 'ip' ? 1 : 0);
            for (const account of accounts) {
              assert.equal(account['Register'], 0);
              assert.equal(account['Password'], 'Correct0Horse');
            }
            assert.equal(iniRows(read, 'ProxyIp').length, out ? 1 : 0);
            if (out) {
              assert.equal(
                one('ProxyIp')['IpAddress'],
                `in.voip.exotel.com:${tls ? '443' : '5070'}`,
              );
              assert.equal(one('ProxyIp')['TransportType'], tls ? 2 : 1);
            }
            const header = manipulation(
              read,
              Number(one('IPGroup')['OutboundManSet']),
              'Header.X-Exotel-AccountSid',
              0,
            );
            assert.equal(
              header?.['ActionValue'],
              useCase === 'streamkit' ? "'exotest1'" : undefined,
            );
            for (const row of iniRows(read, 'Classification')) {
              assert.equal(row['SrcTransportType'], tls ? 2 : 1);
            }
          });
        }
      }
    }
  }

  it('names columns as the version exports them', () => {
    const format = (variant: string) =>
      /FORMAT .*/.exec(textOf(generated('audiocodes', { options: { variant } })))?.[0];
    assert.equal(format('7.4'), 'FORMAT Index = Name;');
    assert.equal(format('7.2'), 'FORMAT AudioCodersGroups_Index = AudioCodersGroups_Name;');
    assert.deepEqual(ini({ variant: '7.2' }), ini({ variant: '7.4' }));
  });

  it('refers to nothing that is not above it or on the device already', () => {
    const read = ini({ useCase: 'both', exotelAddresses: EXOTEL, insidePeer: 'Teams' });
    const names = new Set(['WAN', 'DefaultRealm', 'default', 'DefaultSRD', 'Teams']);
    names.add('Default_SBCRoutingPolicy');
    const references =
      /^(?:AudioCodersGroupId|.*CodersGroupName|.*InterfaceName|SRDName|ProxySetName|ProfileName|MediaRealm|TLSContext(?:Name)?|(?:Src|Dest|Served|Serving)IPGroupName|RoutingPolicyName|NetworkInterface)$/;
    const own: Readonly<Record<string, string>> = {
      AudioCodersGroups: 'Name',
      AllowedAudioCodersGroups: 'Name',
      IpProfile: 'ProfileName',
      SIPInterface: 'InterfaceName',
      ProxySet: 'ProxyName',
      IPGroup: 'Name',
    };
    for (const [table, rows] of read.tables) {
      for (const row of rows.values()) {
        for (const [column, value] of Object.entries(row)) {
          if (column === own[table] || !references.test(column)) continue;
          assert.ok(names.has(String(value)), `${table} ${column} ${value}`);
        }
        names.add(String(row[own[table] ?? '']));
      }
    }
  });

  it('lets in the addresses of Exotel and nobody else', () => {
    const read = ini({ useCase: 'both', exotelAddresses: [...EXOTEL, '203.0.112.7/22'] });
    assert.deepEqual(classifiedNetworks(read), [
      '35.154.174.161/32',
      '98.130.67.0/24',
      '203.0.112.7/22',
    ]);
    assert.deepEqual(
      iniRows(read, 'Classification').map((row) => row['SrcAddress']),
      ['35.154.174.161', '98.130.67.*', '203.0.112.*', '203.0.113.*', '203.0.114.*', '203.0.115.*'],
    );
  });

  it('has no way in while the addresses of Exotel are unknown', () => {
    for (const useCase of ['inbound', 'both'] as const) {
      const options = { useCase, exotelAddresses: [] };
      const read = ini(options);
      assert.deepEqual(iniRows(read, 'Classification'), []);
      assert.ok(!iniRows(read, 'IP2IPRouting').some((row) => row['SrcIPGroupName'] === 'exotel'));
      assert.match(
        textOf(generated('audiocodes', { options })),
        /; Inbound calls: left out, because/,
      );
    }
  });

  it('refuses a list that does not fit into the table', () => {
    const result = generated('audiocodes', {
      options: { useCase: 'both', exotelAddresses: ['203.0.0.0/17'] },
    });
    assert.deepEqual(result.files, []);
    assert.match(problems(result), /Exotel's addresses: must fit into 50 rows/);
  });

  it('shows a number of the trunk at the account domain', () => {
    const read = ini({ useCase: 'outbound' });
    const set = Number(iniRows(read, 'IPGroup')[0]?.['OutboundManSet']);
    const value = (subject: string, type: number) =>
      manipulation(read, set, subject, type)?.['ActionValue'];
    assert.equal(value('Header.From.URL.User', 2), "'+918040001234'");
    assert.equal(value('Header.From.URL.Host', 2), "'exotest1.pstn.exotel.com'");
    assert.equal(value('Header.P-Asserted-Identity', 1), '');
    assert.equal(
      value('Header.P-Asserted-Identity', 0),
      "'<sip:+918040001234@exotest1.pstn.exotel.com>'",
    );
  });

  it('makes E.164 of what is dialled, and the Exophone of everything for a flow', () => {
    const dialled = (options: Given['options'], start: string, direction: 'In' | 'Out') => {
      const read = ini(options);
      const set = iniRows(read, 'IPGroup')[0]?.[`${direction}boundManSet`];
      let number = start;
      for (const row of iniRows(read, 'MessageManipulations')) {
        if (row['ManSetID'] !== set) continue;
        if (row['ActionSubject'] !== 'Header.Request-URI.URL.User') continue;
        const condition = String(row['Condition']);
        const pattern = /regex '(.*)'$/.exec(condition)?.[1] ?? '.*';
        const match = new RegExp(pattern).exec(number);
        if (match === null) continue;
        const [, prefix = '', group] = /^'([^']*)'(\+\$1)?$/.exec(String(row['ActionValue'])) ?? [];
        number = prefix + (group === undefined ? '' : (match[1] ?? ''));
      }
      return number;
    };
    for (const number of ['+919812345678', '00919812345678', '09812345678', '9812345678']) {
      assert.equal(dialled({ useCase: 'outbound' }, number, 'Out'), '+919812345678', number);
    }
    assert.equal(dialled({ useCase: 'streamkit' }, '6001', 'Out'), '+918040005678');
    const inbound = { useCase: 'inbound', exotelAddresses: EXOTEL } as const;
    assert.equal(dialled(inbound, '918040001234', 'In'), '+918040001234');
    assert.equal(dialled(inbound, '+918040001234', 'In'), '+918040001234');
  });

  it('offers the codecs in their order and nothing else', () => {
    const read = ini({ codecs: ['PCMU', 'G729', 'PCMA'] });
    assert.deepEqual(
      iniRows(read, 'AllowedAudioCoders').map((row) => row['CoderID']),
      [2, 3, 1],
    );
    assert.deepEqual(
      iniRows(read, 'AudioCoders').map((row) => [row['Name'], row['rate']]),
      [
        [2, 90],
        [3, 19],
        [1, 90],
      ],
    );
    assert.equal(only({}, 'IpProfile')['SBCAllowedCodersMode'], 2);
  });

  it('tells Exotel the public address behind NAT', () => {
    const row = only({ publicAddress: '203.0.113.10' }, 'NATTranslation');
    assert.equal(row['TargetIPAddress'], '203.0.113.10');
    assert.deepEqual(iniRows(ini(), 'NATTranslation'), []);
  });

  it('serves the IP Group that was named', () => {
    const options = { useCase: 'both', exotelAddresses: EXOTEL, insidePeer: 'Old PBX' } as const;
    assert.equal(
      only({ ...options, auth: 'credential' }, 'Account')['ServedIPGroupName'],
      'Old PBX',
    );
    assert.deepEqual(
      iniRows(ini(options), 'IP2IPRouting').map((row) => [
        row['SrcIPGroupName'],
        row['DestIPGroupName'],
      ]),
      [
        ['Old PBX', 'exotel'],
        ['exotel', 'Old PBX'],
      ],
    );
  });

  it('listens where Exotel was told to call', () => {
    const read = ini(
      { useCase: 'inbound', exotelAddresses: EXOTEL },
      { facts: { destinations: ['pbx.example.com:5081;transport=tls'] } },
    );
    assert.equal(iniRows(read, 'SIPInterface')[0]?.['TLSPort'], 5081);
  });

  it('says that it is incremental', () => {
    assert.match(textOf(generated('audiocodes')), /^; INCREMENTAL: /m);
  });

  it('refuses what the file cannot quote', () => {
    for (const bad of ['a b', 'a"b', 'a;b', '$1$x', "a'b", 'a,b', 'é', '', 'x'.repeat(51)]) {
      assert.throws(() => iniWord('SIP password', bad), /SIP password: must be at most 50 letters/);
    }
    for (const bad of ['', 'a"b', ' PBX', 'PBX ', 'a;b', 'x'.repeat(41), '1']) {
      assert.throws(() => ipGroupName('Inside peer', bad), /Inside peer/);
    }
    assert.throws(() => iniTable('A', new Map([[1, { B: 'a"b' }]]), 'short'));
  });

  it('writes networks as whole octets, exactly', () => {
    assert.deepEqual(addressPatterns('10.1.2.3/32'), ['10.1.2.3']);
    assert.deepEqual(addressPatterns('10.1.2.3/31'), ['10.1.2.2', '10.1.2.3']);
    assert.deepEqual(addressPatterns('10.1.2.3/24'), ['10.1.2.*']);
    assert.deepEqual(addressPatterns('10.1.2.3/23'), ['10.1.2.*', '10.1.3.*']);
    assert.deepEqual(addressPatterns('10.1.2.3/16'), ['10.1.*.*']);
    assert.equal(addressPatterns('10.1.2.3/17').length, 128);
    assert.equal(checkedPatterns('x', ['10.0.0.0/24', '10.0.0.0/24']).size, 1);
  });
});
