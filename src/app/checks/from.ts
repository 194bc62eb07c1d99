/**
 * app/: the application, without `vscode`.
 *
 * Where the network is looked at from.
 */
import * as l10n from '@vscode/l10n';

export interface Place {
  /** `vscode.env.remoteName`. */
  readonly remoteName: string | undefined;
  /** The extension runs beside the window, not at the other end of a remote one. */
  readonly besideWindow: boolean;
  readonly hostName: string;
}

/** For the report, whose sentences it stands in. */
export function fromText({ remoteName, besideWindow, hostName }: Place): string {
  if (remoteName === undefined || besideWindow) return l10n.t('this computer');
  switch (remoteName) {
    case 'ssh-remote':
      return l10n.t('the SSH host {0}', hostName);
    case 'dev-container':
    case 'attached-container':
      return l10n.t('the container {0}', hostName);
    case 'k8s-container':
      return l10n.t('the Kubernetes container {0}', hostName);
    case 'wsl':
      return l10n.t('WSL on {0}', hostName);
    case 'codespaces':
      return l10n.t('the codespace {0}', hostName);
    case 'tunnel':
      return l10n.t('the computer {0} at the other end of the tunnel', hostName);
    default:
      return l10n.t('the remote computer {0}', hostName);
  }
}
