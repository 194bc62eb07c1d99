// A configuration on its way into files: inserted, inserted again over its own block, written into a
// folder; and what is said before a password goes where git would share it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/index';
import { addAccount, stopAtFirstFailure, trunkWith } from '../support/stories';
import { until } from '../support/wait';
import { Workbench } from '../support/workbench';

const NUMBER = '+918030000001';
const USER = 'office_pbx';
const PASSWORD = 'Sip_Password_in_a_file';
const TRUNK = {
  ...trunkWith(1, 'office', [NUMBER]),
  credentials: [],
};
const OURS = '; our own PBX\n';
const TAIL = '[our-phone]\ntype = endpoint\n';
const BEGIN = /^; >>> Exotel SIP trunk \S+ asterisk-pjsip pjsip\.conf\b.* >>>$/gm;
const END = /^; <<< Exotel SIP trunk \S+ asterisk-pjsip pjsip\.conf <<<$/gm;

describe('a configuration that goes into files', function () {
  stopAtFirstFailure(this);
  let bench: Workbench;
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox({
      accountSid: 'acme',
      trunks: [TRUNK],
      issuedCredentials: false,
    });
    bench = await Workbench.start({ files: { 'pjsip.conf': `${OURS}\n${TAIL}` } });
    for (const folder of ['etc', 'repository', 'repository/private']) {
      mkdirSync(join(bench.folder, folder));
    }
    execFileSync('git', ['init', '--quiet', join(bench.folder, 'repository')]);
    writeFileSync(join(bench.folder, 'repository/.gitignore'), 'private/\n');
  });

  after(async () => {
    await sandbox.close();
    await bench.stop();
  });

  const onDisk = (path: string): string => readFileSync(join(bench.folder, path), 'utf8');

  /** What is asked the first time; the PBX is told by the file, and all of it is kept for the next time. */
  async function answerFirst(): Promise<void> {
    const { quickInput } = bench;
    await quickInput.waitFor({ placeholder: /Which kind of Asterisk/ });
    await quickInput.accept();
    await quickInput.waitFor({ placeholder: /What for/ });
    await quickInput.pick('Outbound');
  }

  /** What is asked every time. */
  async function answer(password: 'Placeholder' | RegExp): Promise<void> {
    const { quickInput } = bench;
    await quickInput.waitFor({ placeholder: /SIP password in the text/ });
    await quickInput.pick(password);
  }

  /** Chooses a folder in the window's own dialog. */
  async function chooseFolder(path: string): Promise<void> {
    await bench.quickInput.waitFor({ title: /Choose a folder for 2 files/ });
    const wanted = `${join(bench.folder, path)}/`;
    await until('the folder to be taken', async () => {
      if (!(await bench.quickInput.visible())) return true;
      const state = await bench.quickInput.read();
      if (!state.title.includes('Choose a folder')) return true;
      if (state.value === wanted) await bench.quickInput.ok();
      else await bench.quickInput.type(wanted);
      return undefined;
    });
  }

  async function save(path: string, password: 'Placeholder' | RegExp): Promise<void> {
    await bench.tree.contextMenu('office', 'Save PBX Configuration…');
    await answer(password);
    await chooseFolder(path);
  }

  it('has a trunk with a credential', async () => {
    const { quickInput } = bench;
    await bench.openView();
    await addAccount(bench, sandbox, 'Production');
    await bench.tree.row('office');
    await bench.tree.expand('office');
    await bench.tree.action('Credentials', 'Create Credential…');
    await quickInput.waitFor({ title: 'Create Credential', value: USER });
    await quickInput.accept();
    await quickInput.waitFor({ message: /tell it apart/ });
    await quickInput.accept();
    await quickInput.pick('Enter a password');
    await quickInput.waitFor({ message: /letters, digits and underscores/ });
    await quickInput.typeAndAccept(PASSWORD);
    await bench.tree.row(USER);
  });

  it('is inserted at the cursor from the tree, the PBX guessed from the open file', async () => {
    await bench.editor.open('pjsip.conf');
    await bench.editor.goTo(2);
    await bench.tree.contextMenu('office', 'Insert PBX Configuration at Cursor…');
    await answerFirst();
    await answer('Placeholder');
    await bench.waitForStatus(/Inserted pjsip.conf into pjsip.conf/);
    await bench.press('Escape');
    const text = await bench.editor.save('pjsip.conf');
    assert.equal(text.match(BEGIN)?.length, 1);
    assert.equal(text.match(END)?.length, 1);
    assert.match(text, /REPLACE_WITH_SIP_PASSWORD/);
    assert.ok(text.startsWith(OURS), text);
    assert.ok(text.endsWith(TAIL), text);
  });

  it('says so when there is nothing new', async () => {
    await bench.tree.contextMenu('office', 'Insert PBX Configuration at Cursor…');
    await answer('Placeholder');
    await bench.waitForStatus(/pjsip.conf is up to date/);
    assert.equal((await bench.editor.save('pjsip.conf')).match(BEGIN)?.length, 1);
  });

  it('is compared, and only with a yes put in the place of its block', async () => {
    const before = await bench.editor.save('pjsip.conf');
    for (const choice of ['Leave as It Is', 'Replace']) {
      await bench.tree.contextMenu('office', 'Insert PBX Configuration at Cursor…');
      await answer(/^Password of/);
      await bench.dialog.read(/Put the SIP password of/);
      await bench.dialog.press('Include Password');
      await bench.quickInput.waitFor({
        placeholder: /Replace the Exotel block in pjsip.conf, lines 3 to \d+\?/,
        pick: choice,
      });
      await bench.editor.waitForTab(/pjsip.conf: now and then/);
      await until('both sides of the comparison', async () => {
        const sides = bench.page.locator('.monaco-diff-editor .view-lines');
        const texts = await sides.allInnerTexts();
        return texts.filter((text) => text.includes('from_domain')).length === 2;
      });
      await bench.screenshot('compare-block');
      await bench.quickInput.pick(choice);
      await until('the comparison to be gone', async () =>
        (await bench.editor.tabs()).every((title) => !title.includes('now and then')),
      );
      if (choice === 'Leave as It Is') assert.equal(await bench.editor.save('pjsip.conf'), before);
    }
    await bench.waitForStatus(/Replaced the block in pjsip.conf/);
    await bench.press('Escape');
    const text = await bench.editor.save('pjsip.conf');
    assert.equal(text.match(BEGIN)?.length, 1);
    assert.equal(text.match(END)?.length, 1);
    const undated = (one: string) => one.replaceAll(/made \S+Z/g, 'made');
    const wanted = undated(before)
      .replaceAll('REPLACE_WITH_SIP_PASSWORD', PASSWORD)
      .replace(/^; Fill in .*\n/m, '');
    assert.equal(undated(text), wanted);
  });

  it('comes back as it was with one undo', async () => {
    await bench.editor.focus();
    await bench.press('Control+Z');
    const text = await bench.editor.save('pjsip.conf');
    assert.ok(!text.includes(PASSWORD));
    assert.match(text, /REPLACE_WITH_SIP_PASSWORD/);
  });

  it('is refused where its block has lost a mark, with the line', async () => {
    const whole = onDisk('pjsip.conf');
    await bench.editor.replace(whole.replace(END, '').trimEnd());
    await bench.tree.contextMenu('office', 'Insert PBX Configuration at Cursor…');
    await answer('Placeholder');
    await bench.notifications.waitFor(/pjsip\.conf are not in order \(line 3\)/);
    await bench.notifications.clear();
    await bench.editor.replace(whole);
    await bench.editor.save('pjsip.conf');
    await bench.editor.closeAll();
  });

  it('is written into a folder, all files of it', async () => {
    await save('etc', 'Placeholder');
    await bench.notifications.waitFor(/Saved pjsip\.conf, extensions\.conf\./);
    await bench.notifications.clear();
    assert.match(onDisk('etc/pjsip.conf'), BEGIN);
    assert.match(onDisk('etc/extensions.conf'), /; >>> Exotel SIP trunk/);
  });

  it('is written again: one file compared, one left, what is not ours kept', async () => {
    const { quickInput } = bench;
    writeFileSync(
      join(bench.folder, 'etc/pjsip.conf'),
      `${OURS}${onDisk('etc/pjsip.conf').replace('type = endpoint', 'type = old')}${TAIL}`,
    );
    writeFileSync(join(bench.folder, 'etc/extensions.conf'), '[ours]\n');
    await save('etc', 'Placeholder');
    await quickInput.waitFor({ title: 'Save PBX Configuration', pick: 'Write 2 Files' });
    await quickInput.pick('Compare pjsip.conf');
    await bench.editor.waitForTab(/pjsip.conf: now and then/);
    await quickInput.pick('Leave extensions.conf as It Is');
    await quickInput.waitFor({ pick: 'Write 1 File' });
    await bench.screenshot('save-again');
    await quickInput.pick('Write 1 File');
    await bench.notifications.waitFor(/Saved pjsip\.conf\. Left out: extensions\.conf\./);
    await bench.notifications.clear();
    const text = onDisk('etc/pjsip.conf');
    assert.equal(text.match(BEGIN)?.length, 1);
    assert.ok(text.startsWith(OURS) && text.endsWith(TAIL) && !text.includes('type = old'));
    assert.equal(onDisk('etc/extensions.conf'), '[ours]\n');
  });

  it('warns before a password goes into a folder in git', async () => {
    await save('repository', /^Password of/);
    const { detail } = await bench.dialog.read(/Put the SIP password of/);
    assert.match(detail, /pjsip\.conf is inside a git work tree/);
    await bench.screenshot('save-in-git');
    await bench.press('Escape');
    await until('no dialog', async () => !(await bench.dialog.visible()));
    assert.ok(!existsSync(join(bench.folder, 'repository/pjsip.conf')));
  });

  it('does not speak of git where git ignores the folder, and lets nobody else read the file', async () => {
    await save('repository/private', /^Password of/);
    const { detail } = await bench.dialog.read(/Put the SIP password of/);
    assert.doesNotMatch(detail, /git/);
    await bench.dialog.press('Include Password');
    await bench.notifications.waitFor(/Saved pjsip\.conf, extensions\.conf\./);
    assert.ok(onDisk('repository/private/pjsip.conf').includes(PASSWORD));
    const { mode } = statSync(join(bench.folder, 'repository/private/pjsip.conf'));
    assert.equal(mode & 0o077, 0);
  });

  it('showed no error but the one about the lost mark', async () => {
    const errors = (await bench.notifications.all()).filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
  });
});
