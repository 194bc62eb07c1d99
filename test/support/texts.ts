// The calls of `l10n.t` in the sources, read from the syntax tree: the exporter that writes the bundle passes
// over what it does not understand, a template string for example, without a word.
import ts from 'typescript';
import type { Source } from './l10n';

export interface Text {
  /** Where it stands, e.g. `src/sip/codes.ts:36`. */
  readonly where: string;
  /** Null when it is not written out. */
  readonly message: string | null;
  /** Where the message stands in the file, quotes included. */
  readonly from: number;
  readonly to: number;
  readonly comment: string | null;
  /** How many values are filled in; null when that cannot be told from the source. */
  readonly values: number | null;
}

function nameOf(property: ts.ObjectLiteralElementLike): string {
  const { name } = property;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
}

function literal(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : null;
}

/** `comment: 'a'` or `comment: ['a', 'b']`, as the bundle's key has it. */
function commentOf(node: ts.Node | undefined): string | null {
  if (node !== undefined && ts.isArrayLiteralExpression(node)) {
    return node.elements.map((element) => literal(element) ?? '').join('');
  }
  return literal(node);
}

function textOf(file: ts.SourceFile, call: ts.CallExpression): Text {
  const [first, ...values] = call.arguments;
  const { line } = file.getLineAndCharacterOfPosition(call.getStart(file));
  const where = `${file.fileName}:${line + 1}`;
  if (first !== undefined && ts.isObjectLiteralExpression(first)) {
    const parts = new Map(
      first.properties.map((one) => [
        nameOf(one),
        ts.isPropertyAssignment(one) ? one.initializer : undefined,
      ]),
    );
    const args = parts.get('args');
    const filled = args !== undefined && ts.isArrayLiteralExpression(args) ? args.elements : null;
    return {
      ...placed(file, parts.get('message')),
      where,
      comment: commentOf(parts.get('comment')),
      values: args === undefined ? 0 : (filled?.length ?? null),
    };
  }
  const spread = values.some((value) => ts.isSpreadElement(value));
  return { ...placed(file, first), where, comment: null, values: spread ? null : values.length };
}

function placed(
  file: ts.SourceFile,
  message: ts.Node | undefined,
): Pick<Text, 'message' | 'from' | 'to'> {
  const [from, to] = message === undefined ? [0, 0] : [message.getStart(file), message.end];
  return { message: literal(message), from, to };
}

/** Every call of `l10n.t` and `vscode.l10n.t`. */
export function textsIn({ path, text }: Source): Text[] {
  if (!text.includes('l10n.t(')) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText(file))) {
      found.push(textOf(file, node));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
