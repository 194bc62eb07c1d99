/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * Pages of an entry of the tables and of failed calls. What a button does stays here, by its id.
 */
import * as l10n from '@vscode/l10n';
import { ENABLING, SUPPORT } from '../../exotel/explanations';
import type { Problem } from '../../exotel/errors';
import { REGION_HOSTS } from '../../exotel/regions';
import { errorCode, httpStatus } from '../../exotel/tables';
import type { Entry, EntryKind } from '../../app/explain/entries';
import { commandById } from '../../app/commands';
import { type Offer, offersOfEntry, offersOfProblem } from '../../app/actions';
import { type Copy, copyCurl, copyRequestId, type Failure } from '../../app/explain/failure';
import type { BlockView, ButtonView, ExplanationPage } from './explanation-protocol';

/** What a button does. */
export type Deed =
  | { readonly kind: 'command'; readonly command: string; readonly args: readonly unknown[] }
  | (Copy & { readonly kind: 'copy' })
  | { readonly kind: 'log' };

export interface PlannedPage<P> {
  readonly page: P;
  readonly deeds: ReadonlyMap<string, Deed>;
}

/** Of all pages together: a press that was on its way when the page changed must not mean another button. */
let buttonsMade = 0;

/** Gives out buttons with ids of their own, and remembers what they do. */
export class Buttons {
  readonly deeds = new Map<string, Deed>();
  readonly #exists: (command: string) => boolean;

  /** `exists`: whether there is such a command; a button for none is not offered. */
  constructor(exists: (command: string) => boolean) {
    this.#exists = exists;
  }

  add(label: string, deed: Deed, primary = false): ButtonView {
    buttonsMade += 1;
    const id = `b${buttonsMade}`;
    this.deeds.set(id, deed);
    return { id, label, primary };
  }

  offers(offers: readonly Offer[]): ButtonView[] {
    return offers
      .filter(({ command }) => commandById(command) === null || this.#exists(command))
      .map(({ label, command, args }, at) =>
        this.add(label, { kind: 'command', command, args }, at === 0),
      );
  }
}

function block(part: Partial<BlockView>): BlockView {
  return { heading: null, lines: [], steps: [], facts: [], buttons: [], ...part };
}

export function kindName(kind: EntryKind): string {
  switch (kind) {
    case 'sip':
      return l10n.t('SIP answer');
    case 'exotel':
      return l10n.t('Exotel’s SIP error code');
    case 'http':
      return l10n.t('HTTP status of the API');
    case 'api':
      return l10n.t('Error code of the API');
    case 'issue':
      return l10n.t('Common issue');
    case 'chart':
      return l10n.t('Step by step');
  }
}

function sourceText(source: Entry['source']): string {
  switch (source) {
    case 'guide':
      return l10n.t(
        'Source: Exotel’s SIP trunking guide, with what the live service was seen to do.',
      );
    case 'exotel':
      return l10n.t('Source: Exotel’s notes on SIP errors.');
    case 'rfc':
      return l10n.t('Source: the SIP standard (RFC 3261 and those after it).');
  }
}

export function entryPage(
  entry: Entry,
  exists: (command: string) => boolean,
): PlannedPage<ExplanationPage> {
  const buttons = new Buttons(exists);
  const { kind, title, cause, solution, steps, action, useCase, source } = entry;
  const offers = buttons.offers(offersOfEntry(action, useCase));
  const blocks =
    kind === 'chart'
      ? [
          block({ heading: l10n.t('What you see'), lines: [cause] }),
          block({ heading: l10n.t('Look at this, in this order'), steps, buttons: offers }),
        ]
      : [
          block({ heading: l10n.t('Cause'), lines: [cause] }),
          block({ heading: l10n.t('What to do'), lines: [solution], buttons: offers }),
        ];
  return {
    page: {
      kind: 'explanation',
      title,
      subtitle: kindName(kind),
      blocks,
      source: sourceText(source),
    },
    deeds: buttons.deeds,
  };
}

/** What is known to be odd about such an answer. */
function quirks(problem: Problem): string[] {
  const { kind, httpStatus: status, code } = problem;
  if (kind === 'auth') {
    const hosts = `${REGION_HOSTS.in} / ${REGION_HOSTS.sg}`;
    return [
      l10n.t(
        'A right key gets the same answer from the host of another region ({0}): look at the region of the account before you make a new key.',
        hosts,
      ),
    ];
  }
  if (kind === 'conflict' || code === 1008) {
    return [
      ...(status === 200
        ? [l10n.t('Exotel reports a duplicate with HTTP 200 and the status “failure” inside.')]
        : []),
      l10n.t(
        'Nothing was changed. Use what is already there, or remove it first; a number or name may be taken by another trunk of the account.',
      ),
    ];
  }
  if (kind === 'rateLimited') {
    return [
      l10n.t(
        'Exotel allows 200 calls a minute per account, those of other programs included. This extension waits and spreads its calls by itself.',
      ),
    ];
  }
  if (kind === 'forbidden') {
    return [l10n.t('SIP trunking is enabled per account: {0} does it.', ENABLING)];
  }
  if (kind === 'server') {
    return [l10n.t('Write to {0} with the request ID when it stays so.', SUPPORT)];
  }
  return [];
}

function fact(label: string, value: string | null): BlockView['facts'] {
  return value === null || value === '' ? [] : [{ label, value }];
}

function factsOf({ operation, httpStatus: status, code, ...rest }: Problem): BlockView['facts'] {
  const { description, requestId, request } = rest;
  const meaning = status === null ? null : httpStatus(status)?.meaning;
  const message = code === null ? null : errorCode(code)?.message;
  const named = (number: number | null, name: string | null | undefined) =>
    number === null ? null : name == null ? String(number) : `${number} ${name}`;
  return [
    ...fact(l10n.t('Call'), operation),
    ...fact(l10n.t('Request'), request === undefined ? null : `${request.method} ${request.url}`),
    ...fact(l10n.t('HTTP status'), named(status, meaning)),
    ...fact(l10n.t('Exotel’s code'), named(code, message)),
    ...fact(l10n.t('Exotel says'), description),
    ...fact(l10n.t('Request ID'), requestId),
  ];
}

function meaningBlocks({ httpStatus: status, code }: Problem): BlockView[] {
  // A failure with 200 is explained as such: in general 200 means that all is well.
  const http = status === null || status === 200 ? null : httpStatus(status);
  const api = code === null ? null : errorCode(code);
  return [
    ...(http === null
      ? []
      : [
          block({
            heading: l10n.t('HTTP {0} in general', http.status),
            lines: [http.cause, http.solution],
          }),
        ]),
    ...(api === null
      ? []
      : [
          block({
            heading: l10n.t('Exotel’s code {0} in general', api.code),
            lines: [api.cause, api.solution],
          }),
        ]),
  ];
}

/** More than anyone reads at once. */
const MAX_FAILURES = 50;

/** Of one failed call or more. */
export function failurePage(
  failures: readonly Failure[],
  exists: (command: string) => boolean,
): PlannedPage<ExplanationPage> {
  const buttons = new Buttons(exists);
  const [first] = failures;
  const single = failures.length === 1;
  const failed = l10n.t('Failed call of Exotel’s API');
  const subject = single ? (first?.subject ?? null) : null;
  const blocks = failures.slice(0, MAX_FAILURES).flatMap(({ problem, subject: about }) => {
    const { requestId, request } = problem;
    const copies = [
      ...(requestId === null
        ? []
        : [buttons.add(l10n.t('Copy Request ID'), { kind: 'copy', ...copyRequestId(requestId) })]),
      ...(request === undefined
        ? []
        : [buttons.add(l10n.t('Copy as cURL'), { kind: 'copy', ...copyCurl(request) })]),
    ];
    const happened = block({
      heading: single ? l10n.t('What is known') : about,
      lines: single ? [] : [problem.what],
      facts: factsOf(problem),
      buttons: copies,
    });
    const next = block({
      heading: single ? l10n.t('What to do') : null,
      lines: [problem.doNext, ...quirks(problem)],
      buttons: buttons.offers(offersOfProblem(problem)),
    });
    return [happened, next, ...(single ? meaningBlocks(problem) : [])];
  });
  const untold = failures.length - MAX_FAILURES;
  const more = untold > 0 ? [block({ lines: [l10n.t('And {0} more.', untold)] })] : [];
  const log = block({ buttons: [buttons.add(l10n.t('Show Log'), { kind: 'log' })] });
  return {
    page: {
      kind: 'explanation',
      title: single ? (first?.problem.what ?? '') : l10n.t('{0} calls failed', failures.length),
      subtitle: subject === null ? failed : `${failed} · ${subject}`,
      blocks: [...blocks, ...more, log],
      source: l10n.t('Source: the answer itself, and the tables of Exotel’s API guide.'),
    },
    deeds: buttons.deeds,
  };
}
