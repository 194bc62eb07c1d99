// One combination from the generator to its verdict: generate, load, call out, call in, turn a stranger away.
import { join } from 'node:path';
import type { PbxFile, TrunkConnection } from '../../src/pbx/types';
import { callsOut } from '../../src/pbx/writing/common';
import { generate } from '../../src/pbx/generate';
import { PBX, STRANGER } from './addresses';
import type { Running } from './benches/bench';
import { Box } from './box';
import { type Certificates, layCertificates } from './certificates';
import { Edge, within } from './edge';
import {
  type Fault,
  alwaysFaults,
  answersTo,
  completedOut,
  fault,
  inviteFaults,
  mediaFaults,
  outgoingInvites,
  repliesToInvite,
} from './rules';
import type { Trees } from './setup';
import { audioIn } from './sip';
import {
  CALLING,
  type Combination,
  DIALLED,
  DID,
  EXOPHONE,
  connectionFor,
  destination,
  edgeFor,
} from './subject';
import { keepFailure } from './failures';

/** How long a call may take until it is hung up, in ms. It takes a tenth of that. */
const callLimit = 6000;
const strangerLimit = 3000;
/** How long nothing has to happen until it counts as refused. A call is at the edge in a tenth of that. */
const silence = 2500;

export type Step = 'yes' | 'no' | 'not asked';

export interface Verdict {
  readonly parsed: Step;
  readonly called: Step;
  readonly wasCalled: Step;
  readonly strangerRefused: Step;
  readonly nothingSent: Step;
  readonly faults: readonly Fault[];
  readonly seconds: number;
}

export interface Lab {
  readonly trees: Trees;
  readonly certificates: Certificates;
}

export async function filesFor(combination: Combination): Promise<readonly PbxFile[]> {
  const { files, advice } = await generate(combination.bench.targetId, connectionFor(combination));
  if (files.length > 0) return files;
  throw new Error(advice.map(({ what: text }) => text).join(' '));
}

function wantsCallsIn({ useCase }: TrunkConnection): boolean {
  return useCase === 'inbound' || useCase === 'both';
}

function state(asked: boolean, faults: readonly Fault[]): Step {
  if (!asked) return 'not asked';
  return faults.length === 0 ? 'yes' : 'no';
}

/** The PBX dials; the called party answers and hangs up. */
export async function callOut(
  edge: Edge,
  running: Running,
  connection: TrunkConnection,
): Promise<Fault[]> {
  await running.callOut(DIALLED);
  const done = await within(callLimit, () => completedOut(edge.seen()));
  const seen = edge.seen();
  const invites = outgoingInvites(seen);
  const number = connection.useCase === 'streamkit' ? EXOPHONE : DIALLED;
  const first = invites.map((one) => inviteFaults(connection, number, one));
  const faults = first.find((some) => some.length > 0) ?? [];
  if (done === true) return faults;
  const last = invites.at(-1)?.message;
  if (last === undefined) {
    return [fault('called', 'an INVITE at the edge', running.said())];
  }
  const answered = seen.some((one) => one.message.status === 200 && one.port === 5060);
  const challenged = connection.auth !== 'ip' && !answered;
  if (!challenged)
    return [...faults, fault('called', 'a call that is hung up', last.startLine, last)];
  const shown = last.header('Authorization') || last.header('Proxy-Authorization');
  const saw = shown === '' ? 'no digest' : 'a digest that is not right';
  return [...faults, fault('digest', "the digest of the trunk's password", saw, last)];
}

/** The PBX dials, and nothing of it may come to the edge. */
async function noCallOut(
  edge: Edge,
  running: Running,
  lack: 'certificate' | 'SRTP',
): Promise<Fault[]> {
  await running.callOut(DIALLED);
  const sent = await within(silence, () => outgoingInvites(edge.seen())[0]);
  if (sent === undefined) return [];
  return lack === 'SRTP'
    ? [fault('SRTP', 'no call without SRTP', sent.message.startLine, sent.message)]
    : [fault('certificate checked', 'nothing sent to an unknown edge', sent.message.startLine)];
}

/** Exotel calls; the PBX has to take it without asking who it is. */
async function callIn(edge: Edge, connection: TrunkConnection, running: Running): Promise<Fault[]> {
  const caller = edge.callIn({
    to: destination(connection),
    number: DID,
    from: CALLING,
    domain: connection.sipDomain,
    trunkSid: connection.trunkSid,
  });
  const replies = (): ReturnType<typeof repliesToInvite> => repliesToInvite(edge.seen(), 'Exotel');
  const hungUp = (): boolean =>
    edge
      .seen()
      .some((one) => answersTo(one, 'BYE', PBX) && one.message.header('CSeq').startsWith('2 '));
  await within(
    callLimit,
    () => hungUp() || !caller.alive || replies().some(({ message }) => message.status >= 300),
  );
  const final = replies().find(({ message }) => message.status >= 200)?.message;
  if (final === undefined) return [fault('was called', '200 OK', running.said())];
  if (final.status !== 200) return [fault('was called', '200 OK', final.startLine, final)];
  const faults = mediaFaults(connection.transport, audioIn(final.body), final);
  if (!hungUp()) faults.push(fault('was called', '200 OK to the BYE', 'no answer', final));
  return faults;
}

/** Somebody else says the same as Exotel does, or tries to call out through the PBX. */
async function strangeCall(edge: Edge, connection: TrunkConnection): Promise<Fault[]> {
  const caller = edge.strangeCall({
    to: destination(connection),
    number: wantsCallsIn(connection) ? DID : DIALLED,
    from: CALLING,
    domain: connection.sipDomain,
    trunkSid: connection.trunkSid,
  });
  const replies = (): ReturnType<typeof repliesToInvite> =>
    repliesToInvite(edge.seen(), 'stranger');
  await within(
    strangerLimit,
    () => !caller.alive || replies().some(({ message }) => message.status >= 200),
  );
  caller.kill();
  // Silence and a closed door are refusals too; ringing is none.
  const welcome = replies().find(({ message }) => message.status > 100 && message.status < 300);
  if (welcome === undefined) return [];
  return [
    fault(
      'stranger refused',
      `no call from ${STRANGER}`,
      welcome.message.startLine,
      welcome.message,
    ),
  ];
}

export interface ProveOptions {
  /** The text that is loaded in place of the generated one. */
  readonly files?: readonly PbxFile[];
  /** Neither calls in nor a stranger. */
  readonly callOutOnly?: boolean;
  /** Keep what was said and seen when it fails, under this name. */
  readonly keepAs?: string;
}

export async function prove(
  lab: Lab,
  combination: Combination,
  options: ProveOptions = {},
): Promise<Verdict> {
  const began = Date.now();
  const { bench } = combination;
  const connection = connectionFor(combination);
  const files = options.files ?? (await filesFor(combination));
  const box = await Box.open(lab.trees);
  let edge: Edge | undefined;
  const faults: Fault[] = [];
  const steps: Record<keyof Omit<Verdict, 'faults' | 'seconds'>, Step> = {
    parsed: 'no',
    called: 'not asked',
    wasCalled: 'not asked',
    strangerRefused: 'not asked',
    nothingSent: 'not asked',
  };
  try {
    layCertificates(box, lab.certificates, connection);
    box.copy(join(lab.trees[bench.tree].dir, bench.folder), bench.folder);
    for (const { path, text, behind } of bench.lay(files, connection)) {
      box.write(path, behind === true ? `${box.read(path)}\n${text}` : text);
    }
    edge = await Edge.open(box, edgeFor(combination, connection));
    const running = await bench.start(box, connection, {
      plainAudio: combination.without === 'SRTP',
      unknownEdge: combination.without === 'certificate',
    });
    const complaints = (await running.complaints()).map((line) =>
      fault('parsed', 'no complaint about the text', line),
    );
    steps.parsed = state(true, complaints);
    faults.push(...complaints);
    if (combination.without !== undefined) {
      const found = await noCallOut(edge, running, combination.without);
      steps.nothingSent = state(true, found);
      faults.push(...found);
    } else if (callsOut(connection)) {
      const found = await callOut(edge, running, connection);
      steps.called = state(true, found);
      faults.push(...found);
    }
    const alone = combination.without !== undefined || options.callOutOnly === true;
    if (wantsCallsIn(connection) && !alone) {
      const found = await callIn(edge, connection, running);
      steps.wasCalled = state(true, found);
      faults.push(...found);
    }
    if (!alone) {
      const found = await strangeCall(edge, connection);
      steps.strangerRefused = state(true, found);
      faults.push(...found);
    }
    faults.push(...alwaysFaults(edge.seen()));
  } catch (error) {
    faults.push(
      fault(
        'parsed',
        'a program that runs',
        error instanceof Error ? error.message : String(error),
      ),
    );
  } finally {
    if (faults.length > 0 && options.keepAs !== undefined) {
      keepFailure(options.keepAs, box, bench.folder, edge?.seen() ?? [], faults);
    }
    await box.close();
  }
  return { ...steps, faults, seconds: (Date.now() - began) / 1000 };
}
