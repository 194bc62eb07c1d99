/**
 * checks/: first-call checks. Facts and probes in, verdicts with remedies out.
 *
 * "Find a reachable edge": all known edges asked side by side. Reachable from here says that name and port
 * are right, not that the account may call there.
 */
import type { Probes, SipResult } from './types';
import type { Transport } from '../terms/use';

export interface EdgeCandidate {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly tcpPort: number;
  readonly tlsPort: number;
}

export interface EdgeAnswer {
  readonly id: string;
  readonly transport: Transport;
  readonly result: SipResult;
  /** Lower is better: SIP was spoken, the connection was open, nothing. */
  readonly rank: 0 | 1 | 2;
}

function rankOf({ kind }: SipResult): EdgeAnswer['rank'] {
  if (kind === 'answered') return 0;
  return kind === 'silent' || kind === 'closed' ? 1 : 2;
}

/** Questions at a time: all of the shipped list at once, and no scan of a long one. */
const AT_ONCE = 16;

/** Each edge over both transports, the best first. One OPTIONS each. */
export async function findEdges(
  edges: readonly EdgeCandidate[],
  probes: Pick<Probes, 'options'>,
  signal: AbortSignal,
  onAnswer: (answer: EdgeAnswer) => void = () => undefined,
): Promise<readonly EdgeAnswer[]> {
  const asked = edges.flatMap(({ id, host, tcpPort, tlsPort }) => [
    { id, host, port: tlsPort, transport: 'tls' as const },
    { id, host, port: tcpPort, transport: 'tcp' as const },
  ]);
  const answers: EdgeAnswer[] = [];
  const work = async (): Promise<void> => {
    for (let next = asked.shift(); next !== undefined; next = asked.shift()) {
      const { id, host, port, transport } = next;
      const result = await probes.options(host, port, transport, signal);
      const answer = { id, transport, result, rank: rankOf(result) };
      answers.push(answer);
      onAnswer(answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers.sort((a, b) => a.rank - b.rank);
}
