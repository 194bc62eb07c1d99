/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Asterisk with chan_sip, which is in Asterisk up to 20: sip.conf and extensions.conf.
 */
import * as l10n from '@vscode/l10n';
import { asteriskChanSip } from '../cards/asterisk-chan-sip';
import type { PbxWriter, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import { CHAN_SIP, dialplan, inboundContext, namesOf } from './shared/asterisk/dialplan';
import { generalSection, peerSections } from './shared/asterisk/sip-sections';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  certificatePlaceholders,
  checkedValues,
  inboundOptions,
  listenPort,
  natOptions,
  peerPlaceholder,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

function sipConf(connection: TrunkConnection, values: CheckedValues): string {
  const names = namesOf(connection);
  const blocks = [
    generalSection(connection, values, listenPort(connection, asteriskChanSip)),
    ...peerSections(connection, values, names, inboundContext(connection)),
  ];
  if (wantsInbound(connection) && !callsIn(connection)) blocks.push([`; ${INBOUND_LEFT_OUT}`]);
  return paragraphs(blocks);
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...natOptions(connection),
    ...inboundOptions(connection),
    ...(connection.transport === 'tls'
      ? (['certificateFile', 'privateKeyFile', 'caFile'] as const)
      : []),
  ],
  placeholders: (connection) => [
    ...peerPlaceholder(connection, asteriskChanSip.insidePeer),
    ...(connection.transport === 'tls' ? certificatePlaceholders(connection) : []),
  ],
  render(connection) {
    const values = checkedValues(connection);
    const conf = { languageId: 'ini', comment: ';', extent: 'part' } as const;
    return [
      headedFile(connection, writer, { name: 'sip.conf', ...conf }, sipConf(connection, values), [
        'Exotel takes no registration: there is no register line.',
      ]),
      headedFile(
        connection,
        writer,
        { name: 'extensions.conf', ...conf },
        paragraphs(dialplan(CHAN_SIP, connection, values, asteriskChanSip.insidePeer)),
      ),
    ];
  },
  guide: ({ peerName }) => ({
    where: l10n.t(
      'At the end of /etc/asterisk/sip.conf, behind its [general], and /etc/asterisk/extensions.conf, or files they #include. If sip.conf has no [general], write [general] in place of [general](+). A second Exotel trunk needs another name inside the PBX, but the same port and inbound context: chan_sip has one port for each transport and knows calls in by address only.',
    ),
    load: l10n.t(
      "asterisk -rx 'core restart when convenient' (the TLS and TCP lines are read at start), later 'sip reload' and 'dialplan reload'",
    ),
    check: l10n.t(
      "asterisk -rx 'sip show peer {0}', 'sip show settings'; 'sip set debug on' shows the SIP messages",
      peerName,
    ),
  }),
  get mistakes() {
    return [
      l10n.t('A register line: Exotel takes no registration.'),
      l10n.t('A second [general] in place of [general](+): Asterisk ignores it without a word.'),
      l10n.t(
        "type = friend, or secret in place of remotesecret: Exotel's INVITE is then challenged and the call fails.",
      ),
      l10n.t('insecure = port alone: the same challenge.'),
      l10n.t('nat in the peer and not in [general]: strangers can find out which peers exist.'),
      l10n.t('allowguest = yes, which is the default: anyone may call in.'),
      l10n.t('encryption = no with TLS: Exotel takes SRTP only there.'),
      l10n.t(
        'TLS 1.3: chan_sip then sometimes sends nothing over a connection that stands. MaxProtocol = TLSv1.2 in openssl.cnf should help; the calls were proven with TLS 1.2.',
      ),
      l10n.t('chan_sip and PJSIP listening on the same port: the second one does not start.'),
      l10n.t(
        "UNREACHABLE in 'sip show peers': set qualify = no; Exotel does not promise to answer OPTIONS.",
      ),
    ];
  },
};
