/**
 * app/: the application, without `vscode`.
 *
 * Where the network is looked at from.
 */

export interface Place {
  /** `vscode.env.remoteName`. */
  readonly remoteName: string | undefined;
  /** The extension runs beside the window, not at the other end of a remote one. */
  readonly besideWindow: boolean;
  readonly hostName: string;
}

/** For a report, so in English. */
export function fromText({ remoteName, besideWindow, hostName }: Place): string {
  if (remoteName === undefined || besideWindow) return 'this computer';
  switch (remoteName) {
    case 'ssh-remote':
      return `the SSH host ${hostName}`;
    case 'dev-container':
    case 'attached-container':
      return `the container ${hostName}`;
    case 'k8s-container':
      return `the Kubernetes container ${hostName}`;
    case 'wsl':
      return `WSL on ${hostName}`;
    case 'codespaces':
      return `the codespace ${hostName}`;
    case 'tunnel':
      return `the computer ${hostName} at the other end of the tunnel`;
    default:
      return `the remote computer ${hostName}`;
  }
}
