// AudioCodes' ini file, by the manual's rules: comment lines with ;, single parameters, and tables with a
// title, a FORMAT line, rows with exactly its fields, each ending in ;, and an end mark. A row, a column or
// a table twice fails.
import assert from 'node:assert/strict';

export type IniRecord = Readonly<Record<string, string | number>>;

export interface AudiocodesIni {
  readonly parameters: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, ReadonlyMap<number, IniRecord>>;
}

/** `"…"` or a whole number, parted by commas; the line ends in `;`. */
function fields(text: string): (string | number)[] {
  const found: (string | number)[] = [];
  const field = /\s*(?:"([^"]*)"|(-?[0-9]+))\s*([,;])/y;
  for (;;) {
    const match = field.exec(text);
    assert.ok(match !== null, `not a row: ${text}`);
    found.push(match[1] ?? Number(match[2]));
    if (match[3] === ';') break;
  }
  assert.equal(field.lastIndex, text.length, `more behind the end of the row: ${text}`);
  return found;
}

export function readAudiocodesIni(text: string): AudiocodesIni {
  const parameters = new Map<string, string>();
  const tables = new Map<string, Map<number, IniRecord>>();
  let open: { name: string; columns: string[]; rows: Map<number, IniRecord> } | undefined;
  assert.doesNotMatch(text, /[^\n\P{Cc}]|[\p{Zl}\p{Zp}]/u, 'a control character');
  assert.ok(text.endsWith('\n'), 'no line end at the end');
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(';')) continue;
    const title = /^\[ (\\?)([A-Za-z0-9]+) \]$/.exec(line);
    if (title !== null) {
      const [, end, name = ''] = title;
      if (end === '\\') {
        assert.equal(open?.name, name, 'the end of another table');
        assert.ok(open.columns.length > 0 && open.rows.size > 0, `nothing in ${name}`);
        open = undefined;
      } else {
        assert.equal(open, undefined, 'a table in a table');
        assert.ok(!tables.has(name), `${name} twice`);
        open = { name, columns: [], rows: new Map() };
        tables.set(name, open.rows);
      }
    } else if (open === undefined) {
      const parameter = /^([A-Za-z]+) = ([0-9]+)$/.exec(line);
      assert.ok(parameter !== null, `not a parameter: ${line}`);
      assert.ok(!parameters.has(parameter[1] ?? ''), `${line} twice`);
      parameters.set(parameter[1] ?? '', parameter[2] ?? '');
    } else if (line.startsWith('FORMAT ')) {
      assert.deepEqual(open.columns, [], 'FORMAT twice');
      const format = /^FORMAT ([A-Za-z0-9_]+) = ([A-Za-z0-9_]+(?:, [A-Za-z0-9_]+)*);$/.exec(line);
      assert.ok(format !== null, `not a FORMAT line: ${line}`);
      const prefix = format[1] === 'Index' ? '' : `${open.name}_`;
      assert.equal(format[1], `${prefix}Index`);
      open.columns = (format[2] ?? '').split(', ').map((column) => {
        assert.ok(column.startsWith(prefix), `a column of another table: ${column}`);
        return column.slice(prefix.length);
      });
      assert.equal(new Set(open.columns).size, open.columns.length, 'a column twice');
    } else {
      const row = /^([A-Za-z0-9]+) ([0-9]+) = (.*)$/.exec(line);
      assert.ok(row !== null && row[1] === open.name, `not a row of ${open.name}: ${line}`);
      const values = fields(row[3] ?? '');
      assert.equal(values.length, open.columns.length, `fields of ${line}`);
      assert.ok(!open.rows.has(Number(row[2])), `${open.name} ${row[2]} twice`);
      open.rows.set(
        Number(row[2]),
        Object.fromEntries(open.columns.map((column, index) => [column, values[index] ?? ''])),
      );
    }
  }
  assert.equal(open, undefined, 'a table without an end');
  return { parameters, tables };
}

export function iniRows(ini: AudiocodesIni, table: string): IniRecord[] {
  return Array.from(ini.tables.get(table)?.values() ?? []);
}

/** The message manipulation of that set on that subject, without a condition. */
export function manipulation(
  ini: AudiocodesIni,
  set: number,
  subject: string,
  type: number,
): IniRecord | undefined {
  const found = iniRows(ini, 'MessageManipulations').filter((row) => {
    return (
      row['ManSetID'] === set &&
      row['ActionSubject'] === subject &&
      row['ActionType'] === type &&
      row['Condition'] === ''
    );
  });
  assert.ok(found.length < 2, `${subject} ${found.length} times`);
  return found[0];
}

/** How many addresses a pattern with `*` for whole octets holds, and the first of them as a number. */
function span(pattern: string): readonly [first: number, size: number] {
  const octets = pattern.split('.');
  assert.equal(octets.length, 4);
  const wild = octets.filter((octet) => octet === '*').length;
  assert.ok(
    octets.slice(0, 4 - wild).every((octet) => /^[0-9]+$/.test(octet)),
    pattern,
  );
  const first = octets.reduce((sum, octet) => sum * 256 + (octet === '*' ? 0 : Number(octet)), 0);
  return [first, 256 ** wild];
}

/** Networks of the Classification table: named in its rows, and held against the addresses in them. */
export function classifiedNetworks(ini: AudiocodesIni): string[] {
  const patterns = new Map<string, string[]>();
  for (const row of iniRows(ini, 'Classification')) {
    const name = /^From ([0-9.]+) - ([0-9]+) no [0-9]+$/.exec(String(row['ClassificationName']));
    assert.ok(name !== null, 'a rule without its network');
    const network = `${name[1]}/${name[2]}`;
    patterns.set(network, [...(patterns.get(network) ?? []), String(row['SrcAddress'])]);
  }
  for (const [network, list] of patterns) {
    const [address = '', bits = '32'] = network.split('/');
    const size = 2 ** (32 - Number(bits));
    const [inside] = span(address);
    let next = Math.floor(inside / size) * size;
    const end = next + size;
    for (const [first, width] of list.map(span).sort(([a], [b]) => a - b)) {
      assert.equal(first, next, `${network}: a gap or an overlap`);
      next += width;
    }
    assert.equal(next, end, `${network}: too few or too many`);
  }
  return Array.from(patterns.keys());
}
