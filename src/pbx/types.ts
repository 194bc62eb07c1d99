/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * What a text is made from, and what a card and a writer must declare. Text is made from a TrunkConnection
 * and nothing else, so the same connection gives the same text.
 */
import type { Secret } from '../exotel/secret';
import type { AuthMode, ConnectionUse, Transport } from '../terms/use';
import type { Edge } from '../exotel/edges';
import type { MappedNumber, Network } from '../setup/facts';
import type { SetupFinding, SetupKind } from '../setup/finding';
import type { Finding, Level } from '../terms/finding';
import type { ConnectionOptions, VaryingOption } from './options';

/** What was chosen, and what it is chosen for. Text is made from it and nothing else. */
export interface TrunkConnection extends Omit<ConnectionOptions, 'edgeId'> {
  readonly accountSid: string;
  readonly trunkSid: string;
  readonly trunkName: string;
  /** The account's SIP domain, `<account sid>.pstn.exotel.com`: the From domain, not necessarily the edge. */
  readonly sipDomain: string;
  /** The numbers mapped to the trunk: the only ones a text may hold. */
  readonly numbers: readonly MappedNumber[];
  /** Number shown to the called party; one of `numbers`. Null when none of them fits. */
  readonly callerId: string | null;
  readonly whitelistedIps: readonly Network[];
  readonly destinations: readonly string[];
  readonly edge: Edge;
  /** Null renders the placeholder. */
  readonly password: Secret | null;
  /** What the judge says of the trunk for this use case: an empty list above may be one that was not read. */
  readonly findings: readonly SetupFinding[];
  readonly generatedAt: Date;
}

/** What begins a comment line in a format; `<!--` is closed by `-->`. Null: the format has no comments. */
export type CommentSign = ';' | '#' | '//' | '!' | '<!--' | null;

export interface PbxFile {
  /** Bare file name, e.g. `pjsip.conf`. */
  readonly name: string;
  /** Folder the file stands in, relative to where all of them go, e.g. `sip_profiles`. */
  readonly folder?: string;
  /** VS Code language id to open it with. */
  readonly languageId: string;
  readonly comment: CommentSign;
  /** `whole`: the file is complete by itself; `part`: it goes into a file that may hold more. */
  readonly extent: 'whole' | 'part';
  readonly text: string;
}

/** What there is to know about a text, beside what the judge says of the trunk. */
export type TextKind =
  | 'callerId.none'
  | 'callerId.chosen'
  | 'ip.needed'
  | 'ip.notCovered'
  | 'auth.both'
  | 'credential.needed'
  | 'password.placeholder'
  | 'edge.auth'
  | 'edge.address'
  | 'inbound.leftOut'
  | 'inbound.open'
  | 'inbound.transport'
  | 'inbound.flow'
  | 'streamkit.greeting'
  | 'media.encrypted'
  | 'media.plain'
  | 'codec.none'
  | 'codec.order'
  | 'codec.g729'
  | 'nat.localNetworks'
  | 'firewall.media'
  | 'service.alpha'
  | 'text.example'
  | 'text.refused';

/** Something to know beside the text. `problem`: calls will not work until mended. */
export interface Advice extends Finding<SetupKind | TextKind> {
  readonly level: Exclude<Level, 'ok' | 'manual'>;
}

/** An example in the text that has to give way to the reader's own value. */
export interface Placeholder {
  readonly text: string;
  /** What to put there, e.g. `the address of this proxy`: a comment of the file, in English like the file. */
  readonly meaning: string;
  /** The same for a person: a whole sentence that names the example. */
  readonly doNext: string;
  /** `problem`: cannot be right as it is; `info`: may be. */
  readonly level: 'problem' | 'info';
}

/** Where a PBX belongs in lists: `table` is typed into forms by hand. */
export type PbxGroup = 'pbx' | 'proxy' | 'sbc' | 'voice-ai' | 'table';

/** Ways to write for one PBX that a person chooses between, e.g. by its version. */
export interface Variant {
  readonly id: string;
  readonly name: string;
}

/**
 * How it is known that the text is right. `calls`: real calls through the real program; `parser`: read by
 * a parser of the format; `schema`: held against the vendor's published types; `documents`: written from
 * the vendor's documents and not run. The proof (test/pbx) holds the first three.
 */
export interface Evidence {
  readonly level: 'calls' | 'parser' | 'schema' | 'documents';
  /** Programs, packages or documents, e.g. `@livekit/protocol 2.0.0`. */
  readonly basis: string;
  /** Day it was last looked at, `YYYY-MM-DD`. */
  readonly checked: string;
}

/** What to do with the text. */
export interface Guide {
  readonly where: string;
  readonly load: string;
  readonly check: string;
}

/** What is known of a PBX without its text: lists, guesses and refusals need no more. */
export interface PbxCard<Id extends string = string> {
  /** Stable, e.g. `asterisk-pjsip`. */
  readonly id: Id;
  readonly name: string;
  readonly group: PbxGroup;
  /** Other words a person may search by, e.g. `Issabel`. */
  readonly keywords: readonly string[];
  /** '' when there is nothing to say. */
  readonly versions: string;
  /** The first is the default. Empty: there is one text. */
  readonly variants: readonly Variant[];
  readonly evidence: Evidence;
  /** File names this PBX is guessed from when inserting, e.g. [`pjsip.conf`, `pjsip_*.conf`]. */
  readonly fileNames: readonly string[];
  /** What rings when nobody said: an example in the PBX's own dial syntax. '': there is no such place. */
  readonly insidePeer: string;
  /** Port the PBX listens on when no destination URI says another one. */
  readonly listenPorts: Readonly<Record<Transport, number>>;
  /** Null when it can; otherwise the reason it cannot. */
  cannot(useCase: ConnectionUse, auth: AuthMode, transport: Transport): string | null;
}

/** The text of a PBX and what to do with it. */
export interface PbxWriter {
  /** The options this text has a place for; the others change nothing in it. */
  uses(connection: TrunkConnection): readonly VaryingOption[];
  /** The examples render() will leave in the text for this connection. */
  placeholders(connection: TrunkConnection): readonly Placeholder[];
  /** Throws UnsafeValueError (quoting/) when a value cannot be written safely. */
  render(connection: TrunkConnection): readonly PbxFile[];
  guide(connection: TrunkConnection): Guide;
  readonly mistakes: readonly string[];
}

export interface Generated {
  readonly files: readonly PbxFile[];
  readonly advice: readonly Advice[];
}
