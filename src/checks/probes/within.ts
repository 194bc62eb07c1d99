/**
 * checks/probes: the network as this computer sees it. Each probe ends by itself, and none rejects.
 *
 * Waiting with an end.
 */

/** What the promise gives; null when it is not there in time or the signal came first. */
export async function within<T>(
  promise: Promise<T>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<T | null> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    return null;
  }
  let stop = (): void => undefined;
  const ended = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    const abort = () => resolve(null);
    signal.addEventListener('abort', abort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    stop();
    promise.catch(() => undefined);
  }
}
