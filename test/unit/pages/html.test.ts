// The page around the panel: strict, and empty of facts.
import assert from 'node:assert/strict';
import { pageHtml } from '../../../src/pages/page-html';

describe('The panel’s page', () => {
  const html = pageHtml({
    cspSource: 'https://*.vscode-cdn.net',
    nonce: 'n0nce',
    scriptUri: 'https://x/panel.js',
    styleUri: 'https://x/panel.css',
    language: 'en',
    title: 'a "<b>" & c',
  });
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';

  it('lets in our script by nonce and our style, and nothing else', () => {
    const directives = new Map(
      policy.split('; ').map((part) => {
        const [name = '', ...values] = part.split(' ');
        return [name, values] as const;
      }),
    );
    assert.deepEqual(directives.get('default-src'), ["'none'"]);
    assert.deepEqual(directives.get('script-src'), ["'nonce-n0nce'"]);
    assert.equal(directives.has('connect-src'), false);
    assert.doesNotMatch(policy, /unsafe|https:(?!\/)|\*(?!\.)|data:/);
  });

  it('has a language, a title that cannot become markup, and no inline script or style', () => {
    assert.match(html, /<html lang="en">/);
    assert.ok(html.includes('a &#34;&#60;b&#62;&#34; &#38; c'));
    assert.doesNotMatch(html, /<script(?![^>]*src=)|<style|style=| on\w+=/);
  });
});
