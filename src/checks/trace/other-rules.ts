/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * What is wrong outside calls: registrations, and OPTIONS that nobody answers.
 */
import type { Dialog, Finding, TracedMessage } from './types';

/** Enough time, in seconds, for an answer to have come. */
const PATIENCE = 5;

function method({ message }: TracedMessage): string | null {
  return message.kind === 'request' ? message.method : null;
}

function statuses(dialog: Dialog): number[] {
  return dialog.messages.flatMap(({ message }) =>
    message.kind === 'response' ? [message.status] : [],
  );
}

export function otherFindings(dialog: Dialog): Finding[] {
  const at = dialog.messages.findIndex((traced) => method(traced) === 'REGISTER');
  if (at !== -1) return [registration(dialog, at)];
  const options = dialog.messages.filter((traced) => method(traced) === 'OPTIONS');
  if (options.length > 0 && statuses(dialog).length === 0) return unanswered(dialog, options);
  return [];
}

function registration({ callId, messages }: Dialog, at: number): Finding {
  const answers = messages.flatMap(({ message }) =>
    message.kind === 'response' ? [`${message.status} ${message.reason}`] : [],
  );
  return {
    kind: 'registration',
    level: 'fault',
    callId,
    at,
    what: 'The PBX registers. Exotel takes no registration on a trunk.',
    mend: 'Switch registration off: the PBX answers the challenge on each call instead, or is known by its IP.',
    details: answers,
  };
}

function unanswered({ callId }: Dialog, options: readonly TracedMessage[]): Finding[] {
  const first = options[0]?.time ?? null;
  const last = options.at(-1)?.time ?? null;
  const waited = first !== null && last !== null && last - first >= PATIENCE;
  // One OPTIONS at the end of a trace may have been answered after it.
  if (options.length < 2 && !waited) return [];
  return [
    {
      kind: 'optionsUnanswered',
      level: 'warning',
      callId,
      at: 0,
      what: `OPTIONS was sent ${options.length} times and not answered.`,
      mend: 'Check host, port and firewall. Exotel does not promise to answer OPTIONS: when calls work, switch the keep-alive off.',
      details: [],
    },
  ];
}
