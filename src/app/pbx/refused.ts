/**
 * app/: the application, without `vscode`.
 *
 * Text that could not go where it was wanted, for a reason a person can mend. The message is theirs.
 */
export class OutputRefused extends Error {
  override readonly name = 'OutputRefused';
}
