// What the proof asks of a target's bench: where its files go in the real program, how a call is started
// there, and what rings when one comes in. Everything else is the same for all.
import type { ConnectionOptions } from '../../../src/pbx/options';
import type { PbxFile, TrunkConnection } from '../../../src/pbx/types';
import type { Box } from '../box';
import type { TreeName } from '../setup/trees';

/** A file in the box, e.g. `etc/asterisk/pjsip.conf`. */
export interface Laid {
  readonly path: string;
  readonly text: string;
  /** Behind what stands in the file already, as a person would put it there. */
  readonly behind?: boolean;
}

export interface Running {
  /** What the program said against its configuration; empty: it took all of it. */
  complaints(): Promise<readonly string[]>;
  /** Starts a call the way the PBX's people would: dialling that number, or for StreamKit the flow. */
  callOut(number: string): Promise<void>;
  /** The last lines of its log, for a person who looks for the reason. */
  said(): string;
}

export interface Ways {
  /** The phones inside offer plain RTP, even where Exotel wants SRTP. */
  readonly plainAudio?: boolean;
  /** The edge shows a certificate that the PBX must not trust. */
  readonly unknownEdge?: boolean;
}

export interface Bench {
  readonly targetId: string;
  /** '' for the target's only text. */
  readonly variant: string;
  /** As it is printed. */
  readonly program: string;
  readonly tree: TreeName;
  /** The folder of its configuration; each run begins with what Debian puts there. */
  readonly folder: 'etc/asterisk' | 'etc/kamailio';
  /** The newest TLS that the edge speaks with it; 1.3 when not said. */
  readonly newestTls?: '1.2';
  /** What a person would choose in the generator for this very PBX. */
  options(connection: Pick<TrunkConnection, 'transport' | 'useCase'>): Partial<ConnectionOptions>;
  /** The generated files as they are put in place, beside those the PBX has anyway. */
  lay(files: readonly PbxFile[], connection: TrunkConnection): readonly Laid[];
  /** Starts the program on what was laid and waits until it takes calls. */
  start(box: Box, connection: TrunkConnection, ways?: Ways): Promise<Running>;
}
