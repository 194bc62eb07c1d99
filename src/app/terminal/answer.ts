/**
 * app/: the application, without `vscode`.
 *
 * What a verb of the terminal answers: one document, the same in words, and the exit code it stands for.
 */
import * as l10n from '@vscode/l10n';
import { ExotelError, type Problem } from '../../exotel/errors';
import type { Finding, Level } from '../../terms/finding';
import type { FindingDocument } from './documents';

/** 0 fine; 1 findings of level problem, differences or an open question; 2 wrong use; 3 could not be done or not finished. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Answer<Document = object> {
  readonly document: Document;
  /** The same for a person, a line each. */
  readonly words: readonly string[];
  readonly exit: ExitCode;
}

/** The command cannot be meant: exit code 2. `what` and `doNext` are sentences for a person. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
  constructor(
    readonly what: string,
    readonly doNext: string,
  ) {
    super(`${what} ${doNext}`);
  }
}

/** For a word that is none of those there are. */
export function notOneOf(allowed: readonly string[], given: string): WrongUse {
  const what =
    given === ''
      ? l10n.t('A word is missing.')
      : l10n.t('{0} is not understood here.', oneLine(given));
  return new WrongUse(what, l10n.t('Use one of: {0}.', allowed.join(', ')));
}

/** It was understood and could not be done: exit code 3. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
  constructor(
    readonly kind: string,
    readonly what: string,
    readonly doNext: string,
  ) {
    super(`${what} ${doNext}`);
  }
}

export function findingDocument(found: Finding): FindingDocument {
  const { kind, level, what, doNext, evidence = [] } = found;
  return { kind, level, what: oneLine(what), doNext, evidence: evidence.map(oneLine) };
}

export function problemDocument(problem: Problem): FindingDocument {
  const { kind, what, doNext, httpStatus, code, description, requestId } = problem;
  const evidence = [
    ...(httpStatus === null ? [] : [`HTTP ${httpStatus}`]),
    ...(code === null ? [] : [`Exotel code ${code}`]),
    ...(description === null ? [] : [oneLine(description)]),
    ...(requestId === null ? [] : [`Exotel request ${requestId}`]),
  ];
  return { kind, level: 'problem', what, doNext, evidence };
}

/** Null for an error that is a defect of ours: that one is not the person's. */
export function failureOf(
  error: unknown,
): { readonly finding: FindingDocument; readonly exit: ExitCode } | null {
  if (error instanceof WrongUse) {
    const { what, doNext } = error;
    return {
      finding: { kind: 'usage', level: 'problem', what, doNext, evidence: [] },
      exit: 2,
    };
  }
  if (error instanceof NotDone) {
    const { kind, what, doNext } = error;
    return { finding: { kind, level: 'problem', what, doNext, evidence: [] }, exit: 3 };
  }
  if (error instanceof ExotelError) return { finding: problemDocument(error.problem), exit: 3 };
  return null;
}

export function hasProblem(findings: readonly { readonly level: Level }[]): boolean {
  return findings.some(({ level }) => level === 'problem');
}

const LONGEST = 300;

/**
 * Text from elsewhere on one line of a terminal: bounded, and no character in it moves the cursor, changes
 * colours or turns the direction of reading.
 */
export function oneLine(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
  const characters = Array.from(shown);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : shown;
}

/** `problem  what doNext`, and what it rests on below. */
export function findingWords(found: FindingDocument): string[] {
  const next = found.doNext === null ? '' : ` ${found.doNext}`;
  return [
    `${found.level.padEnd(8)} ${found.what}${next}`,
    ...found.evidence.map((line) => `           ${line}`),
  ];
}

/** Columns as wide as their widest cell; the last one runs free. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => Array.from(row[at] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === row.length - 1
          ? cell
          : cell + ' '.repeat((widths[at] ?? 0) - Array.from(cell).length),
      )
      .join('  ')
      .trimEnd(),
  );
}
