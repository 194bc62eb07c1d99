/**
 * pbx/writers/shared: what the texts of several PBXs have in common.
 *
 * extensions.conf: the contexts for calls out, for StreamKit and for calls in, for either SIP channel.
 */
import { asteriskDialString } from '../../../quoting/asterisk-conf';
import { peerName } from '../../../quoting/plain';
import type { Codec } from '../../../options';
import type { TrunkConnection } from '../../../types';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  dialsFromIndia,
  inboundContextName,
  wantsInbound,
  type CheckedValues,
} from '../../../writing/common';

export const ASTERISK_CODECS: Readonly<Record<Codec, string>> = {
  PCMA: 'alaw',
  PCMU: 'ulaw',
  G729: 'g729',
};

/** What belongs to one trunk inside Asterisk: its peer, and sections and contexts named after it. */
export interface Names {
  readonly peer: string;
  readonly outbound: string;
  readonly streamkit: string;
  readonly streamkitHeader: string;
  /** Where a call in would go when none may come in. */
  readonly closed: string;
}

export function namesOf(connection: TrunkConnection): Names {
  const peer = peerName('Name inside the PBX', connection.peerName);
  return {
    peer,
    outbound: `${peer}-outbound`,
    streamkit: `${peer}-streamkit`,
    streamkitHeader: `${peer}-streamkit-header`,
    closed: `${peer}-closed`,
  };
}

/** The context of calls in; the closed one as long as none may come in. */
export function inboundContext(connection: TrunkConnection): string {
  const { outbound, streamkit, streamkitHeader, closed } = namesOf(connection);
  if (!callsIn(connection)) return closed;
  const taken = ['general', 'globals', outbound, streamkit, streamkitHeader, closed];
  return inboundContextName(connection, taken);
}

/** A SIP channel driver, as the dialplan sees it. */
export interface Channel {
  /** What Dial() calls, e.g. `PJSIP/+91…@exotel`. */
  dial(peer: string, number: string): string;
  /** The steps that put the header on the call, and what Dial() needs for it. */
  readonly header: 'handler' | 'before';
  addHeader(name: string, value: string): string;
  readHeader(name: string): string;
}

export const PJSIP: Channel = {
  dial: (peer, number) => `PJSIP/${number}@${peer}`,
  header: 'handler',
  addHeader: (name, value) => `Set(PJSIP_HEADER(add,${name})=${value})`,
  readHeader: (name) => `\${PJSIP_HEADER(read,${name})}`,
};

export const CHAN_SIP: Channel = {
  dial: (peer, number) => `SIP/${peer}/${number}`,
  header: 'before',
  addHeader: (name, value) => `SIPAddHeader(${name}: ${value})`,
  readHeader: (name) => `\${SIP_HEADER(${name})}`,
};

const FLOW_HEADER = 'X-Exotel-AccountSid';

/** Setting the number also sets P-Asserted-Identity, which would show the inside extension else. */
function dial(channel: Channel, names: Names, values: CheckedValues, number: string, more = '') {
  return [
    ` same => n,Set(CALLERID(num)=${values.callerId})`,
    ` same => n,Dial(${channel.dial(names.peer, number)},60${more})`,
    ' same => n,Hangup()',
  ];
}

function outboundContext(channel: Channel, names: Names, values: CheckedValues): string[] {
  const lines = [
    `[${names.outbound}]`,
    `; include => ${names.outbound} in the context of your phones. FILTER keeps "&" and the like out of Dial.`,
    'exten => _+X.,1,Set(E164=+${FILTER(0-9,${EXTEN:1})})',
    ...dial(channel, names, values, '${E164}'),
    `exten => _00X.,1,Goto(${names.outbound},+\${EXTEN:2},1)`,
  ];
  if (dialsFromIndia(values)) {
    lines.push(
      `exten => _0ZXXXXXXXXX,1,Goto(${names.outbound},+91\${EXTEN:1},1)`,
      `exten => _ZXXXXXXXXX,1,Goto(${names.outbound},+91\${EXTEN},1)`,
      `exten => _91ZXXXXXXXXX,1,Goto(${names.outbound},+\${EXTEN},1)`,
    );
  }
  return lines;
}

/** `[…-streamkit]` calls the flow's number whatever was dialled, with the header Exotel routes by. */
export function streamkitContexts(
  channel: Channel,
  names: Names,
  values: CheckedValues,
): string[][] {
  const why = '; Without this header Exotel cannot route the call to the flow.';
  const add = channel.addHeader(FLOW_HEADER, values.accountSid);
  const handler = channel.header === 'handler';
  const contexts = [
    [
      `[${names.streamkit}]`,
      `; Send a call to the voice bot with Goto(${names.streamkit},s,1).`,
      'exten => s,1,NoOp(Exotel StreamKit)',
      ...(handler ? [] : [why, ` same => n,${add}`]),
      ...dial(
        channel,
        names,
        values,
        values.flowNumber,
        handler ? `,b(${names.streamkitHeader}^s^1)` : '',
      ),
      `exten => ${values.flowNumber},1,Goto(${names.streamkit},s,1)`,
    ],
  ];
  if (handler) {
    contexts.push([
      `[${names.streamkitHeader}]`,
      why,
      `exten => s,1,${add}`,
      ' same => n,Return()',
    ]);
  }
  return contexts;
}

/** Where a call goes that should not be there. */
export function closedContext(connection: TrunkConnection, names: Names): string[] {
  const lines = [`[${names.closed}]`];
  if (wantsInbound(connection)) lines.push(`; ${INBOUND_LEFT_OUT}`);
  lines.push('; No call comes in on this trunk.', 'exten => _[+0-9].,1,Hangup(21)');
  return lines;
}

function ringContext(
  channel: Channel,
  connection: TrunkConnection,
  values: CheckedValues,
  examplePeer: string,
): string[] {
  const peer = connection.insidePeer === '' ? examplePeer : connection.insidePeer;
  const ring = [
    `Log(NOTICE,Exotel call ${channel.readHeader('X-Exotel-CallSid')} to \${EXTEN})`,
    `Dial(${asteriskDialString('Inside peer', peer)},30)`,
    'Hangup()',
  ];
  // Exotel puts the number that was dialled into the request URI, E.164 with plus. Taken without it too.
  const extensions =
    values.numbers.length === 0
      ? [{ withPlus: '_+X.', without: '_X.', goto: '+${FILTER(0-9,${EXTEN})}' }]
      : values.numbers.map((number) => ({
          withPlus: number,
          without: number.slice(1),
          goto: number,
        }));
  return [
    `[${inboundContext(connection)}]`,
    ...extensions.flatMap(({ withPlus, without, goto }) => [
      ...ring.map((step, index) =>
        index === 0 ? `exten => ${withPlus},1,${step}` : ` same => n,${step}`,
      ),
      `exten => ${without},1,Goto(${goto},1)`,
    ]),
  ];
}

/** extensions.conf, context by context. */
export function dialplan(
  channel: Channel,
  connection: TrunkConnection,
  values: CheckedValues,
  examplePeer: string,
): string[][] {
  const names = namesOf(connection);
  const blocks: string[][] = [];
  if (connection.useCase === 'streamkit') blocks.push(...streamkitContexts(channel, names, values));
  else if (callsOut(connection)) blocks.push(outboundContext(channel, names, values));
  blocks.push(
    callsIn(connection)
      ? ringContext(channel, connection, values, examplePeer)
      : closedContext(connection, names),
  );
  return blocks;
}
