// Names from elsewhere in messages of VS Code, which would make links and icons of them.
import assert from 'node:assert/strict';
import { plainText } from '../../../src/app/plain-text';

describe('text from elsewhere in a message', () => {
  it('makes no link, not to a command either', () => {
    const text = plainText('+91 [Retry](command:workbench.action.quit)');
    // What VS Code takes for a link (its linkedText.ts): brackets with an address right behind them.
    assert.doesNotMatch(text, /\[[^\]]+\]\([^)]+\)/);
    assert.match(text, /Retry/);
  });

  it('makes no icon', () => {
    assert.doesNotMatch(plainText('trunk $(trash)'), /\$\([a-z-]+\)/);
  });

  it('leaves everything else as it is', () => {
    assert.equal(plainText('“outbound_trunk” (2): 50 $ [x]'), '“outbound_trunk” (2): 50 $ [x]');
  });
});
