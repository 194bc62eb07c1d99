// The lint rule `house/spoken-words`: what a person reads goes through `l10n.t`. A text that is written out
// where it will be read, as the value of one of these properties or in a message of VS Code's, is reported.

/** What findings, questions, buttons, rows and pages are told under these names is read by a person. */
const READ = new Set([
  'what',
  'doNext',
  'title',
  'placeholder',
  'placeHolder',
  'prompt',
  'label',
  'ariaLabel',
  'detail',
  'description',
  'tooltip',
]);

/** `window.showErrorMessage('…')` and the like: every argument is read, buttons too. */
const SAYING = /^(show(Information|Warning|Error)Message|setStatusBarMessage)$/;

/** Signs, dots, numbers and `$(icon)`s need no translation; a word does. */
function hasWord(text) {
  return /\p{L}{2}/u.test(text.replace(/\$\([a-z~-]+\)/g, ''));
}

/** The parts of an expression whose text becomes its value. */
function texts(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' && hasWord(node.value) ? [node] : [];
    case 'TemplateLiteral':
      return node.quasis.some(({ value }) => hasWord(value.cooked ?? '')) ? [node] : [];
    case 'ConditionalExpression':
      return [...texts(node.consequent), ...texts(node.alternate)];
    case 'LogicalExpression':
      return [...texts(node.left), ...texts(node.right)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...texts(node.left), ...texts(node.right)] : [];
    case 'ArrayExpression':
      return node.elements.flatMap(texts);
    case 'ArrowFunctionExpression':
      return texts(node.body);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return texts(node.expression);
    default:
      return [];
  }
}

function nameOf(key, computed) {
  if (key.type === 'Identifier' && !computed) return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { spoken: 'A person reads this: say it through l10n.t, as a whole sentence.' },
  },
  create(context) {
    const report = (nodes) => {
      for (const node of nodes) context.report({ node, messageId: 'spoken' });
    };
    return {
      Property(node) {
        // `({ label = '…' }) => …` takes a property apart and is no value of one.
        if (node.parent.type !== 'ObjectExpression') return;
        if (READ.has(nameOf(node.key, node.computed))) report(texts(node.value));
      },
      AssignmentExpression({ left, right }) {
        if (left.type !== 'MemberExpression') return;
        if (READ.has(nameOf(left.property, left.computed))) report(texts(right));
      },
      CallExpression({ callee, arguments: said }) {
        const name =
          callee.type === 'MemberExpression'
            ? nameOf(callee.property, callee.computed)
            : nameOf(callee, false);
        if (SAYING.test(name)) report(said.flatMap(texts));
      },
    };
  },
};
