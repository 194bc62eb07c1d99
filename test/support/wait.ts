// Waiting for a condition, never for a time.

/** How long a test waits for what should happen at once, in ms; slow machines need the room. */
export const patience = 90_000;
const interval = 50;

/**
 * Asks `probe` again and again until it gives something other than undefined or false.
 * A probe that throws counts as "not yet"; its last error is told when the patience ends.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeout = patience,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    let last = '';
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}${last}`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

/** A text to find: exactly this one, or one this pattern matches. */
export type Match = string | RegExp;

export function matches(text: string, match: Match): boolean {
  return typeof match === 'string' ? text === match : match.test(text);
}

/** The processor time that `work` took, in ms: unlike the clock, the same while others use the computer. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
