// What a person is told beside the text, the checklist, and how a connection comes about.
import assert from 'node:assert/strict';
import { Secret } from '../../../src/exotel/secret';
import { DEFAULT_EDGE_ID, edges, resolveEdge } from '../../../src/exotel/edges';
import { buildConnection, defaultOptions } from '../../../src/pbx/connection';
import { generate } from '../../../src/pbx/generate';
import { cardById, cards, guessCard } from '../../../src/pbx/cards';
import type { Generated } from '../../../src/pbx/types';
import {
  NOW,
  connectionOf,
  facts,
  factsOf,
  generated,
  problems,
  writerOf,
  loadWriters,
  type Given,
  type GivenTrunk,
} from './fixtures';

before(loadWriters);

function warnings(result: Generated): string {
  return result.advice
    .filter((one) => one.level === 'warning')
    .map((one) => one.what)
    .join('\n');
}

function infos(result: Generated): string {
  return result.advice
    .filter((one) => one.level === 'info')
    .map((one) => one.what)
    .join('\n');
}

const asterisk = (given: Given): Generated => generated('asterisk-pjsip', given);

describe('advice', () => {
  it('has no problem to report on a trunk that is set up', () => {
    const result = asterisk({
      options: { useCase: 'outbound', auth: 'credential' },
      password: 'Pass0word',
    });
    assert.equal(problems(result), '');
    assert.match(infos(result), /TLS comes with mandatory SRTP/);
    assert.match(infos(result), /Alpha: there is no SLA/);
    assert.match(infos(result), /UDP 10000-40000 \(Exotel’s older guide says 10000-20000\)/);
    assert.match(infos(result), /in\.voip\.exotel\.com:443/);
  });

  it('says which mode is missing and whether switching helps', () => {
    const pstn = { numbers: [{ number: '+918040001234', mode: 'pstn' as const }] };
    assert.match(
      problems(asterisk({ facts: pstn, options: { useCase: 'streamkit' } })),
      /No number of the trunk is in flow mode.*Switch it to flow mode/,
    );
    assert.match(
      problems(asterisk({ facts: { numbers: [] }, options: { useCase: 'outbound' } })),
      /Map a number in pstn mode/,
    );
  });

  it('asks for a whitelisted IP when that is how Exotel knows the PBX', () => {
    const given = {
      facts: { whitelistedIps: [] },
      options: { useCase: 'outbound', auth: 'ip' },
    } as const;
    assert.match(problems(asterisk(given)), /relies on a whitelisted IP.*no IP is whitelisted/);
    assert.match(
      problems(
        asterisk({ options: { useCase: 'outbound', auth: 'ip', publicAddress: '198.51.100.1' } }),
      ),
      /198\.51\.100\.1 is not whitelisted/,
    );
    assert.equal(
      problems(
        asterisk({
          facts: { whitelistedIps: [{ ip: '198.51.0.0', mask: 16 }] },
          options: {
            useCase: 'outbound',
            auth: 'ip',
            publicAddress: '198.51.100.1',
            localNetworks: ['10.0.0.0/8'],
          },
        }),
      ),
      '',
    );
  });

  it('warns of credential and IP together', () => {
    assert.match(
      warnings(asterisk({ options: { useCase: 'outbound', auth: 'both' } })),
      /Credential and whitelisted IP together/,
    );
  });

  it('asks for a credential and for a destination', () => {
    assert.match(
      problems(
        asterisk({
          facts: { userName: null },
          options: { useCase: 'outbound', auth: 'credential' },
        }),
      ),
      /relies on a credential, and the trunk has none/,
    );
    assert.match(
      problems(asterisk({ facts: { destinations: [] }, options: { useCase: 'inbound' } })),
      /no destination URI/,
    );
    assert.match(
      problems(
        asterisk({
          facts: { destinations: ['203.0.113.10:5060;transport=udp'] },
          options: { useCase: 'inbound' },
        }),
      ),
      /No destination URI of the trunk has transport=tls/,
    );
  });

  it('says which of several numbers is shown', () => {
    const numbers = ['+918040001234', '+918040001235'].map((number) => ({
      number,
      mode: 'pstn' as const,
    }));
    assert.match(
      infos(asterisk({ facts: { numbers }, options: { useCase: 'outbound' } })),
      /2 numbers can be shown; the text uses \+918040001234/,
    );
    assert.match(
      warnings(asterisk({ options: { useCase: 'outbound', callerId: '+918040009999' } })),
      /\+918040009999 is not among.*uses \+918040001234 instead/,
    );
  });

  it('does not call missing what could not be read', () => {
    const unread: Partial<GivenTrunk> = {
      numbers: null,
      whitelistedIps: null,
      destinations: null,
      userName: null,
      userNameUnknown: true,
      callerId: '+918040001234',
    };
    const result = asterisk({
      facts: unread,
      options: {
        useCase: 'both',
        auth: 'both',
        exotelAddresses: ['35.154.174.161'],
        insidePeer: 'PJSIP/1',
      },
    });
    assert.equal(problems(result), '');
    const unknown = result.advice.filter(({ level }) => level === 'unknown');
    assert.equal(unknown.filter(({ what }) => what.includes('could not be read')).length, 6);
  });

  it('names example paths as long as they are in the text unchanged', () => {
    const examples = (target: string, given: Given) => {
      const result = generated(target, given);
      const told = infos(result).match(/\S+ is an example: put the (?:certificate|private key)/g);
      const filled = result.files.flatMap((file) => file.text.match(/Fill in \/etc\S+/g) ?? []);
      return [told?.length ?? 0, new Set(filled).size];
    };
    const inbound = { useCase: 'inbound', exotelAddresses: ['35.154.174.161'] } as const;
    for (const target of ['asterisk-pjsip', 'freeswitch', 'kamailio']) {
      assert.deepEqual(examples(target, { options: inbound }), [2, 2], target);
      const certificateFile = '/etc/pbx/own.pem';
      assert.deepEqual(examples(target, { options: { ...inbound, certificateFile } }), [1, 1]);
      assert.deepEqual(examples(target, { options: { ...inbound, transport: 'tcp' } }), [0, 0]);
    }
    assert.deepEqual(examples('asterisk-pjsip', { options: { useCase: 'outbound' } }), [0, 0]);
    assert.deepEqual(examples('settings-table', { options: inbound }), [0, 0]);
  });

  it('puts problems first', () => {
    const levels = generated('kamailio', { facts: { numbers: [] } }).advice.map((one) => one.level);
    const rank = { problem: 0, warning: 1, unknown: 2, info: 3 };
    assert.deepEqual(
      levels,
      [...levels].sort((a, b) => rank[a] - rank[b]),
    );
    assert.equal(levels[0], 'problem');
  });

  it('explains an unknown PBX and a choice without codecs instead of throwing', async () => {
    assert.match(problems(await generate('no-such-pbx', connectionOf())), /no such PBX/);
    const none = asterisk({ options: { codecs: [] } });
    assert.deepEqual(none.files, []);
    assert.match(problems(none), /No codec/);
  });

  it('never holds the password', () => {
    for (const { id } of cards) {
      const result = generated(id, { password: 'Pass0word' });
      assert.ok(!JSON.stringify(result.advice).includes('Pass0word'));
    }
    assert.ok(!JSON.stringify(connectionOf({ password: 'Pass0word' })).includes('Pass0word'));
  });
});

describe('connection', () => {
  const build = (trunk: Partial<GivenTrunk>, options = {}) => {
    const given = factsOf({ ...facts, ...trunk });
    return buildConnection(
      given,
      { ...defaultOptions(given), ...options },
      { password: new Secret('x'), now: NOW },
    );
  };

  it('shows the trunk’s caller ID, else the first number that fits, and never one that is not mapped', () => {
    assert.equal(build({ callerId: '+918040005678' }).callerId, '+918040005678');
    assert.equal(build({ callerId: '918040005678' }).callerId, '+918040005678');
    assert.equal(build({}, { useCase: 'outbound' }).callerId, '+918040001234');
    assert.equal(build({}, { useCase: 'streamkit' }).callerId, '+918040005678');
    assert.equal(build({}, { callerId: '+918040005678' }).callerId, '+918040005678');
    assert.equal(build({ callerId: '+918040007777' }).callerId, '+918040001234');
    assert.equal(build({}, { callerId: '+918040009999' }).callerId, '+918040001234');
    assert.equal(build({ numbers: null, callerId: '+918040001234' }).callerId, null);
    assert.equal(build({ callerId: 'Exotel' }, { useCase: 'outbound' }).callerId, '+918040001234');
  });

  it('goes to the account domain unless told otherwise', () => {
    const connection = build({ sipDomain: null });
    assert.equal(connection.sipDomain, 'exotest1.pstn.exotel.com');
    assert.equal(connection.edge.host, 'exotest1.pstn.exotel.com');
    assert.deepEqual([connection.edge.tcpPort, connection.edge.tlsPort], [5060, 5061]);
    assert.equal(resolveEdge(edges, 'india-ip', 'x').host, 'edge.in.exotel.com');
    assert.deepEqual(
      [
        resolveEdge(edges, 'india-credential', 'x').tcpPort,
        resolveEdge(edges, 'india-credential', 'x').tlsPort,
      ],
      [5070, 443],
    );
    assert.equal(resolveEdge(edges, 'gone', 'abc').id, DEFAULT_EDGE_ID);
  });

  it('starts with what is set up at Exotel', () => {
    const start = (trunk: Partial<GivenTrunk>) => defaultOptions(factsOf({ ...facts, ...trunk }));
    assert.equal(start({}).useCase, 'both');
    assert.equal(start({}).auth, 'credential');
    assert.equal(start({ destinations: [] }).useCase, 'outbound');
    assert.equal(start({ whitelistedIps: [], userName: null }).useCase, 'inbound');
    const issued: Partial<GivenTrunk> = { userName: facts.trunkSid, credentialKind: 'issued' };
    const none: Partial<GivenTrunk> = { userName: null, credentialKind: null };
    assert.equal(start(issued).auth, 'ip');
    assert.equal(start(none).auth, 'ip');
    for (const trunk of [{}, issued, none]) {
      assert.equal(start({ ...trunk, whitelistedIps: [] }).auth, 'credential');
    }
    assert.equal(
      start({ numbers: [{ number: '+918040005678', mode: 'flow' }] }).useCase,
      'streamkit',
    );
    assert.deepEqual(start({}).codecs, ['PCMA', 'PCMU']);
    assert.deepEqual(start({}).exotelAddresses, []);
  });
});

describe('card', () => {
  it('is guessed from the file, then from the language', () => {
    const id = (file: string, language = 'plaintext') => guessCard(file, language)?.id ?? null;
    assert.equal(id('/etc/asterisk/pjsip.conf'), 'asterisk-pjsip');
    assert.equal(id('C:\\pbx\\pjsip_exotel.conf'), 'asterisk-pjsip');
    assert.equal(id('extensions.conf', 'properties'), 'asterisk-pjsip');
    assert.equal(id('/etc/kamailio/kamailio.cfg', 'properties'), 'kamailio');
    assert.equal(id('kamailio-local.cfg'), 'kamailio');
    assert.equal(id('gateway.xml', 'xml'), 'freeswitch');
    assert.equal(id('notes.md', 'markdown'), 'settings-table');
    assert.equal(id('docs/exotel-sip-trunk.md', 'markdown'), 'settings-table');
    assert.equal(id('exotel-3cx.md', 'markdown'), 'threecx');
    assert.equal(id('Untitled-1', 'kamailio'), 'kamailio');
    assert.equal(id('Untitled-1'), null);
    assert.equal(id('xpjsip.conf'), null);
    assert.equal(cardById('no-such-pbx'), null);
  });

  it('says where its text goes, how it is loaded and how it is checked', () => {
    assert.equal(new Set(cards.map(({ id }) => id)).size, cards.length);
    for (const { id, name } of cards) {
      assert.match(id, /^[a-z0-9-]+$/);
      const writer = writerOf(id);
      const { where, load, check } = writer.guide(connectionOf());
      for (const text of [name, where, load, check]) assert.ok(text.length > 2);
      assert.ok(writer.mistakes.length >= 4);
      const names = writer.render(connectionOf()).map((file) => file.name);
      assert.equal(new Set(names).size, names.length);
    }
  });
});
