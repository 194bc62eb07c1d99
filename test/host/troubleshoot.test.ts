// Codes, traces and failed calls in a real editor: what a hover shows, which lines are marked, what is
// copied from an error row.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Fault } from '../../src/sandbox/index';
import type { NoteRef } from '../../src/app/refs';
import { stage, until, type Stage } from './extension';

const TRACE = [
  '<--- Transmitting SIP request (995 bytes) to TLS:203.0.113.1:443 --->',
  'INVITE sip:+919876543210@acme.pstn.exotel.com SIP/2.0',
  'Via: SIP/2.0/TLS 198.51.100.7:5061;branch=z9hG4bKa',
  'From: <sip:+918030000001@acme.pstn.exotel.com>;tag=a',
  'To: <sip:+919876543210@acme.pstn.exotel.com>',
  'Call-ID: one@pbx',
  'CSeq: 1 INVITE',
  'Content-Length: 0',
  '',
  '<--- Received SIP response (300 bytes) from TLS:203.0.113.1:443 --->',
  'SIP/2.0 403 Forbidden',
  'Via: SIP/2.0/TLS 198.51.100.7:5061;branch=z9hG4bKa',
  'From: <sip:+918030000001@acme.pstn.exotel.com>;tag=a',
  'To: <sip:+919876543210@acme.pstn.exotel.com>;tag=b',
  'Call-ID: one@pbx',
  'CSeq: 1 INVITE',
  'X-Exotel-ErrorCode: 4001',
  'Content-Length: 0',
  '',
  '',
].join('\n');

const FAULT: Fault = {
  match: { path: /phone-numbers/ },
  // A list that is refused is asked for once more, without the size of its pages.
  times: 2,
  then: {
    kind: 'answer',
    status: 400,
    body: {
      request_id: '0123456789abcdef',
      http_code: 400,
      response: {
        code: 400,
        status: 'failure',
        error_data: { code: 1002, message: 'Invalid parameter', description: 'Invalid' },
        data: null,
      },
    },
  },
};

async function open(content: string, language = 'plaintext'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document);
  return document;
}

async function hoverAt(document: vscode.TextDocument, line: number, character: number) {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(line, character),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .filter((content): content is vscode.MarkdownString => typeof content === 'object')
    .map(({ value }) => value)
    .join('\n');
}

const tabs = () =>
  vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

describe('Troubleshooting', () => {
  let on: Stage;

  beforeEach(async () => {
    on = await stage();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await on.close();
  });

  it('explains an answer and Exotel’s code where the pointer rests on them, and nothing else', async () => {
    const document = await open(TRACE);
    const answer = await hoverAt(document, 10, 9);
    assert.match(answer, /403 Forbidden/);
    assert.match(answer, /whitelisted/);
    assert.match(answer, /command:exotelSip\.code\.lookUp\?/);
    assert.match(await hoverAt(document, 16, 22), /4001/);
    assert.equal(await hoverAt(document, 1, 3), '');
  });

  it('says nothing in files that are no logs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exotel-hover-'));
    const path = join(folder, 'notes.md');
    writeFileSync(path, TRACE);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    await vscode.window.showTextDocument(document);
    assert.equal(await hoverAt(document, 10, 9), '');
    rmSync(folder, { recursive: true });
  });

  it('opens what was looked up, by question or by id', async () => {
    await on.run('exotelSip.code.lookUp', [/^488/]);
    await until('the page', () => tabs().includes('488 Not Acceptable Here'));
    await on.run('exotelSip.code.lookUp', [], 'api:1008');
    await until('the other page in its place', () => tabs().includes('1008 Duplicate resource'));
    assert.ok(!tabs().includes('488 Not Acceptable Here'));
  });

  it('marks the faulty line of an explained trace until the panel is closed', async () => {
    const document = await open(TRACE);
    await on.run('exotelSip.trace.explain', []);
    const [mark, ...others] = vscode.languages.getDiagnostics(document.uri);
    assert.deepEqual(others, []);
    assert.equal(mark?.range.start.line, 10);
    assert.equal(mark.severity, vscode.DiagnosticSeverity.Error);
    assert.match(mark.message, /4001/);
    assert.ok(on.ui.said.includes('A fault was found.'));
    await until('the panel', () => tabs().some((label) => label.startsWith('SIP trace: ')));
    const [panel] = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ label }) => label.startsWith('SIP trace: '));
    if (panel !== undefined) await vscode.window.tabGroups.close(panel);
    await until('no mark', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  it('explains the selected part when there is a message in it', async () => {
    const document = await open(`${TRACE}${TRACE.replaceAll('one@pbx', 'two@pbx')}`);
    const editor = vscode.window.activeTextEditor ?? assert.fail();
    const half = document.lineCount / 2;
    editor.selection = new vscode.Selection(Math.floor(half), 0, document.lineCount - 1, 0);
    await on.run('exotelSip.trace.explain', []);
    const marks = vscode.languages.getDiagnostics(document.uri);
    assert.deepEqual(
      marks.map(({ range }) => range.start.line),
      [29],
    );
    editor.selection = new vscode.Selection(0, 0, 0, 5);
    await on.run('exotelSip.trace.explain', []);
    assert.equal(vscode.languages.getDiagnostics(document.uri).length, 2);
  });

  it('reads ten megabytes beside everything else', async () => {
    const noise = `${'x'.repeat(90)} and something of another program\n`;
    const document = await open(`${TRACE}${noise.repeat(80_000)}`);
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 20);
    await on.run('exotelSip.trace.explain', []);
    clearInterval(timer);
    assert.ok(ticks > 0, 'the host was held up');
    assert.equal(vscode.languages.getDiagnostics(document.uri).length, 1);
  });

  it('offers a new file when there is no text to explain', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await on.run('exotelSip.trace.explain', []);
    assert.match(on.ui.said.join('\n'), /paste a SIP trace/);
  });

  it('copies request id and cURL from the row of a failed list, without the key', async () => {
    const model = await on.services.models.open(on.account.id);
    on.sandbox.clearRequests();
    await model.ensureTrunks();
    const [trunk] = model.trunks.value ?? [];
    assert.ok(trunk);
    const trunkSid = trunk.trunk.sid;
    const accountId = on.account.id;
    on.sandbox.fail(FAULT);
    await model.ensureSections(trunkSid, ['numbers']);
    const parent = { kind: 'section', accountId, trunkSid, section: 'numbers' } as const;
    const row: NoteRef = { kind: 'note', noteId: 'failed', parent };
    const item = on.services.tree.getTreeItem(row);
    assert.match(item.contextValue ?? '', /^note\+failed\+failed\+explained\+requestId\+request$/);
    await on.run('exotelSip.problem.copyRequestId', [], row);
    await on.run('exotelSip.problem.copyCurl', [], row);
    const [requestId, curl = ''] = on.ui.copied;
    assert.match(requestId ?? '', /^[0-9a-f]{8,}$/);
    assert.match(curl, /phone-numbers/);
    for (const secret of [on.sandbox.apiKey, on.sandbox.apiToken]) {
      assert.ok(!curl.includes(secret));
    }
    await on.run('exotelSip.problem.explain', [], row);
    await until('the page', () => vscode.window.tabGroups.activeTabGroup.activeTab !== undefined);
  });
});
