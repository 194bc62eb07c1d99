/**
 * app/: the application, without `vscode`.
 *
 * `explain` of the terminal: the verdict over a trace, its dialogs and where it shows. Everything that is
 * repeated of the trace is masked.
 */
import * as l10n from '@vscode/l10n';
import { cseqOf, headerOf, uriIn } from '../../sip/message';
import { callOf } from '../../trace/call';
import { diagnose } from '../../trace/doctor';
import { maskTrace } from '../../trace/mask';
import type { Diagnosis, Dialog, FaultKind, TraceFinding } from '../../trace/types';
import { type Answer, findingDocument, findingWords, hasProblem, oneLine } from './answer';
import { type DocumentOf, SCHEMA_VERSION } from './documents';

type Side = DocumentOf<'explain'>['findings'][number]['side'];

/** On whose side a fault is mended, for calls out and in. */
const SIDES: Readonly<Record<FaultKind, { readonly out: Side; readonly in: Side }>> = {
  digestLoop: { out: 'pbx', in: 'pbx' },
  realm: { out: 'pbx', in: 'pbx' },
  ipRefused: { out: 'exotel', in: 'pbx' },
  callerIdNotMapped: { out: 'exotel', in: 'exotel' },
  fromDomain: { out: 'pbx', in: 'pbx' },
  numberFormat: { out: 'pbx', in: 'pbx' },
  numberUnknown: { out: 'exotel', in: 'pbx' },
  codecs: { out: 'pbx', in: 'pbx' },
  srtp: { out: 'pbx', in: 'pbx' },
  transportMismatch: { out: 'pbx', in: 'pbx' },
  privateAddress: { out: 'pbx', in: 'pbx' },
  rtpPorts: { out: 'network', in: 'network' },
  ackLost: { out: 'network', in: 'network' },
  optionsUnanswered: { out: 'network', in: 'network' },
  noAnswer: { out: 'network', in: 'network' },
  registration: { out: 'pbx', in: 'pbx' },
  flowHeader: { out: 'pbx', in: 'pbx' },
  challengedInbound: { out: 'pbx', in: 'pbx' },
  busy: { out: 'unknown', in: 'unknown' },
  cancelled: { out: 'unknown', in: 'unknown' },
  declined: { out: 'unknown', in: 'unknown' },
  serverError: { out: 'exotel', in: 'pbx' },
  otherFailure: { out: 'unknown', in: 'unknown' },
};

function sideOf({ kind }: TraceFinding, dialog: Dialog | undefined): Side {
  const direction = dialog === undefined ? 'unknown' : (callOf(dialog)?.direction ?? 'unknown');
  const { out, in: inward } = SIDES[kind];
  if (direction === 'unknown') return out === inward ? out : 'unknown';
  return direction === 'out' ? out : inward;
}

function userIn(dialog: Dialog, header: 'From' | 'To'): string {
  const [first] = dialog.messages;
  const value = first === undefined ? null : headerOf(first.message, header);
  const uri = value === null ? null : uriIn(value);
  return uri === null ? '' : oneLine(maskTrace(uri.user ?? uri.host));
}

function methodOf({ messages }: Dialog): string {
  const [first] = messages;
  if (first === undefined) return '';
  const { message } = first;
  return message.kind === 'request' ? message.method : (cseqOf(message)?.method ?? '');
}

/** `answered`, `refused 488`, `cancelled`, `unanswered`, or `in dialog` for what belongs to another call. */
function outcomeOf(dialog: Dialog): string {
  const call = callOf(dialog);
  const final =
    call === null
      ? dialog.messages.findLast(({ message }) => message.kind === 'response')?.message
      : call.attempts.at(-1)?.final?.traced.message;
  if (final?.kind !== 'response') {
    if (call?.cancelled === true) return 'cancelled';
    return 'unanswered';
  }
  if (final.status < 200) return 'unanswered';
  if (final.status < 300) return 'answered';
  if (final.status === 487 && call?.cancelled === true) return 'cancelled';
  return `refused ${final.status}`;
}

function lineOf({ trace }: Diagnosis, { callId, at }: TraceFinding): number {
  const dialog = trace.dialogs.find((one) => one.callId === callId);
  return (dialog?.messages[at]?.line ?? 0) + 1;
}

/** Exit code 1 when a problem was found. A text without any SIP message is left over as a whole. */
export function explainAnswer(text: string): Answer<DocumentOf<'explain'>> {
  const diagnosis = diagnose(text);
  const { trace } = diagnosis;
  const dialogs = trace.dialogs.map((dialog) => ({
    callId: oneLine(dialog.callId),
    method: oneLine(methodOf(dialog)),
    from: userIn(dialog, 'From'),
    to: userIn(dialog, 'To'),
    outcome: outcomeOf(dialog),
    messages: dialog.messages.length,
  }));
  const findings = diagnosis.findings.map((found) => ({
    ...findingDocument(found),
    side: sideOf(
      found,
      trace.dialogs.find(({ callId }) => callId === found.callId),
    ),
    line: lineOf(diagnosis, found),
  }));
  const ends = new Set(
    trace.dialogs.flatMap(({ messages }) => messages.flatMap(({ from, to }) => [from, to])),
  );
  ends.delete('?');
  const explained = new Set(diagnosis.findings.map(({ callId }) => callId));
  const unexplained = trace.dialogs
    .filter((dialog) => !explained.has(dialog.callId) && outcomeOf(dialog).startsWith('refused'))
    .map((dialog) => `${methodOf(dialog)} ${oneLine(dialog.callId)}: ${outcomeOf(dialog)}`);
  const leftOut = trace.unread.map((line) =>
    l10n.t('The message in line {0} could not be read.', line + 1),
  );
  const messages = dialogs.reduce((sum, dialog) => sum + dialog.messages, 0);
  if (messages === 0) leftOut.push(l10n.t('No SIP message was found in this text.'));
  return {
    document: {
      schemaVersion: SCHEMA_VERSION,
      messages,
      dialogs,
      ends: [...ends].map(oneLine),
      findings,
      streams: [],
      unexplained,
      leftOut,
    },
    words: [
      l10n.t('Messages: {0}, dialogs: {1}.', messages, dialogs.length),
      ...dialogs.map(({ method, from, to, outcome }) => `  ${method}  ${from} → ${to}  ${outcome}`),
      ...findings.flatMap((found) => [
        ...findingWords(found),
        `           ${l10n.t('line {0}', found.line)}`,
      ]),
      ...unexplained,
      ...leftOut,
    ],
    exit: hasProblem(findings) ? 1 : 0,
  };
}
