/**
 * cli/: the same application from a terminal and in CI.
 *
 * What was typed, split into verb, operands and options. Nothing that was typed in place of an option is
 * repeated: it may be a key.
 */
import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { notOneOf, WrongUse } from '../app/terminal/answer';
import { type OptionsConfig, type VerbCard, VERBS } from './verbs';

export interface Arguments {
  readonly verb: VerbCard;
  readonly operands: readonly string[];
  readonly values: Readonly<
    Record<string, string | boolean | readonly (string | boolean)[] | undefined>
  >;
}

/** Both may stand anywhere before `--`. */
export function asks(argv: readonly string[], ...flags: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  return before.some((one) => flags.includes(one));
}

const COMMON: OptionsConfig = { json: { type: 'boolean' } };

/** Throws WrongUse. */
export function readArguments(argv: readonly string[]): Arguments {
  const at = argv.findIndex((one) => !one.startsWith('-'));
  const name = at === -1 ? '' : (argv[at] ?? '');
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) throw notOneOf(Object.keys(VERBS), name);
  const rest = [...argv.slice(0, at), ...argv.slice(at + 1)];
  const { positionals, values } = split(name, rest, { ...COMMON, ...verb.options });
  if (positionals.length !== verb.operands.length) throw misused(name, verb);
  return { verb, operands: positionals, values };
}

function split(name: string, args: string[], options: OptionsConfig) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch {
    const known = Object.keys(options).map((one) => `--${one}`);
    throw new WrongUse(
      l10n.t('An option is not understood, or its value is missing.'),
      l10n.t(
        '{0} takes: {1}. Keys are taken from the environment only.',
        name,
        known.sort().join(', '),
      ),
    );
  }
}

function misused(name: string, { usage }: VerbCard): WrongUse {
  return new WrongUse(
    l10n.t('A word is missing, or there is one too many.'),
    l10n.t('Use: {0}', `${name} ${usage}`.trim()),
  );
}

export function usage(): string {
  const lines = Object.entries(VERBS).map(([name, { usage: rest }]) =>
    `  exotel-sip-trunks ${name} ${rest}`.trimEnd(),
  );
  return [
    l10n.t('Usage:'),
    ...lines,
    '',
    l10n.t('TRUNK is a SID or a name. --json prints one JSON document; --help, --version.'),
    l10n.t('Keys: EXOTEL_ACCOUNT_SID, EXOTEL_API_KEY, EXOTEL_API_TOKEN, EXOTEL_API_HOST.'),
    l10n.t(
      'Exit status: 0 fine; 1 problems, differences or an open question; 2 wrong use; 3 not done or not finished.',
    ),
  ].join('\n');
}
