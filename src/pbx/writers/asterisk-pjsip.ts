/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Asterisk with PJSIP: pjsip.conf and extensions.conf.
 */
import * as l10n from '@vscode/l10n';
import { asteriskPjsip } from '../cards/asterisk-pjsip';
import type { PbxWriter, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import { PJSIP, dialplan, inboundContext, namesOf } from './shared/asterisk/dialplan';
import {
  aorSection,
  authSection,
  endpointSection,
  identifySection,
  isOlder,
  showsCertificate,
  transportSection,
} from './shared/asterisk/pjsip-sections';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  certificatePlaceholders,
  checkedValues,
  inboundOptions,
  listenPort,
  natOptions,
  peerPlaceholder,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

function pjsipConf(connection: TrunkConnection, values: CheckedValues): string {
  const names = namesOf(connection);
  const transport = transportSection(
    connection,
    values,
    names,
    listenPort(connection, asteriskPjsip),
  );
  if (connection.transport === 'tcp' && !isOlder(connection)) {
    transport.push('; A dead connection is noticed and closed.', 'tcp_keepalive_enable = yes');
  }
  const blocks = [
    transport,
    endpointSection(connection, values, names, inboundContext(connection)),
  ];
  if (callsOut(connection)) blocks.push(aorSection(connection, values, names));
  if (usesCredential(connection)) blocks.push(authSection(connection, names));
  if (callsIn(connection)) blocks.push(identifySection(values, names));
  else if (wantsInbound(connection)) blocks.push([`; ${INBOUND_LEFT_OUT}`]);
  return paragraphs(blocks);
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...natOptions(connection),
    ...inboundOptions(connection),
    ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
    ...(showsCertificate(connection) ? (['certificateFile', 'privateKeyFile'] as const) : []),
  ],
  placeholders: (connection) => [
    ...peerPlaceholder(connection, asteriskPjsip.insidePeer),
    ...(showsCertificate(connection) ? certificatePlaceholders(connection) : []),
  ],
  render(connection) {
    const values = checkedValues(connection);
    const conf = { languageId: 'ini', comment: ';', extent: 'part' } as const;
    return [
      headedFile(
        connection,
        writer,
        { name: 'pjsip.conf', ...conf },
        pjsipConf(connection, values),
        ['Exotel takes no registration: none is configured.'],
      ),
      headedFile(
        connection,
        writer,
        { name: 'extensions.conf', ...conf },
        paragraphs(dialplan(PJSIP, connection, values, asteriskPjsip.insidePeer)),
      ),
    ];
  },
  guide: ({ peerName }) => ({
    where: l10n.t(
      '/etc/asterisk/pjsip.conf and /etc/asterisk/extensions.conf, or files they #include. A second Exotel trunk needs another name inside the PBX and another port, and the same inbound context: Asterisk knows calls in by address only.',
    ),
    load: l10n.t(
      "asterisk -rx 'core reload' (a new transport needs 'core restart when convenient')",
    ),
    check: l10n.t(
      "asterisk -rx 'pjsip show endpoint {0}', 'pjsip qualify {0}', 'pjsip show identifies'; 'pjsip set logger on' shows the SIP messages",
      peerName,
    ),
  }),
  get mistakes() {
    return [
      l10n.t('A registration section: Exotel takes none.'),
      l10n.t(
        'match_header beside match in the identify section: it is "or", and a stranger who sends the header gets in.',
      ),
      l10n.t("auth on the endpoint: Exotel's INVITE is then challenged and the call fails."),
      l10n.t('";transport=tls" without the backslash: the rest of the line is a comment.'),
      l10n.t(
        'auth_type = digest before Asterisk 20.12, 21.7 and 22.2: the whole auth section is dropped.',
      ),
      l10n.t('Dialling 0XXXXXXXXXX or 91XXXXXXXXXX: Exotel wants E.164 with the plus.'),
      l10n.t(
        "Behind NAT no external_media_address, or a local_net that does not hold the PBX's own address: the SDP carries a private address and there is no audio.",
      ),
      l10n.t('Another transport on the same port: only one of the two starts.'),
      l10n.t(
        "Contact Unavail in 'pjsip show contacts': set qualify_frequency = 0; Exotel does not promise to answer OPTIONS.",
      ),
    ];
  },
};
