/**
 * cli/: the same application from a terminal and in CI.
 *
 * The verbs: what each takes, and which part of the application it calls. No rule of its own. What a verb
 * needs is loaded when it is called.
 */
import type { ParseArgsConfig } from 'node:util';
import type { Environment } from '../app/terminal/account';
import type { Answer } from '../app/terminal/answer';

export type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** What a verb gets, already split: TRUNK, FILE and such in order, options by name. */
export interface Call {
  readonly operands: readonly string[];
  readonly text: (name: string) => string | null;
  readonly texts: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** All of standard input as UTF-8. */
  readonly stdin: () => Promise<string>;
}

export interface VerbCard {
  /** As in the usage: operands in capitals, the last one in brackets where it may be left out. */
  readonly operands: readonly string[];
  readonly options: OptionsConfig;
  /** One line of the usage, behind the verb. */
  readonly usage: string;
  run(call: Call): Promise<Answer>;
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const TEXT_OPTIONS = { target: text, set: texts } as const;

function textAsked(call: Call) {
  return {
    trunk: call.operands[0] ?? '',
    target: call.text('target'),
    settings: call.texts('set'),
  };
}

async function account(call: Call) {
  const { accountOf } = await import('../app/terminal/account');
  return accountOf(call.environment);
}

export const VERBS: Readonly<Record<string, VerbCard>> = {
  trunks: {
    operands: [],
    options: {},
    usage: '',
    async run(call) {
      const { trunksAnswer } = await import('../app/terminal/trunks');
      return trunksAnswer(await account(call), call.signal);
    },
  },
  show: {
    operands: ['TRUNK'],
    options: {},
    usage: 'TRUNK',
    async run(call) {
      const { showAnswer } = await import('../app/terminal/trunks');
      return showAnswer(await account(call), call.operands[0] ?? '', call.signal);
    },
  },
  check: {
    operands: ['TRUNK'],
    options: { 'use-case': text, 'no-network': flag },
    usage: 'TRUNK [--use-case outbound|inbound|streamkit] [--no-network]',
    async run(call) {
      const { checkAnswer } = await import('../app/terminal/checks');
      const asked = {
        trunk: call.operands[0] ?? '',
        useCase: call.text('use-case'),
        network: !call.flag('no-network'),
      };
      return checkAnswer(await account(call), asked, call.signal);
    },
  },
  generate: {
    operands: ['TRUNK'],
    options: { ...TEXT_OPTIONS, out: text },
    usage: 'TRUNK --target ID [--set option=value]… [--out DIR]',
    async run(call) {
      const { generateAnswer } = await import('../app/terminal/texts');
      return generateAnswer(await account(call), textAsked(call), call.text('out'), call.signal);
    },
  },
  insert: {
    operands: ['TRUNK'],
    options: {
      ...TEXT_OPTIONS,
      ...{ file: text, into: text, line: text, choose: text, write: flag },
    },
    usage:
      'TRUNK --into FILE [--target ID] [--set option=value]… [--file NAME] [--line N] [--choose CHOICE] [--write]',
    async run(call) {
      const { insertAnswer } = await import('../app/terminal/texts');
      const asked = {
        ...textAsked(call),
        file: call.text('file'),
        into: call.text('into'),
        line: call.text('line'),
        choose: call.text('choose'),
        write: call.flag('write'),
      };
      return insertAnswer(await account(call), asked, call.signal);
    },
  },
  read: {
    operands: ['numbers|ips|destinations'],
    options: { region: text },
    usage: 'numbers|ips|destinations [--region in|sg] < LIST',
    async run(call) {
      const { readAnswer, LISTS, LIST_REGIONS } = await import('../app/terminal/lists');
      const kind = await oneOf(LISTS, call.operands[0] ?? '');
      const region = await oneOf(LIST_REGIONS, call.text('region') ?? 'in');
      return readAnswer(kind, await call.stdin(), region);
    },
  },
  explain: {
    operands: ['FILE|-'],
    options: { keylog: text },
    usage: 'FILE|- [--keylog FILE]',
    async run(call) {
      const { explainFile } = await import('../app/terminal/files');
      return explainFile(call.operands[0] ?? '', call.text('keylog'), call.stdin);
    },
  },
  code: {
    operands: ['N'],
    options: {},
    usage: 'N',
    async run(call) {
      const { codeAnswer } = await import('../app/terminal/codes');
      return codeAnswer(call.operands[0] ?? '');
    },
  },
};

async function oneOf<const T extends string>(allowed: readonly T[], given: string): Promise<T> {
  const found = allowed.find((one) => one === given);
  if (found !== undefined) return found;
  const { notOneOf } = await import('../app/terminal/answer');
  throw notOneOf(allowed, given);
}
