// What the file in front says of what a person means.
import assert from 'node:assert/strict';
import type { PbxFile } from '../../../src/pbx/types';
import { markedText } from '../../../src/pbx/writing/block';
import {
  blockInFront,
  likelyFile,
  likelyTargetId,
  optionsInFront,
  settledTargetId,
  type FrontFile,
} from '../../../src/app/pbx/guess';

const SID = 'trmum1';

function front(path: string, text = '', languageId = 'plaintext'): FrontFile {
  return { path, languageId, text, cursor: 0 };
}

function file(name: string, folder?: string): PbxFile {
  const rest = { languageId: 'ini', comment: ';', extent: 'part', text: 'x\n' } as const;
  return folder === undefined ? { name, ...rest } : { name, folder, ...rest };
}

function block(trunkSid: string, targetId: string, fileName: string): string {
  return markedText(file(fileName), { trunkSid, targetId, fileName });
}

describe('The PBX that is meant', () => {
  it('is told by the name of the file, with anything before and behind', () => {
    for (const name of ['pjsip.conf', 'pjsip_trunks.conf', 'extensions.conf', 'PJSIP.CONF']) {
      assert.equal(likelyTargetId(front(`/etc/asterisk/${name}`), SID, null), 'asterisk-pjsip');
    }
    assert.equal(likelyTargetId(front('/etc/kamailio/kamailio.cfg'), SID, null), 'kamailio');
  });

  it('is told by a block that is there, the trunk’s own before others', () => {
    const text = `${block('trmum2', 'freeswitch', 'a.xml')}${block(SID, 'kamailio', 'tls.cfg')}`;
    assert.equal(likelyTargetId(front('/etc/pjsip.conf', text), SID, null), 'kamailio');
    assert.equal(likelyTargetId(front('/etc/pjsip.conf', text), 'trmum3', null), 'freeswitch');
    assert.equal(blockInFront(front('/x', text), null)?.trunkSid, 'trmum2');
    assert.equal(
      blockInFront({ ...front('/x', text), cursor: text.length - 3 }, null)?.trunkSid,
      SID,
    );
  });

  it('is not told by a block of a PBX nobody knows', () => {
    assert.equal(blockInFront(front('/x', block(SID, 'gone', 'a.conf')), SID), null);
  });

  it('is the language’s, else the last one of the trunk, else nobody knows', () => {
    assert.equal(likelyTargetId(front('/x', '', 'xml'), SID, null), 'freeswitch');
    assert.equal(likelyTargetId(front('/x'), SID, 'kamailio'), 'kamailio');
    assert.equal(likelyTargetId(front('/x'), SID, 'gone'), null);
    assert.equal(likelyTargetId(null, SID, 'kamailio'), 'kamailio');
    assert.equal(likelyTargetId(null, SID, null), null);
  });
});

describe('The name inside the PBX', () => {
  const called = (trunkSid: string, targetId: string, name: string | null) =>
    markedText(file('a.conf'), { trunkSid, targetId, fileName: 'a.conf' }, name);

  it('is that of the trunk’s own block for the same PBX', () => {
    const text = [
      called('trmum2', 'asterisk-pjsip', 'other'),
      called(SID, 'asterisk-pjsip', null),
      called(SID, 'asterisk-pjsip', 'mine'),
      called(SID, 'freepbx', 'elsewhere'),
    ].join('');
    assert.equal(optionsInFront(front('/x', text), SID, 'asterisk-pjsip')?.peerName, 'mine');
    assert.equal(optionsInFront(front('/x', text), SID, 'freepbx')?.peerName, 'elsewhere');
    assert.equal(optionsInFront(front('/x', text), SID, 'kamailio')?.peerName, undefined);
    assert.equal(
      optionsInFront(front('/x', text), 'trmum3', 'asterisk-pjsip')?.peerName,
      undefined,
    );
  });

  it('is that of the block the cursor is in, when there are several', () => {
    const one = called(SID, 'freepbx', 'one');
    const text = `${one}${called(SID, 'freepbx', 'two').replaceAll('a.conf', 'b.conf')}`;
    assert.equal(optionsInFront(front('/x', text), SID, 'freepbx')?.peerName, 'one');
    const inside = { ...front('/x', text), cursor: one.length + 3 };
    assert.equal(optionsInFront(inside, SID, 'freepbx')?.peerName, 'two');
  });
});

describe('The PBX that needs no question', () => {
  const at = (name: string, text = '') => front(`/etc/${name}`, text);

  it('is the chosen one, as long as the file in front is not plainly for another', () => {
    assert.equal(settledTargetId(null, SID, 'kamailio'), 'kamailio');
    assert.equal(settledTargetId(at('notes.txt'), SID, 'kamailio'), 'kamailio');
    assert.equal(settledTargetId(at('kamailio.cfg'), SID, 'kamailio'), 'kamailio');
    assert.equal(settledTargetId(at('pjsip.conf'), SID, 'kamailio'), null);
    assert.equal(settledTargetId(at('x', block(SID, 'freepbx', 'a')), SID, 'kamailio'), null);
    assert.equal(
      settledTargetId(at('x', block('trmum2', 'freepbx', 'a')), SID, 'kamailio'),
      'kamailio',
    );
  });

  it('where none was chosen is told by a block of the trunk, or by the only one with such a file', () => {
    assert.equal(settledTargetId(null, SID, null), null);
    assert.equal(settledTargetId(at('kamailio.cfg'), SID, null), 'kamailio');
    assert.equal(settledTargetId(at('x', block(SID, 'freepbx', 'a')), SID, null), 'freepbx');
    assert.equal(settledTargetId(at('x', block(SID, 'gone', 'a')), SID, null), null);
  });
});

describe('The file that is meant', () => {
  const asterisk = [file('pjsip.conf'), file('extensions.conf')];
  const chosen = (path: string, files = asterisk, text = '') =>
    likelyFile(front(path, text), SID, 'asterisk-pjsip', files)?.name ?? null;

  it('has the same name, or begins the same', () => {
    assert.equal(chosen('/etc/asterisk/extensions.conf'), 'extensions.conf');
    assert.equal(chosen('C:\\asterisk\\PJSIP.conf'), 'pjsip.conf');
    assert.equal(chosen('/etc/asterisk/pjsip_exotel.conf'), 'pjsip.conf');
    assert.equal(chosen('/etc/asterisk/extensions.d/extensions_in.conf'), 'extensions.conf');
  });

  it('is not guessed', () => {
    assert.equal(chosen('/etc/asterisk/sip.conf'), null);
    assert.equal(chosen('/etc/asterisk/pjsipper.conf'), null);
    assert.equal(chosen('/etc/asterisk/pjsip.xml'), null);
    assert.equal(likelyFile(null, SID, 'asterisk-pjsip', asterisk), null);
    const several = [file('pjsip.endpoint.conf'), file('pjsip.aor.conf')];
    assert.equal(chosen('/etc/asterisk/pjsip_exotel.conf', several), null);
  });

  it('is the one whose block is there', () => {
    const text = block(SID, 'asterisk-pjsip', 'extensions.conf');
    assert.equal(chosen('/etc/asterisk/exotel.conf', asterisk, text), 'extensions.conf');
  });

  it('is told from one of the same name by its folder', () => {
    const files = [file('exotel.xml', 'dialplan/default'), file('exotel.xml', 'dialplan/public')];
    const found = likelyFile(front('/etc/fs/dialplan/public/exotel.xml'), SID, 'freeswitch', files);
    assert.equal(found?.folder, 'dialplan/public');
    assert.equal(likelyFile(front('/x/exotel.xml'), SID, 'freeswitch', files), null);
  });
});
