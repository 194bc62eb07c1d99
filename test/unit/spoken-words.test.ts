// The lint rule that lets no text reach a person untranslated.
import { RuleTester } from 'eslint';
import spokenWords from '../support/lint/spoken-words.mjs';

const errors = [{ messageId: 'spoken' }];

new RuleTester().run('house/spoken-words', spokenWords, {
  valid: [
    "const row = { label: l10n.t('Retry') };",
    "const row = { label: name, description: '·' };",
    'const row = { label: `$(sync~spin) ${first} – ${second}` };',
    "const row = { id: 'number.mapped' };",
    "const { label = 'x' } = row;",
    "window.showErrorMessage(l10n.t('It failed.'), l10n.t('Retry'));",
    "log.info('Started');",
  ],
  invalid: [
    { code: "const row = { label: 'Retry' };", errors },
    { code: "const row = { 'doNext': wrong ? 'Map a number.' : null };", errors },
    { code: 'const row = { what: `Number ${number} is not mapped.` };', errors },
    { code: "const row = { what: number + ' is not mapped.' };", errors },
    { code: "const row = { title: () => name ?? 'Trunk' };", errors },
    { code: "item.tooltip = 'Not loaded';", errors },
    { code: "window.showErrorMessage('It failed.');", errors },
    { code: "vscode.window.showWarningMessage(text, 'Retry');", errors },
    { code: "void showInformationMessage(said || 'Done.');", errors },
  ],
});
