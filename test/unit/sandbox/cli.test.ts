import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { startSandbox } from '../../../src/sandbox';
import { basic } from './support';

interface Announced {
  url: string;
  accountSid: string;
  apiKey: string;
  apiToken: string;
}

type Program = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

describe('sandbox: the program', function () {
  this.timeout(240_000);
  const command = [process.execPath, '--import', 'tsx', 'src/sandbox/cli.ts'];
  const started: ChildProcess[] = [];

  afterEach(() => {
    for (const program of started.splice(0)) program.kill('SIGKILL');
  });

  function run(args: string[]): Program {
    return start(process.execPath, [...command.slice(1), ...args]);
  }

  function start(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Program {
    const program = spawn(file, args, {
      env: { ...process.env, npm_lifecycle_event: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(program);
    return program;
  }

  async function announcement(program: Program): Promise<Announced> {
    for await (const line of createInterface(program.stdout)) return JSON.parse(line) as Announced;
    throw new Error(`nothing was printed: ${await text(program.stderr)}`);
  }

  async function ended(program: Program): Promise<[status: unknown, stderr: string]> {
    const [said, [status]] = await Promise.all([
      text(program.stderr),
      once(program, 'exit') as Promise<unknown[]>,
    ]);
    return [status, said];
  }

  async function trunksAt({ url, accountSid, ...secrets }: Announced): Promise<unknown> {
    const response = await fetch(`${url}/v2/accounts/${accountSid}/trunks`, {
      headers: { Authorization: basic(secrets) },
    });
    return ((await response.json()) as { response: unknown[] }).response.length;
  }

  it('prints one line when it listens, serves, and stops on SIGTERM', async () => {
    const program = run(['--port', '0']);
    const announced = await announcement(program);
    assert.deepEqual(Object.keys(announced), ['url', 'accountSid', 'apiKey', 'apiToken']);
    assert.equal(await trunksAt(announced), 3);
    const end = ended(program);
    program.kill('SIGTERM');
    assert.deepEqual(await end, [0, '']);
  });

  it('takes account, key and token, starts empty, and stops on SIGINT', async () => {
    const given = ['--account', 'ameyo5m', '--key', 'k1', '--token', 't1', '--empty'];
    const program = run(given);
    const announced = await announcement(program);
    const { url, ...rest } = announced;
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(rest, { accountSid: 'ameyo5m', apiKey: 'k1', apiToken: 't1' });
    assert.equal(await trunksAt(announced), 0);
    const end = ended(program);
    program.kill('SIGINT');
    assert.deepEqual(await end, [0, '']);
  });

  it('stops when npm, which keeps a SIGTERM from it, has gone', async function () {
    if (process.platform === 'win32') this.skip();
    // The second command keeps the shell from handing its process over to the first.
    const script = `"$@" --port 0; exit 1`;
    const shell = start('/bin/sh', ['-c', script, 'sh', ...command], {
      npm_lifecycle_event: 'sandbox',
    });
    const { url } = await announcement(shell);
    shell.kill('SIGTERM');
    const deadline = Date.now() + 30_000;
    while (await fetch(url).then(Boolean, () => false)) {
      assert.ok(Date.now() < deadline, 'the orphan is still there');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it('says what is wrong with its options, and exits with 2', async () => {
    const wrong: [args: string[], says: RegExp][] = [
      [['--port', 'ten'], /--port takes a number, not "ten"\.\nUsage: /],
      [['--port', '99999'], /port is 0 to 65535/],
      [['--bogus'], /Unknown option '--bogus'/],
      [['--account', 'a/b'], /account SID/],
    ];
    await Promise.all(
      wrong.map(async ([args, says]) => {
        const [status, said] = await ended(run(args));
        assert.equal(status, 2);
        assert.match(said, says);
        assert.doesNotMatch(said, /\n\s+at /, 'no stack');
      }),
    );
  });

  it('exits with 1 when the port is taken', async () => {
    const sandbox = await startSandbox();
    try {
      const [status, said] = await ended(run(['--port', new URL(sandbox.url).port]));
      assert.equal(status, 1);
      assert.match(said, /EADDRINUSE/);
    } finally {
      await sandbox.close();
    }
  });
});
