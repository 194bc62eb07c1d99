// The table of SIP codes: complete, in order, and written for a person who has to do something now.
import assert from 'node:assert/strict';
import { exotelErrorCodes, sipClass, sipCode, sipCodes } from '../../../src/sip/codes';

const SENTENCES = /^[A-Z0-9<].*\.$/s;

describe('The SIP codes', () => {
  it('stand in order, each once', () => {
    const statuses = sipCodes().map(({ status }) => status);
    assert.deepEqual(
      statuses,
      [...new Set(statuses)].sort((a, b) => a - b),
    );
  });

  it('hold every code of RFC 3261', () => {
    const rfc = [
      ...[100, 180, 181, 182, 183, 200, 301, 302, 305],
      ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415, 416, 420, 421, 423],
      ...[480, 481, 482, 483, 484, 485, 486, 487, 488, 491, 493],
      ...[500, 501, 502, 503, 504, 505, 513, 600, 603, 604, 606],
    ];
    assert.deepEqual(
      rfc.filter((status) => sipCode(status) === null),
      [],
    );
  });

  it('say cause and solution in whole sentences, short ones', () => {
    for (const { status, meaning, cause, solution } of sipCodes()) {
      assert.match(meaning, /^[A-Z]/, String(status));
      for (const text of [cause, solution]) {
        assert.match(text, SENTENCES, `${status}: ${text}`);
        assert.ok(text.length <= 200, `${status}: ${text}`);
      }
    }
  });

  it('offer a command where one helps, and none for what went well', () => {
    for (const { status, action } of sipCodes()) {
      if (status < 400) assert.equal(action, null, String(status));
    }
    assert.equal(sipCode(403)?.action, 'whitelistIp');
    assert.equal(sipCode(401)?.action, 'rotateCredential');
    assert.equal(sipCode(408)?.action, 'findEdge');
  });

  it('know the class of a code of no table, and nothing outside 100 to 699', () => {
    assert.equal(sipCode(499), null);
    assert.match(sipClass(499) ?? '', /refused as it is/);
    assert.match(sipClass(599) ?? '', /later/);
    for (const none of [0, 99, 700, -1, 4.5, Number.NaN]) assert.equal(sipClass(none), null);
  });
});

describe('X-Exotel-ErrorCode', () => {
  it('4001 tells the three reasons and what to do about each', () => {
    const known = exotelErrorCodes().find(({ code }) => code === '4001');
    for (const word of [/digest/, /edge/, /whitelisted/]) assert.match(known?.cause ?? '', word);
    for (const word of [/password/, /edge/, /[Ww]hitelist/])
      assert.match(known?.solution ?? '', word);
    assert.equal(known?.action, 'whitelistIp');
  });
});
