/** What this computer sees of the network, on real sockets: each row with the fault, and without. */
import assert from 'node:assert/strict';
import { createProbes } from '../../../src/checks/probes';
import { planChecks, runChecks } from '../../../src/checks/plan';
import type { Certificate, CheckResult, Probes, TlsResult } from '../../../src/checks/types';
import {
  GOOD,
  checkFacts,
  type PlainCheckFacts,
  NO_NETWORK,
  answering,
  assertReadable,
  closedPort,
  fakeDns,
  filteredPort,
  listen,
  makeCertificates,
  response,
  verdictOf,
  type Behaviour,
  type Certificates,
  type Identity,
  type Listening,
} from './support';

const NAME = 'sip.example.com';
const HOST = '127.0.0.21';
/** Long enough for any answer of a busy computer; only what never answers waits for it. */
const PATIENT = 20_000;
/** For what never answers at all. */
const HASTY = 250;

const dns = fakeDns({ [NAME]: [HOST] });

/** A destination, or the edge, at that port. */
function facts(
  kind: 'destination' | 'edge',
  transport: 'tcp' | 'tls',
  port: number,
  host = NAME,
): Partial<PlainCheckFacts> {
  return kind === 'destination'
    ? {
        destinations: [
          { destination: `${host}:${port};transport=${transport}`, priority: 1, weight: 1 },
        ],
      }
    : { transport, edge: { ...GOOD.edge, host, tcpPort: port, tlsPort: port } };
}

async function look(
  kind: 'destination' | 'edge',
  step: 'dns' | 'tcp' | 'tls' | 'sip',
  transport: 'tcp' | 'tls',
  port: number,
  probes: Probes,
  host = NAME,
): Promise<CheckResult> {
  const useCase = kind === 'edge' ? 'outbound' : 'inbound';
  return verdictOf(facts(kind, transport, port, host), useCase, `${kind}.${step}`, probes);
}

const BOTH = ['destination', 'edge'] as const;

describe('The network', function () {
  this.timeout(240_000);

  let certificates: Certificates;
  let probes: Probes;
  let hasty: Probes;
  let waiting: Probes;
  let listening: Listening[] = [];

  before(async () => {
    certificates = await makeCertificates(NAME, HOST);
    const extraRoots = [certificates.root];
    probes = createProbes({ timeoutMs: PATIENT, dns, extraRoots });
    hasty = createProbes({ timeoutMs: HASTY, dns, extraRoots });
    waiting = createProbes({ timeoutMs: 2500, dns, extraRoots });
  });

  afterEach(async () => {
    await Promise.all(listening.map((one) => one.close()));
    listening = [];
  });

  async function serve(
    behave: Behaviour,
    identity: Identity | null = null,
    host = HOST,
  ): Promise<number> {
    const server = await listen(host, behave, identity === null ? null : { ...identity });
    listening.push(server);
    return server.port;
  }

  describe('names', () => {
    const named = (of: Parameters<typeof createProbes>[0]) =>
      createProbes({ timeoutMs: HASTY, ...of });
    const public1 = fakeDns({ [NAME]: ['44.248.146.11', '44.248.146.12'] });

    for (const kind of BOTH) {
      it(`of the ${kind}: found`, async () => {
        const result = await look(kind, 'dns', 'tls', 1, named({ dns: public1 }));
        assert.equal(result.level, 'ok');
        assert.match(result.what, /44\.248\.146\.11, 44\.248\.146\.12/);
      });

      it(`of the ${kind}: does not exist`, async () => {
        for (const step of ['dns', 'tcp', 'tls', 'sip'] as const) {
          const result = await look(kind, step, 'tls', 1, named({ dns: fakeDns({}) }));
          assert.equal(result.level, 'problem');
          assert.match(result.what, /sip\.example\.com does not exist/);
          assert.equal(result.action?.kind, kind === 'edge' ? 'findEdge' : 'editDestination');
        }
      });

      it(`of the ${kind}: the name server fails or is slow`, async () => {
        const failing = {
          ...public1,
          lookup: () => Promise.reject(Object.assign(new Error(), { code: 'EAI_AGAIN' })),
        };
        const slow = { ...public1, lookup: () => new Promise<never>(() => undefined) };
        for (const [server, why] of [
          [failing, /EAI_AGAIN/],
          [slow, /no answer from the name server/],
        ] as const) {
          const result = await look(kind, 'dns', 'tls', 1, named({ dns: server }));
          assert.equal(result.level, 'unknown');
          assert.match(result.what, why);
        }
      });
    }

    it('an alias is warned about for a destination only', async () => {
      const server = fakeDns({ [NAME]: ['44.248.146.11'] }, { [NAME]: 'lb.example.net' });
      const own = await look('destination', 'dns', 'tls', 1, named({ dns: server }));
      assert.equal(own.level, 'warning');
      assert.match(own.what, /alias \(CNAME\) of lb\.example\.net/);
      assert.equal((await look('edge', 'dns', 'tls', 1, named({ dns: server }))).level, 'ok');
    });

    it('a server that does not tell aliases does not hold up the address', async () => {
      const server = { ...public1, alias: () => new Promise<never>(() => undefined) };
      assert.equal(
        (await look('destination', 'dns', 'tls', 1, named({ dns: server }))).level,
        'ok',
      );
      const failing = { ...public1, alias: () => Promise.reject(new Error('no')) };
      assert.equal(
        (await look('destination', 'dns', 'tls', 1, named({ dns: failing }))).level,
        'ok',
      );
    });

    it('a destination that is a private address here is warned about', async () => {
      for (const address of ['10.0.0.5', '100.64.0.1', '192.0.2.1', '127.0.0.1']) {
        const server = fakeDns({ [NAME]: ['44.248.146.11', address] });
        const result = await look('destination', 'dns', 'tls', 1, named({ dns: server }));
        assert.equal(result.level, 'warning');
        assert.ok(result.what.includes(address), result.what);
      }
    });

    it('an address needs none', () => {
      const rows = planChecks(
        checkFacts(facts('destination', 'tls', 5061, '44.248.146.11')),
        'inbound',
      );
      assert.deepEqual(
        rows.filter(({ id }) => id.startsWith('destination.dns')),
        [],
      );
    });
  });

  describe('ports', () => {
    for (const kind of BOTH) {
      it(`of the ${kind}: open`, async () => {
        const port = await serve(() => undefined);
        const result = await look(kind, 'tcp', 'tcp', port, probes);
        assert.equal(result.level, 'ok', result.what);
        assert.deepEqual(result.evidence, [`${NAME}:${port} → ${HOST}, open`]);
      });

      it(`of the ${kind}: closed`, async () => {
        const port = await closedPort(HOST);
        for (const step of ['tcp', 'tls', 'sip'] as const) {
          const result = await look(kind, step, 'tls', port, probes);
          assert.equal(result.level, 'problem');
          assert.match(result.what, /refuses the connection: nobody listens there/);
          assert.ok(result.action !== null);
        }
      });
    }

    it('filtered: no answer at all', async () => {
      const filtered = await filteredPort(HOST);
      try {
        for (const kind of BOTH) {
          for (const step of ['tcp', 'tls', 'sip'] as const) {
            const result = await look(kind, step, 'tls', filtered.port, hasty);
            // A firewall that lets in Exotel only looks the same.
            assert.equal(result.level, kind === 'edge' ? 'problem' : 'warning');
            assert.match(result.what, /does not answer.*: a firewall/);
            assert.match(result.doNext ?? '', new RegExp(`${filtered.port}`));
          }
        }
      } finally {
        await filtered.close();
      }
    });

    it('a host without a way to it', async () => {
      // Class E is no destination for any system.
      const nowhere = createProbes({
        timeoutMs: HASTY,
        dns: fakeDns({ [NAME]: ['255.255.255.255'] }),
      });
      const result = await look('destination', 'tcp', 'tcp', 5060, nowhere);
      assert.equal(result.level, 'problem');
      assert.match(result.what, /cannot be reached from here|does not answer/);
    });

    it('a port that is none is a verdict, not an exception', async () => {
      const result = await look('edge', 'tcp', 'tcp', 99_999, probes);
      assert.equal(result.level, 'problem');
    });
  });

  describe('certificates', () => {
    const serveTls = (identity: Identity) => serve(() => undefined, identity);

    it('valid, with its chain, for name and address', async () => {
      const port = await serveTls(certificates.valid);
      for (const kind of BOTH) {
        for (const host of [NAME, HOST]) {
          const result = await look(kind, 'tls', 'tls', port, probes, host);
          assert.equal(result.level, 'ok', `${result.what} ${result.evidence.join()}`);
          assert.match(result.what, /valid for 36[45] more days/);
          assert.match(result.evidence.join('\n'), /TLSv1\.3\nsip\.example\.com, from Test middle/);
        }
      }
    });

    const faults = [
      ['expired', 'problem', /expired on \d{4}-\d\d-\d\d/, /Renew/],
      ['notYet', 'problem', /valid from \d{4}-\d\d-\d\d only/, /clocks/],
      ['selfSigned', 'problem', /is self-signed/, /public certificate authority/],
      [
        'wrongName',
        'problem',
        /is for other\.example\.net, not for sip\.example\.com/,
        /name of the certificate/,
      ],
      ['incomplete', 'problem', /chain is incomplete/, /full chain/],
      [
        'expiredAbove',
        'problem',
        /rests on another one that expired on .*Test oldMiddle/,
        /full chain/,
      ],
      ['endingSoon', 'warning', /ends in 10 days/, /Renew/],
    ] as const;
    for (const [which, verdict, why, doNext] of faults) {
      it(`of the user’s server: ${which}`, async () => {
        const port = await serveTls(certificates[which]);
        const result = await look('destination', 'tls', 'tls', port, probes);
        assert.equal(result.level, verdict, result.what);
        assert.match(result.what, why);
        assert.match(result.doNext ?? '', doNext);
        assert.ok(result.evidence.length >= 2);
      });

      it(`of the edge: ${which}`, async () => {
        const port = await serveTls(certificates[which]);
        const result = await look('edge', 'tls', 'tls', port, probes);
        assert.equal(result.level, verdict, result.what);
        assert.match(result.what, why);
        // Nobody can be told to renew Exotel's certificate.
        assert.match(
          result.doNext ?? '',
          verdict === 'problem' ? /choose another edge/ : /Exotel renews it/,
        );
        assert.equal(result.action?.kind ?? null, verdict === 'problem' ? 'findEdge' : null);
      });
    }

    it('of an authority that this computer does not know', async () => {
      const port = await serveTls(certificates.valid);
      const strict = createProbes({ timeoutMs: PATIENT, dns });
      const result = await look('destination', 'tls', 'tls', port, strict);
      assert.equal(result.level, 'problem');
      assert.match(result.what, /does not end at an authority this computer knows/);
      const root = { ...certificates.valid, cert: certificates.valid.cert + certificates.root };
      const sent = await look('destination', 'tls', 'tls', await serveTls(root), strict);
      assert.match(sent.what, /comes from a private certificate authority/);
    });

    it('of the name only, asked for by address', async () => {
      const port = await serveTls(certificates.wrongName);
      const result = await look('destination', 'tls', 'tls', port, probes, HOST);
      assert.match(result.what, /not for 127\.0\.0\.21/);
    });

    it('a server that speaks plain SIP', async () => {
      const port = await serve((socket) => {
        socket.once('data', () => socket.write(response(400, 'Bad Request')));
      });
      for (const step of ['tls', 'sip'] as const) {
        const result = await look('destination', step, 'tls', port, probes);
        assert.equal(result.level, 'problem');
        assert.match(result.what, /takes connections, but does not speak TLS/);
        assert.match(result.doNext ?? '', /transport=tcp/);
      }
    });

    it('a server that says nothing, or hangs up', async () => {
      const silent = await look('edge', 'tls', 'tls', await serve(() => undefined), waiting);
      assert.match(silent.what, /does not answer a TLS handshake/);
      const closing = await serve((socket) => socket.once('data', () => socket.destroy()));
      const closed = await look('edge', 'tls', 'tls', closing, probes);
      assert.match(closed.what, /closes the connection when TLS begins/);
      assert.equal(closed.level, 'problem');
    });

    it('a server with TLS 1.1 only', async () => {
      const server = await listen(HOST, () => undefined, {
        ...certificates.valid,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT:@SECLEVEL=0',
      });
      listening.push(server);
      const result = await look('destination', 'tls', 'tls', server.port, probes);
      assert.equal(result.level, 'problem');
      assert.match(
        result.what,
        /TLSv?[ ]?1\.1( or older only)?, which is no longer safe/,
        result.evidence.join(),
      );
      assert.match(result.doNext ?? '', /TLS 1\.2/);
    });

    it('a server with TLS 1.2', async () => {
      const server = await listen(HOST, () => undefined, {
        ...certificates.valid,
        maxVersion: 'TLSv1.2',
      });
      listening.push(server);
      const result = await look('destination', 'tls', 'tls', server.port, probes);
      assert.equal(result.level, 'ok');
      assert.match(result.what, /TLSv1\.2/);
    });
  });

  describe('certificates that only some programs can show', () => {
    const DAY = 86_400_000;
    const leaf = (days: number): Certificate => ({
      subject: 'sip.example.com',
      issuer: 'Authority',
      names: [],
      notBefore: new Date(GOOD.now.getTime() - DAY),
      notAfter: new Date(GOOD.now.getTime() + days * DAY),
      selfSigned: false,
    });
    const shown = (more: Partial<Extract<TlsResult, { kind: 'handshake' }>>) => {
      const handshake: TlsResult = {
        kind: 'handshake',
        version: 'TLSv1.3',
        cipher: 'x',
        chain: [leaf(100)],
        trust: null,
        nameMatches: true,
        ms: 1,
        ...more,
      };
      return look('destination', 'tls', 'tls', 5061, {
        ...NO_NETWORK,
        handshake: () => Promise.resolve(handshake),
      });
    };

    it('old versions of TLS', async () => {
      for (const version of ['TLSv1', 'TLSv1.1']) {
        const result = await shown({ version });
        assert.equal(result.level, 'problem');
        assert.match(result.what, new RegExp(`speaks ${version}, which is no longer safe`));
      }
      assert.equal((await shown({})).level, 'ok');
    });

    it('none at all, one nobody trusts, one without names', async () => {
      assert.match((await shown({ chain: [] })).what, /shows no certificate/);
      assert.match((await shown({ trust: 'CERT_REVOKED' })).what, /not trusted \(CERT_REVOKED\)/);
      assert.match((await shown({ nameMatches: false })).what, /is for sip\.example\.com, not for/);
    });

    it('its last days', async () => {
      for (const [days, why] of [
        [0.5, /ends today\./],
        [1.5, /ends in 1 day\./],
        [29.5, /ends in 29 days\./],
      ] as const) {
        const result = await shown({ chain: [leaf(days)] });
        assert.equal(result.level, 'warning');
        assert.match(result.what, why);
      }
      assert.equal((await shown({ chain: [leaf(30.5)] })).level, 'ok');
      // The first of the chain to end counts, but not the root, which is this computer's.
      const root: Certificate = { ...leaf(3), selfSigned: true };
      assert.equal((await shown({ chain: [leaf(100), root] })).level, 'ok');
      assert.equal((await shown({ chain: [leaf(100), leaf(3)] })).level, 'warning');
    });
  });

  describe('SIP', () => {
    const REQUEST = 'OPTIONS sip:you@h SIP/2.0\r\nCSeq: 9 OPTIONS\r\nContent-Length: 0\r\n\r\n';
    const OK = response(200, 'OK', 'Server: kamailio (5.8.4)');
    const behaviours: readonly (readonly [
      says: string,
      behave: Behaviour,
      own: string,
      edge: string,
      why: RegExp,
    ])[] = [
      ['200', answering(OK), 'ok', 'ok', /speaks SIP: 200 OK/],
      ['401', answering(response(401, 'Unauthorized')), 'warning', 'ok', /401 Unauthorized/],
      ['403', answering(response(403, 'Forbidden')), 'warning', 'ok', /403 Forbidden/],
      ['404', answering(response(404, 'Not Found')), 'ok', 'ok', /404 Not Found/],
      ['405', answering(response(405, 'Method Not Allowed')), 'ok', 'ok', /405/],
      ['407', answering(response(407, 'Proxy Authentication Required')), 'warning', 'ok', /407/],
      ['480', answering(response(480, '')), 'ok', 'ok', /answered 480\./],
      [
        '500',
        answering(response(500, 'Server Error')),
        'warning',
        'warning',
        /error of its own: 500/,
      ],
      [
        '503',
        answering(response(503, 'Service Unavailable')),
        'warning',
        'warning',
        /overloaded: 503/,
      ],
      ['100 then 200', answering(response(100, 'Trying'), OK), 'ok', 'ok', /200 OK/],
      ['two messages at once', answering(OK + response(503, 'X')), 'ok', 'ok', /200 OK/],
      ['a request of its own first', answering(REQUEST, OK), 'ok', 'ok', /200 OK/],
      ['keep-alives first', answering('\r\n\r\n', '\r\n', OK), 'ok', 'ok', /200 OK/],
      [
        'letter by letter',
        (socket) =>
          socket.once('data', () => {
            for (const letter of OK) socket.write(letter);
          }),
        'ok',
        'ok',
        /200 OK/,
      ],
      ['garbage', answering('220 mail.example.com ESMTP\r\n'), 'problem', 'problem', /not in SIP/],
      ['HTTP', answering('HTTP/1.1 400 Bad Request\r\n\r\n'), 'problem', 'problem', /not in SIP/],
      [
        'line ends without end',
        (socket) =>
          socket.once('data', () => {
            const more = () => {
              if (!socket.destroyed) socket.write('\r\n'.repeat(20_000), more);
            };
            more();
          }),
        'problem',
        'problem',
        /not in SIP/,
      ],
      [
        'a closed door',
        (socket) => socket.once('data', () => socket.end()),
        'warning',
        'warning',
        /closes the connection/,
      ],
      [
        'a reset',
        (socket) => socket.once('data', () => socket.destroy()),
        'warning',
        'warning',
        /closes the connection/,
      ],
      [
        'half a message, then the end',
        (socket) => socket.once('data', () => socket.end(OK.slice(0, 40))),
        'warning',
        'warning',
        /closes the connection/,
      ],
    ];
    for (const transport of ['tcp', 'tls'] as const) {
      for (const [says, behave, own, edge, why] of behaviours) {
        it(`over ${transport} answers ${says}`, async () => {
          const port = await serve(behave, transport === 'tls' ? certificates.valid : null);
          for (const kind of BOTH) {
            const result = await look(kind, 'sip', transport, port, probes);
            assert.equal(result.level, kind === 'edge' ? edge : own, result.what);
            assert.match(result.what, why);
          }
        });
      }

      it(`over ${transport} answers nothing, or half a message, or only 100`, async () => {
        const silent: Behaviour[] = [
          () => undefined,
          answering(OK.slice(0, 40)),
          answering(response(100, 'Trying')),
        ];
        const results = silent.flatMap((behave) =>
          BOTH.map(async (kind) => {
            const port = await serve(behave, transport === 'tls' ? certificates.valid : null);
            return look(kind, 'sip', transport, port, waiting);
          }),
        );
        for (const result of await Promise.all(results)) {
          assert.equal(result.level, 'warning', result.what);
          assert.match(result.what, /does not answer OPTIONS/);
        }
      });
    }

    it('is asked for also behind a certificate that is not right', async () => {
      const port = await serve(answering(OK), certificates.selfSigned);
      assert.equal((await look('destination', 'sip', 'tls', port, probes)).level, 'ok');
    });

    it('a server’s own words are one short line', async () => {
      const port = await serve(
        answering(
          response(
            200,
            `O\u001b[31mK ${'long '.repeat(500)}`,
            `Server: a\u0007b${'x'.repeat(9000)}`,
          ),
        ),
      );
      const result = await look('destination', 'sip', 'tcp', port, probes);
      const text = [result.what, ...result.evidence].join('\n');
      assert.ok(text.length < 600, text);
      assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u);
    });
  });

  describe('the plan', () => {
    it('looks at each destination once, and tells two transports apart', () => {
      const destinations = [
        'a.example.com:5061;transport=tls',
        'A.example.com:5061;transport=tls',
        'a.example.com:5061;transport=tcp',
        'b.example.com;transport=tls',
        'c.example.com:5060;transport=udp',
      ].map((destination, index) => ({ destination, priority: index, weight: 1 }));
      const ids = planChecks(checkFacts({ destinations }), 'inbound').map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, ids.join('\n'));
      assert.ok(ids.includes('destination.tls:a.example.com:5061'));
      assert.ok(ids.includes('destination.tcp.sip:a.example.com:5061'));
      assert.ok(ids.includes('destination.tls:b.example.com:5061'));
      assert.ok(!ids.some((id) => id.includes('c.example.com')));
    });

    it('runs it all: every row of a server in order passes', async () => {
      const port = await serve(answering(OK), certificates.valid);
      for (const kind of BOTH) {
        const plan = planChecks(
          checkFacts(facts(kind, 'tls', port, HOST)),
          kind === 'edge' ? 'outbound' : 'inbound',
        );
        const rows = plan.filter(({ group }) => group === 'network');
        assert.equal(rows.length, 3);
        for (const result of await runChecks(rows, probes, new AbortController().signal)) {
          assert.equal(result.level, 'ok', result.what);
        }
      }
    });

    const OK = response(200, 'OK');

    it('says so when it was stopped', async () => {
      const stopped = AbortSignal.abort();
      for (const row of planChecks(GOOD, 'inbound')) {
        const result = await row.run(NO_NETWORK, stopped);
        assert.equal(result.level, 'unknown');
        assert.match(result.what, /Stopped/);
      }
    });

    it('makes a verdict of a probe that breaks', async () => {
      const result = await verdictOf({}, 'outbound', 'edge.tcp', NO_NETWORK);
      assert.equal(result.level, 'unknown');
      assert.deepEqual(result.evidence, ['the network was asked']);
      assertReadable(result);
    });
  });
});
