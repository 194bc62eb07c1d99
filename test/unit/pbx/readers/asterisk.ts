// Asterisk's own view of its files, over readAsteriskConf: sections by type, the dialplan by context. And
// what FreePBX, MikoPBX and VICIdial make of what is typed into their forms, written from their sources.
import assert from 'node:assert/strict';
import { readAsteriskConf, type ConfEntry } from '../readers';
import { rowOf, valueOf, valuesOf, type Sheet } from './markdown-sheet';

export interface Section {
  readonly name: string;
  /** `transport`, `endpoint`, `peer`, …; '' without one. */
  readonly type: string;
  all(key: string): string[];
  one(key: string): string | undefined;
}

/** Sections in order; `type =` begins a new one when the name stays, as two sections of one name do. */
export function sectionsOf(text: string): Section[] {
  const groups: { name: string; entries: ConfEntry[] }[] = [];
  for (const entry of readAsteriskConf(text)) {
    const last = groups.at(-1);
    if (last?.name === entry.section && entry.key !== 'type') last.entries.push(entry);
    else groups.push({ name: entry.section, entries: [entry] });
  }
  return groups.map(({ name, entries }) => {
    const all = (key: string) => entries.filter((one) => one.key === key).map(({ value }) => value);
    return { name, type: all('type')[0] ?? '', all, one: (key) => all(key).at(-1) };
  });
}

export function sectionOfType(sections: readonly Section[], type: string): Section | undefined {
  const found = sections.filter((one) => one.type === type);
  assert.ok(found.length < 2, `${found.length} sections of type ${type}`);
  return found[0];
}

export interface Step {
  readonly context: string;
  readonly exten: string;
  readonly priority: string;
  /** Application and arguments. */
  readonly does: string;
}

/** `exten =>` and `same =>` of every context. */
export function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  for (const { section, key, value } of readAsteriskConf(text)) {
    if (key === 'include') continue;
    assert.ok(key === 'exten' || key === 'same', `neither exten nor same: ${key}`);
    const whole = key === 'exten' ? value : `${steps.at(-1)?.exten ?? ''},${value}`;
    const match = /^([^,]+),([0-9]+|n),(.+)$/.exec(whole);
    assert.ok(match !== null, `not an extension: ${value}`);
    const [, exten = '', priority = '', does = ''] = match;
    steps.push({ context: section, exten, priority, does });
  }
  return steps;
}

/** The value that the header gets, by either channel driver. */
export function headerSet(steps: readonly Step[], name: string): string | undefined {
  const pattern = new RegExp(
    `^(?:Set\\(PJSIP_HEADER\\(add,${name}\\)=|SIPAddHeader\\(${name}: )([^)]*)\\)$`,
  );
  return steps.map(({ does }) => pattern.exec(does)?.[1]).find((value) => value !== undefined);
}

/** The number, without variables, that is dialled at the peer. */
export function numberDialled(steps: readonly Step[], peer: string): string | undefined {
  return steps
    .map(({ does }) => /^Dial\(((?:PJSIP|SIP)\/[^,]*)/.exec(does)?.[1])
    .map((target) => {
      const [driver, first, second] = (target ?? '').split(/[/@]/);
      const [number, at] = driver === 'SIP' ? [second, first] : [first, second];
      return at === peer ? number : undefined;
    })
    .find((number) => number !== undefined && !number.includes('$'));
}

/** Extensions with a plus in a context, in order. */
export function numbersIn(steps: readonly Step[], context: string): string[] {
  return steps
    .filter((one) => one.context === context && one.priority === '1')
    .map(({ exten }) => exten)
    .filter((exten) => exten.startsWith('+'));
}

/** `sip:host:port`, with `;transport=` or without. */
export function contactOf(
  text: string | undefined,
): { edgeHost: string; edgePort: number; transport: string | undefined } | undefined {
  const match = /^sip:([^:;@]+):([0-9]+)(?:;transport=(tls|tcp))?$/.exec(text ?? '');
  return match === null
    ? undefined
    : { edgeHost: match[1] ?? '', edgePort: Number(match[2]), transport: match[3] };
}

/**
 * The text without what Asterisk resolves when it reads a section's options: `(+)` adds to the section of
 * that name above, `(!)` is a template and no section, `(template)` begins with the template's lines.
 */
export function merged(text: string): string {
  const blocks: { name: string; lines: string[] }[] = [{ name: '', lines: [] }];
  const templates = new Map<string, string[]>();
  let current = blocks[0]?.lines ?? [];
  for (const line of text.split('\n')) {
    const match = /^\[([^\]]+)\](?:\(([^)]*)\))?$/.exec(line.trim());
    const [, name = '', options] = match ?? [];
    if (match === null) {
      current.push(line);
    } else if (options === '!') {
      templates.set(name, (current = []));
    } else if (options === '+') {
      const found = blocks.find((block) => block.name === name);
      assert.ok(found !== undefined, `[${name}](+) without a [${name}] above`);
      current = found.lines;
    } else {
      const inherited = options === undefined ? [] : templates.get(options);
      assert.ok(inherited !== undefined, `no template ${options ?? ''} above`);
      blocks.push({ name, lines: (current = [`[${name}]`, ...inherited]) });
    }
  }
  return blocks.flatMap(({ lines }) => lines).join('\n');
}

const yes = (sheet: Sheet, setting: string) =>
  rowOf(sheet, setting)?.words === 'Yes' ? 'yes' : 'no';

/**
 * The pjsip files of FreePBX, core release/17.0 (PJSip.class.php, genConfig) and sipsettings, one after the
 * other as its pjsip.conf includes them. `post`: pjsip.endpoint_custom_post.conf.
 */
export function freepbxWrites(sheet: Sheet, post: string): string {
  const typed = (setting: string) => valueOf(sheet, setting) ?? '';
  const trunk = typed('Trunk Name');
  const transport = typed('Transport');
  const protocol = transport.split('-').at(-1) ?? '';
  const external = typed('External Address');
  const lines = [
    `[${transport}]`,
    'type=transport',
    `protocol=${protocol}`,
    `bind=0.0.0.0:${typed('Port to Listen On')}`,
  ];
  if (external !== '') {
    lines.push(`external_media_address=${external}`, `external_signaling_address=${external}`);
  }
  if (protocol === 'tls') {
    lines.push(`method=${typed('SSL Method')}`, `verify_server=${yes(sheet, 'Verify Server')}`);
  }
  for (const network of valuesOf(sheet, 'Local Networks') ?? []) lines.push(`local_net=${network}`);
  const authentication = rowOf(sheet, 'Authentication')?.words;
  const match = valueOf(sheet, 'Match (Permit)') ?? typed('SIP Server');
  lines.push(
    `[${trunk}]`,
    'type=endpoint',
    `transport=${transport}`,
    `context=${typed('Context')}`,
    'disallow=all',
    `allow=${(valuesOf(sheet, 'Checked, in this order') ?? []).join(',')}`,
    `aors=${trunk}`,
    ...(authentication === 'Outbound' ? [`outbound_auth=${trunk}`] : []),
    ...(authentication === 'Inbound' ? [`auth=${trunk}`] : []),
    ...(typed('From Domain') === '' ? [] : [`from_domain=${typed('From Domain')}`]),
    ...(typed('From User') === '' ? [] : [`from_user=${typed('From User')}`]),
    `trust_id_inbound=${yes(sheet, 'Trust RPID/PAI')}`,
    ...(rowOf(sheet, 'Send RPID/PAI')?.words === 'Send P-Asserted-Identity header'
      ? ['send_pai=yes']
      : []),
    `identify_by=${rowOf(sheet, 'Match Inbound Authentication')?.words.toLowerCase() ?? ''}`,
    `direct_media=${yes(sheet, 'Direct Media')}`,
    ...(rowOf(sheet, 'Media Encryption')?.words === 'SRTP via in-SDP (recommended)'
      ? ['media_encryption=sdes']
      : []),
    `rtp_symmetric=${yes(sheet, 'RTP Symmetric')}`,
    'dtmf_mode=rfc4733',
    post,
    `[${trunk}]`,
    'type=aor',
    `qualify_frequency=${typed('Qualify Frequency')}`,
    `contact=${typed('AOR Contact')}`,
  );
  if (authentication !== 'None') {
    lines.push(
      `[${trunk}]`,
      'type=auth',
      'auth_type=userpass',
      `password=${typed('Secret')}`,
      `username=${typed('Auth username')}`,
    );
  }
  if (rowOf(sheet, 'Registration')?.words !== 'None') lines.push(`[${trunk}]`, 'type=registration');
  lines.push(`[${trunk}]`, 'type=identify', `endpoint=${trunk}`, `match=${match}`);
  return merged(lines.join('\n'));
}

/** The box of additional attributes, as MikoPBX's Util.php parses it: section -> key -> value. */
export function mikopbxAttributes(text: string): Record<string, Record<string, string>> {
  const rows = text.split('\n').map((raw) => {
    const row = raw.trim();
    return row.startsWith('[') && row.includes(']')
      ? `\n${row.slice(0, row.indexOf(']') + 1)}`
      : row;
  });
  const found: Record<string, Record<string, string>> = {};
  for (const section of rows.join('\n').replaceAll(']', '').split('\n[')) {
    const [name = '', ...options] = section.trim().split('\n');
    const values: Record<string, string> = {};
    for (const option of options) {
      const equals = option.indexOf('=');
      if (equals === -1) continue;
      const key = option.slice(0, equals).trim();
      const value = option.slice(equals + 1).trim();
      if (key !== '' && value !== '') values[key] = value;
    }
    found[name] = values;
  }
  return found;
}

/**
 * The endpoint, AOR and identify of a provider without registration, and what is appended to pjsip.conf
 * (SIPConf.php of mikopbx/Core e26e6b9).
 */
export function mikopbxWrites(sheet: Sheet, attributes: string, appended: string): string {
  const typed = (setting: string) => valueOf(sheet, setting) ?? '';
  assert.equal(rowOf(sheet, 'Account type')?.words, 'No registration');
  const id = 'SIP-TRUNK-1A2B3C4D';
  const transport = typed('Transport protocol');
  const manual = mikopbxAttributes(attributes);
  const own = (section: string) =>
    Object.entries(manual[section] ?? {}).map(([key, value]) => `${key} = ${value}`);
  const host = typed('Provider server address');
  const hosts = [...(valuesOf(sheet, 'Additional provider addresses') ?? []), host];
  const user = typed('User');
  const lines = [
    '[transport-tls]',
    'type = transport',
    'protocol = tls',
    `[${id}]`,
    'type = aor',
    `contact = sip:${host}:${typed('SIP connection port')}`,
    ...own('aor'),
    `[${id}]`,
    'type = identify',
    `endpoint = ${id}`,
    `match = ${hosts.join(',')}`,
    ...own('identify'),
    `[${id}]`,
    'type = endpoint',
    `transport = transport-${transport}`,
    'timers = no',
    `context = ${id}-incoming`,
    `dtmf_mode = ${typed('DTMF mode')}`,
    ...(user === '' ? [] : [`from_user = ${user}`]),
    `from_domain = ${typed('Domain') === '' ? host : typed('Domain')}`,
    `aors = ${id}`,
    ...own('endpoint'),
    appended,
  ];
  return merged(lines.join('\n'));
}

/** What admin.php of VICIdial keeps of an Account Entry. */
export function vicidialAccount(text: string): string {
  assert.doesNotMatch(text, /['\\]/, 'breaks the SQL statement that stores it');
  return text.replace(/[;\r]/g, '');
}

/** What it keeps of a Dialplan Entry, where it then stands. */
export function vicidialDialplan(text: string): string {
  const kept = text.replace(/[\\'\r]/g, '');
  assert.doesNotMatch(kept, /^\[/m, "a section ends VICIdial's own context");
  return `[vicidial-auto-external]\n${kept}`;
}
