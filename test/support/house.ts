// The sources as a graph, read by TypeScript's own parser: which file imports, exports and says what.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname, join as joinUrl } from 'node:path/posix';
import ts from 'typescript';
import { root } from './paths';

export interface Import {
  /** As written: `./x`, `vscode`, `node:fs`, `p-queue`. */
  readonly from: string;
  /** The file it means, from the root of the repository; null for a package. */
  readonly file: string | null;
  /** `types`: nothing of it is left at run time. `dynamic`: loaded when that line is reached. */
  readonly how: 'value' | 'types' | 'dynamic';
  /** The names taken; null when all may be: `import * as`, `export *`, a dynamic import. */
  readonly names: readonly string[] | null;
}

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** What it exports that exists at run time, and is not only passed on. */
  readonly values: readonly string[];
  /** Every identifier in it. */
  readonly words: ReadonlySet<string>;
  /** The text of every string literal and of each piece of a template. */
  readonly strings: readonly string[];
}

/** The name of a room: `app` for `src/app/log.ts`; empty for the composition root. */
export function roomOf(path: string): string {
  const [, room, ...rest] = path.split('/');
  return room === undefined || rest.length === 0 ? '' : room;
}

/** The package an import names: `@scope/name`, `name`; null for `node:fs` and files. */
export function packageOf(from: string): string | null {
  if (from.startsWith('.') || from.startsWith('node:')) return null;
  const [first = '', second = ''] = from.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** All TypeScript files below these folders, declarations of other files' types left out. */
export function readSources(...folders: readonly string[]): SourceFile[] {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts')),
  );
  return paths.sort().map(readSource);
}

export function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const words = new Set<string>();
  const strings: string[] = [];
  const look = (node: ts.Node): void => {
    const found = importOf(path, node);
    if (found !== null) imports.push(found);
    if (ts.isIdentifier(node)) words.add(node.text);
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) strings.push(node.text);
    if (ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) strings.push(node.text);
    ts.forEachChild(node, look);
  };
  look(tree);
  return {
    path,
    text,
    lines: text.split('\n').length - 1,
    imports,
    values: tree.statements.flatMap(valuesOf),
    words,
    strings,
  };
}

function importOf(path: string, node: ts.Node): Import | null {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause;
    const bindings = clause?.namedBindings;
    const elements =
      bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : null;
    const typesOnly =
      clause !== undefined &&
      (clause.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (clause.name === undefined &&
          elements !== null &&
          elements.length > 0 &&
          elements.every(({ isTypeOnly }) => isTypeOnly)));
    const names = [
      ...(clause?.name === undefined ? [] : ['default']),
      ...(elements ?? []).map((element) => (element.propertyName ?? element.name).text),
    ];
    const all = bindings !== undefined && ts.isNamespaceImport(bindings);
    return made(path, node.moduleSpecifier, typesOnly ? 'types' : 'value', all ? null : names);
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const elements =
      node.exportClause !== undefined && ts.isNamedExports(node.exportClause)
        ? node.exportClause.elements
        : null;
    const names = elements?.map((element) => (element.propertyName ?? element.name).text) ?? null;
    return made(path, node.moduleSpecifier, node.isTypeOnly ? 'types' : 'value', names);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return made(path, node.argument.literal, 'types', null);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return made(path, node.arguments[0], 'dynamic', null);
  }
  return null;
}

function made(
  path: string,
  specifier: ts.Node | undefined,
  how: Import['how'],
  names: readonly string[] | null,
): Import | null {
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return null;
  const from = specifier.text;
  return { from, file: fileOf(path, from), how, names };
}

function fileOf(path: string, from: string): string | null {
  if (!from.startsWith('.')) return null;
  const place = joinUrl(dirname(path), from);
  const file = [`${place}.ts`, `${place}/index.ts`, place].find((name) =>
    existsSync(join(root, name)),
  );
  if (file === undefined) throw new Error(`${path} imports ${from}, which is not there.`);
  return file;
}

function valuesOf(statement: ts.Statement): string[] {
  if (!ts.canHaveModifiers(statement)) return [];
  const modifiers = ts.getModifiers(statement) ?? [];
  const has = (kind: ts.SyntaxKind): boolean => modifiers.some((one) => one.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword) || has(ts.SyntaxKind.DeclareKeyword)) return [];
  if (has(ts.SyntaxKind.DefaultKeyword)) return ['default'];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : [];
}

/** The files that import each other in a ring, however long: each ring's files, none when there is no ring. */
export function circles(files: readonly SourceFile[]): string[][] {
  const next = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.flatMap(({ file, how }) => (file === null || how === 'dynamic' ? [] : [file])),
    ]),
  );
  const reached = (from: string): Set<string> => {
    const seen = new Set<string>();
    const waiting = [...(next.get(from) ?? [])];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      waiting.push(...(next.get(path) ?? []));
    }
    return seen;
  };
  const reach = new Map(files.map(({ path }) => [path, reached(path)]));
  const told = new Set<string>();
  return files.flatMap(({ path }) => {
    if (told.has(path) || reach.get(path)?.has(path) !== true) return [];
    const ring = [...(reach.get(path) ?? [])].filter((other) => reach.get(other)?.has(path));
    for (const one of ring) told.add(one);
    return [ring.sort()];
  });
}

/** The files that get at `vscode` while they run, by their own import or through a file they import. */
export function reachingVscode(files: readonly SourceFile[]): Set<string> {
  const reaching = new Set<string>();
  for (let before = -1; before !== reaching.size;) {
    before = reaching.size;
    for (const { path, imports } of files) {
      const reaches = imports.some(
        ({ from, file, how }) =>
          how !== 'types' && (from === 'vscode' || (file !== null && reaching.has(file))),
      );
      if (reaches) reaching.add(path);
    }
  }
  return reaching;
}

/**
 * Exported values of `files` that none of `takers` takes: `path: name`. A taker may also name the file's
 * path, as the scripts do that bundle it.
 */
export function takenByNobody(
  files: readonly SourceFile[],
  takers: readonly SourceFile[],
): string[] {
  return files.flatMap(({ path, values }) => {
    const isTaken = (name: string): boolean =>
      takers.some((taker) => {
        const taking = taker.imports.filter(({ file }) => file === path);
        const byName = taking.some(({ names }) => names?.includes(name));
        const whole = taking.some(({ names }) => names === null) || taker.strings.includes(path);
        return byName || (whole && taker.words.has(name));
      });
    return values.filter((name) => !isTaken(name)).map((name) => `${path}: ${name}`);
  });
}
