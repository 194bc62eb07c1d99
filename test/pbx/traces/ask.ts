// Runs inside a box's network: asks each `[host, port, transport]` of a file, and prints the results as one line.
import { readFileSync } from 'node:fs';
import { createProbes } from '../../../src/checks/probes';
import type { Transport } from '../../../src/terms/use';

async function main(file: string): Promise<void> {
  const asked = JSON.parse(readFileSync(file, 'utf8')) as [string, number, Transport][];
  const probes = createProbes({ timeoutMs: 4000 });
  const { signal } = new AbortController();
  const results = [];
  for (const [host, port, transport] of asked) {
    results.push(await probes.options(host, port, transport, signal));
  }
  process.stdout.write(`${JSON.stringify(results)}\n`);
}

void main(process.argv[2] ?? '');
