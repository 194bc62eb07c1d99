// What run.mjs hands over to: one command, its options, its exit code.
import { say } from './log';
import { stopAll, stopProgramsOnExit } from './processes';
import { start } from './start';
import {
  allTiers,
  e2eTiers,
  hostTiers,
  pbxTiers,
  pictureTiers,
  runTiers,
  unitTiers,
} from './tiers';

const usage = `Usage: npm start [-- --port N] [--smoke]
       npm test
       npm run test:unit|test:e2e [-- mocha options or test files]
       npm run test:host
       npm run test:pbx [-- words that choose lines of the proof]`;

class UsageError extends Error {}

function startOptions(args: readonly string[]): { port: number | undefined; smoke: boolean } {
  let port: number | undefined;
  let smoke = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--smoke') smoke = true;
    else if (arg === '--port') {
      index += 1;
      port = Number(args[index]);
      if (!Number.isInteger(port) || port < 0 || port > 65_535) {
        throw new UsageError('--port takes a number from 0 to 65535.');
      }
    } else throw new UsageError(`Unknown option ${String(arg)}.`);
  }
  return { port, smoke };
}

async function dispatch(command: string | undefined, args: readonly string[]): Promise<boolean> {
  switch (command) {
    case 'start':
      await start(startOptions(args));
      return true;
    case 'test':
      return runTiers(allTiers());
    case 'unit':
      return runTiers(unitTiers(args));
    case 'host':
      return runTiers(hostTiers());
    case 'e2e':
      return runTiers(e2eTiers(args));
    case 'pbx':
      return runTiers(pbxTiers(args));
    case 'screenshots':
      return runTiers(pictureTiers());
    case undefined:
      throw new UsageError('No command.');
    default:
      throw new UsageError(`Unknown command ${command}.`);
  }
}

export async function main(argv: readonly string[]): Promise<void> {
  stopProgramsOnExit();
  const [command, ...args] = argv;
  let code: number;
  try {
    code = (await dispatch(command, args)) ? 0 : 1;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) say(usage);
    code = error instanceof UsageError ? 2 : 1;
  }
  await stopAll();
  process.exit(code);
}
