/**
 * workbench/checks: the first-call checks as a view and commands.
 *
 * One look at each place for many trunks: they share their edge, and often their server.
 */
import type { Probes } from '../../checks';

/** Asks each question once, and gives the answer to everybody who asks it again. For one run only. */
export function sharedProbes(probes: Probes): Probes {
  const asked = new Map<string, Promise<unknown>>();
  const once = <T>(key: readonly (string | number)[], ask: () => Promise<T>): Promise<T> => {
    const id = key.join(' ');
    const known = asked.get(id) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const answer = ask();
    asked.set(id, answer);
    return answer;
  };
  return {
    resolve: (host, signal) => once(['dns', host], () => probes.resolve(host, signal)),
    connect: (host, port, signal) =>
      once(['tcp', host, port], () => probes.connect(host, port, signal)),
    handshake: (host, port, name, signal) =>
      once(['tls', host, port, name], () => probes.handshake(host, port, name, signal)),
    options: (host, port, transport, signal) =>
      once(['sip', host, port, transport], () => probes.options(host, port, transport, signal)),
  };
}
