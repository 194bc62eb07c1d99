/**
 * workbench/: everything that imports `vscode`.
 *
 * What VS Code shows that is not a question: status bar, notifications, progress, clipboard.
 */
import {
  env,
  l10n,
  type LogOutputChannel,
  type MessageItem,
  ProgressLocation,
  Uri,
  window,
} from 'vscode';
import type { Secret } from '../exotel/secret';
import type { ProgressReport, Ui } from '../app/ui';
import { plainText } from '../app/plain-text';
import { ViewId } from '../app/view-ids';

const STATUS_MS = 5000;

/** VS Code's own button says "Cancel", which promises to undo what is done already. */
function closing(): MessageItem {
  return { title: l10n.t('Close'), isCloseAffordance: true };
}

export class VsCodeUi implements Ui {
  readonly #channel: LogOutputChannel;

  constructor(channel: LogOutputChannel) {
    this.#channel = channel;
  }

  status(text: string): void {
    window.setStatusBarMessage(`$(check) ${plainText(text)}`, STATUS_MS);
  }

  async info<A extends string>(text: string, ...actions: A[]): Promise<A | null> {
    return (await window.showInformationMessage(plainText(text), ...actions)) ?? null;
  }

  async error<A extends string>(text: string, ...actions: A[]): Promise<A | null> {
    return (await window.showErrorMessage(plainText(text), ...actions)) ?? null;
  }

  async report<A extends string>(text: string, detail: string, ...actions: A[]): Promise<A | null> {
    const copy: MessageItem = { title: l10n.t('Copy Report') };
    const others = actions.map((action): MessageItem => ({ title: action }));
    const items = [...others, copy, closing()];
    const pressed = await window.showWarningMessage(text, { modal: true, detail }, ...items);
    if (pressed === copy) await this.copy(`${text}\n${detail}`);
    return actions.find((action) => action === pressed?.title) ?? null;
  }

  async showPassword(
    userName: string,
    password: Secret,
    options: { readonly uncertain: boolean } = { uncertain: false },
  ): Promise<void> {
    const kept = options.uncertain
      ? l10n.t(
          'Exotel gave no clear answer and may have taken this password. Keep it until you know.',
        )
      : l10n.t(
          'It is kept in your keyring: copy it later from the credential’s menu. Exotel never tells it again.',
        );
    const copy = { title: l10n.t('Copy Password') };
    const pressed = await window.showInformationMessage(
      l10n.t('SIP password of {0}', userName),
      {
        modal: true,
        detail: `${password.reveal()}\n\n${kept}`,
      },
      copy,
      closing(),
    );
    if (pressed === copy) {
      await this.copy(password.reveal());
      this.status(l10n.t('Password copied.'));
    }
  }

  async busy<T>(work: () => Promise<T>): Promise<T> {
    return window.withProgress({ location: { viewId: ViewId.Trunks } }, work);
  }

  async cancellable<T>(
    title: string,
    work: (signal: AbortSignal, report: ProgressReport) => Promise<T>,
  ): Promise<T> {
    return window.withProgress(
      { location: ProgressLocation.Notification, title: plainText(title), cancellable: true },
      async (progress, token) => {
        const controller = new AbortController();
        const subscription = token.onCancellationRequested(() => {
          controller.abort();
        });
        try {
          let shown = 0;
          return await work(controller.signal, (done, total) => {
            progress.report({
              message: `${done} / ${total}`,
              increment: ((done - shown) * 100) / total,
            });
            shown = done;
          });
        } finally {
          subscription.dispose();
        }
      },
    );
  }

  showLog(): void {
    this.#channel.show();
  }

  async copy(text: string): Promise<void> {
    await env.clipboard.writeText(text);
  }

  async openExternal(url: string): Promise<void> {
    await env.openExternal(Uri.parse(url, true));
  }
}
