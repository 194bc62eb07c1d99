// The edges: the shipped ones say where they are from, a person's own replace them, and what is wrong in a
// list is left out and named, never guessed.
import assert from 'node:assert/strict';
import { buildConnection, defaultOptions } from '../../../src/pbx/connection';
import { DEFAULT_EDGE_ID, edges, resolveEdge } from '../../../src/exotel/edges';
import { readAddresses, readEdges, withAddresses } from '../../../src/app/edge-list';
import { connectionOf, facts, factsOf, loadWriters, textFrom } from './fixtures';

before(loadWriters);

const OWN = { id: 'mine', name: 'Mine', host: 'sip.example.com', tcpPort: 5070, tlsPort: 443 };

describe('The shipped edges', () => {
  it('are what a list of them reads as, without a problem', () => {
    assert.deepEqual(readEdges(JSON.parse(JSON.stringify(edges))), { edges, problems: [] });
  });

  it('each say where they are from and when somebody looked', () => {
    assert.equal(new Set(edges.map(({ id }) => id)).size, edges.length);
    for (const { source, checked } of edges) {
      assert.match(checked, /^2026-\d\d-\d\d$/);
      assert.match(source, /^Exotel /);
    }
  });

  it('ship no address that Exotel calls from', () => {
    assert.deepEqual(
      edges.flatMap(({ addresses }) => addresses ?? []),
      [],
    );
  });

  it('hold the regional hosts with their published ports', () => {
    const hosts = edges.filter(({ host }) => /^pstn\.(in|sgp)\d/.test(host));
    assert.deepEqual(
      hosts.map(({ host, tcpPort, tlsPort }) => `${host} ${tcpPort} ${tlsPort}`),
      ['in1', 'in2', 'in4', 'sgp1'].map((place) => `pstn.${place}.exotel.com 5070 443`),
    );
  });
});

describe('A list of one’s own', () => {
  it('replaces the shipped one but for the account domain', () => {
    const { edges: own, problems } = readEdges([OWN]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      own.map(({ id }) => id),
      [DEFAULT_EDGE_ID, 'mine'],
    );
    assert.deepEqual(own[1], {
      ...OWN,
      auth: ['credential', 'ip', 'both'],
      source: '',
      checked: '',
    });
  });

  it('may say other ports for the account domain, and put the account’s SID in a host', () => {
    const mine = {
      ...OWN,
      id: DEFAULT_EDGE_ID,
      host: '{accountSid}.sip.example.com',
      tlsPort: 8443,
    };
    const { edges: own } = readEdges([mine]);
    assert.equal(own.length, 1);
    const edge = resolveEdge(own, 'gone', 'acme');
    assert.equal(`${edge.host} ${edge.tlsPort}`, 'acme.sip.example.com 8443');
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', 'x', /^Edge 1: must be an object\.$/],
    ['no host', { id: 'a', name: 'A' }, /^Edge 1 \(a\): host is missing\.$/],
    ['a host with a space', { ...OWN, host: 'a b' }, /^Edge 1 \(mine\): host must be a host name/],
    ['a host that breaks out', { ...OWN, host: 'a\n[x]' }, /host must be/],
    ['a scheme before the host', { ...OWN, host: 'sip:a.example' }, /host must be/],
    ['another placeholder', { ...OWN, host: '{trunkSid}.example' }, /host must be/],
    ['a port of 0', { ...OWN, tcpPort: 0 }, /tcpPort must be a port number/],
    ['a port as text', { ...OWN, tlsPort: '443' }, /tlsPort must be a number/],
    ['a port with a fraction', { ...OWN, tlsPort: 443.5 }, /tlsPort must be a port number/],
    ['an id with capitals', { ...OWN, id: 'Mine' }, /^Edge 1: id must be small letters/],
    ['an unknown way of being recognised', { ...OWN, auth: ['udp'] }, /auth\.0 must be credential/],
    ['no way of being recognised', { ...OWN, auth: [] }, /auth must not be empty/],
    ['an open network', { ...OWN, addresses: ['0.0.0.0/0'] }, /addresses\.0 must be an IPv4/],
    ['a name on two lines', { ...OWN, name: 'a\nb' }, /name must be on one line/],
    ['no name', { ...OWN, name: ' ' }, /name must not be empty/],
    ['a day that is none', { ...OWN, checked: 'today' }, /checked must be YYYY-MM-DD/],
  ];
  for (const [what, entry, problem] of wrong) {
    it(`leaves out an entry with ${what}, says so, and keeps the others`, () => {
      const read = readEdges([entry, { ...OWN, id: 'good' }]);
      assert.deepEqual(
        read.edges.map(({ id }) => id),
        [DEFAULT_EDGE_ID, 'good'],
      );
      assert.equal(read.problems.length, 1);
      assert.match(read.problems[0] ?? '', problem);
    });
  }

  it('counts the first of two with the same id', () => {
    const read = readEdges([OWN, { ...OWN, host: 'other.example.com' }]);
    assert.equal(read.edges[1]?.host, 'sip.example.com');
    assert.match(read.problems[0] ?? '', /^Edge 2 \(mine\): another one/);
  });

  it('is the shipped one when it is no list at all', () => {
    for (const value of [null, undefined, {}, 'x']) {
      const read = readEdges(value);
      assert.deepEqual(read.edges, edges);
      assert.equal(read.problems.length, 1);
    }
  });

  it('warns when an edge is meant for another way of being recognised', () => {
    const connection = connectionOf({ options: { auth: 'credential' }, edge: { auth: ['ip'] } });
    const warned = textFrom('asterisk-pjsip', connection).advice.some(({ what: text }) =>
      text.includes('another way'),
    );
    assert.ok(warned);
  });
});

describe('The addresses Exotel calls from', () => {
  it('are read as networks; what is none or too wide is named', () => {
    const read = readAddresses(['203.0.113.7', ' 198.51.100.0/24 ', '0.0.0.0/0', 'x', 5]);
    assert.deepEqual(read.addresses, ['203.0.113.7/32', '198.51.100.0/24']);
    assert.deepEqual(
      read.problems.map((problem) => problem.split(':')[0]),
      ['Address 3', 'Address 4', 'Address 5'],
    );
    assert.equal(readAddresses('x').problems.length, 1);
  });

  const known = withAddresses(
    readEdges([{ ...OWN, addresses: ['192.0.2.0/24'] }]).edges,
    readAddresses(['203.0.113.7']).addresses,
  );
  const inbound = (edgeId: string, exotelAddresses: readonly string[] = []) =>
    buildConnection(
      factsOf(facts),
      { ...defaultOptions(factsOf(facts)), useCase: 'inbound', edgeId, exotelAddresses },
      { password: null, now: new Date(0), edges: known },
    ).exotelAddresses;

  it('are the edge’s own, else those for every edge, unless a person chose others', () => {
    assert.deepEqual(inbound('mine'), ['192.0.2.0/24']);
    assert.deepEqual(inbound(DEFAULT_EDGE_ID), ['203.0.113.7/32']);
    assert.deepEqual(inbound('mine', ['198.51.100.1/32']), ['198.51.100.1/32']);
  });
});
