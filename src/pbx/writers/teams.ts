/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Microsoft Teams Direct Routing. Exotel cannot be the gateway itself: Teams calls only a session border
 * controller with a certificate of its own. So this is two halves: PowerShell for the Teams side, and the
 * text of the SBC that carries the leg to Exotel, written by that SBC's own writer.
 */
import * as l10n from '@vscode/l10n';
import { NUMBER_PLACEHOLDER, peerName } from '../quoting/plain';
import { powershellString } from '../quoting/powershell';
import { SBCS } from '../cards/teams';
import type { PbxCard, PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import { steps } from '../writing/json';
import { writer as audiocodes } from './audiocodes';
import { writer as ciscoCube } from './cisco-cube';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  dialsFromIndia,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';
import { writer as ribbon } from './ribbon';

const SBC_NAME = 'sbc.example.com';
const TEAMS_PORT = 5061;
const USER = 'user@example.com';

interface Sbc {
  readonly card: PbxCard;
  readonly writer: PbxWriter;
  /** What the side of Teams is called on the SBC, as Microsoft's and the vendors' guides set it up. */
  readonly inside: string;
  /** The same in words. */
  readonly insideWords: () => string;
}

const SIDES: Readonly<Record<(typeof SBCS)[number]['id'], Omit<Sbc, 'card'>>> = {
  audiocodes: {
    writer: audiocodes,
    inside: 'Teams',
    insideWords: () => l10n.t('IP Group {0}', 'Teams'),
  },
  ribbon: {
    writer: ribbon,
    inside: 'Teams',
    insideWords: () => l10n.t('signaling group {0}', 'Teams'),
  },
  'cisco-cube': {
    writer: ciscoCube,
    inside: 'dial-peer:200',
    insideWords: () => l10n.t('dial peer {0}', 200),
  },
};

function sbcOf(connection: TrunkConnection): Sbc {
  const card = SBCS.find(({ id }) => id === connection.variant) ?? SBCS[0];
  return { card, ...SIDES[card.id] };
}

/** The same trunk as the SBC sees it: inside is Teams, and its own newest version. */
function asSbc(connection: TrunkConnection): TrunkConnection {
  return { ...connection, variant: '', insidePeer: sbcOf(connection).inside };
}

function quoted(text: string): string {
  return powershellString('PowerShell text', text);
}

interface Route {
  readonly suffix: string;
  readonly pattern: string;
}

/** Which numbers go to Exotel. Teams dials E.164 with the plus once its dial plan has made it so. */
function routes(connection: TrunkConnection, values: CheckedValues): Route[] {
  if (connection.useCase === 'streamkit') {
    return [{ suffix: 'flow', pattern: `^${values.flowNumber.replace('+', '\\+')}$` }];
  }
  const world: Route = { suffix: 'e164', pattern: '^\\+[1-9]\\d{7,14}$' };
  return dialsFromIndia(values)
    ? [{ suffix: 'india', pattern: '^\\+91[1-9]\\d{9}$' }, world]
    : [world];
}

function gatewayBlock(): string[] {
  return [
    "# The gateway is the SBC. Its name must be in a domain of the tenant and in the SBC's certificate.",
    '# Leave this out when the SBC is paired with Teams already.',
    'New-CsOnlinePSTNGateway `',
    `    -Fqdn ${quoted(SBC_NAME)} \``,
    `    -SipSignalingPort ${TEAMS_PORT} \``,
    '    -MaxConcurrentSessions 100 `',
    '    -Enabled $true',
  ];
}

function outboundBlocks(connection: TrunkConnection, values: CheckedValues): string[][] {
  const name = peerName('Name inside the PBX', connection.peerName);
  return [
    ['# Usage, routes and policy: who may call which numbers through the SBC.'],
    [`Set-CsOnlinePstnUsage -Identity Global -Usage @{ Add = ${quoted(name)} }`],
    ...routes(connection, values).map(({ suffix, pattern }, index) => [
      'New-CsOnlineVoiceRoute `',
      `    -Identity ${quoted(`${name}-${suffix}`)} \``,
      `    -NumberPattern ${quoted(pattern)} \``,
      `    -OnlinePstnGatewayList ${quoted(SBC_NAME)} \``,
      `    -Priority ${index + 1} \``,
      `    -OnlinePstnUsages ${quoted(name)}`,
    ]),
    [
      'New-CsOnlineVoiceRoutingPolicy `',
      `    -Identity ${quoted(name)} \``,
      `    -OnlinePstnUsages ${quoted(name)}`,
    ],
    [
      '# Once for every user who may call.',
      `Grant-CsOnlineVoiceRoutingPolicy -Identity ${quoted(USER)} -PolicyName ${quoted(name)}`,
    ],
  ];
}

function inboundBlock(values: CheckedValues): string[] {
  const [number = NUMBER_PLACEHOLDER, ...others] = values.numbers;
  return [
    '# Who is called: one number of the trunk per user, in E.164.',
    'Set-CsPhoneNumberAssignment `',
    `    -Identity ${quoted(USER)} \``,
    `    -PhoneNumber ${quoted(number)} \``,
    '    -PhoneNumberType DirectRouting',
    ...others.map((other) => `# Likewise for the user of ${other}`),
  ];
}

function script(connection: TrunkConnection, values: CheckedValues): string {
  const sbc = sbcOf(connection);
  const blocks = [
    [
      '# Exotel cannot be the gateway of Teams itself: Teams calls a certified SBC only, over TLS with SRTP.',
      `# The leg to Exotel is on that SBC. Its text is in the folder sbc, for ${sbc.card.name}.`,
      "# The SBC's own leg to Teams is set up by its vendor's guide for Direct Routing.",
    ],
    ['Connect-MicrosoftTeams'],
    gatewayBlock(),
  ];
  if (callsOut(connection)) blocks.push(...outboundBlocks(connection, values));
  if (callsIn(connection)) blocks.push(inboundBlock(values));
  else if (wantsInbound(connection)) blocks.push([`# ${INBOUND_LEFT_OUT}`]);
  return paragraphs(blocks);
}

function ownPlaceholders(connection: TrunkConnection): Placeholder[] {
  const found: Placeholder[] = [
    {
      text: SBC_NAME,
      meaning: 'the public name of the SBC',
      doNext: l10n.t('{0} is an example: put the public name of the SBC there.', SBC_NAME),
      level: 'problem',
    },
  ];
  if (callsOut(connection) || callsIn(connection)) {
    found.push({
      text: USER,
      meaning: 'the Teams user',
      doNext: l10n.t('{0} is an example: put the Teams user there.', USER),
      level: 'problem',
    });
  }
  return found;
}

export const writer: PbxWriter = {
  uses: (connection) =>
    sbcOf(connection)
      .writer.uses(asSbc(connection))
      .filter((option) => option !== 'insidePeer'),
  placeholders: (connection) => {
    const ofSbc = sbcOf(connection).writer.placeholders(asSbc(connection));
    return [...ownPlaceholders(connection), ...ofSbc];
  },
  render(connection) {
    const values = checkedValues(connection);
    const body = script(connection, values);
    const own = headedFile(
      connection,
      { placeholders: ownPlaceholders },
      {
        name: 'exotel-teams.ps1',
        languageId: 'powershell',
        comment: '#',
        extent: 'whole',
      },
      body,
    );
    const files = sbcOf(connection).writer.render(asSbc(connection));
    return [own, ...files.map((file): PbxFile => ({ ...file, folder: 'sbc' }))];
  },
  guide: (connection) => {
    const { writer: ofSbc, insideWords } = sbcOf(connection);
    const sbc = ofSbc.guide(asSbc(connection));
    return {
      where: l10n.t(
        'exotel-teams.ps1: a PowerShell window with the MicrosoftTeams module, as Teams administrator. Folder sbc, where the side of Teams is {0} (change it when yours has another name): {1}',
        insideWords(),
        sbc.where,
      ),
      load: steps(
        l10n.t('First the SBC: {0}', sbc.load),
        l10n.t('Then run the script; Teams takes a while to use a new route.'),
      ),
      check: l10n.t(
        'Teams admin center → Voice → Direct Routing: the SBC is active and answers OPTIONS. Get-CsOnlineVoiceRoute. On the SBC: {0}',
        sbc.check,
      ),
    };
  },
  get mistakes() {
    return [
      l10n.t(
        "Exotel's edge as PSTN gateway: Teams refuses it, it takes certified SBCs with a name of the tenant only.",
      ),
      l10n.t('A gateway without -Enabled $true: it is created switched off.'),
      l10n.t('An SBC name in onmicrosoft.com, or in a domain that the tenant has not verified.'),
      l10n.t(
        '-SipSignallingPort with two l: older texts spell it so; the parameter is -SipSignalingPort.',
      ),
      l10n.t(
        'The policy created but not granted to the user, or the user without a Teams Phone licence.',
      ),
      l10n.t(
        'National numbers: the dial plan of the user has to make +E.164 of them before a route is chosen.',
      ),
      l10n.t(
        'One TLS profile or IP profile for both legs of the SBC: Teams and Exotel need their own.',
      ),
      l10n.t(
        "Both legs on the same port of one address of the SBC, e.g. 5061, where the SBC does not share it: give Exotel's leg another port, and name it in the destination URI at Exotel.",
      ),
    ];
  },
};
