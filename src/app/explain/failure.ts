/**
 * app/: the application, without `vscode`.
 *
 * A failed call, and what of it can be copied for support.
 */
import * as l10n from '@vscode/l10n';
import type { Problem } from '../../exotel/errors';
import { asCurl, SECRET_BLANK } from '../../exotel/request';

export interface Copy {
  readonly text: () => string;
  /** Said when it is on the clipboard. */
  readonly done: string;
}

/** A failed call, to be explained. */
export interface Failure {
  readonly problem: Problem;
  /** What it was about, e.g. a phone number or the command; null when nothing more is known. */
  readonly subject: string | null;
}

export function copyRequestId(requestId: string): Copy {
  return { text: () => requestId, done: l10n.t('Request ID copied.') };
}

export function copyCurl(request: NonNullable<Problem['request']>): Copy {
  return {
    text: () => asCurl(request),
    done:
      request.body?.includes(SECRET_BLANK) === true
        ? l10n.t('Copied as cURL. Key and token are variables in it; fill in the SIP password.')
        : l10n.t('Copied as cURL. Key and token are variables in it.'),
  };
}
