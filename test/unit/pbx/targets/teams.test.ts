// What the texts for Teams Direct Routing must and must not say.
import assert from 'node:assert/strict';
import { powershellString } from '../../../../src/pbx/quoting/powershell';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  connectionOf,
  generated,
  textOf,
  cardOf,
  writerOf,
  loadWriters,
  type Given,
} from '../fixtures';
import { iniRows, readAudiocodesIni } from '../readers/audiocodes-ini';
import { iosHas, iosValues, readIos } from '../readers/cisco-ios';
import { readPowershell } from '../readers/powershell';
import { readSheet, valueOf } from '../readers/markdown-sheet';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];
const SBCS = ['audiocodes', 'ribbon', 'cisco-cube'] as const;

function script(options: Given['options'] = {}, facts: Given['facts'] = {}) {
  return readPowershell(textOf(generated('teams', { options, facts }), 'exotel-teams.ps1'));
}

function named(cmdlets: ReturnType<typeof script>, name: string) {
  return cmdlets.filter((one) => one.name === name).map(({ parameters }) => parameters);
}

describe('Teams script', () => {
  it('goes through one of the SBCs', () => {
    assert.deepEqual(
      cardOf('teams').variants.map(({ id }) => id),
      SBCS,
    );
  });

  for (const variant of SBCS) {
    for (const useCase of USE_CASES) {
      for (const auth of AUTH_MODES) {
        for (const transport of TRANSPORTS) {
          it(`comes with the text of ${variant} for ${useCase}, ${auth}, ${transport}`, () => {
            const options = { useCase, auth, transport, exotelAddresses: EXOTEL, variant };
            const given = { options, password: 'Correct0Horse' };
            const [own, ...files] = generated('teams', given).files;
            assert.equal(own?.name, 'exotel-teams.ps1');
            assert.doesNotMatch(own.text, /Correct0Horse|pbx_user/);
            assert.match(own.text, /Exotel cannot be the gateway of Teams itself/);
            assert.equal(own.folder, undefined);
            const inside = variant === 'cisco-cube' ? 'dial-peer:200' : 'Teams';
            const alone = generated(variant, {
              ...given,
              options: { ...options, variant: '', insidePeer: inside },
            });
            assert.deepEqual(
              files,
              alone.files.map((file) => ({ ...file, folder: 'sbc' })),
            );
            const cmdlets = readPowershell(own.text);
            const out = useCase !== 'inbound';
            const inbound = useCase === 'inbound' || useCase === 'both';
            assert.equal(named(cmdlets, 'New-CsOnlinePSTNGateway').length, 1);
            assert.equal(named(cmdlets, 'Set-CsOnlinePstnUsage').length, out ? 1 : 0);
            assert.equal(named(cmdlets, 'New-CsOnlineVoiceRoute').length > 0, out);
            assert.equal(named(cmdlets, 'New-CsOnlineVoiceRoutingPolicy').length, out ? 1 : 0);
            assert.equal(named(cmdlets, 'Grant-CsOnlineVoiceRoutingPolicy').length, out ? 1 : 0);
            assert.equal(named(cmdlets, 'Set-CsPhoneNumberAssignment').length, inbound ? 1 : 0);
          });
        }
      }
    }
  }

  it('pairs the SBC and never Exotel', () => {
    const [gateway] = named(script(), 'New-CsOnlinePSTNGateway');
    assert.deepEqual(gateway, {
      Fqdn: 'sbc.example.com',
      SipSignalingPort: '5061',
      MaxConcurrentSessions: '100',
      Enabled: '$true',
    });
    assert.doesNotMatch(
      JSON.stringify(script()),
      /exotel\.com/,
      'the edge has no place on the side of Teams',
    );
  });

  it('ties usage, routes, policy and user together', () => {
    const cmdlets = script({ useCase: 'outbound', peerName: 'exo-2' });
    assert.deepEqual(named(cmdlets, 'Set-CsOnlinePstnUsage'), [
      { Identity: 'Global', Usage: 'Add = exo-2' },
    ]);
    for (const route of named(cmdlets, 'New-CsOnlineVoiceRoute')) {
      assert.equal(route['OnlinePstnUsages'], 'exo-2');
      assert.equal(route['OnlinePstnGatewayList'], 'sbc.example.com');
    }
    assert.deepEqual(named(cmdlets, 'New-CsOnlineVoiceRoutingPolicy'), [
      { Identity: 'exo-2', OnlinePstnUsages: 'exo-2' },
    ]);
    assert.deepEqual(named(cmdlets, 'Grant-CsOnlineVoiceRoutingPolicy'), [
      { Identity: 'user@example.com', PolicyName: 'exo-2' },
    ]);
  });

  it('routes E.164 with the plus, India first, and a flow by its Exophone only', () => {
    const patterns = (options: Given['options'], facts: Given['facts'] = {}) =>
      named(script(options, facts), 'New-CsOnlineVoiceRoute').map(
        (route) => new RegExp(route['NumberPattern'] ?? ''),
      );
    const [india, world] = patterns({ useCase: 'outbound' });
    assert.ok(india?.test('+919812345678') && !india.test('+6531234567'));
    assert.ok(
      world?.test('+6531234567') && !world.test('6531234567') && !world.test('+0123456789'),
    );
    const singapore = patterns(
      { useCase: 'outbound' },
      { numbers: [{ number: '+6531234567', mode: 'pstn' }] },
    );
    assert.equal(singapore.length, 1);
    const flow = patterns({ useCase: 'streamkit' });
    assert.equal(flow.length, 1);
    assert.ok(flow[0]?.test('+918040005678') && !flow[0].test('+9180400056789'));
  });

  it('assigns a number of the trunk when calls come in', () => {
    const given = { useCase: 'both', exotelAddresses: EXOTEL } as const;
    assert.deepEqual(named(script(given), 'Set-CsPhoneNumberAssignment'), [
      {
        Identity: 'user@example.com',
        PhoneNumber: '+918040001234',
        PhoneNumberType: 'DirectRouting',
      },
    ]);
    const closed = { useCase: 'both', exotelAddresses: [] } as const;
    assert.deepEqual(named(script(closed), 'Set-CsPhoneNumberAssignment'), []);
    assert.match(
      textOf(generated('teams', { options: closed }), 'exotel-teams.ps1'),
      /# Inbound calls: left out, because/,
    );
  });

  it('has Teams as the inside of every SBC', () => {
    const options = { useCase: 'both', exotelAddresses: EXOTEL } as const;
    const text = (variant: string, name: string) =>
      textOf(generated('teams', { options: { ...options, variant } }), name);
    const ini = readAudiocodesIni(text('audiocodes', 'exotel_audiocodes.ini'));
    assert.equal(iniRows(ini, 'IP2IPRouting')[0]?.['SrcIPGroupName'], 'Teams');
    const sheet = readSheet(text('ribbon', 'exotel-ribbon-sbc-edge.md'));
    assert.equal(valueOf(sheet, 'Destination signaling group of the route in'), 'Teams');
    const ios = readIos(text('cisco-cube', 'exotel-cube.cfg'));
    assert.ok(iosHas(ios, 'voice class dpg', 'dial-peer 200'));
    assert.equal(iosValues(ios, 'sip-server').length, 1);
  });

  it('names every example it leaves in the texts, and asks nothing about the inside', () => {
    const writer = writerOf('teams');
    for (const variant of SBCS) {
      for (const useCase of USE_CASES) {
        for (const exotelAddresses of [[], EXOTEL]) {
          const options = { useCase, exotelAddresses, variant };
          const connection = connectionOf({ options });
          const text = textOf(generated('teams', { options }));
          for (const { text: example } of writer.placeholders(connection)) {
            assert.ok(text.includes(example), `${variant} ${useCase} ${example}`);
          }
          assert.ok(!writer.uses(connection).includes('insidePeer'));
        }
      }
    }
  });
});

describe('PowerShell strings', () => {
  it('double every quote that PowerShell knows', () => {
    for (const text of ["it's", '\u2018x\u2019', '$env:X; `n', '"', "''", '@{ }', '#']) {
      const [cmdlet] = readPowershell(`Get-Item -Path ${powershellString('Text', text)}\n`);
      assert.equal(cmdlet?.parameters['Path'], text);
    }
    assert.throws(() => powershellString('Text', 'a\nb'), /Text/);
    assert.throws(() => readPowershell("Get-Item -Path 'a'; Remove-Item\n"));
    assert.throws(() => readPowershell("Get-Item -Path 'a' | Remove-Item\n"));
  });
});
