/**
 * terms/: types only, for every room.
 *
 * The one shape of "something is wrong, and this mends it": of checks, readiness, advice, traces and
 * refused calls alike.
 */

/**
 * The one scale. `problem`: it does not work until mended; `ok`: looked at and in order; `unknown`: could
 * not be found out, which says nothing about it; `manual`: only a person can look.
 */
export type Level = 'problem' | 'warning' | 'info' | 'ok' | 'unknown' | 'manual';

export type ActionKind =
  | 'mapNumber'
  | 'switchMode'
  | 'whitelistIp'
  | 'addDestination'
  | 'editDestination'
  | 'createCredential'
  | 'rotateCredential'
  | 'setCallerId'
  | 'refresh'
  | 'findEdge'
  | 'openSettings';

/** What mends it. `value`: what it is about, e.g. the destination to change; null when nothing is given. */
export interface Action {
  readonly kind: ActionKind;
  readonly value: string | null;
}

export type SubjectKind =
  'trunk' | 'number' | 'whitelistedIp' | 'destination' | 'credential' | 'callerId';

/** What a finding is about: `value` is its natural name, e.g. the number or the destination URI. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly value: string;
}

export interface Finding<Kind extends string = string> {
  /** Stable: what was looked at or what is wrong, e.g. `number.mapped` or `digestLoop`. */
  readonly kind: Kind;
  readonly level: Level;
  /** What it is about, where that is one thing of a trunk. */
  readonly subject?: Subject | null;
  /** One sentence: what was found. */
  readonly what: string;
  /** One sentence: what to do next. Null when nothing is to be done. */
  readonly doNext: string | null;
  /** What the product can do about it. */
  readonly action?: Action | null;
  /** Lines it rests on: a status line, a certificate chain, two codec lists. Nothing secret. */
  readonly evidence?: readonly string[];
}
