// What the scripts say, and work that is done once however often it is asked for.

/** One line on the terminal. */
export function say(line: string): void {
  console.log(line);
}

/** The line a program that failed usually ends with: its reason. */
export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
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
