/**
 * app/: the application, without `vscode`.
 *
 * The probes of the network, loaded with the first question.
 */
import type { Probes } from '../../checks/types';

export function probesWhenAsked(): Probes {
  const probes = async () => {
    const { createProbes } = await import('../../checks/probes/index');
    return createProbes();
  };
  return {
    resolve: async (...question) => (await probes()).resolve(...question),
    connect: async (...question) => (await probes()).connect(...question),
    handshake: async (...question) => (await probes()).handshake(...question),
    options: async (...question) => (await probes()).options(...question),
  };
}
