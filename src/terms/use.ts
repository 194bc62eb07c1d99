/**
 * terms/: types only, for every room.
 *
 * What a trunk is for, and how SIP travels to and from it.
 */

/** Calls out, calls in, or a voice bot's calls through StreamKit. */
export type UseCase = 'outbound' | 'inbound' | 'streamkit';

/** What a configuration is for. `both`: calls out and calls in over one trunk. */
export type ConnectionUse = UseCase | 'both';

/** Exotel's call documents know no UDP. */
export type Transport = 'tls' | 'tcp';

/** How Exotel knows the PBX on outbound calls: SIP digest, whitelisted IP, or both. */
export type AuthMode = 'credential' | 'ip' | 'both';
