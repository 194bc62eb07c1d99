// The terminal: every verb and exit code against the sandbox, one valid JSON document whatever happens,
// and no secret in anything that is printed.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Ajv from 'ajv';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index';
import { root } from '../../support/paths';
import { Terminal, type RunOptions } from '../../support/terminal';
import { SCHEMA, schemaText } from '../../support/terminal-schema';
import { TRACE as LINES } from '../../support/trace-sample';

const TRACE = LINES.join('\n');
const KEY = 'planted_key_0f1e2d3c4b5a';
const TOKEN = 'planted_token_a5b4c3d2e1f0';
const PASSWORD = 'Planted_Sip_Passw0rd';

interface Listed {
  readonly trunks: readonly { readonly sid: string; readonly name: string }[];
}

describe('the terminal', function () {
  this.timeout(60_000);
  const terminal = new Terminal();
  const folder = mkdtempSync(join(tmpdir(), 'exotel-terminal-'));
  const schema = JSON.parse(readFileSync(join(root, SCHEMA), 'utf8')) as object;
  const ajv = new Ajv();
  const compiled = new Map<string, ReturnType<Ajv['compile']>>();
  let sandbox: Sandbox;
  let trunks: Listed['trunks'];

  before(async () => {
    [sandbox] = await Promise.all([
      startSandbox({ apiKey: KEY, apiToken: TOKEN }),
      terminal.build(),
    ]);
    trunks = ((await json('trunks', ['trunks'])).document as unknown as Listed).trunks;
  });

  after(async () => {
    terminal.close();
    rmSync(folder, { recursive: true, force: true });
    await sandbox.close();
  });

  function validator(kind: string): ReturnType<Ajv['compile']> {
    const known = compiled.get(kind);
    if (known !== undefined) return known;
    const made = ajv.compile({ ...schema, anyOf: [{ $ref: `#/definitions/${kind}` }] });
    compiled.set(kind, made);
    return made;
  }

  /** Runs with --json; the one document, held against the schema of its kind. */
  async function json(kind: string, args: readonly string[], options: RunOptions = { sandbox }) {
    const { code, stdout, stderr } = await terminal.run(['--json', ...args], options);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    const valid = validator(kind);
    assert.ok(valid(document), `${args.join(' ')}: ${JSON.stringify(valid.errors)}\n${stdout}`);
    assert.equal(document['schemaVersion'], 1);
    for (const secret of [KEY, TOKEN, PASSWORD]) {
      assert.ok(!`${stdout}${stderr}`.includes(secret), `${args.join(' ')} prints a secret`);
    }
    return { code, document, stderr };
  }

  const sidOf = (name: string): string =>
    trunks.find((trunk) => trunk.name === name)?.sid ?? assert.fail(`no trunk ${name}`);

  it('has the schema that its shapes give (npm run schema)', async () => {
    assert.equal(readFileSync(join(root, SCHEMA), 'utf8'), await schemaText());
  });

  describe('trunks and show', () => {
    it('lists the trunks of the account', async () => {
      assert.deepEqual(trunks.map(({ name }) => name).sort(), [
        'inbound_trunk',
        'outbound_trunk',
        'streamkit_trunk',
      ]);
      const { code, stdout } = await terminal.run(['trunks'], { sandbox });
      assert.equal(code, 0);
      for (const { sid, name } of trunks)
        assert.match(stdout, new RegExp(`^${sid}  ${name} `, 'm'));
    });

    it('shows a trunk by its SID and by its name the same, without its password', async () => {
      const sid = sidOf('outbound_trunk');
      const bySid = await json('show', ['show', sid]);
      const byName = await json('show', ['show', 'outbound_trunk']);
      assert.equal(bySid.code, 0);
      assert.deepEqual(bySid.document, byName.document);
      assert.deepEqual(Object.keys(bySid.document), [
        'schemaVersion',
        'trunk',
        'numbers',
        'whitelistedIps',
        'destinations',
        'credentials',
        'settings',
      ]);
    });

    it('refuses a trunk that is not there, and an empty name', async () => {
      for (const name of ['no_such_trunk', '', ' ']) {
        assert.equal((await json('failure', ['show', name])).code, 2, `“${name}”`);
      }
    });

    it('says what could not be read and exits with 3', async () => {
      sandbox.fail({
        match: { path: /whitelisted-ips/ },
        times: 99,
        then: { kind: 'answer', status: 403, body: '' },
      });
      try {
        const { code, document } = await json('show', ['show', 'outbound_trunk']);
        assert.equal(code, 3);
        assert.equal((document['findings'] as unknown[]).length, 1);
      } finally {
        sandbox.clearFaults();
      }
    });
  });

  describe('keys', () => {
    const names = [
      'EXOTEL_ACCOUNT_SID',
      'EXOTEL_API_KEY',
      'EXOTEL_API_TOKEN',
      'EXOTEL_API_HOST',
    ] as const;

    for (const name of names) {
      it(`are taken from the environment: without ${name} it is wrong use`, async () => {
        const { code, document } = await json('failure', ['trunks'], {
          sandbox,
          env: { [name]: undefined },
        });
        assert.equal(code, 2);
        assert.match(JSON.stringify(document), new RegExp(`${name} is not set`));
      });
    }

    it('that are refused exit with 3 and are not repeated', async () => {
      const wrong = 'wrong_token_9999';
      const { code, document, stderr } = await json('failure', ['trunks'], {
        sandbox,
        env: { EXOTEL_API_TOKEN: wrong },
      });
      assert.equal(code, 3);
      assert.ok(!`${JSON.stringify(document)}${stderr}`.includes(wrong));
    });

    it('are refused as arguments, and not repeated', async () => {
      for (const args of [
        ['trunks', '--api-key', KEY],
        ['trunks', `--token=${TOKEN}`],
        [`--key=${KEY}`, 'trunks'],
      ]) {
        assert.equal((await json('failure', args)).code, 2);
      }
    });

    it('never go to a host without https', async () => {
      const { code } = await json('failure', ['trunks'], {
        sandbox,
        env: { EXOTEL_API_HOST: 'http://api.example.com' },
      });
      assert.equal(code, 2);
    });
  });

  it('exits with 3 when nobody answers', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const { code } = await json('failure', ['trunks'], {
      sandbox,
      env: { EXOTEL_API_HOST: `http://127.0.0.1:${port}` },
    });
    assert.equal(code, 3);
  });

  describe('check', () => {
    it('says of every row how it is, and exits with 0 where nothing is a problem', async () => {
      const { code, document } = await json('check', ['check', 'outbound_trunk', '--no-network']);
      assert.equal(code, 0);
      const { findings } = document as { findings: { kind: string; level: string }[] };
      assert.ok(findings.some(({ kind, level }) => kind === 'number.mapped' && level === 'ok'));
      assert.ok(findings.some(({ level }) => level === 'manual'));
    });

    it('exits with 1 for a problem: the trunk is not set up for that use case', async () => {
      const { code, document } = await json('check', [
        ...['check', 'outbound_trunk', '--use-case', 'inbound', '--no-network'],
      ]);
      assert.equal(code, 1);
      const { findings } = document as { findings: { kind: string; level: string }[] };
      assert.ok(findings.some((one) => one.kind === 'destination.set' && one.level === 'problem'));
    });

    it('exits with 3 when something could not be read and nothing else is a problem', async () => {
      sandbox.fail({
        match: { path: /settings/ },
        times: 99,
        then: { kind: 'answer', status: 403, body: '' },
      });
      try {
        const { code } = await json('check', ['check', 'outbound_trunk', '--no-network']);
        assert.equal(code, 3);
      } finally {
        sandbox.clearFaults();
      }
    });

    it('refuses a use case there is not', async () => {
      const { code } = await json('failure', ['check', 'outbound_trunk', '--use-case', 'fax']);
      assert.equal(code, 2);
    });
  });

  describe('generate', () => {
    const generate = ['generate', 'outbound_trunk', '--target', 'asterisk-pjsip'];
    interface Files {
      readonly files: readonly { name: string; folder: string; text: string }[];
    }

    it('makes the files of a PBX, with the placeholder for the password', async () => {
      const { code, document } = await json('generate', generate);
      assert.equal(code, 0);
      const { files } = document as unknown as Files;
      assert.deepEqual(
        files.map(({ name }) => name),
        ['pjsip.conf', 'extensions.conf'],
      );
      assert.match(files[0]?.text ?? '', /REPLACE_WITH_SIP_PASSWORD/);
    });

    it('takes options, and names them in the block', async () => {
      const { document } = await json('generate', [...generate, '--set', 'transport=tcp']);
      const { files } = document as unknown as Files;
      assert.match(files[0]?.text ?? '', /^; Options: transport=tcp$/m);
    });

    it('refuses what is no option, no value or no number of the trunk, and repeats no secret', async () => {
      for (const setting of [
        `${KEY}=x`,
        KEY,
        'transport=udp',
        'publicAddress=home',
        'callerId=+911111111111',
      ]) {
        assert.equal((await json('failure', [...generate, '--set', setting])).code, 2, setting);
      }
      const unknown = ['generate', 'outbound_trunk', '--target', 'pigeon'];
      assert.equal((await json('failure', unknown)).code, 2);
      assert.equal((await json('failure', ['generate', 'outbound_trunk'])).code, 2);
    });

    it('writes into a folder, and leaves a file that is there alone', async () => {
      const out = join(folder, 'out');
      assert.equal((await json('generate', [...generate, '--out', out])).code, 0);
      const file = join(out, 'pjsip.conf');
      assert.match(readFileSync(file, 'utf8'), /Exotel SIP trunk/);
      writeFileSync(file, '[mine]\n');
      assert.equal((await json('failure', [...generate, '--out', out])).code, 3);
      assert.equal(readFileSync(file, 'utf8'), '[mine]\n');
    });
  });

  describe('insert', () => {
    const HAND = '[general]\nuser_agent = café\n\n[phone]\ntype = endpoint\n';
    const insert = (file: string, ...more: string[]) => [
      ...['insert', 'outbound_trunk', '--target', 'asterisk-pjsip', '--file', 'pjsip.conf'],
      ...['--into', file, ...more],
    ];
    const fileWith = (name: string, content: string | Buffer): string => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    };

    it('shows the text and writes nothing until it is told to', async () => {
      const file = fileWith('pjsip-a.conf', HAND);
      const shown = await json('insert', insert(file));
      assert.equal(shown.code, 1);
      assert.equal(readFileSync(file, 'utf8'), HAND);
      const written = await json('insert', insert(file, '--write'));
      assert.equal(written.code, 0);
      const { text, line } = written.document as { text: string; line: number };
      assert.equal(readFileSync(file, 'utf8'), text);
      assert.match(text.split('\n')[line - 1] ?? '', /^; >>> Exotel SIP trunk/);
      assert.ok(text.startsWith(HAND));
    });

    it('replaces the block it put there before, and says when there is nothing to change', async () => {
      const file = fileWith('pjsip-b.conf', HAND);
      await json('insert', insert(file, '--write'));
      const again = await json('insert', insert(file, '--write', '--set', 'transport=tcp'));
      assert.equal(again.code, 0);
      const text = readFileSync(file, 'utf8');
      assert.equal(text.match(/>>> Exotel SIP trunk/g)?.length, 1);
      assert.match(text, /Options: transport=tcp/);
      const same = await json('insert', insert(file, '--set', 'transport=tcp'));
      assert.equal(same.code, 0);
    });

    it('goes where a line is named', async () => {
      const file = fileWith('pjsip-c.conf', HAND);
      const { document } = await json('insert', insert(file, '--line', '4'));
      const { text } = document as { text: string };
      assert.ok(text.indexOf('Exotel SIP trunk') < text.indexOf('[phone]'));
      assert.equal((await json('failure', insert(file, '--line', '0'))).code, 2);
    });

    it('keeps what stands outside the block byte for byte, also in Latin-1', async () => {
      const before = Buffer.from(HAND, 'latin1');
      const file = fileWith('pjsip-d.conf', before);
      assert.equal((await json('insert', insert(file, '--write'))).code, 0);
      assert.deepEqual(readFileSync(file).subarray(0, before.length), before);
    });

    it('asks instead of writing, and takes the answer', async () => {
      const broken = `${HAND}; >>> Exotel SIP trunk ${sidOf('outbound_trunk')} asterisk-pjsip pjsip.conf >>>\n`;
      const file = fileWith('pjsip-e.conf', broken);
      const asked = await json('insert', insert(file, '--write'));
      assert.equal(asked.code, 1);
      const { question } = asked.document as { question: { kind: string; choices: string[] } };
      assert.deepEqual([question.kind, question.choices], ['broken', ['leave']]);
      assert.equal(readFileSync(file, 'utf8'), broken);
      assert.equal((await json('insert', insert(file, '--choose', 'leave'))).code, 0);
      assert.equal((await json('failure', insert(file, '--choose', 'burn'))).code, 2);
    });

    it('exits with 3 for a file that is not there, and 2 when none is named', async () => {
      assert.equal((await json('failure', insert(join(folder, 'none.conf')))).code, 3);
      assert.equal((await json('failure', ['insert', 'outbound_trunk'])).code, 2);
    });
  });

  describe('read', () => {
    it('reads numbers, with the country of the region', async () => {
      const read = async (region: string) =>
        (await json('read', ['read', 'numbers', '--region', region], { stdin: '91234567\n' }))
          .document as { entries: { value: string | null }[] };
      assert.equal((await read('sg')).entries[0]?.value, '+6591234567');
    });

    it('says beside each entry what is wrong with it, and exits with 1', async () => {
      const { code, document } = await json('read', ['read', 'ips'], {
        stdin: '44.248.146.11\n10.0.0.5\n',
      });
      assert.equal(code, 1);
      const { entries } = document as {
        entries: { given: string; value: string | null; error: string | null }[];
      };
      assert.deepEqual(
        entries.map(({ given, value, error }) => [given, value, error === null]),
        [
          ['44.248.146.11', '44.248.146.11/32', true],
          ['10.0.0.5', null, false],
        ],
      );
    });

    it('reads destinations, and an empty list', async () => {
      const one = await json('read', ['read', 'destinations'], {
        stdin: '44.248.146.11:5061;transport=tls',
      });
      assert.equal(one.code, 0);
      assert.equal((await json('read', ['read', 'numbers'], { stdin: '' })).code, 0);
    });
  });

  describe('explain', () => {
    it('finds the fault of a trace, masks it, and tells the line', async () => {
      const file = join(folder, 'trace.log');
      writeFileSync(file, TRACE);
      const { code, document } = await json('explain', ['explain', file]);
      assert.equal(code, 1);
      const { findings } = document as { findings: { kind: string; line: number }[] };
      const [first] = findings;
      assert.equal(first?.kind, 'codecs');
      assert.match(TRACE.split('\n')[(first.line || 0) - 1] ?? '', /SIP\/2\.0 488/);
    });

    it('reads standard input the same', async () => {
      const file = join(folder, 'same.log');
      writeFileSync(file, TRACE);
      const [a, b] = await Promise.all([
        json('explain', ['explain', '-'], { stdin: TRACE }),
        json('explain', ['explain', file]),
      ]);
      assert.deepEqual(a.document, b.document);
    });

    it('says that a text holds no SIP, without calling it a fault', async () => {
      const { code, document } = await json('explain', ['explain', '-'], { stdin: 'no SIP here' });
      assert.equal(code, 0);
      assert.equal((document as { leftOut: unknown[] }).leftOut.length, 1);
    });

    it('exits with 3 for a file that cannot be read, a folder, and a capture', async () => {
      const capture = join(folder, 'call.pcap');
      writeFileSync(capture, Buffer.from('d4c3b2a1020004000000000000000000', 'hex'));
      for (const path of [join(folder, 'nothing.log'), folder, capture]) {
        assert.equal((await json('failure', ['explain', path])).code, 3, path);
      }
    });
  });

  describe('code', () => {
    it('explains a number in every table that has it', async () => {
      const { code, document } = await json('code', ['code', '403']);
      assert.equal(code, 0);
      assert.ok((document as { entries: unknown[] }).entries.length >= 2);
    });

    it('explains a SIP status of no table by its class', async () => {
      assert.equal((await json('code', ['code', '499'])).code, 0);
    });

    it('says that a code is not known (3) and that a word is none (2)', async () => {
      assert.equal((await json('failure', ['code', '99999'])).code, 3);
      assert.equal((await json('failure', ['code', 'what is it'])).code, 2);
    });
  });

  describe('what is typed', () => {
    it('is refused with the right form when it cannot be meant', async () => {
      for (const args of [
        [],
        ['nonsense'],
        ['show'],
        ['show', 'a', 'b'],
        ['trunks', '--jso'],
        ['read', 'faxes'],
        ['read', 'numbers', '--region', 'mars'],
      ]) {
        const { code, stderr } = await json('failure', args);
        assert.equal(code, 2, args.join(' '));
        assert.notEqual(stderr, '');
      }
    });

    it('tells its usage and its version', async () => {
      const help = await terminal.run(['--help']);
      assert.equal(help.code, 0);
      assert.match(help.stdout, /exotel-sip-trunks show TRUNK/);
      const version = await terminal.run(['--version']);
      assert.deepEqual([version.code, version.stdout], [0, '0.0.0-test\n']);
    });

    it('may be a trunk name that looks like an option, behind --', async () => {
      const { code, document } = await json('failure', ['show', '--', '--help']);
      assert.equal(code, 2);
      assert.match(JSON.stringify(document), /no trunk with the SID or name --help/);
    });
  });

  it('keeps what a name may hold from acting on the screen', async () => {
    const [seed] = sandbox.state().trunks;
    assert.ok(seed !== undefined);
    const own = await startSandbox({ trunks: [{ ...seed, trunkName: 'a\u001b[31m\u202eb\nc' }] });
    try {
      const { stdout } = await terminal.run(['trunks'], { sandbox: own });
      assert.doesNotMatch(stdout.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
      assert.match(stdout, /a\\u\{1b\}\[31m\\u\{202e\}b\\u\{a\}c/);
    } finally {
      await own.close();
    }
  });

  it('ends quietly when whoever reads has gone', async () => {
    const { stderr } = await promisify(execFile)('bash', [
      '-c',
      `"${process.execPath}" "${terminal.program}" --help | head -n 1`,
    ]);
    assert.equal(stderr, '');
  });

  it('stops with 3 when it is told to stop while Exotel does not answer', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const asked = new Promise((resolve) => silent.once('request', resolve));
    const child = spawn(process.execPath, [terminal.program, 'trunks', '--json'], {
      env: {
        PATH: process.env['PATH'],
        EXOTEL_API_HOST: `http://127.0.0.1:${port}`,
        EXOTEL_ACCOUNT_SID: sandbox.accountSid,
        EXOTEL_API_KEY: KEY,
        EXOTEL_API_TOKEN: TOKEN,
      },
    });
    await asked;
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    silent.closeAllConnections();
    silent.close();
    assert.equal(code, 3);
  });
});
