/**
 * app/: the application, without `vscode`.
 *
 * The files a terminal names: read whole, and refused in words where they cannot be.
 */
import { readFile, stat } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { type Answer, NotDone, oneLine, WrongUse } from './answer';
import type { DocumentOf } from './documents';

/** Bytes; more than any trace a person reads. */
const MOST = 100_000_000;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Why a file could not be read or written, for a person. */
export function fileRefused(path: string, error: unknown): NotDone {
  const name = oneLine(path);
  switch (codeOf(error)) {
    case 'ENOENT':
      return new NotDone(
        'file',
        l10n.t('{0} does not exist.', name),
        l10n.t('Check the path; it is relative to the current folder.'),
      );
    case 'EACCES':
    case 'EPERM':
      return new NotDone(
        'file',
        l10n.t('{0} may not be read or written by this user.', name),
        l10n.t('Run the command as a user who may, or copy the file.'),
      );
    case 'EISDIR':
    case 'ENOTDIR':
      return new NotDone(
        'file',
        l10n.t('{0} does not lead to a file.', name),
        l10n.t('Name a file.'),
      );
    default:
      return new NotDone(
        'file',
        l10n.t('{0} could not be read or written ({1}).', name, codeOf(error) || 'unknown'),
        l10n.t('Check the disk and try again.'),
      );
  }
}

/** Throws NotDone. */
export async function bytesOf(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > MOST) {
      throw new NotDone(
        'file',
        l10n.t('{0} is larger than 100 MB.', oneLine(path)),
        l10n.t('Cut out the part of one call.'),
      );
    }
    return await readFile(path);
  } catch (error) {
    throw error instanceof NotDone ? error : fileRefused(path, error);
  }
}

/** First bytes of pcap (either byte order, with micro- or nanoseconds) and pcapng. */
const CAPTURES: ReadonlySet<string> = new Set([
  'd4c3b2a1',
  'a1b2c3d4',
  '4d3cb2a1',
  'a1b23c4d',
  '0a0d0d0a',
]);

/** A trace from a file, or `-` for standard input. */
export async function explainFile(
  path: string,
  keylog: string | null,
  stdin: () => Promise<string>,
): Promise<Answer<DocumentOf<'explain'>>> {
  if (keylog !== null) {
    throw new WrongUse(
      l10n.t('A key log goes with a capture, and only text is read here.'),
      l10n.t('Leave out --keylog, or print the capture as text first: tshark -r FILE -V -Y sip.'),
    );
  }
  const { explainAnswer } = await import('./traces');
  if (path === '-') return explainAnswer(await stdin());
  const bytes = await bytesOf(path);
  if (CAPTURES.has(bytes.subarray(0, 4).toString('hex'))) {
    throw new NotDone(
      'file',
      l10n.t('{0} is a capture, and only text is read here.', oneLine(path)),
      l10n.t('Print it as text first: sngrep -r FILE, or tcpdump -A -r FILE.'),
    );
  }
  return explainAnswer(bytes.toString('utf8'));
}
