// What the scripts say, and work that is done once however often it is asked for.

/** One line on the terminal. */
export function say(line: string): void {
  console.log(line);
}

/** The line in which a program that failed says why: the last that speaks of an error, or the last. */
export function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  const telling = lines.filter((line) => /error|fail|not found|problem|issue/i.test(line));
  return (telling.at(-1) ?? lines.at(-1) ?? '').trim();
}

/** `work`, done at the first call; later calls get the same promise, a failure is tried again. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}
