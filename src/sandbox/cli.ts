/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * The API alone, as a program: `npm run sandbox -- --port N [--account SID --key K
 * --token T] [--empty]`. Prints one JSON line when it listens and stops on SIGTERM or SIGINT.
 * Exit status: 0 when told to stop, 1 when it cannot listen, 2 for options it does not understand.
 */
import { parseArgs } from 'node:util';
import { type SandboxOptions, startSandbox } from './index';

const USAGE = 'Usage: npm run sandbox -- --port N [--account SID --key K --token T] [--empty]';

async function main(args: string[]): Promise<number | undefined> {
  let options: SandboxOptions;
  try {
    options = parse(args);
  } catch (error) {
    return complain(2, `${messageOf(error)}\n${USAGE}`);
  }
  try {
    const sandbox = await startSandbox(options);
    const { url, accountSid, apiKey, apiToken } = sandbox;
    const stop = (): void => void sandbox.close();
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    if (process.env['npm_lifecycle_event'] !== undefined) whenOrphaned(stop);
    console.log(JSON.stringify({ url, accountSid, apiKey, apiToken }));
    return undefined;
  } catch (error) {
    return complain(error instanceof RangeError ? 2 : 1, messageOf(error));
  }
}

/** @throws what `parseArgs` throws, or an error that names the option. */
function parse(args: string[]): SandboxOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      account: { type: 'string' },
      key: { type: 'string' },
      token: { type: 'string' },
      empty: { type: 'boolean' },
    },
  });
  const { port, account, key, token, empty } = values;
  if (port !== undefined && !/^\d{1,5}$/.test(port)) {
    throw new Error(`--port takes a number, not "${port}".`);
  }
  return {
    ...(port !== undefined && { port: Number(port) }),
    ...(account !== undefined && { accountSid: account }),
    ...(key !== undefined && { apiKey: key }),
    ...(token !== undefined && { apiToken: token }),
    ...(empty !== undefined && { empty }),
  };
}

/**
 * npm hands a SIGTERM on to the shell that runs the script, and the shell dies without telling us:
 * all that is left to see is that the parent is gone.
 */
function whenOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 200);
  watch.unref();
}

function complain(status: number, text: string): number {
  console.error(text);
  return status;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

void main(process.argv.slice(2)).then((status) => {
  // Not process.exit, which may cut off what stdout or stderr still holds.
  if (status !== undefined) process.exitCode = status;
});
