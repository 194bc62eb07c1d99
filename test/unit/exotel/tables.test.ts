// The tables of HTTP statuses and error codes: each once, in sentences, and complete for what is explained.
import assert from 'node:assert/strict';
import { errorCode, errorCodes, httpStatus, httpStatuses } from '../../../src/exotel/tables';

const SENTENCE = /^[A-Z].*\.$/s;

describe('The tables of the API', () => {
  it('hold each status and code once, in order', () => {
    for (const numbers of [
      httpStatuses().map(({ status }) => status),
      errorCodes().map(({ code }) => code),
    ]) {
      assert.deepEqual(
        numbers,
        [...new Set(numbers)].sort((a, b) => a - b),
      );
    }
  });

  it('say cause and solution in sentences', () => {
    for (const { cause, solution } of [...httpStatuses(), ...errorCodes()]) {
      assert.match(cause, SENTENCE);
      assert.match(solution, SENTENCE);
    }
  });

  it('refer from codes to statuses that are explained', () => {
    for (const { code, http } of errorCodes()) {
      assert.ok(http.length > 0, String(code));
      for (const status of http) assert.ok(httpStatus(status) !== null, `${code}: ${status}`);
    }
  });

  it('tell what the older guide meant by a code where it differs', () => {
    for (const code of [1000, 1002, 1003])
      assert.match(errorCode(code)?.cause ?? '', /older guide/);
  });

  it('know nothing of what is in no table', () => {
    assert.equal(httpStatus(418), null);
    assert.equal(errorCode(9999), null);
  });
});
