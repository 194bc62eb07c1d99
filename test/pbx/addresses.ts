// Who is where in the closed networks of a run. All addresses are from the ranges kept for examples, and
// those of the PBX are the very ones that generated texts use as examples.

/** Exotel's edge, under its real names. */
export const EDGE = '198.51.100.10';
/** Where the edge takes what it relays; out of the PBX's sight. */
export const BEHIND_EDGE = '198.51.100.9';
/** The called party, and whoever calls the PBX's number: both behind the edge. */
export const CALLED = '198.51.100.11';
export const CALLER = '198.51.100.12';
export const NAME_SERVER = '198.51.100.53';
/** Somebody else on the internet. */
export const STRANGER = '203.0.113.66';

export const WORLD = [EDGE, BEHIND_EDGE, CALLED, CALLER, NAME_SERVER, STRANGER];

/** The PBX under test. */
export const PBX = '192.0.2.20';
/** The phone or PBX behind a proxy under test. */
export const INSIDE = '192.0.2.10';
