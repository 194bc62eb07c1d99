/**
 * pbx/: TrunkConnection -> configuration text, one file per PBX under pbx/targets/.
 *
 * What the other rooms use.
 */
export { readiness, type Readiness, type ReadinessFix, type ReadinessStep } from './checklist';
export {
  buildConnection,
  defaultOptions,
  likelyUseCase,
  type BuildContext,
  type TrunkFacts,
} from './connection';
export {
  DEFAULT_EDGE_ID,
  edges,
  readAddresses,
  readEdges,
  resolveEdge,
  withAddresses,
  type KnownEdge,
} from './edges';
export { generate, guessTarget, targetById, targets, targetsOfFile } from './generate';
export { callsOut, usesCredential } from './writing/common';
export { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER, UnsafeValueError } from './quoting/plain';
export type * from './types';
