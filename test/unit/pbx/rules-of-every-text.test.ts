// What holds for the text of every target, in every combination it can do.
import assert from 'node:assert/strict';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from '../../../src/pbx/quoting/plain';
import { cards } from '../../../src/pbx/cards';
import type { ConnectionOptions } from '../../../src/pbx/options';
import {
  AUTH_MODES,
  TRANSPORTS,
  USE_CASES,
  connectionOf,
  generated,
  problems,
  cardOf,
  writerOf,
  loadWriters,
  type Given,
} from './fixtures';
import { allReadings } from './readings';

before(loadWriters);

const EXOTEL = ['35.154.174.161', '98.130.67.0/24'];

/** What rings, in each target's own syntax, other than its example. */
const OTHER_PEER: Readonly<Record<string, string>> = {
  'asterisk-pjsip': 'PJSIP/6002',
  'asterisk-chan-sip': 'SIP/6002',
  freepbx: 'PJSIP/6002',
  freeswitch: 'user/1001',
  fusionpbx: 'user/1001',
};

function can(id: string, options: Partial<ConnectionOptions>): boolean {
  const { useCase, auth, transport } = connectionOf({ options });
  return cardOf(id).cannot(useCase, auth, transport) === null;
}

function combinations(id: string) {
  return USE_CASES.flatMap((useCase) =>
    AUTH_MODES.flatMap((auth) => TRANSPORTS.map((transport) => ({ useCase, auth, transport }))),
  ).filter((options) => can(id, options));
}

/** The first combination for a use case, if there is one. */
function firstFor(id: string, ...useCases: ConnectionOptions['useCase'][]) {
  return combinations(id).find(({ useCase }) => useCases.includes(useCase));
}

function allText(id: string, given: Given): string {
  return generated(id, given)
    .files.map(({ text }) => text)
    .join('\n');
}

for (const reading of allReadings) {
  const { targetId: id } = reading;
  const card = cardOf(id);

  describe(`text for ${card.name}`, () => {
    it('is made for everything it can do, and says why for the rest', () => {
      assert.ok(combinations(id).length > 0);
      for (const useCase of USE_CASES) {
        for (const auth of AUTH_MODES) {
          for (const transport of TRANSPORTS) {
            const options = { useCase, auth, transport, exotelAddresses: EXOTEL };
            const reason = card.cannot(useCase, auth, transport);
            const { files, advice } = generated(id, { options, password: 'Correct0Horse' });
            if (reason === null) {
              assert.ok(files.length > 0, `${useCase} ${auth} ${transport}`);
            } else {
              assert.deepEqual(files, []);
              assert.match(reason, /\.$/);
              assert.ok(
                advice.some(({ level, what: text }) => level === 'problem' && text === reason),
              );
            }
          }
        }
      }
    });

    it('is whole, names its trunk and holds nothing that was not known', () => {
      for (const combination of combinations(id)) {
        const options = { ...combination, exotelAddresses: EXOTEL };
        for (const file of generated(id, { options, password: 'Correct0Horse' }).files) {
          assert.ok(file.text.endsWith('\n') && !file.text.endsWith('\n\n'), file.name);
          assert.match(file.name, /^[A-Za-z0-9][A-Za-z0-9._-]*$/);
          assert.match(file.folder ?? 'a', /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*$/);
          if (file.comment === null) continue;
          if (file.languageId !== 'javascript')
            assert.doesNotMatch(file.text, /\b(?:undefined|NaN)\b|\[object/);
          const first = file.text.split('\n', 1)[0] ?? '';
          assert.match(first, /^(?:;|#|\/\/|!|<!--) Exotel trunk outbound_trunk \(trmum1f7/);
          assert.match(first, /2026-11-23T09:30:00\.000Z/);
        }
      }
    });

    it('never registers, never speaks UDP to Exotel', () => {
      for (const combination of combinations(id)) {
        const text = allText(id, { options: { ...combination, exotelAddresses: EXOTEL } });
        assert.doesNotMatch(text, /transport=udp|type *= *registration|^\s*register *=>/im);
      }
    });

    it('has the password where it belongs and nowhere else', () => {
      for (const combination of combinations(id)) {
        const options = { ...combination, exotelAddresses: EXOTEL };
        const wanted = reading.carries(connectionOf({ options })).includes('password');
        const text = allText(id, { options, password: 'Correct0Horse' });
        assert.equal(text.includes('Correct0Horse'), wanted, JSON.stringify(combination));
        const without = allText(id, { options });
        assert.equal(without.includes(PASSWORD_PLACEHOLDER), wanted);
      }
    });

    it('carries the account SID to a flow, and only there', () => {
      for (const combination of combinations(id)) {
        const options = { ...combination, exotelAddresses: EXOTEL };
        const carries = reading.carries(connectionOf({ options })).includes('accountSid');
        assert.equal(carries, combination.useCase === 'streamkit', JSON.stringify(combination));
      }
    });

    it('is not open to calls in while the addresses of Exotel are unknown', () => {
      const combination = firstFor(id, 'inbound', 'both');
      if (combination === undefined) {
        assert.notEqual(card.cannot('inbound', 'ip', 'tls'), null);
        return;
      }
      const options = { ...combination, exotelAddresses: [] };
      const connection = connectionOf({ options });
      const hasList = writerOf(id).uses(connection).includes('exotelAddresses');
      const result = generated(id, { options });
      if (hasList) assert.match(problems(result), /inbound part is left out.*Exotel support/);
      // A form that has to name a peer names the edge; the PBX behind an SBC may call too.
      const inside = writerOf(id)
        .placeholders(connection)
        .map(({ text }) => text);
      const senders = reading.said(result.files).senders ?? [];
      const strangers = senders.filter(
        (one) =>
          one !== connection.edge.host &&
          !inside.some((text) => text.includes(one.split('/')[0] ?? one)),
      );
      assert.deepEqual(strangers, []);
    });

    it('refuses a list of senders that means anyone', () => {
      const combination = firstFor(id, 'both', 'inbound');
      if (combination === undefined) return;
      const uses = writerOf(id).uses(connectionOf({ options: combination }));
      if (!uses.includes('exotelAddresses')) return;
      for (const everyone of ['0.0.0.0/0', '35.0.0.0/8', '0.0.0.0/1', '::/0', 'any', '']) {
        const result = generated(id, { options: { ...combination, exotelAddresses: [everyone] } });
        assert.deepEqual(result.files, [], everyone);
        assert.match(problems(result), /Exotel's addresses/);
      }
    });

    it('refuses a name inside the PBX that is more than a name', () => {
      for (const combination of combinations(id)) {
        const options = { ...combination, exotelAddresses: EXOTEL };
        if (!writerOf(id).uses(connectionOf({ options })).includes('peerName')) continue;
        for (const peerName of ['', 'a b', '9a', 'a|b', 'a`b', 'a;b', 'x'.repeat(25)]) {
          const result = generated(id, { options: { ...options, peerName } });
          assert.deepEqual(result.files, []);
          assert.match(problems(result), /Name inside the PBX/);
        }
      }
    });

    it('marks a missing number', () => {
      const combination = firstFor(id, 'outbound');
      if (combination === undefined) return;
      const given = { facts: { numbers: [] }, options: combination };
      assert.match(problems(generated(id, given)), /No phone number is mapped/);
      if (!reading.carries(connectionOf({ options: combination })).includes('callerId')) return;
      assert.ok(allText(id, given).includes(NUMBER_PLACEHOLDER));
    });

    it('asks for what changes the text, and for nothing else', () => {
      const others = {
        publicAddress: '198.51.100.9',
        localNetworks: ['172.16.0.0/12'],
        exotelAddresses: ['198.51.100.0/24'],
        certificateFile: '/other/certificate.pem',
        privateKeyFile: '/other/private.key',
        caFile: '/other/ca.pem',
        inboundContext: 'other-context',
        insidePeer: OTHER_PEER[id] ?? 'sip:198.51.100.8:5070',
        peerName: 'another',
      };
      for (const combination of combinations(id)) {
        for (const publicAddress of [null, '203.0.113.10']) {
          const options = { ...combination, publicAddress, exotelAddresses: EXOTEL };
          const used = writerOf(id).uses(connectionOf({ options }));
          const before = allText(id, { options });
          for (const option of Object.keys(others) as (keyof typeof others)[]) {
            const changed = { ...options, [option]: others[option] };
            const same = allText(id, { options: changed }) === before;
            const where = `${JSON.stringify(combination)} ${publicAddress ?? ''} ${option}`;
            assert.equal(same, !used.includes(option), where);
          }
        }
      }
    });

    it('is the same for the same connection', () => {
      for (const combination of combinations(id)) {
        assert.deepEqual(
          generated(id, { options: combination }),
          generated(id, { options: combination }),
        );
      }
    });
  });
}

describe('cards', () => {
  it('tell how they are known to be right', () => {
    for (const { evidence, name, group, keywords } of cards) {
      assert.match(evidence.checked, /^2026-[01][0-9]-[0-3][0-9]$/, name);
      assert.ok(evidence.basis.length > 5 && group.length > 0 && keywords.length > 0, name);
    }
  });

  it('have names and file names of their own', () => {
    assert.equal(new Set(cards.map(({ name }) => name)).size, cards.length);
  });
});
