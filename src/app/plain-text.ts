/**
 * app/: the application, without `vscode`.
 *
 * Notifications make links of `[text](address)`, commands included; the status bar and quick picks make
 * icons of `$(name)`. In what comes from the API or a person these are only text.
 */
export function plainText(text: string): string {
  return text.replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(');
}
