// Generated text on its way into documents and files, in a real editor: what is not ours stays as it is,
// nothing is half done, and what a comparison showed is gone with it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PbxFile } from '../../src/pbx/types';
import { isInGitWorkTree, mayBeCommitted } from '../../src/workbench/editor/git';
import { insertText } from '../../src/workbench/editor/insert';
import type { Owner } from '../../src/app/pbx/merge';
import { destinationIn, saveFiles } from '../../src/workbench/editor/save';
import { isCancelled } from '../../src/app/input/prompter';
import { ESC, ScriptedPrompter, type ScriptedAnswer } from '../support/scripted-prompter';
import { services, stage, until } from './extension';

const OWNER: Owner = {
  trunkSid: 'trmum1',
  targetId: 'asterisk-pjsip',
  peerName: 'exotel',
  options: {},
};
const OTHER: Owner = { ...OWNER, trunkSid: 'trmum2' };

function conf(body: string, rest: Partial<PbxFile> = {}): PbxFile {
  const kind = { name: 'pjsip.conf', languageId: 'ini', comment: ';', extent: 'part' } as const;
  return { ...kind, text: `${body}\n`, ...rest };
}

const JSON_FILE: PbxFile = conf('{"ours": 1}', {
  name: 'trunk.json',
  languageId: 'json',
  comment: null,
  extent: 'whole',
});

describe('Generated text', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'exotel-output-'));
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  const at = (path: string): vscode.Uri => vscode.Uri.file(join(folder, path));
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

  async function opened(text: string, name = 'pjsip.conf'): Promise<vscode.TextEditor> {
    writeFileSync(join(folder, name), text);
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(name)));
  }

  async function insert(
    editor: vscode.TextEditor,
    file: PbxFile,
    answers: readonly ScriptedAnswer[] = [],
    owner = OWNER,
  ) {
    const person = new ScriptedPrompter(answers);
    const inserted = await insertText(file, editor, owner, person);
    person.assertDone();
    return inserted.kind;
  }

  describe('in an editor', () => {
    it('replaces its block with one undoable edit, in the line ends of the document', async () => {
      const editor = await opened('; ours\r\n\r\n[end]\r\n');
      const { document } = editor;
      editor.selection = new vscode.Selection(1, 0, 1, 0);
      assert.equal(await insert(editor, conf('one = $1 } \\ ${x}')), 'inserted');
      const first = document.getText();
      assert.equal(first.replaceAll('\r\n', '').includes('\n'), false);
      assert.ok(first.includes('one = $1 } \\ ${x}'));
      assert.equal(await insert(editor, conf('two = 2'), ['Replace']), 'replaced');
      const second = document.getText();
      assert.equal(
        second,
        first.replace('one = $1 } \\ ${x}', () => 'two = 2'),
      );
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), first);
    });

    it('leaves a tab stop on what is to be filled in', async () => {
      const editor = await opened('');
      await insert(editor, conf('password = REPLACE_WITH_SIP_PASSWORD'));
      const { selection, document } = vscode.window.activeTextEditor ?? editor;
      assert.equal(document.getText(selection), 'REPLACE_WITH_SIP_PASSWORD');
    });

    it('shows what would change and forgets it, whatever is answered', async () => {
      const editor = await opened('');
      await insert(editor, conf('password = one'));
      const before = editor.document.getText();
      const shown: string[] = [];
      for (const answer of ['Leave as It Is', ESC] as const) {
        const person = new ScriptedPrompter([answer]);
        const pick = person.pick.bind(person);
        person.pick = async (question) => {
          const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
          assert.ok(input instanceof vscode.TabInputTextDiff);
          const then = await vscode.workspace.openTextDocument(input.modified);
          shown.push(then.getText());
          return pick(question);
        };
        await assert.rejects(
          insertText(conf('password = secret'), editor, OWNER, person),
          isCancelled,
        );
        assert.equal(editor.document.getText(), before);
      }
      assert.deepEqual(
        shown.map((text) => text.includes('password = secret')),
        [true, true],
      );
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      assert.ok(tabs.every(({ input }) => !(input instanceof vscode.TabInputTextDiff)));
      await until('no document holds the secret', () =>
        vscode.workspace.textDocuments.every((one) => !one.getText().includes('= secret')),
      );
    });

    it('is not written over a change made while the question was open', async () => {
      const editor = await opened('');
      await insert(editor, conf('one = 1'));
      const person = new ScriptedPrompter(['Replace']);
      const pick = person.pick.bind(person);
      person.pick = async (question) => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(editor.document.uri, new vscode.Position(0, 0), '; meanwhile\n');
        await vscode.workspace.applyEdit(edit);
        return pick(question);
      };
      const inserting = insertText(conf('two = 2'), editor, OWNER, person);
      await assert.rejects(inserting, /was changed meanwhile/);
      assert.ok(!editor.document.getText().includes('two'));
    });

    it('warns when another trunk of the document has the same name', async () => {
      const editor = await opened('');
      await insert(editor, conf('one = 1'), [], OTHER);
      assert.equal(await insert(editor, conf('two = 2'), [/also called exotel/]), 'inserted');
      assert.match(editor.document.getText(), /one = 1[^]*trmum2[^]*trmum1[^]*two = 2/);
    });

    it('of a whole file is put into a foreign one only when that is wanted', async () => {
      const editor = await opened('{"theirs": 1}\n', 'other.json');
      await assert.rejects(insert(editor, JSON_FILE, [ESC]), isCancelled);
      assert.equal(editor.document.getText(), '{"theirs": 1}\n');
      assert.equal(await insert(editor, JSON_FILE, ['Open a New Editor']), 'opened');
      assert.equal(editor.document.getText(), '{"theirs": 1}\n');
      assert.equal(await insert(editor, JSON_FILE, ['Replace Everything']), 'inserted');
      assert.equal(editor.document.getText(), '{"ours": 1}\n');
      assert.equal(await insert(editor, JSON_FILE), 'same');
    });

    it('is refused, with the lines, where the block is there twice', async () => {
      const editor = await opened('');
      await insert(editor, conf('one = 1'));
      const twice = editor.document.getText().repeat(2);
      const second = await opened(twice, 'twice.conf');
      await assert.rejects(insert(second, conf('two = 2')), /twice\.conf.*line 1, 3, 4, 6/);
      assert.equal(second.document.getText(), twice);
    });
  });

  describe('in files', () => {
    const FILES = [
      conf('[exotel]'),
      conf('[from-exotel]', { name: 'extensions.conf', folder: 'sub/folder' }),
    ];

    async function save(
      files: readonly PbxFile[],
      answers: readonly ScriptedAnswer[] = [],
      withPassword = false,
      owner = OWNER,
    ) {
      const prompter = new ScriptedPrompter(answers);
      const destination = destinationIn(vscode.Uri.file(folder), files);
      const saved = await saveFiles({ files, destination, owner, prompter, withPassword });
      prompter.assertDone();
      return saved;
    }

    it('is written without a question where there is nothing, folders made', async () => {
      const saved = await save(FILES);
      assert.equal(saved.written.length, 2);
      assert.match(read('sub/folder/extensions.conf'), /^; >>> .* sub\/folder\/extensions\.conf/);
      assert.deepEqual((await save(FILES)).same, ['pjsip.conf', 'extensions.conf']);
    });

    it('is for its owner only when it holds a password; other files keep their permissions', async () => {
      writeFileSync(join(folder, 'pjsip.conf'), '; ours\n', { mode: 0o644 });
      const saved = await save(FILES, [/^Write 2/], true);
      assert.equal(statSync(join(folder, 'sub/folder/extensions.conf')).mode & 0o777, 0o600);
      assert.equal(statSync(join(folder, 'pjsip.conf')).mode & 0o777, 0o644);
      assert.deepEqual(saved.readable, ['pjsip.conf']);
    });

    it('leaves what is left out, and writes nothing on Esc', async () => {
      writeFileSync(join(folder, 'pjsip.conf'), '; ours\n');
      await assert.rejects(save(FILES, ['Compare pjsip.conf', ESC]), isCancelled);
      assert.equal(read('pjsip.conf'), '; ours\n');
      const saved = await save(FILES, ['Leave pjsip.conf as It Is', 'Write 1 File']);
      assert.deepEqual(saved.leftOut, ['pjsip.conf']);
      assert.equal(read('pjsip.conf'), '; ours\n');
      assert.match(read('sub/folder/extensions.conf'), /from-exotel/);
    });

    it('warns when another trunk of the file has the same name', async () => {
      const one = [conf('one = 1')];
      const two = [conf('two = 2')];
      await save(one, [], false, OTHER);
      const before = read('pjsip.conf');
      await assert.rejects(save(two, ['Write 1 File', ESC]), isCancelled);
      assert.equal(read('pjsip.conf'), before);
      await save(two, ['Leave pjsip.conf as It Is', 'Write Nothing']);
      assert.equal(read('pjsip.conf'), before);
      await save(two, ['Write 1 File', /in pjsip\.conf is also called exotel/]);
      assert.match(read('pjsip.conf'), /one = 1[^]*trmum2[^]*trmum1[^]*two = 2/);
      await save(two, ['Write 1 File'], false, { ...OWNER, trunkSid: 'trmum3', peerName: 'three' });
    });

    it('is refused as a whole when one file cannot take it', async () => {
      writeFileSync(join(folder, 'pjsip.conf'), Buffer.from([0xff, 0xfe, 0x41, 0x00]));
      await assert.rejects(save(FILES), /pjsip\.conf is not a UTF-8 text file/);
      assert.equal(existsSync(join(folder, 'sub')), false);
      const editor = await opened('; ours\n', 'pjsip.conf');
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
      await assert.rejects(save(FILES), /pjsip\.conf has changes that are not saved/);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('says what was written and what was not when the disk refuses', async () => {
      // A file stands where the folder would be.
      writeFileSync(join(folder, 'sub'), '');
      const failing = save(FILES);
      await assert.rejects(
        failing,
        /Saved: pjsip\.conf\. Not saved: extensions\.conf\.|cannot be read/,
      );
    });

    it('does not touch what changed while the question was open', async () => {
      writeFileSync(join(folder, 'pjsip.conf'), '; ours\n');
      const person = new ScriptedPrompter([/^Write 2/]);
      const pick = person.pick.bind(person);
      person.pick = (question) => {
        writeFileSync(join(folder, 'pjsip.conf'), '; newer\n');
        return pick(question);
      };
      const destination = destinationIn(vscode.Uri.file(folder), FILES);
      const request = { files: FILES, destination, owner: OWNER, withPassword: false };
      await assert.rejects(saveFiles({ ...request, prompter: person }), /was changed meanwhile/);
      assert.equal(read('pjsip.conf'), '; newer\n');
    });
  });

  it('may be committed in a git work tree unless git ignores it', async () => {
    assert.equal(await mayBeCommitted(at('a.conf')), false);
    mkdirSync(join(folder, 'fake/.git'), { recursive: true });
    assert.equal(await mayBeCommitted(at('fake/a.conf')), true, 'not known means yes');
  });

  it('may be committed from a folder of the workspace unless git ignores it', async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace !== undefined);
    const real = mkdtempSync(join(workspace.uri.fsPath, 'repository-'));
    const inside = (path: string): vscode.Uri => vscode.Uri.file(join(real, path));
    try {
      execFileSync('git', ['init', '--quiet', real]);
      writeFileSync(join(real, '.gitignore'), 'private/\n*.secret\n');
      assert.equal(await mayBeCommitted(inside('a.conf')), true);
      assert.equal(await mayBeCommitted(inside('new/folder/a.conf')), true);
      assert.equal(await mayBeCommitted(inside('private/a.conf')), false);
      assert.equal(await mayBeCommitted(inside('a b.secret')), false);
      // Ignored, but committed before: git goes on sharing it.
      writeFileSync(join(real, 'old.secret'), 'x');
      execFileSync('git', ['-C', real, 'add', '--force', 'old.secret']);
      assert.equal(await mayBeCommitted(inside('old.secret')), true);
      assert.equal(await isInGitWorkTree(inside('private/a.conf')), true);
    } finally {
      rmSync(real, { recursive: true });
    }
    // Git is not asked about a repository that is not open here.
    execFileSync('git', ['init', '--quiet', folder]);
    writeFileSync(join(folder, '.gitignore'), 'private/\n');
    assert.equal(await mayBeCommitted(at('private/a.conf')), true);
  });
});

describe('The edges', () => {
  const set = (name: string, value: unknown) =>
    vscode.workspace
      .getConfiguration()
      .update(`exotelSip.${name}`, value, vscode.ConfigurationTarget.Global);

  afterEach(async () => {
    await set('edges', undefined);
    await set('exotelAddresses', undefined);
  });

  it('follow their settings without a reload', async () => {
    const { edges } = await services();
    assert.ok(edges.edges.some(({ host }) => host === 'pstn.in1.exotel.com'));
    await set('edges', [{ id: 'mine', name: 'Mine', host: 'sip.example.com' }, { id: 'BAD' }]);
    await set('exotelAddresses', ['203.0.113.7']);
    await until('the edges are the person’s', () => edges.edges.length === 2);
    await until('the addresses are theirs', () => edges.edges[1]?.addresses !== undefined);
    assert.deepEqual(
      edges.edges.map(({ id }) => id),
      ['account-domain', 'mine'],
    );
    assert.deepEqual(edges.edges[1]?.addresses, ['203.0.113.7/32']);
  });
});

describe('The generator without the panel', () => {
  it('asks how Exotel knows the PBX where the suggested way cannot be, and remembers the PBX', async () => {
    const on = await stage();
    try {
      const run = async (...answers: readonly ScriptedAnswer[]) => {
        const person = ScriptedPrompter.escapeAt(99, answers);
        await on.runWith(person, 'exotelSip.pbx.copy');
        return person.asked;
      };
      const asked = await run(
        'outbound_trunk',
        /3CX/,
        'Outbound',
        'Credential (SIP digest)',
        'Whitelisted IP',
      );
      const how = asked.filter(({ prompt }) => prompt.includes('How does Exotel know'));
      assert.equal(how.length, 2, 'what cannot be is asked again');
      assert.ok(on.ui.said.some((text) => text.includes('3CX') && /whitelist/i.test(text)));
      assert.match(await vscode.env.clipboard.readText(), /3CX/);
      const again = await run('outbound_trunk');
      assert.deepEqual(
        again.map(({ prompt }) => prompt).filter((prompt) => /PBX|What for|How/.test(prompt)),
        [],
        'what was chosen is not asked again',
      );
      const other = await run('inbound_trunk');
      const pbx = other.find(({ prompt }) => prompt.includes('For which PBX'));
      assert.match(pbx?.choices[0] ?? '', /3CX/, 'another trunk begins with the last PBX');
    } finally {
      await on.close();
    }
  });
});
