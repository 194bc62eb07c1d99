/**
 * As much of `vscode` as an open panel and the base of the trees touch, put in the place of the module. Import it before anything
 * that imports `vscode`. What the panel does to the world is recorded here.
 */
import Module from 'node:module';
import { Emitter } from '../../../src/trunks/event';
import type { ToWebview } from '../../../src/pages/panel/panel-protocol';

export const world = {
  clipboard: '',
  /** Snippets, as handed to the editor. */
  inserted: [] as string[],
  executed: [] as { readonly command: string; readonly argument: unknown }[],
  panels: [] as FakePanel[],
  views: [] as { id: string; options: Readonly<Record<string, unknown>>; closed: boolean }[],
  /** By path: one folder, `/out`, that everything is saved into. */
  files: new Map<string, string>(),
  /** The window is looked at, or not any more. */
  windowState: new Emitter<{ readonly focused: boolean }>(),
};

class Uri {
  /** Not on this computer's disk. */
  readonly scheme = 'memory';
  constructor(readonly path: string) {}
  static joinPath(base: Uri, ...parts: string[]): Uri {
    return new Uri([base.path, ...parts].join('/'));
  }
  static from({ path, query }: { readonly path: string; readonly query: string }): Uri {
    return new Uri(`${path}?${query}`);
  }
  static parse(text: string): Uri {
    return new Uri(text);
  }
  toString(): string {
    return this.path;
  }
}

export class FakePanel {
  readonly #received = new Emitter<unknown>();
  readonly #disposed = new Emitter<undefined>();
  readonly #viewState = new Emitter<undefined>();
  /** Everything that was sent to the page. */
  readonly posted: ToWebview[] = [];
  title = '';
  visible = true;
  iconPath: unknown;
  closed = false;
  revealed = 0;
  readonly onDidDispose = this.#disposed.event;
  readonly onDidChangeViewState = this.#viewState.event;
  readonly webview = {
    html: '',
    options: {},
    cspSource: 'https://csp.example',
    asWebviewUri: (uri: Uri) => uri,
    onDidReceiveMessage: this.#received.event,
    postMessage: (message: ToWebview) => {
      this.posted.push(structuredClone(message));
      return Promise.resolve(true);
    },
  };

  /** What the page says. */
  say(message: unknown): void {
    this.#received.fire(message);
  }

  hide(): void {
    this.visible = false;
    this.#viewState.fire(undefined);
  }

  showAgain(): void {
    this.visible = true;
    this.#viewState.fire(undefined);
  }

  reveal(): void {
    this.revealed += 1;
  }

  dispose(): void {
    if (this.closed) return;
    this.closed = true;
    this.#disposed.fire(undefined);
  }

  last<Type extends ToWebview['type']>(type: Type): Extract<ToWebview, { type: Type }> | undefined {
    return this.posted.findLast(
      (message): message is Extract<ToWebview, { type: Type }> => message.type === type,
    );
  }
}

class SnippetString {
  constructor(readonly value: string) {}
}

class Range {
  constructor(
    readonly start: unknown,
    readonly end: unknown,
  ) {}
}

/** As VS Code's: a listener, and an event that takes listeners. */
class EventEmitter<T> {
  readonly #emitter = new Emitter<T>();
  readonly event = this.#emitter.event;
  fire(value: T): void {
    this.#emitter.fire(value);
  }
  dispose(): void {
    this.#emitter.dispose();
  }
}

class TreeItem {
  id: string | undefined;
  constructor(readonly label: string) {}
}

class FileSystemError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const vscode = {
  Uri,
  TreeItem,
  EventEmitter,
  Range,
  SnippetString,
  ViewColumn: { Active: -1 },
  FileSystemError,
  workspace: {
    workspaceFolders: [{ uri: new Uri('/out') }],
    textDocuments: [],
    registerTextDocumentContentProvider: () => ({ dispose: () => undefined }),
    fs: {
      readFile: ({ path }: Uri) => {
        const text = world.files.get(path);
        return text === undefined
          ? Promise.reject(new FileSystemError('FileNotFound'))
          : Promise.resolve(new TextEncoder().encode(text));
      },
      writeFile: ({ path }: Uri, bytes: Uint8Array) => {
        world.files.set(path, new TextDecoder().decode(bytes));
        return Promise.resolve();
      },
      createDirectory: () => Promise.resolve(),
    },
  },
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  },
  env: {
    language: 'en',
    clipboard: {
      writeText: (text: string) => {
        world.clipboard = text;
        return Promise.resolve();
      },
    },
  },
  window: {
    tabGroups: { all: [] },
    onDidChangeWindowState: world.windowState.event,
    showSaveDialog: ({ defaultUri }: { readonly defaultUri: Uri }) => Promise.resolve(defaultUri),
    showOpenDialog: ({ defaultUri }: { readonly defaultUri: Uri }) => Promise.resolve([defaultUri]),
    showTextDocument: () =>
      Promise.resolve({
        insertSnippet: ({ value }: SnippetString) => {
          world.inserted.push(value);
          return Promise.resolve(true);
        },
      }),
    createTreeView: (id: string, options: Readonly<Record<string, unknown>>) => {
      const view = { id, options, closed: false };
      world.views.push(view);
      return { dispose: () => (view.closed = true) };
    },
    createWebviewPanel: () => {
      const panel = new FakePanel();
      world.panels.push(panel);
      return panel;
    },
  },
  commands: {
    executeCommand: (command: string, argument: unknown) => {
      world.executed.push({ command, argument });
      return Promise.resolve();
    },
  },
};

/** Node's own loader, which every import ends up at. */
const loader = Module as unknown as {
  _load(request: string, ...rest: unknown[]): unknown;
};
const load = loader._load.bind(Module);
loader._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));
