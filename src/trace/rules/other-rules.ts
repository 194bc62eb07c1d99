/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * What is wrong outside calls: registrations, and OPTIONS that nobody answers.
 */
import * as l10n from '@vscode/l10n';
import { LOCAL } from '../readers/envelope';
import type { Dialog, TraceFinding, TracedMessage } from '../types';

/** Enough time, in seconds, for an answer to have come. */
const PATIENCE = 5;
/** Time between two OPTIONS that are not one captured twice. */
const RETRIED = 0.3;

function method({ message }: TracedMessage): string | null {
  return message.kind === 'request' ? message.method : null;
}

export function registrationFindings(dialog: Dialog): TraceFinding[] {
  const { callId, messages } = dialog;
  // What comes to the PBX is a phone of its own.
  const at = messages.findIndex((traced) => method(traced) === 'REGISTER' && traced.to !== LOCAL);
  if (at === -1) return [];
  const answers = messages.flatMap(({ message }) =>
    message.kind === 'response' ? [`${message.status} ${message.reason}`] : [],
  );
  return [
    {
      kind: 'registration',
      level: 'problem',
      callId,
      at,
      what: l10n.t('The PBX registers. Exotel takes no registration on a trunk.'),
      doNext: l10n.t(
        'Switch registration off: the PBX answers the challenge on each call instead, or is known by its IP.',
      ),
      evidence: [...new Set(answers)],
    },
  ];
}

interface Asked {
  readonly dialog: Dialog;
  /** Index into the dialog's messages. */
  readonly at: number;
  readonly request: TracedMessage;
  readonly answered: boolean;
}

/** Each keep-alive is a dialog of its own, so they are counted by where they go. */
export function optionsFindings(dialogs: readonly Dialog[], lasted: number | null): TraceFinding[] {
  const byEnd = new Map<string, Asked[]>();
  for (const dialog of dialogs) {
    const answered = dialog.messages.some(({ message }) => message.kind === 'response');
    for (const [at, request] of dialog.messages.entries()) {
      if (method(request) !== 'OPTIONS') continue;
      const end = `${request.from} ${request.to}`;
      const asked = byEnd.get(end) ?? [];
      asked.push({ dialog, at, request, answered });
      byEnd.set(end, asked);
    }
  }
  return [...byEnd.values()].flatMap((asked) => unanswered(asked, lasted));
}

function unanswered(asked: readonly Asked[], lasted: number | null): TraceFinding[] {
  const [first] = asked;
  if (first === undefined || asked.some(({ answered }) => answered)) return [];
  const began = first.request.time;
  const waited = began !== null && lasted !== null && lasted - began >= PATIENCE;
  // One OPTIONS at the end of a trace may have been answered after it.
  const last = asked.at(-1)?.request.time ?? null;
  const apart = began === null || last === null || last - began >= RETRIED;
  if (!waited && (asked.length < 2 || !apart)) return [];
  const { dialog, at, request } = first;
  const ours = request.to !== LOCAL;
  return [
    {
      kind: 'optionsUnanswered',
      level: 'warning',
      callId: dialog.callId,
      at,
      what: ours
        ? unansweredByExotel(asked.length, request.to)
        : unansweredByPbx(asked.length, request.from),
      doNext: ours
        ? l10n.t(
            'Check host, port and firewall. Exotel does not promise to answer OPTIONS: when calls work, switch the keep-alive off.',
          )
        : l10n.t('Let the PBX answer OPTIONS from this address.'),
      evidence: [],
    },
  ];
}

function unansweredByExotel(times: number, to: string): string {
  return times === 1
    ? l10n.t('OPTIONS was sent once to {0} and not answered.', to)
    : l10n.t('OPTIONS was sent {0} times to {1} and not answered.', times, to);
}

function unansweredByPbx(times: number, from: string): string {
  return times === 1
    ? l10n.t('OPTIONS came once from {0} and the PBX did not answer.', from)
    : l10n.t('OPTIONS came {0} times from {1} and the PBX did not answer.', times, from);
}
