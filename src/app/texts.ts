/**
 * app/: the application, without `vscode`.
 *
 * The language the program speaks. Told once by each entry point, before anything is said; a thread has
 * none of what its starter knows and is handed it.
 */
import { config } from '@vscode/l10n';

/** Texts by their English ones, as `vscode.l10n.bundle` has them. */
export type Texts = Readonly<Record<string, string>>;

let told: Texts = {};

/** Without it, and for a text that is not among them, everything is said in English. */
export function speak(texts: Texts): void {
  told = texts;
  config({ contents: { ...texts } });
}

/** For a thread to speak the same language. */
export function spoken(): Texts {
  return told;
}
