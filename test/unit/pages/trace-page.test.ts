// An explained trace as the page shows it: the verdict, the lines of the document, and nothing secret in
// what is copied.
import '../workbench/fake-vscode';
import assert from 'node:assert/strict';
import { diagnose } from '../../../src/trace/doctor';
import { MAX_RUNGS } from '../../../src/trace/ladder';
import { readTrace } from '../../../src/app/explain/read-trace';
import {
  findingsText,
  firstDialog,
  ladderView,
  type TraceFacts,
  tracePage,
  verdictOf,
} from '../../../src/pages/trace/trace-page';

interface Options {
  readonly callId?: string;
  readonly status?: string;
  readonly headers?: readonly string[];
}

/** A call out as res_pjsip logs it, refused with `status`. */
function call({
  callId = 'one@pbx',
  status = '488 Not Acceptable Here',
  headers = [],
}: Options = {}) {
  const common = [
    'Via: SIP/2.0/TLS 198.51.100.7:5061;branch=z9hG4bKa',
    'From: <sip:+918030000001@acme.pstn.exotel.com>;tag=a',
    `Call-ID: ${callId}`,
  ];
  return [
    '[2026-11-23 10:00:00.000] <--- Transmitting SIP request (995 bytes) to TLS:203.0.113.1:443 --->',
    'INVITE sip:+919876543210@acme.pstn.exotel.com SIP/2.0',
    ...common,
    'To: <sip:+919876543210@acme.pstn.exotel.com>',
    'CSeq: 1 INVITE',
    ...headers,
    'Content-Length: 0',
    '',
    '[2026-11-23 10:00:00.250] <--- Received SIP response (300 bytes) from TLS:203.0.113.1:443 --->',
    `SIP/2.0 ${status}`,
    ...common,
    'To: <sip:+919876543210@acme.pstn.exotel.com>;tag=b',
    'CSeq: 1 INVITE',
    'Content-Length: 0',
    '',
    '',
  ].join('\n');
}

function facts(text: string, rest: Partial<TraceFacts> = {}): TraceFacts {
  const diagnosis = diagnose(text);
  return {
    name: 'asterisk.log',
    firstLine: 0,
    text,
    cut: false,
    selection: false,
    diagnosis,
    ...rest,
  };
}

const pageOf = (text: string, rest: Partial<TraceFacts> = {}) => {
  const known = facts(text, rest);
  return tracePage(known, firstDialog(known.diagnosis), () => true);
};

describe('An explained trace', () => {
  it('says its verdict first, and that nothing was sent', () => {
    const { page } = pageOf(call());
    assert.deepEqual(page.verdict, { level: 'problem', text: 'A fault was found.' });
    assert.ok(page.lines.includes('Read on this computer. Nothing was sent anywhere.'));
    assert.match(page.findings[0]?.what ?? '', /codec|audio/i);
    assert.equal(page.findings[0]?.levelText, 'Fault');
  });

  it('says how to make a trace when there is none in the text', () => {
    const { page } = pageOf('hello\nworld\n');
    assert.match(page.verdict.text, /No SIP message/);
    assert.match(page.lines[0] ?? '', /pjsip set logger on/);
    assert.equal(page.ladder, null);
    assert.deepEqual(page.buttons, []);
  });

  it('counts', () => {
    const text = call() + call({ callId: 'two@pbx', status: '404 Not Found' });
    const { page } = pageOf(text);
    assert.equal(page.verdict.text, '2 faults were found.');
    assert.equal(page.dialogs.length, 2);
    assert.match(page.dialogs[1]?.note ?? '', /404 Not Found · messages: 2 · line 20/);
  });

  it('gives lines of the document, also when only a part was explained', () => {
    const { page } = pageOf(call(), { firstLine: 100, selection: true });
    assert.equal(page.findings[0]?.line, 110);
    assert.equal(page.findings[0].where, 'Line 111');
    assert.deepEqual(
      page.ladder?.rungs.map(({ line }) => line),
      [101, 110],
    );
    assert.match(page.lines[0] ?? '', /^Of the selection: /);
  });

  it('draws the ladder of one dialog, the faulty message marked in words', () => {
    const { ladder } = pageOf(call()).page;
    assert.deepEqual(ladder?.ends, ['this PBX', '203.0.113.1:443']);
    const [invite, answer] = ladder.rungs;
    assert.equal(invite?.level, null);
    assert.equal(answer?.levelText, 'Fault');
    assert.equal(answer.time, '0.250 s');
    assert.equal(answer.way, 'from 203.0.113.1:443 to this PBX, line 11');
  });

  it('begins with the dialog that has the worst finding', () => {
    const good = call({ status: '486 Busy Here' });
    const text = good + call({ callId: 'two@pbx', status: '404 Not Found' });
    assert.equal(firstDialog(diagnose(text)), 1);
    assert.equal(pageOf(text).page.ladder?.index, 1);
  });

  it('offers the mend and the code', () => {
    const { page, deeds } = pageOf(call({ status: '403 Forbidden' }));
    const deed = page.findings[0]?.buttons.map(({ id }) => deeds.get(id));
    assert.deepEqual(deed?.at(0), { kind: 'command', command: 'exotelSip.ip.whitelist', args: [] });
    const lookUp = { kind: 'command', command: 'exotelSip.code.lookUp', args: ['sip:403'] };
    assert.deepEqual(deed.at(-1), lookUp);
  });

  it('copies nothing secret', () => {
    const digest =
      'Authorization: Digest username="pbx", realm="x", nonce="n0nce-s3cret", response="d1gest-s3cret"';
    const text = call({ status: '401 Unauthorized', headers: [digest] });
    const known = facts(text);
    const { page, deeds } = tracePage(known, 0, () => true);
    const copies = page.buttons.map(({ id }) => deeds.get(id));
    assert.equal(copies.length, 2);
    for (const deed of copies) {
      const copied = deed?.kind === 'copy' ? deed.text() : assert.fail();
      assert.doesNotMatch(copied, /s3cret/);
      assert.ok(copied.length > 100);
    }
    assert.match(findingsText(known), /one@pbx/);
  });

  it('stays within bounds, and says what it leaves out', () => {
    const many = Array.from({ length: 300 }, (_, at) => call({ callId: `c${at}@pbx` })).join('');
    const { page } = pageOf(many);
    assert.equal(page.findings.length, 50);
    assert.equal(page.dialogs.length, 200);
    assert.match(page.lines[0] ?? '', /250 more findings/);
    const long = call().repeat(200);
    const ladder = ladderView(facts(long), 0);
    assert.equal(ladder?.rungs.length, MAX_RUNGS);
    assert.match(ladder.more, /200 more messages/);
  });

  it('says so when the text was cut', () => {
    assert.ok(pageOf(call(), { cut: true }).page.lines.some((line) => line.includes('very long')));
  });

  it('finds no fault in a call that went well', () => {
    assert.equal(verdictOf(diagnose(call({ status: '486 Busy Here' }))).text, 'No fault seen.');
  });

  it('is read at once when it is short', async () => {
    const diagnosis = await readTrace(call(), new AbortController().signal);
    assert.equal(diagnosis?.findings.length, 1);
  });
});
