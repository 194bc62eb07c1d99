// Every change a person can make, from the menu of a row: what the tree shows and what Exotel has.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { NodeRef, RowRef, SectionRef, TrunkRef } from '../../src/app/refs';
import type { Section } from '../../src/trunks/snapshot';
import { BACK } from '../../src/app/input/prompter';
import { ENTER, ESC } from '../support/scripted-prompter';
import { stage, until, type Stage } from './extension';

const OUTBOUND = 'trmum1f708622631150902801a1n';
const INBOUND = 'trmum15c19d0b84e7a326f911a2b';

describe('From the menu of a row', () => {
  let on: Stage;

  beforeEach(async () => {
    on = await stage();
    await (await on.services.models.open(on.account.id)).ensureTrunks();
  });

  afterEach(() => on.close());

  const trunk = (trunkSid = OUTBOUND): TrunkRef => ({
    kind: 'trunk',
    accountId: on.account.id,
    trunkSid,
  });
  const section = (name: Section, trunkSid = OUTBOUND): SectionRef => ({
    ...trunk(trunkSid),
    kind: 'section',
    section: name,
  });
  const row = (name: Section, rowId: string, trunkSid = OUTBOUND): RowRef => ({
    ...trunk(trunkSid),
    kind: 'row',
    section: name,
    rowId,
  });
  const at = (trunkSid = OUTBOUND) =>
    on.sandbox.state().trunks.find((candidate) => candidate.trunkSid === trunkSid);

  /** Labels and descriptions of the rows beneath, as the tree shows them. */
  async function shown(ref: NodeRef): Promise<string[]> {
    const model = await on.services.models.open(on.account.id);
    if (ref.kind !== 'account' && ref.kind !== 'note') await model.ensureSections(ref.trunkSid);
    const children = on.services.tree.getChildren(ref);
    return children.map((child) => {
      const item = on.services.tree.getTreeItem(child);
      const label = typeof item.label === 'string' ? item.label : (item.label?.label ?? '');
      return `${label} ${String(item.description)}`.trim();
    });
  }

  it('numbers are mapped from a pasted list, switched, moved and unmapped', async () => {
    await on.run(
      'exotelSip.number.map',
      ['+918045671230, 080 4567 1231\n+918045671232', 'flow'],
      section('numbers'),
    );
    assert.deepEqual(await shown(section('numbers')), [
      '+918040123456 pstn',
      '+919876543210 pstn',
      '+918045671230 flow',
      '+918045671231 flow',
      '+918045671232 flow',
    ]);
    const ids =
      at()
        ?.phoneNumbers.slice(2)
        .map(({ id }) => id) ?? [];
    const refs = ids.map((id) => row('numbers', id));

    await on.run('exotelSip.number.switchMode', ['pstn'], refs[0], refs);
    assert.deepEqual(
      at()?.phoneNumbers.map(({ mode }) => mode),
      ['pstn', 'pstn', 'pstn', 'pstn', 'pstn'],
    );

    await on.run('exotelSip.number.move', [/Move 2/], refs[0], refs.slice(0, 2), trunk(INBOUND));
    assert.equal(at()?.phoneNumbers.length, 3);
    assert.equal(at(INBOUND)?.phoneNumbers.length, 3);

    await on.run('exotelSip.number.unmap', ['Unmap'], refs[2]);
    assert.deepEqual(await shown(section('numbers')), ['+918040123456 pstn', '+919876543210 pstn']);
  });

  it('a number that is on another trunk is shown there', async () => {
    await on.run('exotelSip.number.map', ['+911800123456', 'pstn'], section('numbers'));
    assert.match(on.ui.said.join('\n'), /\+911800123456 is on trunk inbound_trunk/);
    await on.run('exotelSip.number.find', ['1800 123 456']);
    assert.match(on.ui.said.at(-1) ?? '', /inbound_trunk/);
  });

  it('of several numbers that fail half-way each is accounted for', async () => {
    await on.run(
      'exotelSip.number.map',
      ['+918045671230 +911800123456 +918045671232', 'pstn'],
      trunk(),
    );
    const report = on.ui.said.at(-1) ?? '';
    assert.match(report, /Mapped 2 of 3 numbers/);
    assert.match(report, /✓ \+918045671230/);
    assert.match(report, /✗ \+911800123456: .+/);
    assert.match(report, /✓ \+918045671232/);
  });

  it('IPs are whitelisted, changed and removed; a private one is refused beside the field', async () => {
    const person = await on.run(
      'exotelSip.ip.whitelist',
      ['192.168.1.10', '13.200.45.98, 13.200.45.99/24'],
      section('ips'),
    );
    assert.match(person.asked[0]?.refused[0] ?? '', /private/);
    assert.match(person.asked[0]?.noted[0] ?? '', /256/);
    assert.deepEqual((await shown(section('ips'))).slice(2), [
      '13.200.45.98 /32',
      '13.200.45.99 /24',
    ]);
    const id = at()?.whitelistedIps.at(-1)?.id ?? '';
    await on.run('exotelSip.ip.change', ['13.200.45.97'], row('ips', id));
    assert.deepEqual((await shown(section('ips'))).at(-1), '13.200.45.97 /32');
    await on.run('exotelSip.ip.remove', ['Remove'], row('ips', id));
    assert.equal(at()?.whitelistedIps.length, 3);
  });

  it('destinations are added, re-prioritised, moved to another address and removed', async () => {
    const ref = section('destinations', INBOUND);
    await on.run(
      'exotelSip.destination.add',
      ['sip:a.example.com:5061;transport=tls, b.example.com:5060;transport=tcp'],
      ref,
    );
    const id = at(INBOUND)?.destinations.at(-2)?.id ?? '';
    await on.run(
      'exotelSip.destination.changePriority',
      ['5', BACK, '6', '9'],
      row('destinations', id, INBOUND),
    );
    assert.ok(
      (await shown(ref)).includes('a.example.com:5061;transport=tls priority 6 · weight 9'),
    );
    await on.run(
      'exotelSip.destination.changeAddress',
      ['c.example.com:5061;transport=tls'],
      row('destinations', id, INBOUND),
    );
    assert.ok(
      (await shown(ref)).includes('c.example.com:5061;transport=tls priority 6 · weight 9'),
    );
    assert.ok(!(await shown(ref)).some((text) => text.startsWith('a.example.com')));
    const refs = (at(INBOUND)?.destinations ?? []).map(({ id: each }) =>
      row('destinations', each, INBOUND),
    );
    await on.run('exotelSip.destination.remove', [/Remove 4/], refs[0], refs);
    assert.deepEqual(await shown(ref), []);
  });

  it('a destination whose IP is not whitelisted says what to do first', async () => {
    await on.run('exotelSip.destination.add', ['13.200.99.99:5061;transport=tls'], trunk());
    assert.match(on.ui.said.at(-1) ?? '', /13\.200\.99\.99.*[Ww]hitelist/s);
    assert.equal(at()?.destinations.length, 0);
  });

  it('credentials are created with a password shown once, copied, rotated and deleted', async () => {
    const ref = section('credentials', INBOUND);
    await on.run('exotelSip.credential.create', ['front_desk', 'Front_desk', /Generate/], ref);
    const [password] = on.ui.passwords;
    assert.match(password?.reveal() ?? '', /^[A-Za-z0-9]{24}$/);
    assert.equal(on.sandbox.passwordOf(INBOUND, 'front_desk'), password?.reveal());
    assert.deepEqual(await shown(ref), ['front_desk Front_desk']);
    const id = at(INBOUND)?.credentials[0]?.id ?? '';
    const credential = row('credentials', id, INBOUND);

    await on.run('exotelSip.credential.copyPassword', [], credential);
    assert.equal(on.ui.copied.at(-1), password?.reveal());
    await on.run('exotelSip.credential.copyUserName', [], credential);
    assert.equal(on.ui.copied.at(-1), 'front_desk');

    await on.run(
      'exotelSip.credential.rotate',
      ['Enter a password', 'bad-one', 'Own_Password_42', 'Rotate Password'],
      credential,
    );
    assert.equal(on.sandbox.passwordOf(INBOUND, 'front_desk'), 'Own_Password_42');
    await on.run('exotelSip.credential.copyPassword', [], credential);
    assert.equal(on.ui.copied.at(-1), 'Own_Password_42');

    await on.run('exotelSip.credential.delete', ['Delete'], credential);
    assert.deepEqual(await shown(ref), [`${INBOUND} issued with the trunk`]);
    assert.ok(!JSON.stringify(on.ui.said).includes('Own_Password_42'));
  });

  it('the caller ID is set and cleared', async () => {
    await on.run('exotelSip.callerId.set', ['+911800123456'], section('settings', INBOUND));
    assert.ok((await shown(trunk(INBOUND))).includes('Caller ID +911800123456'));
    await on.run('exotelSip.callerId.clear', ['Clear Caller ID'], section('settings', INBOUND));
    assert.ok((await shown(trunk(INBOUND))).includes('Caller ID none'));
    assert.deepEqual(at(INBOUND)?.settings, []);
  });

  it('trunks are created, renamed, shown as JSON and deleted by typing their name', async () => {
    const account = { kind: 'account', accountId: on.account.id } as const;
    await on.run(
      'exotelSip.trunk.create',
      [
        'bad-name',
        'outbound_trunk',
        'new_trunk',
        'x.example.com',
        `${on.account.accountSid}.pstn.exotel.com`,
      ],
      account,
    );
    const made = on.sandbox.state().trunks.at(-1);
    assert.equal(made?.trunkName, 'new_trunk');
    const ref = trunk(made.trunkSid);
    await on.run('exotelSip.trunk.rename', ['newer_trunk'], ref);
    assert.ok((await shown(account)).includes('newer_trunk'));

    await on.run('exotelSip.trunk.showJson', [], ref);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.equal((JSON.parse(text) as { trunk: { name: string } }).trunk.name, 'newer_trunk');
    const issued = on.sandbox.passwordOf(made.trunkSid, made.trunkSid) ?? 'none';
    assert.ok(!text.includes(issued), 'no password in the document');

    await on.run('exotelSip.trunk.delete', ['Delete Trunk…', 'newer', ESC], ref);
    assert.equal(on.sandbox.state().trunks.length, 4);
    await on.run('exotelSip.trunk.delete', ['Delete Trunk…', 'newer_trunk'], ref);
    assert.equal(on.sandbox.state().trunks.length, 3);
    assert.ok(!(await shown(account)).includes('newer_trunk'));
  });

  it('a read-only account hides and refuses every change', async () => {
    await on.run('exotelSip.account.toggleReadOnly', []);
    const children = on.services.tree.getChildren(section('numbers'));
    for (const child of [trunk(), section('numbers'), ...children]) {
      const { contextValue } = on.services.tree.getTreeItem(on.services.tree.intern(child));
      assert.doesNotMatch(contextValue ?? '', /writable/);
    }
    on.sandbox.clearRequests();
    for (const [command, ref] of [
      ['exotelSip.trunk.create', { kind: 'account', accountId: on.account.id }],
      ['exotelSip.trunk.rename', trunk()],
      ['exotelSip.trunk.delete', trunk()],
      ['exotelSip.number.map', section('numbers')],
      ['exotelSip.number.unmap', row('numbers', '41512')],
      ['exotelSip.ip.remove', row('ips', '1153')],
      ['exotelSip.credential.rotate', row('credentials', '1234')],
      ['exotelSip.callerId.clear', trunk()],
    ] as const) {
      await on.run(command, [], ref);
      assert.match(on.ui.said.at(-1) ?? '', /read-only/, command);
    }
    assert.equal(on.sandbox.mutations(), 0);
  });

  it('PBX text goes to the clipboard and to the cursor, with a placeholder for the password', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '; mine\n' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await on.run('exotelSip.pbx.insert', [/PJSIP/, ENTER, 'Outbound', 'pjsip.conf'], trunk());
    await until(
      'the text is in the editor',
      () =>
        document.getText().includes('type=endpoint') ||
        document.getText().includes('type = endpoint'),
    );
    assert.match(document.getText(), /^; mine/);
    assert.match(document.getText(), /REPLACE_WITH_SIP_PASSWORD/);
    await on.run(
      'exotelSip.pbx.copy',
      [/PJSIP/, ENTER, 'Inbound', 'not an address', '35.154.174.161', 'pjsip.conf'],
      trunk(INBOUND),
    );
    assert.match(await vscode.env.clipboard.readText(), /match\s*=\s*35\.154\.174\.161/);
    await on.run('exotelSip.pbx.copy', [/FreeSWITCH/, 'Outbound', /xml/], trunk());
    assert.match(await vscode.env.clipboard.readText(), /REPLACE_WITH_SIP_PASSWORD|gateway/);
  });
});
