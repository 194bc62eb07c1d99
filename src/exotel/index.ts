/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * What the other rooms use of this one.
 */
export type { CallOptions, ExotelApi } from './api';
export { ExotelClient, type ExotelClientOptions } from './client';
export { type Clock, systemClock } from './clock';
export {
  ExotelError,
  type Field,
  type NetworkCause,
  type Problem,
  type ProblemFacts,
  type ProblemKind,
} from './errors';
export { type Operation } from './explanations';
export {
  CALLS_PER_MINUTE,
  LimiterClosed,
  Limiters,
  RateLimiter,
  type RateLimiterOptions,
  type RunOptions,
} from './limiter';
export * from './model';
export { type AccountAddress, type Region, REGION_HOSTS, REGION_NAMES } from './regions';
export { asCurl, type SentRequest } from './request';
export * from './rules';
export { Secret } from './secret';
export { errorCode, errorCodes, httpStatus, httpStatuses } from './tables';
export { createTransport, type Transport, TransportFault } from './transport';
export { type Log } from './wire';
