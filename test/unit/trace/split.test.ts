/** Traces of every usual form, taken apart: which messages, of which call, between whom, when. */
import assert from 'node:assert/strict';
import { headerOf } from '../../../src/sip/message';
import { audioIn } from '../../../src/sip/sdp';
import { diagnose } from '../../../src/trace/doctor';
import { ladderOf } from '../../../src/trace/ladder';
import { readTrace } from '../../../src/trace/readers/split';
import type { TracedMessage } from '../../../src/trace/types';
import {
  CHALLENGE,
  TCP,
  TLS,
  answer,
  callIn,
  callOut,
  forms,
  ours,
  request,
  sdp,
  theirs,
  written,
  type Scene,
  type Sent,
} from './trace-support';

function label({ message }: TracedMessage): string {
  return message.kind === 'request' ? message.method : String(message.status);
}

const OUT_TLS = ['INVITE', '401', 'ACK', 'INVITE', '100', '180', '200', 'ACK', 'BYE', '200'];

function only(text: string): readonly TracedMessage[] {
  const { dialogs, unread } = readTrace(text);
  assert.deepEqual(unread, []);
  assert.equal(dialogs.length, 1, `${dialogs.length} dialogs`);
  return dialogs[0]?.messages ?? [];
}

function inTurn(...calls: readonly (readonly Sent[])[]): Sent[] {
  return calls.flat().sort((a, b) => a.at - b.at);
}

/** The ends of a message as a trace of that form can tell them. */
function expectedEnds(scene: Scene, name: string, { ours: mine }: Sent): readonly string[] {
  if (forms[name]?.ends === 'other') {
    return mine ? ['local', scene.exotel] : [scene.exotel, 'local'];
  }
  return mine ? [scene.pbx, scene.exotel] : [scene.exotel, scene.pbx];
}

describe('A trace taken apart', () => {
  for (const [name, form] of Object.entries(forms)) {
    describe(name, () => {
      const scene = form.wire === true ? TCP : TLS;
      const sent = callOut(scene, { challenged: true });
      const text = form.write(scene, sent);

      it('gives every message of the call, in order', () => {
        const messages = only(text);
        assert.deepEqual(messages.map(label), OUT_TLS);
        assert.ok(messages.every(({ message }) => headerOf(message, 'Call-ID') === 'call-1@pbx'));
      });

      it('gives the bodies whole', () => {
        const bodies = only(text)
          .map(({ message }) => message.body)
          .filter((body) => body !== '');
        const expected = sent
          .map((one) => one.text.split('\r\n\r\n')[1])
          .filter((one) => one !== '');
        assert.deepEqual(
          bodies.map((body) => audioIn(body)),
          expected.map((body) => audioIn(body ?? '')),
        );
        assert.equal(bodies.length, 3);
      });

      it('tells the transport and who sent it to whom', () => {
        for (const [index, traced] of only(text).entries()) {
          assert.equal(traced.transport, scene.transport);
          const one = sent[index];
          assert.ok(one !== undefined);
          if (form.ends === 'none') continue;
          assert.deepEqual([traced.from, traced.to], expectedEnds(scene, name, one));
        }
      });

      it(form.times ? 'tells when' : 'tells no time where there is none', () => {
        for (const [index, { time }] of only(text).entries()) {
          if (!form.times) assert.equal(time, null);
          else assert.ok(Math.abs((time ?? -9) - (sent[index]?.at ?? 0)) < 1.01, String(time));
        }
      });

      it('points at the line where each message begins', () => {
        const lines = text.split('\n');
        for (const { line, message } of only(text)) {
          const start = message.kind === 'request' ? message.method : `SIP/2.0 ${message.status}`;
          assert.ok(lines[line]?.includes(start), lines[line]);
        }
      });

      it('keeps two calls at once apart', () => {
        const second = callOut(scene, { invite: { callId: 'call-2@pbx' }, challenged: true });
        const later = second.map((one) => ({ ...one, at: one.at + 0.01 }));
        const { dialogs } = readTrace(form.write(scene, inTurn(sent, later)));
        assert.deepEqual(
          dialogs.map(({ callId, messages }) => [callId, messages.length]),
          [
            ['call-1@pbx', 10],
            ['call-2@pbx', 10],
          ],
        );
      });

      it('lets a cut message spoil no other', () => {
        for (let lines = 1; lines < 30; lines += 4) {
          const cut = form.write(scene, sent.slice(0, 4));
          const kept = cut.split('\n').slice(0, lines).join('\n');
          const whole = `${kept}\n${form.write(scene, sent.slice(4))}`;
          const { dialogs } = readTrace(whole);
          assert.deepEqual(dialogs.at(-1)?.messages.slice(-6).map(label), OUT_TLS.slice(4));
        }
      });

      it('finds no fault in good calls', () => {
        const good = callOut(scene);
        const { findings } = diagnose(form.write(scene, good));
        assert.deepEqual(findings, []);
        assert.deepEqual(diagnose(form.write(scene, callIn(scene))).findings, []);
      });
    });
  }

  it('names the program whose trace it is', () => {
    const formats = ['Asterisk log file', 'FreeSWITCH console', 'sngrep', 'sipp -trace_msg'].map(
      (name) => readTrace(written(name, TLS, callOut(TLS))).format,
    );
    assert.deepEqual(formats, ['asterisk', 'freeswitch', 'sngrep', 'sipp']);
    assert.equal(readTrace(written('tcpdump -A', TCP, callOut(TCP))).format, 'kamailio');
    assert.equal(readTrace(written('messages in a ticket', TLS, callOut(TLS))).format, 'plain');
    assert.deepEqual(readTrace('nothing of the kind\n').dialogs, []);
  });

  it('keeps retransmissions', () => {
    const invite = request(TCP, 'INVITE', { body: sdp({ profile: 'RTP/AVP' }) });
    const messages = only(
      written('sngrep', TCP, [ours(0, invite), ours(0.5, invite), ours(1.5, invite)]),
    );
    assert.deepEqual(
      messages.map(({ time }) => time),
      [0, 0.5, 1.5],
    );
  });

  it('reads a message that came in two packets', () => {
    const text = written('ngrep -W byline', TCP, [
      ours(0, request(TCP, 'INVITE', { body: sdp() })),
    ]);
    const at = text.indexOf('a=rtpmap:8 PC') + 'a=rtpmap:8 PC'.length;
    const head = text.split('\n')[1] ?? '';
    const [message] = only(`${text.slice(0, at)}\n##\n${head}\n${text.slice(at)}`);
    assert.deepEqual(audioIn(message?.message.body ?? '')?.codecs, ['PCMA', 'PCMU']);
  });

  it('counts a packet that tcpdump shows twice once', () => {
    assert.equal(only(written('tcpdump -v -A', TCP, callOut(TCP))).length, 7);
  });

  it('knows names of ports and hosts as tcpdump writes them', () => {
    const text = written('tcpdump -A', TCP, [ours(0, request(TCP, 'OPTIONS'))])
      .replace('203.0.113.7.5060', 'pbx.example.com.sip')
      .replace('198.51.100.10.5070', 'edge.example.com.https');
    const [message] = only(text);
    assert.deepEqual(
      [message?.from, message?.to],
      ['pbx.example.com:5060', 'edge.example.com:443'],
    );
  });

  it('takes an IPv6 address for no time', () => {
    const text = written('Asterisk console', TLS, [ours(0, request(TLS, 'OPTIONS'))]).replace(
      TLS.exotel,
      '[2001:db8:10:20:30:1:2:3]:443',
    );
    const [message] = only(text);
    assert.deepEqual([message?.to, message?.time], ['2001:db8:10:20:30:1:2:3:443', null]);
  });

  it('goes on after midnight', () => {
    const text = written('sngrep', TCP, callOut(TCP).slice(0, 2))
      .replace('10:00:00.000000', '23:59:59.000000')
      .replace('10:00:00.100000', '00:00:01.000000');
    assert.deepEqual(
      only(text).map(({ time }) => time),
      [0, 2],
    );
  });

  it('leaves a status line inside a NOTIFY where it is', () => {
    const body = 'SIP/2.0 200 OK\r\n';
    const notify = request(TCP, 'NOTIFY', { body }).replace('application/sdp', 'message/sipfrag');
    assert.deepEqual(only(written('sngrep', TCP, [theirs(0, notify)])).map(label), ['NOTIFY']);
  });

  it('passes over a start line that a log only mentions', () => {
    const text = `kamailio[7]: reply SIP/2.0 403 Forbidden\nSIP/2.0 403 Forbidden\n\nend\n`;
    const { dialogs, unread } = readTrace(text);
    assert.deepEqual([dialogs, unread], [[], []]);
  });

  it('gives the answers of bare messages to whom was asked', () => {
    const messages = only(written('messages in a ticket', TLS, callOut(TLS)));
    const ends = new Set(messages.flatMap(({ from, to }) => [from, to]));
    assert.deepEqual([...ends], [TLS.pbx, 'in.voip.exotel.com:443']);
  });

  it('shows both sides of a proxy as one call', () => {
    const inner: Scene = { transport: 'tcp', pbx: '10.0.0.9:5060', exotel: '10.0.0.1:5060' };
    const invite = request(inner, 'INVITE', { branch: 'z9hG4bKin', body: sdp() });
    const on = request(TLS, 'INVITE', { branch: 'z9hG4bKout', body: sdp() });
    const challenge = answer(on, '401 Unauthorized', { headers: [CHALLENGE] });
    const text = [
      written('Kamailio sipdump', inner, [ours(0, invite)]),
      written('Kamailio sipdump', TLS, [ours(0.1, on), theirs(0.2, challenge)]),
    ].join('');
    const { trace, findings } = diagnose(text);
    assert.equal(trace.dialogs.length, 1);
    assert.deepEqual(
      findings.map(({ kind }) => kind),
      ['digestLoop'],
    );
  });

  it('becomes a ladder with the fault marked on its rung', () => {
    const text = written('sngrep', TLS, callOut(TLS, { status: '403 Forbidden' }));
    const { trace, findings } = diagnose(text);
    const [dialog] = trace.dialogs;
    assert.ok(dialog !== undefined);
    const ladder = ladderOf(dialog, findings);
    assert.deepEqual(ladder.ends, [TLS.pbx, TLS.exotel]);
    assert.deepEqual(
      ladder.rungs.filter(({ level }) => level !== null).map((rung) => rung.label),
      ['403 Forbidden'],
    );
    assert.equal(ladder.rungs[3]?.note, 'with digest · PCMA, PCMU · RTP/SAVP');
  });
});
