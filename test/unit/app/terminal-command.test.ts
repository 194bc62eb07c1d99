// The command for a terminal: a real shell hands its words on as they were meant.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { readSettings, shellWord } from '../../../src/app/terminal-command';

describe('The command for a terminal', () => {
  it('is quoted so that a shell reads every word back', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text));
    const words = fc.sample(word, 200);
    words.push("it's", '$(id)', '`id`', '~', '*', '-n', 'a b', '\\', '!!', 'line\nend', '"');
    const said = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`]);
    assert.deepEqual(said.toString('utf8').split('\0').slice(0, -1), words);
  });

  it('leaves plain words plain', () => {
    assert.equal(shellWord('codecs=PCMA,PCMU'), 'codecs=PCMA,PCMU');
    assert.equal(shellWord('insidePeer=user/1001@$${domain}'), "'insidePeer=user/1001@$${domain}'");
  });

  it('is read by the table of options; what is wrong is said', () => {
    assert.deepEqual(readSettings(['transport=tcp', 'insidePeer=a=b', 'transport=tls']), {
      chosen: { transport: 'tls', insidePeer: 'a=b' },
      problems: [],
    });
    const { chosen, problems } = readSettings(['colour=red', 'transport', 'auth=none']);
    assert.deepEqual(chosen, {});
    assert.match(
      problems[0] ?? '',
      /^A setting names no option\. The options are: variant, useCase,/,
    );
    assert.equal(problems[1], 'Option transport has no value: write transport=value.');
    assert.equal(problems[2], 'Option auth: Choose one of these: credential; ip; both.');
  });
});
