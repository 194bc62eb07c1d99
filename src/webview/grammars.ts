/**
 * webview/: the panel's browser side.
 *
 * Colouring rules for formats that highlight.js has none for, or far more of than is needed here.
 */
import type { HLJSApi, Language } from 'highlight.js';

const ADDRESS_OR_NUMBER = /(?<![\w.-])\d+(?:\.\d+){0,3}(?:\/\d+)?(?![\w.])/;

/** Asterisk's files and everything else of sections, keys and values. */
export function ini(): Language {
  return {
    name: 'INI',
    contains: [
      { scope: 'keyword', begin: /^#(?:include|tryinclude|exec)\b/ },
      { scope: 'comment', begin: /^[ \t]*[;#].*$/ },
      { scope: 'comment', begin: /(?<=[ \t]);.*$/ },
      { scope: 'section', begin: /^[ \t]*\[[^\]\n]*\]/ },
      { scope: 'attr', begin: /^[ \t]*[\w./-]+(?=[ \t]*\+?=)/ },
      { scope: 'string', begin: /"[^"\n]*"/ },
      { scope: 'variable', begin: /\$\{[^}\n]*\}/ },
      { scope: 'literal', begin: /(?<==[ \t]*)(?:yes|no|true|false|on|off)(?=[ \t]*$)/ },
      { scope: 'number', begin: ADDRESS_OR_NUMBER },
    ],
  };
}

/** Kamailio and OpenSIPS: their route language. */
export function sipProxy(hljs: HLJSApi): Language {
  return {
    name: 'SIP proxy',
    keywords: {
      $pattern: '[a-z_]+',
      keyword:
        'loadmodule modparam loadpath mpath listen socket route request_route reply_route ' +
        'onreply_route failure_route branch_route onsend_route event_route local_route ' +
        'startup_route error_route if else return exit drop switch case default break while',
      literal: 'yes no true false on off',
    },
    contains: [
      { scope: 'meta', begin: /^#!.*$/m },
      hljs.HASH_COMMENT_MODE,
      hljs.C_LINE_COMMENT_MODE,
      hljs.C_BLOCK_COMMENT_MODE,
      {
        scope: 'string',
        begin: /"/,
        end: /"/,
        contains: [hljs.BACKSLASH_ESCAPE, { scope: 'variable', begin: /\$\w+(?:\([^)"]*\))?/ }],
      },
      { scope: 'string', begin: /'/, end: /'/, illegal: /\n/ },
      { scope: 'variable', begin: /\$\w+(?:\([^)"]*\))?/ },
      { scope: 'number', begin: ADDRESS_OR_NUMBER },
    ],
  };
}

/** Cisco IOS: every line a command, `!` before a comment. */
export function ios(): Language {
  return {
    name: 'IOS',
    contains: [
      { scope: 'comment', begin: /^\s*!.*$/m },
      { scope: 'string', begin: /"/, end: /"/ },
      {
        scope: 'section',
        begin: /^(?:voice|dial-peer|sip-ua|crypto|interface|ip access-list)\b.*$/m,
      },
      { scope: 'keyword', begin: /^\s+(?:no )?[a-z][\w-]*/m },
      { scope: 'number', begin: ADDRESS_OR_NUMBER },
    ],
  };
}

/** As much of Markdown as the sheets of settings have. */
export function sheet(): Language {
  return {
    name: 'Sheet',
    contains: [
      { scope: 'comment', begin: /<!--/, end: /-->/ },
      { scope: 'section', begin: /^#{1,6} .*$/m },
      { scope: 'string', begin: /`[^`\n]+`/ },
      { scope: 'strong', begin: /\*\*[^*\n]+\*\*/ },
    ],
  };
}
