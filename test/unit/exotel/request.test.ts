// A request to show and to try by hand: what a shell makes of it is what was sent, but for the secrets.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { asCurl } from '../../../src/exotel/request';
import { Secret } from '../../../src/exotel/secret';
import { sentRequest } from '../../../src/exotel/request';
import { bench, closeAll, failure, KEY, problemOf, says, TOKEN, TRUNK } from './support';

/** The words a POSIX shell hands to the program, NUL between them. */
function words(command: string, env: Readonly<Record<string, string>> = {}): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', env }).split('\0').slice(0, -1);
}

describe('A request as cURL', () => {
  afterEach(closeAll);

  it('is one command a person can read', () => {
    const url = 'https://api.in.exotel.com/v2/accounts/acme/trunks';
    assert.equal(
      asCurl(sentRequest('POST', url, { trunk_name: 'office' }, [])),
      [
        `curl -X POST '${url}' \\`,
        `  -u "$EXOTEL_API_KEY:$EXOTEL_API_TOKEN" \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"trunk_name":"office"}'`,
      ].join('\n'),
    );
    assert.doesNotMatch(asCurl(sentRequest('GET', url, undefined, [])), /-d|Content-Type/);
  });

  it('takes key and token from the environment', () => {
    const curl = asCurl(sentRequest('GET', 'https://x/', undefined, []));
    const env = { EXOTEL_API_KEY: 'k', EXOTEL_API_TOKEN: 't' };
    assert.deepEqual(words(curl, env), ['-X', 'GET', 'https://x/', '-u', 'k:t']);
  });

  it('means the same to a shell, whatever is in it', () => {
    const odd = fc.string({
      unit: fc.constantFrom(...Array.from(`'"\`$\\!(){}; \n&|<>*?#~=%`), 'a', 'é'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(odd, odd, (path, value) => {
        const url = `https://x/${path}`;
        const body = { value };
        const got = words(asCurl(sentRequest('PUT', url, body, [])));
        assert.equal(got[2], url);
        assert.deepEqual(got.slice(-2), ['-d', JSON.stringify(body)]);
      }),
      { numRuns: 60 },
    );
  });

  it('holds no secret, wherever it stands in the body', () => {
    const body = { password: 's3cret', nested: [{ note: 'it is s3cret!' }], user_name: 'pbx' };
    const { body: shown } = sentRequest('POST', 'https://x/', body, ['s3cret', '']);
    assert.doesNotMatch(shown ?? '', /s3cret/);
    assert.match(shown ?? '', /"user_name":"pbx"/);
    assert.equal(shown?.match(/<the SIP password>/g)?.length, 2);
  });

  it('comes with a failed call, without key, token or password', async () => {
    const { client, server } = await bench();
    server.will(says(400, failure(400, 1002, 'Invalid Parameter', 'UserName is mandatory')));
    const password = new Secret('Plant3d_password_1');
    const problem = await problemOf(client.createCredential(TRUNK, { userName: 'pbx', password }));
    const curl = asCurl(problem.request ?? assert.fail('no request'));
    for (const secret of [KEY, TOKEN, encodeURIComponent(TOKEN), 'Plant3d_password_1']) {
      assert.ok(!curl.includes(secret), secret);
    }
    assert.match(curl, new RegExp(`/trunks/${TRUNK}/credentials'`));
    assert.match(curl, /"user_name":"pbx"/);
  });

  it('is left out when nothing was to be sent', async () => {
    const { client } = await bench();
    const problem = await problemOf(client.listNumbers('..'));
    assert.equal(problem.request, undefined);
  });
});
