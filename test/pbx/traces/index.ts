// Traces of real calls, each with one fault, given to the doctor: its verdict has to name the fault, and none on
// a good call. And real SIP servers, given to the probe of the checks.
import { diagnose } from '../../../src/trace/doctor';
import type { Trace } from '../../../src/trace/types';
import type { SipResult } from '../../../src/checks/types';
import { PASSWORD } from '../subject';
import type { Lab } from '../prove';
import { maskTrace } from '../../../src/trace/mask';
import { type Taken, channels, runAsterisk } from './asterisk';
import {
  type Expected,
  chanSipCases,
  inboundCases,
  kamailioCases,
  slowCases,
  tcpCases,
  tlsCases,
} from './faults';
import { runKamailio } from './kamailio';
import type { Peer } from './options';

/** One thing to prove. What it gives is why it failed; '' when it did not. */
interface TraceJob {
  readonly name: string;
  readonly run: (lab: Lab) => Promise<string>;
}

/** A trace in which nothing is read has no fault either. */
function isWhole({ dialogs, unread }: Trace): boolean {
  const labels = dialogs.flatMap(({ messages }) =>
    messages.map(({ message }) => (message.kind === 'request' ? message.method : message.status)),
  );
  const told = dialogs.every(({ messages }) =>
    messages.every(({ from, to, transport }) => from !== '?' && to !== '?' && transport !== null),
  );
  const wanted = ['INVITE', 200, 'ACK', 'BYE'];
  return told && unread.length === 0 && wanted.every((label) => labels.includes(label));
}

/** What is wrong with the verdict on one trace; '' when nothing is. */
function judge({ name, expected }: Expected, by: string, text: string): string {
  const { trace, findings } = diagnose(text);
  const said = findings.map(({ level, kind, what }) => `${level} ${kind}: ${what}`);
  const problem = (wanted: string): string =>
    [`${name}, trace of ${by}: expected ${wanted}; the verdict was:`, ...said].join('\n  ');
  if (trace.dialogs.length === 0) return problem('messages in the trace');
  const masked = maskTrace(text);
  const secret =
    /response=\\*"[^•"\\]|nonce=\\*"[^•"\\]|inline:[^•]/.test(masked) || masked.includes(PASSWORD);
  if (secret) return `${name}, trace of ${by}: a secret is left in the masked trace.`;
  const serious = findings.filter(({ level }) => level !== 'info');
  if (expected.length === 0) {
    if (!isWhole(trace)) return problem('a call from INVITE to BYE in the trace');
    return serious.length === 0 ? '' : problem('no fault seen');
  }
  const [first] = serious;
  if (first === undefined || !expected.includes(first.kind)) return problem(expected.join(' or '));
  const others = serious.filter(({ kind }) => !expected.includes(kind));
  return others.length === 0 ? '' : problem(`nothing but ${expected.join(' or ')}`);
}

function answered({ program }: Peer, result: SipResult): boolean {
  return result.kind === 'answered' && program.test(result.program ?? '');
}

/**
 * The jobs for the proof's main list: faults in Asterisk over TLS and over TCP, in Kamailio as a proxy, and
 * both as SIP servers. `report` gets a line for each trace as it is judged.
 */
export function proveTraces(report: (line: string) => void): readonly TraceJob[] {
  const job = (
    name: string,
    work: (
      lab: Lab,
      take: (taken: Taken) => void,
      asked: (results: readonly (readonly [Peer, SipResult])[]) => void,
    ) => Promise<void>,
    count: number,
  ): TraceJob => ({
    name,
    async run(lab) {
      const problems: string[] = [];
      let taken = 0;
      const line = (what: string, problem: string): void => {
        report(`trace  ${what.padEnd(72)} ${problem === '' ? 'yes' : 'NO'}`);
        if (problem !== '') problems.push(problem);
      };
      await work(
        lab,
        ({ one, traces }) => {
          taken += 1;
          for (const { by, text } of traces) line(`${one.name}, by ${by}`, judge(one, by, text));
        },
        (results) => {
          for (const [peer, result] of results) {
            const problem = answered(peer, result) ? '' : `${peer.name}: ${JSON.stringify(result)}`;
            line(peer.name, problem);
          }
        },
      );
      if (taken !== count) problems.push(`${name}: ${taken} of ${count} cases were run.`);
      return problems.join('\n');
    },
  });
  return [
    job(
      'traces of Asterisk, TCP, slow faults',
      (lab, take) => runAsterisk(lab, channels.tcp, slowCases, take),
      slowCases.length,
    ),
    job(
      'traces of Asterisk and OPTIONS, TLS',
      (lab, take, asked) => runAsterisk(lab, channels.tls, tlsCases, take, asked),
      tlsCases.length,
    ),
    job(
      'traces of Asterisk and OPTIONS, TCP',
      (lab, take, asked) => runAsterisk(lab, channels.tcp, tcpCases, take, asked),
      tcpCases.length,
    ),
    job(
      'traces of Asterisk, TCP, calls in',
      (lab, take) => runAsterisk(lab, channels.tcp, inboundCases, take),
      inboundCases.length,
    ),
    job(
      'traces of Asterisk 16 with chan_sip',
      (lab, take) => runAsterisk(lab, channels.chanSip, chanSipCases, take),
      chanSipCases.length,
    ),
    job('traces of Kamailio as the proxy', runKamailio, kamailioCases.length),
  ];
}
