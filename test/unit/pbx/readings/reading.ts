// What a target's text says when it is read back, and how the tests of every target ask for it. A reading
// is written from the format's own rules (or a library's), never from what src/pbx writes.
import { PASSWORD_PLACEHOLDER } from '../../../../src/pbx/quoting/plain';
import type { PbxFile, TrunkConnection } from '../../../../src/pbx/types';
import { checkedValues } from '../../../../src/pbx/writing/common';

/** Values as the program, form or API would get them. Networks are CIDR with their width. */
export interface Said {
  readonly password?: string;
  readonly userName?: string;
  /** E.164 of the From user. */
  readonly callerId?: string;
  /** Domain of the From. */
  readonly sipDomain?: string;
  readonly edgeHost?: string;
  readonly edgePort?: number;
  /** The value of X-Exotel-AccountSid. */
  readonly accountSid?: string;
  /** The Exophone a StreamKit call goes to. */
  readonly flowNumber?: string;
  /** Who may call in. */
  readonly senders?: readonly string[];
  readonly numbers?: readonly string[];
  readonly publicAddress?: string;
  readonly localNetworks?: readonly string[];
  readonly certificateFile?: string;
  readonly privateKeyFile?: string;
  readonly caFile?: string;
  readonly inboundContext?: string;
  readonly insidePeer?: string;
  readonly peerName?: string;
}

export interface Reading {
  readonly targetId: string;
  /** Throws (assert) when the text is not well-formed. */
  said(files: readonly PbxFile[]): Said;
  /**
   * The text without its free values (password, user name, trunk name, the time): sections and keys,
   * elements and attributes, tokens. Anything more than the target wrote on purpose shows here.
   */
  shape(files: readonly PbxFile[]): unknown;
  /** Which values the text has to carry for this connection. */
  carries(connection: TrunkConnection): readonly (keyof Said)[];
}

/** What a text has to say, value by value. */
export function expected(connection: TrunkConnection): Required<Said> {
  const values = checkedValues(connection);
  return {
    password: connection.password?.reveal() ?? PASSWORD_PLACEHOLDER,
    userName: connection.userName ?? connection.trunkSid,
    callerId: values.callerId,
    sipDomain: values.sipDomain,
    edgeHost: values.edgeHost,
    edgePort: values.edgePort,
    accountSid: values.accountSid,
    flowNumber: values.flowNumber,
    senders: values.exotelNetworks,
    numbers: values.numbers,
    publicAddress: values.publicAddress ?? '',
    localNetworks: values.localNetworks,
    certificateFile: connection.certificateFile,
    privateKeyFile: connection.privateKeyFile,
    caFile: connection.caFile,
    inboundContext: connection.inboundContext,
    insidePeer: connection.insidePeer,
    peerName: connection.peerName,
  };
}
