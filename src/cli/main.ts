/**
 * cli/: the same application from a terminal and in CI.
 *
 * The program: standard streams, signals and the exit code. Documents and words go to standard output, what
 * went wrong to standard error; with --json standard output holds exactly one document, whatever happens.
 */
import { text as readAll } from 'node:stream/consumers';
import * as l10n from '@vscode/l10n';
import { type Answer, failureOf, findingWords } from '../app/terminal/answer';
import { asks, readArguments, usage } from './arguments';

declare const VERSION: string;

/** Whoever reads may have gone (`| head`): then there is nobody left to tell. */
function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write(`${text}\n`, () => resolve());
  });
}

async function answered(argv: readonly string[], signal: AbortSignal): Promise<Answer> {
  const { verb, operands, values } = readArguments(argv);
  const all = (name: string): string[] =>
    [values[name] ?? []].flat().filter((one) => typeof one === 'string');
  return verb.run({
    operands,
    text: (name) => all(name).at(-1) ?? null,
    texts: all,
    flag: (name) => values[name] === true,
    environment: process.env,
    signal,
    stdin: () => readAll(process.stdin),
  });
}

async function main(argv: readonly string[]): Promise<number> {
  if (asks(argv, '--version')) {
    await print(process.stdout, typeof VERSION === 'string' ? VERSION : '');
    return 0;
  }
  if (asks(argv, '--help', '-h')) {
    await print(process.stdout, usage());
    return 0;
  }
  const json = asks(argv, '--json');
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    const { document, words, exit } = await answered(argv, stop.signal);
    await print(process.stdout, json ? JSON.stringify(document, null, 2) : words.join('\n'));
    return exit;
  } catch (error) {
    const failure = failureOf(error);
    const { finding, exit } = failure ?? {
      finding: {
        kind: 'defect',
        level: 'problem' as const,
        what: l10n.t('This did not work because of a defect in this program.'),
        doNext: l10n.t('Please report it with the command and its version.'),
        evidence: error instanceof Error ? [error.name] : [],
      },
      exit: 3 as const,
    };
    if (json) {
      await print(
        process.stdout,
        JSON.stringify({ schemaVersion: 1, findings: [finding] }, null, 2),
      );
    }
    await print(process.stderr, findingWords(finding).join('\n'));
    if (exit === 2 && argv.length === 0) await print(process.stderr, usage());
    return exit;
  }
}

// What is still open (a kept connection, a limiter's clock) does not keep the program.
void main(process.argv.slice(2)).then((code) => process.exit(code));
