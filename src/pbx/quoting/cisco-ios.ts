/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * Cisco IOS XE's running configuration. A word has no quoting at all: a blank ends it and a question mark
 * calls for help when the text is pasted. So nothing but plain words goes in. Inside the double quotes of
 * a SIP profile a pattern is expected; only checked values stand there.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError, isIpv4, port } from './plain';

/** One word of a command, e.g. a user name or a password. */
export function iosWord(field: string, value: string): string {
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(value)) {
    throw new UnsafeValueError(
      field,
      l10n.t('must be letters, digits and . _ - only, because Cisco IOS has no quoting'),
    );
  }
  return value;
}

/** `a.b.c.d/n` as the trusted list has it: the address, with a mask when it is a network. */
export function iosNetwork(cidr: string): string {
  const [address = '', bits = '32'] = cidr.split('/');
  if (bits === '32') return address;
  const mask = Array.from({ length: 4 }, (_, octet) => {
    const ones = Math.min(8, Math.max(0, Number(bits) - octet * 8));
    return 256 - 2 ** (8 - ones);
  });
  return `${address} ${mask.join('.')}`;
}

/** What calls go to inside: a PBX by its address, or a dial peer that the router has already. */
export type IosPeer =
  | { readonly kind: 'address'; readonly address: string; readonly port: number | null }
  | { readonly kind: 'dialPeer'; readonly tag: number };

/** `ipv4:192.0.2.10`, `ipv4:192.0.2.10:5060` or `dial-peer:200`. */
export function iosPeer(field: string, value: string): IosPeer {
  const tag = /^dial-peer:([1-9][0-9]{0,8})$/.exec(value)?.[1];
  if (tag !== undefined) return { kind: 'dialPeer', tag: Number(tag) };
  const match = /^ipv4:([0-9.]{7,15})(?::([0-9]{1,5}))?$/.exec(value);
  const address = match?.[1] ?? '';
  if (!isIpv4(address)) {
    throw new UnsafeValueError(
      field,
      l10n.t(
        'must be ipv4: and the address of the PBX, e.g. ipv4:192.0.2.10, or dial-peer: and a tag',
      ),
    );
  }
  const given = match?.[2];
  return {
    kind: 'address',
    address,
    port: given === undefined ? null : port(field, Number(given)),
  };
}
