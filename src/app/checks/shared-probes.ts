/**
 * app/: the application, without `vscode`.
 *
 * One look at each place for many trunks: they share their edge, and often their server.
 */
import type { Probes } from '../../checks/types';

interface Asked<T> {
  readonly answer: Promise<T>;
  /** Of the one who asked: when it was stopped, the answer says nothing. */
  readonly signal: AbortSignal;
}

/** Asks each question once, and gives the answer to everybody who asks it again. For one run only. */
export function sharedProbes(probes: Probes): Probes {
  const asked = new Map<string, Asked<unknown>>();
  const once = async <T>(
    key: readonly (string | number)[],
    signal: AbortSignal,
    ask: () => Promise<T>,
  ): Promise<T> => {
    const id = key.join(' ');
    for (;;) {
      const known = asked.get(id) as Asked<T> | undefined;
      if (known === undefined) {
        const answer = ask();
        asked.set(id, { answer, signal });
        return answer;
      }
      const answer = await known.answer;
      if (!known.signal.aborted || signal.aborted) return answer;
      if (asked.get(id) === known) asked.delete(id);
    }
  };
  return {
    resolve: (host, signal) => once(['dns', host], signal, () => probes.resolve(host, signal)),
    connect: (host, port, signal) =>
      once(['tcp', host, port], signal, () => probes.connect(host, port, signal)),
    handshake: (host, port, name, signal) =>
      once(['tls', host, port, name], signal, () => probes.handshake(host, port, name, signal)),
    options: (host, port, transport, signal) =>
      once(['sip', host, port, transport], signal, () =>
        probes.options(host, port, transport, signal),
      ),
  };
}
