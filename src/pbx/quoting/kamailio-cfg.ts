/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * Kamailio's script. In a double-quoted string `\` and `"` are special; `$ru`, `#`, `//` and `#!define`
 * are literal there as long as the string is the right side of an assignment. In a function's argument
 * `$` begins a variable, so nothing but checked values goes there. Source: core/cfg.lex, 5.6.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError, freeText, isIpv4, port } from './plain';

/** A whole string with its quotes. Only for the right side of an assignment. */
export function kamailioString(field: string, value: string): string {
  return `"${freeText(field, value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

export interface SipPeer {
  readonly host: string;
  readonly port: number;
  readonly transport: 'tcp' | 'tls';
}

/** The PBX behind the proxy: `sip:192.0.2.10:5060`, optionally `;transport=tcp` or `=tls`. */
export function sipPeer(field: string, value: string): SipPeer {
  const match = /^sip:([0-9.]{7,15})(?::([0-9]{1,5}))?(?:;transport=(tcp|tls))?$/.exec(value);
  if (match === null || !isIpv4(match[1] ?? '')) {
    throw new UnsafeValueError(
      field,
      l10n.t('must be the SIP URI of a PBX, e.g. sip:192.0.2.10:5060'),
    );
  }
  const transport = match[3] === 'tls' ? 'tls' : 'tcp';
  const defaultPort = transport === 'tls' ? 5061 : 5060;
  return {
    host: match[1] ?? '',
    port: port(field, match[2] === undefined ? defaultPort : Number(match[2])),
    transport,
  };
}
