// A VS Code window as its user has it: mouse, keyboard and what can be seen, nothing else.
// `Workbench.start` brings up a server of its own with the packaged extension and a new browser profile.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { sharedBrowser } from './browser';
import { once } from './log';
import { ensureDir, outDir, removeDir, temporaryDir, vsixPath } from './paths';
import { type Server, folderUrl, installExtension, startServer } from './server';
import { type Match, matches, patience, until } from './wait';

export type Theme = 'light' | 'dark' | 'hc' | 'hcLight';

/** The settings' name of each theme and the class the workbench has when it is on. */
const themes: Record<Theme, { readonly name: string; readonly look: string }> = {
  light: { name: 'Default Light Modern', look: 'vs' },
  dark: { name: 'Default Dark Modern', look: 'vs-dark' },
  hc: { name: 'Default High Contrast', look: 'hc-black' },
  hcLight: { name: 'Default High Contrast Light', look: 'hc-light' },
};

/** A quiet window: nothing but the extension under test shows up or goes to the network. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // The desktop's default; in a browser VS Code saves by itself.
  'files.autoSave': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.autoDetectColorScheme': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export interface WorkbenchOptions {
  /** For the server and the extension host, e.g. `{ EXOTEL_SIP_DEMO: '1' }`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** User settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files of the workspace folder: relative path -> text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default `dark`. */
  readonly theme?: Theme;
  /** Folder with another build of the extension; default: the one packaged for this run. */
  readonly extensionsDir?: string;
  /** Default 1400 x 1000. */
  readonly size?: { readonly width: number; readonly height: number };
}

export interface Row {
  /** The label alone. */
  readonly text: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** 1 for the roots. */
  readonly level: number;
  /** undefined for a row that has no children. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** undefined for a row without a checkbox. */
  readonly checked: boolean | undefined;
  /** The theme icon's name, or undefined. */
  readonly icon: string | undefined;
}

export interface Pick {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Only in a list where several can be picked. */
  readonly checked: boolean | undefined;
}

export interface QuickInputState {
  readonly title: string;
  /** `2/4` of a sequence, or empty. */
  readonly step: string;
  readonly placeholder: string;
  readonly value: string;
  /** Prompt or validation message under the box. */
  readonly message: string;
  readonly severity: 'info' | 'warning' | 'error' | undefined;
  readonly password: boolean;
  readonly picks: readonly Pick[];
}

export interface Notification {
  readonly message: string;
  readonly severity: 'info' | 'warning' | 'error' | 'progress';
  readonly buttons: readonly string[];
}

export interface Dialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** The one VSIX of this run, installed once and used by every server read-only. */
export const installedExtensions = once(async (): Promise<string> => {
  const dir = temporaryDir('extensions');
  const extensionsDir = join(dir, 'extensions');
  await installExtension(vsixPath(), { dataDir: join(dir, 'data'), extensionsDir });
  return extensionsDir;
});

/** Windows now open, for the pictures a failing test leaves. */
export const openWorkbenches = new Set<Workbench>();

export class Workbench {
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: ModalDialog;
  readonly editor: Editor;
  readonly tree: Tree;
  /** What the page's console said: errors of the window, and of webviews. */
  readonly console: string[] = [];
  private currentPage: Page;

  private constructor(
    readonly server: Server,
    /** The workspace folder on disk. */
    readonly folder: string,
    /** What the server keeps of this window: settings, state, logs, backups, and the workspace folder. */
    readonly home: string,
    private readonly settings: Record<string, unknown>,
    private readonly size: { readonly width: number; readonly height: number },
    private context: BrowserContext,
    page: Page,
  ) {
    this.currentPage = page;
    this.quickInput = new QuickInput(this);
    this.notifications = new Notifications(this);
    this.dialog = new ModalDialog(this);
    this.editor = new Editor(this);
    this.tree = new Tree(this, '.part.sidebar');
  }

  /** A new server, a new profile, a new workspace folder, the packaged extension, the window open. */
  static async start(options: WorkbenchOptions = {}): Promise<Workbench> {
    const extensionsDir = options.extensionsDir ?? (await installedExtensions());
    const home = temporaryDir('window');
    const folder = ensureDir(join(home, 'workspace'));
    for (const [path, text] of Object.entries(options.files ?? {})) {
      ensureDir(join(folder, path, '..'));
      writeFileSync(join(folder, path), text);
    }
    const theme = themes[options.theme ?? 'dark'].name;
    const settings = { ...quietSettings, 'workbench.colorTheme': theme, ...options.settings };
    writeFileSync(settingsFile(home), JSON.stringify(settings));
    const dataDir = join(home, 'data');
    const server = await startServer({ dataDir, extensionsDir, env: options.env ?? {} });
    const size = options.size ?? { width: 1400, height: 1000 };
    const context = await newProfile(server, size);
    const page = await context.newPage();
    const bench = new Workbench(server, folder, home, settings, size, context, page);
    bench.listen();
    openWorkbenches.add(bench);
    try {
      await bench.open();
    } catch (error) {
      await keepEvidence('start of the window');
      await bench.stop();
      throw error;
    }
    return bench;
  }

  /** Playwright's page, for what this class has no word for. */
  get page(): Page {
    return this.currentPage;
  }

  async stop(): Promise<void> {
    openWorkbenches.delete(this);
    await this.context.close();
    await this.server.stop();
    removeDir(this.home);
  }

  /** Opens a folder (default: the workspace folder) in the window, or reloads it. */
  async open(folder = this.folder): Promise<void> {
    await this.page.goto(folderUrl(this.server, folder), { timeout: patience });
    await this.ready();
  }

  /** Reloads the window: the extension host starts anew, the profile stays. */
  async reload(): Promise<void> {
    await this.page.reload({ timeout: patience });
    await this.ready();
  }

  /** Closes the window and opens another with an empty browser profile: the secrets are gone. */
  async openInNewProfile(): Promise<void> {
    await this.context.close();
    this.context = await newProfile(this.server, this.size);
    this.currentPage = await this.context.newPage();
    this.listen();
    await this.open();
  }

  /** Runs a command from the palette, by its title with or without category. */
  async runCommand(title: string): Promise<void> {
    const found = (label: string): boolean => label === title || label.endsWith(`: ${title}`);
    // The palette knows the commands of the moment it opens: look again while extensions start.
    await until(`the command "${title}"`, async () => {
      await this.openPalette();
      await this.page.keyboard.insertText(title);
      const listed = async (): Promise<Pick | undefined> => {
        const { picks } = await this.quickInput.read();
        return (
          picks.find(({ label }) => label === title) ?? picks.find(({ label }) => found(label))
        );
      };
      try {
        const { label } = await until('its entry', listed, 3000);
        await this.quickInput.pick(label);
        return true;
      } catch {
        await this.page.keyboard.press('Escape');
        await this.quickInput.waitForClosed();
        return undefined;
      }
    });
    await until('the palette to close', async () => {
      const { value } = await this.quickInput.read();
      return !value.startsWith('>') || !(await this.quickInput.visible());
    });
  }

  /** All the titles the palette offers for `text`. */
  async commandsFor(text: string): Promise<string[]> {
    await this.openPalette();
    await this.page.keyboard.insertText(text);
    const listed = async (): Promise<string[]> => {
      const labels = (await this.quickInput.read()).picks.map(({ label }) => label);
      return labels.filter((label) => label.toLowerCase().includes(text.toLowerCase()));
    };
    const titles = new Set<string>();
    // The list holds only the rows in view: page through it until it shows nothing new.
    for (;;) {
      const page = await until('a settled palette', async () => {
        const before = await listed();
        const after = await listed();
        return after.length > 0 && JSON.stringify(before) === JSON.stringify(after) && after;
      });
      const fresh = page.filter((title) => !titles.has(title));
      if (fresh.length === 0) break;
      for (const title of fresh) titles.add(title);
      await this.page.keyboard.press('PageDown');
      await this.page.keyboard.press('PageDown');
    }
    await this.quickInput.escape();
    return [...titles].sort();
  }

  /** Shows the extension's view container (or another) and puts the focus there. */
  async openView(title = 'Exotel SIP Trunks'): Promise<void> {
    // The icon would hide a view that is just coming up; the command never hides.
    await this.runCommand(`View: Show ${title}`);
    const heading = this.page.locator('.part.sidebar .composite.title h2');
    await until(`the view "${title}"`, async () => {
      const shown = (await heading.count()) > 0 ? await heading.first().innerText() : '';
      return shown.toLowerCase().startsWith(title.toLowerCase());
    });
  }

  /** Presses a button of the view's title bar, by its label. */
  async viewAction(label: string): Promise<void> {
    const header = this.page.locator('.part.sidebar .title, .part.sidebar .pane-header');
    await this.page.locator('.part.sidebar .pane-body').first().hover();
    await header.locator(labelled(label)).first().click({ timeout: patience });
  }

  /** The text of the welcome page of the view with this name, and of the message above its tree. */
  async viewText(view = 'Exotel SIP Trunks'): Promise<string> {
    const header = this.page.locator(`.pane-header[aria-label^="${view}"]`);
    const parts = this.page
      .locator('.part.sidebar .pane')
      .filter({ has: header })
      .locator(
        '.welcome-view-content:visible, .tree-explorer-viewlet-tree-view > .message:visible',
      );
    return (await parts.allInnerTexts()).join('\n').trim();
  }

  /** Waits until the welcome page or message says `match`. */
  waitForViewText(match: Match, view?: string): Promise<string> {
    return until(`the view to say ${String(match)}`, async () => {
      const text = await this.viewText(view);
      return (typeof match === 'string' ? text.includes(match) : match.test(text)) && text;
    });
  }

  /** Presses a button or link of the view's welcome page. */
  async pressWelcome(label: Match): Promise<void> {
    const content = this.page.locator('.part.sidebar .welcome-view-content:visible');
    const button = content.locator('.monaco-button, a').getByText(label, { exact: true });
    await button.first().click({ timeout: patience });
  }

  /** Texts of the status bar's items, with what a screen reader says of each. */
  async statusBar(): Promise<{ readonly text: string; readonly ariaLabel: string }[]> {
    return this.ask(`[...document.querySelectorAll('.statusbar-item')].map((item) => ({
      text: item.innerText.trim(),
      ariaLabel: (item.getAttribute('aria-label') ?? item.querySelector('a')?.getAttribute('aria-label') ?? ''),
    }))`);
  }

  /** Waits for a status bar item whose text matches; gives the text. */
  waitForStatus(match: Match): Promise<string> {
    return until(`a status bar item ${String(match)}`, async () => {
      const items = await this.statusBar();
      return items.find(({ text }) => matches(text, match))?.text;
    });
  }

  async clickStatus(match: Match): Promise<void> {
    await this.waitForStatus(match);
    await this.page.locator('.statusbar-item').filter({ hasText: match }).first().click();
  }

  /** What was last copied, by the extension or the editor. */
  async clipboard(): Promise<string> {
    return this.ask('navigator.clipboard.readText()');
  }

  /** The document inside the visible webview, or inside the one whose page has this title or heading. */
  webview(match?: Match): Promise<Frame> {
    return until('a webview', async () => {
      for (const outer of await this.page.locator('iframe.webview.ready').all()) {
        if (!(await outer.isVisible())) continue;
        const host = await (await outer.elementHandle()).contentFrame();
        const inner = await host?.locator('#active-frame').elementHandle({ timeout: 1000 });
        const frame = await inner?.contentFrame();
        if (frame === null || frame === undefined) continue;
        if (match === undefined) return frame;
        const text = await frame.locator('body').innerText({ timeout: 1000 });
        if (typeof match === 'string' ? text.includes(match) : match.test(text)) return frame;
      }
      return undefined;
    });
  }

  /** Changes one user setting in settings.json, opened and saved in the window. */
  async setting(key: string, value: unknown): Promise<void> {
    this.settings[key] = value;
    await this.runCommand('Preferences: Open User Settings (JSON)');
    await this.editor.waitForTab('settings.json');
    await this.editor.replace(JSON.stringify(this.settings));
    await this.press('Control+S');
    await until('the settings to be saved', () => {
      const saved = readFileSync(settingsFile(this.home), 'utf8');
      return Promise.resolve(saved === JSON.stringify(this.settings));
    });
    await this.runCommand('View: Close Editor');
  }

  /** Changes the colour theme and waits until it is on. */
  async setTheme(theme: Theme): Promise<void> {
    await this.setting('workbench.colorTheme', themes[theme].name);
    const on = this.page.locator(`.monaco-workbench.${themes[theme].look}`);
    await on.waitFor({ timeout: patience });
  }

  /** A picture in out/screenshots/. */
  async screenshot(name: string): Promise<string> {
    const path = join(ensureDir(join(outDir, 'screenshots')), `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    return path;
  }

  /** Everything that can be read in the window. */
  async text(): Promise<string> {
    const texts = await Promise.all(
      this.page.frames().map((frame) =>
        frame
          .locator('body')
          .innerText({ timeout: 2000 })
          .catch(() => ''),
      ),
    );
    return texts.filter((text) => text.trim() !== '').join('\n----\n');
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Evaluates an expression in the window, to read what it shows. */
  ask<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(expression);
  }

  /** F1, again if need be: a window that is still starting does not hear it. */
  private async openPalette(): Promise<void> {
    await until('the command palette', async () => {
      const { value } = await this.quickInput.read();
      if (value.startsWith('>')) return true;
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget:visible').waitFor({ timeout: 2000 });
      return undefined;
    });
  }

  private listen(): void {
    this.page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.console.push(`${message.type()}: ${message.text()}`);
      }
    });
    this.page.on('pageerror', (error) => this.console.push(`uncaught: ${error.message}`));
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: patience });
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: patience });
  }
}

function settingsFile(home: string): string {
  return join(ensureDir(join(home, 'data', 'User')), 'settings.json');
}

async function newProfile(
  server: Server,
  viewport: { readonly width: number; readonly height: number },
): Promise<BrowserContext> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { ...viewport }, locale: 'en-US' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  return context;
}

/** The rows of a tree view. Rows outside the visible part are not there: use a tall window. */
export class Tree {
  constructor(
    private readonly bench: Workbench,
    private readonly scope: string,
  ) {}

  /** The rows now, from top to bottom. */
  rows(): Promise<Row[]> {
    return this.bench.ask<Row[]>(`(() => {
      const rows = [...document.querySelectorAll('${this.scope} .monaco-list-rows > .monaco-list-row')];
      const shown = rows.filter((row) => row.offsetParent !== null);
      const place = (row) => [row.closest('.monaco-list').getBoundingClientRect().top, Number(row.dataset.index)];
      shown.sort((a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1]);
      const text = (row, selector) => (row.querySelector(selector)?.textContent ?? '').trim();
      return shown.map((row) => {
        const expanded = row.getAttribute('aria-expanded');
        const box = row.querySelector('.custom-view-tree-node-item-checkbox');
        const icon = [...(row.querySelector('.custom-view-tree-node-item-icon')?.classList ?? [])]
          .find((name) => /^codicon-(?!modifier)/.test(name));
        return {
          text: text(row, '.label-name'),
          description: text(row, '.label-description'),
          ariaLabel: row.getAttribute('aria-label') ?? '',
          level: Number(row.getAttribute('aria-level') ?? 1),
          expanded: expanded === null ? undefined : expanded === 'true',
          selected: row.getAttribute('aria-selected') === 'true',
          checked: box === null ? undefined : box.getAttribute('aria-checked') === 'true',
          icon: icon?.slice('codicon-'.length),
        };
      });
    })()`);
  }

  /** Waits for a row with this label and gives it. */
  row(match: Match): Promise<Row> {
    return until(`the row ${String(match)}`, async () => {
      return (await this.rows()).find(({ text }) => matches(text, match));
    });
  }

  /** Waits until the rows are as `check` wants them; gives them. */
  waitFor(what: string, check: (rows: readonly Row[]) => boolean): Promise<Row[]> {
    return until(what, async () => {
      const rows = await this.rows();
      return check(rows) && rows;
    });
  }

  async waitForNoRow(match: Match): Promise<void> {
    await this.waitFor(`no row ${String(match)}`, (rows) =>
      rows.every(({ text }) => !matches(text, match)),
    );
  }

  /** The rows directly below `match`, once they are loaded; expands it first. */
  async children(match: Match): Promise<Row[]> {
    const parent = await this.expand(match);
    return until(`the children of ${String(match)}`, async () => {
      const rows = await this.rows();
      const start = rows.findIndex(({ text }) => matches(text, match));
      const below = rows.slice(start + 1);
      const end = below.findIndex(({ level }) => level <= parent.level);
      const inside = end === -1 ? below : below.slice(0, end);
      const children = inside.filter(({ level }) => level === parent.level + 1);
      const loaded = children.every(({ icon }) => icon !== 'loading');
      return children.length > 0 && loaded && children;
    });
  }

  /**
   * Waits a moment, too: once what is beneath a trunk is read its row says what is missing, and while VS Code
   * draws it again its buttons reach their commands without their row.
   */
  async expand(match: Match): Promise<Row> {
    const row = await this.toggle(match, true);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return row;
  }

  async collapse(match: Match): Promise<Row> {
    return this.toggle(match, false);
  }

  async click(match: Match): Promise<void> {
    await (await this.label(match)).click();
  }

  async doubleClick(match: Match): Promise<void> {
    await (await this.label(match)).dblclick();
  }

  /** Adds a row to the selection. */
  async select(match: Match, modifier: 'Control' | 'Shift' = 'Control'): Promise<void> {
    await (await this.label(match)).click({ modifiers: [modifier] });
  }

  /** Ticks or unticks the row's checkbox. */
  async check(match: Match): Promise<void> {
    await (await this.locate(match)).locator('.custom-view-tree-node-item-checkbox').click();
  }

  /** What hovering the row shows. */
  async tooltip(match: Match): Promise<string> {
    const hover = this.bench.page.locator('.monaco-hover:visible').first();
    const text = await until(`the tooltip of ${String(match)}`, async () => {
      // A row that was drawn again beneath a resting pointer does not notice it.
      await this.bench.page.mouse.move(700, 2);
      await hover.waitFor({ state: 'hidden', timeout: 5000 });
      await (await this.label(match)).hover();
      await hover.waitFor({ timeout: 5000 });
      const shown = (await hover.innerText({ timeout: 2000 })).trim();
      return shown !== '' && shown !== 'Loading...' && shown;
    });
    await this.bench.page.mouse.move(700, 2);
    return text;
  }

  /** Presses an inline button of the row, by its label. */
  async action(match: Match, label: string): Promise<void> {
    const row = await this.locate(match);
    await row.hover();
    await row.locator(labelled(label)).first().click({ timeout: patience });
  }

  /** The labels of the row's inline buttons. */
  async actions(match: Match): Promise<string[]> {
    const row = await this.locate(match);
    await row.hover();
    const labels = await row.locator('.actions .action-label').all();
    const names = await Promise.all(labels.map((label) => label.getAttribute('aria-label')));
    return names.filter((name) => name !== null);
  }

  /** Right-clicks the row and chooses an item; further names go down submenus. */
  async contextMenu(match: Match, ...path: readonly [string, ...string[]]): Promise<void> {
    await (await this.label(match)).click({ button: 'right' });
    await chooseFromMenu(this.bench.page, path);
  }

  /** Right-clicks the row and leaves its menu open. */
  async openContextMenu(match: Match): Promise<Locator> {
    await (await this.label(match)).click({ button: 'right' });
    const menu = this.bench.page.locator('.monaco-menu').first();
    await menu.locator('.action-label').first().waitFor({ timeout: patience });
    return menu;
  }

  /** The items of the row's context menu, which is closed again. */
  async contextMenuItems(match: Match): Promise<string[]> {
    const menu = await this.openContextMenu(match);
    const items = await menu.locator('.action-item:not(.disabled) .action-label').allInnerTexts();
    await this.bench.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached', timeout: patience });
    return items.map((item) => item.trim()).filter((item) => item !== '');
  }

  /** Puts the keyboard focus on the row without running its command. */
  async focus(match: Match): Promise<void> {
    await (await this.label(match)).click({ button: 'right' });
    await this.bench.page.locator('.monaco-menu').first().waitFor({ timeout: patience });
    await this.bench.page.keyboard.press('Escape');
    await this.bench.page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
  }

  private async toggle(match: Match, wanted: boolean): Promise<Row> {
    const known = await this.row(match);
    if (known.expanded === undefined) throw new Error(`The row "${known.text}" has no children.`);
    return until(`the row ${String(match)} to ${wanted ? 'expand' : 'collapse'}`, async () => {
      const now = await this.row(match);
      if (now.expanded === wanted) return now;
      await (await this.locate(match)).locator('.monaco-tl-twistie').click();
      return until(
        'the row to turn',
        async () => {
          const row = await this.row(match);
          return row.expanded === wanted && row;
        },
        3000,
      );
    });
  }

  /** The row on the page, also when others come and go above it. Of equal labels the first one counts. */
  private async locate(match: Match): Promise<Locator> {
    const { text, ariaLabel } = await this.row(match);
    const { page } = this.bench;
    const exactly = new RegExp(`^\\s*${text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\s*$`);
    const rows = page
      .locator(`${this.scope} .monaco-list-row:visible`)
      .filter({ has: page.locator('.label-name').filter({ hasText: exactly }) });
    if ((await rows.count()) < 2) return rows;
    const spoken = `[aria-label=${JSON.stringify(ariaLabel)}]`;
    return rows.and(page.locator(spoken)).first();
  }

  private async label(match: Match): Promise<Locator> {
    return (await this.locate(match)).locator('.monaco-icon-label').first();
  }
}

/** A button by its label; VS Code appends its keys in parentheses. */
function labelled(label: string): string {
  const button = (attribute: string): string => `.action-label[aria-label${attribute}]:visible`;
  return `${button(`="${label}"`)}, ${button(`^="${label} ("`)}`;
}

/** Walks an open menu and its submenus; a menu that just opened may swallow the first click. */
async function chooseFromMenu(page: Page, path: readonly string[]): Promise<void> {
  for (const [depth, name] of path.entries()) {
    const menu = page.locator('.monaco-menu').nth(depth);
    await menu.waitFor({ timeout: patience });
    const item = menu
      .locator('.action-item:not(.disabled) > .action-menu-item')
      .filter({ has: page.locator(`.action-label[aria-label="${name}"]`) })
      .first();
    await item.waitFor({ timeout: 5000 }).catch(async () => {
      const names = (await menu.locator('.action-label').allInnerTexts()).join(' | ');
      await page.keyboard.press('Escape');
      throw new Error(`The menu has no "${name}": ${names}`);
    });
    const last = depth === path.length - 1;
    await until(`the menu item "${name}"`, async () => {
      if (last && (await page.locator('.monaco-menu').count()) === 0) return true;
      await item.hover({ timeout: 2000 });
      await item.click({ timeout: 2000 });
      const done = last
        ? page.locator('.monaco-menu').first()
        : page.locator('.monaco-menu').nth(depth + 1);
      await done.waitFor({ state: last ? 'detached' : 'visible', timeout: 2000 });
      return true;
    });
  }
}

/** The box at the top: input boxes, pick lists, file dialogs. */
export class QuickInput {
  constructor(private readonly bench: Workbench) {}

  private get widget(): Locator {
    return this.bench.page.locator('.quick-input-widget');
  }

  visible(): Promise<boolean> {
    return this.widget.isVisible();
  }

  /** What the box shows now; an empty state when it is closed. */
  read(): Promise<QuickInputState> {
    return this.bench.ask<QuickInputState>(`(() => {
      const widget = document.querySelector('.quick-input-widget');
      const open = widget !== null && widget.style.display !== 'none';
      const find = (selector) => (open ? widget.querySelector(selector) : null);
      const text = (element, selector) => (element?.querySelector(selector)?.textContent ?? '').trim();
      const shown = (element) => element !== null && element.offsetParent !== null;
      const visibleText = (element, selector) => {
        const found = element.querySelector(selector);
        return shown(found) ? (found.textContent ?? '').trim() : '';
      };
      const box = find('.quick-input-box input');
      const inputBox = find('.quick-input-box .monaco-inputbox');
      const message = find('.quick-input-message');
      const severity = ['error', 'warning', 'info'].find((name) => inputBox?.classList.contains(name));
      const count = find('.quick-input-title');
      const rows = open ? [...widget.querySelectorAll('.quick-input-list .monaco-list-row')] : [];
      rows.sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index));
      const several = shown(find('.quick-input-header > [role=checkbox], .quick-input-check-all'));
      const title = shown(find('.quick-input-titlebar')) ? (count?.textContent ?? '').trim() : '';
      const step = /\\s*\\((\\d+\\/\\d+)\\)$/.exec(title);
      return {
        title: step === null ? title : title.slice(0, step.index),
        step: step?.[1] ?? '',
        placeholder: box?.getAttribute('placeholder') ?? '',
        value: box?.value ?? '',
        message: shown(message) ? (message.textContent ?? '').trim() : '',
        severity,
        password: box?.type === 'password',
        picks: rows.filter((row) => row.offsetParent !== null).map((row) => ({
          label: text(row, '.quick-input-list-label .label-name'),
          description: text(row, '.quick-input-list-label .label-description'),
          detail: visibleText(row, '.quick-input-list-label-meta .monaco-icon-label'),
          checked: several ? row.getAttribute('aria-checked') === 'true' : undefined,
        })),
      };
    })()`);
  }

  /** Waits for a step of the dialogue: all that is named must match. */
  waitFor(want: {
    readonly title?: Match;
    readonly step?: string;
    readonly placeholder?: Match;
    readonly value?: Match;
    readonly message?: Match;
    readonly pick?: Match;
  }): Promise<QuickInputState> {
    const { pick } = want;
    return until(`the quick input ${describe(want)}`, async () => {
      if (!(await this.visible())) return undefined;
      const state = await this.read();
      const fits = (['title', 'step', 'placeholder', 'value', 'message'] as const).every((key) => {
        const match = want[key];
        return match === undefined || matches(state[key], match);
      });
      const listed = pick === undefined || state.picks.some(({ label }) => matches(label, pick));
      return fits && listed && state;
    });
  }

  async waitForClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden', timeout: patience });
  }

  /** Replaces what is in the box. */
  async type(text: string): Promise<void> {
    const box = this.widget.locator('.quick-input-box input');
    await box.waitFor({ timeout: patience });
    await box.fill(text);
  }

  /** Enter. */
  async accept(): Promise<void> {
    await this.widget.locator('.quick-input-box input').press('Enter');
  }

  async typeAndAccept(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /** Chooses an entry by its label. */
  async pick(match: Match): Promise<void> {
    await this.waitFor({ pick: match });
    await (await this.entry(match)).click({ timeout: patience });
  }

  /** Ticks an entry of a list where several can be picked. */
  async check(match: Match, ticked = true): Promise<void> {
    await this.waitFor({ pick: match });
    const entry = await this.entry(match);
    if ((await entry.getAttribute('aria-checked')) === String(ticked)) return;
    await entry.click({ timeout: patience });
  }

  /** The OK button of a list where several can be picked. */
  async ok(): Promise<void> {
    await this.widget.locator('.quick-input-action .monaco-button').first().click();
  }

  /** The Back button. */
  async back(): Promise<void> {
    await this.button('Back');
  }

  /** A button of the title bar or beside the box, by its tooltip. */
  async button(label: string): Promise<void> {
    await this.widget.locator(labelled(label)).first().click({ timeout: patience });
  }

  /** A button of an entry, by its tooltip. */
  async entryButton(match: Match, label: string): Promise<void> {
    await this.waitFor({ pick: match });
    const entry = await this.entry(match);
    await entry.hover();
    await entry.locator(labelled(label)).first().click({ timeout: patience });
  }

  async escape(): Promise<void> {
    await this.bench.page.keyboard.press('Escape');
  }

  private async entry(match: Match): Promise<Locator> {
    const rows = this.widget.locator('.quick-input-list .monaco-list-row');
    for (const row of await rows.all()) {
      const label = (await row.locator('.label-name').first().textContent()) ?? '';
      if (matches(label.trim(), match)) return row;
    }
    return rows.filter({ hasText: match }).first();
  }
}

function describe(want: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(want).map(([key, value]) => `${key} ${String(value)}`);
  return parts.length === 0 ? 'to open' : `with ${parts.join(', ')}`;
}

/** A modal dialog in the middle of the window. */
export class ModalDialog {
  constructor(private readonly bench: Workbench) {}

  visible(): Promise<boolean> {
    return this.bench.page.locator('.monaco-dialog-box').isVisible();
  }

  /** Waits for a dialog (whose message matches) and reads it. */
  read(match: Match = /./): Promise<Dialog> {
    return until(`a dialog ${String(match)}`, async () => {
      const box = this.bench.page.locator('.monaco-dialog-box');
      if (!(await box.isVisible())) return undefined;
      const texts = async (selector: string): Promise<string[]> =>
        (await box.locator(selector).allInnerTexts()).map((text) => text.trim());
      const [message = ''] = await texts('.dialog-message-text');
      const [detail = ''] = await texts('.dialog-message-detail');
      const buttons = await texts('.dialog-buttons .monaco-button');
      return matches(message, match) && { message, detail, buttons };
    });
  }

  /** Presses a button and waits until the dialog is gone. */
  async press(button: string): Promise<void> {
    const box = this.bench.page.locator('.monaco-dialog-box');
    const choice = box.locator('.dialog-buttons .monaco-button').getByText(button, { exact: true });
    await choice.click({ timeout: patience });
    await box.waitFor({ state: 'detached', timeout: patience });
  }
}

/** The messages at the bottom right. */
export class Notifications {
  constructor(private readonly bench: Workbench) {}

  /** What is shown now, the newest first. */
  all(): Promise<Notification[]> {
    return this.bench.ask<Notification[]>(`[...document.querySelectorAll(
      '.notifications-toasts .notification-list-item, .notifications-center.visible .notification-list-item',
    )].map((item) => ({
      message: (item.querySelector('.notification-list-item-message')?.textContent ?? '').trim(),
      severity: ['error', 'warning', 'info'].find((name) =>
        item.querySelector('.notification-list-item-icon')?.classList.contains('codicon-' + name)) ?? 'progress',
      buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')]
        .filter((button) => !button.closest('.monaco-dropdown-button'))
        .map((button) => (button.textContent ?? '').trim()).filter((label) => label !== ''),
    }))`);
  }

  /** Waits for a message that matches. */
  waitFor(match: Match): Promise<Notification> {
    return until(`a notification ${String(match)}`, async () => {
      return (await this.all()).find(({ message }) => matches(message, match));
    });
  }

  async waitForNone(match: Match): Promise<void> {
    await until(`no notification ${String(match)}`, async () => {
      return (await this.all()).every(({ message }) => !matches(message, match));
    });
  }

  /** Presses a button of the message that matches. */
  async press(match: Match, button: string): Promise<void> {
    await this.waitFor(match);
    const item = await this.item(match);
    await item.hover();
    const choice = item.locator('.notification-list-item-buttons-container .monaco-button');
    await choice.getByText(button, { exact: true }).first().click({ timeout: patience });
  }

  /** Cancels the progress message that matches, with its Cancel button. */
  async cancel(match: Match): Promise<void> {
    await this.press(match, 'Cancel');
  }

  async clear(): Promise<void> {
    await this.bench.runCommand('Notifications: Clear All Notifications');
    await until('no notifications', async () => (await this.all()).length === 0);
  }

  private async item(match: Match): Promise<Locator> {
    const items = this.bench.page.locator('.notification-list-item:visible');
    for (const item of await items.all()) {
      const message = item.locator('.notification-list-item-message');
      if (matches(((await message.textContent()) ?? '').trim(), match)) return item;
    }
    return items.first();
  }
}

/** The text editors. */
export class Editor {
  constructor(private readonly bench: Workbench) {}

  private get active(): Locator {
    return this.bench.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** The titles of the open tabs. */
  tabs(): Promise<string[]> {
    // Newer versions set the file name's extension apart.
    const text = `[...tab.querySelectorAll('.label-name, .label-suffix')]
      .map((part) => part.textContent).join('').trim()`;
    return this.bench.ask(
      `[...document.querySelectorAll('.tabs-container .tab')].map((tab) => ${text})`,
    );
  }

  async waitForTab(match: Match): Promise<string> {
    return until(`the tab ${String(match)}`, async () => {
      return (await this.tabs()).find((title) => matches(title, match));
    });
  }

  /** Opens a file of the workspace folder from the keyboard. */
  async open(path: string): Promise<void> {
    await this.bench.press('Control+P');
    await this.bench.quickInput.waitFor({ placeholder: /./ });
    await this.bench.quickInput.type(path);
    const name = path.split('/').at(-1) ?? path;
    await this.bench.quickInput.waitFor({ pick: name });
    await this.bench.quickInput.accept();
    await this.waitForTab(name);
    await this.focus();
  }

  async focus(): Promise<void> {
    await this.active.waitFor({ timeout: patience });
    const focused = this.bench.page.locator(
      '.editor-group-container.active .monaco-editor.focused',
    );
    if ((await focused.count()) > 0) return;
    await this.bench.runCommand('View: Focus Active Editor Group');
    await focused.first().waitFor({ timeout: patience });
  }

  /** The whole text of the active editor, copied as a user would; read-only documents too. */
  async read(): Promise<string> {
    await this.focus();
    const marker = `nothing copied yet ${Date.now()}`;
    await this.bench.ask(`navigator.clipboard.writeText(${JSON.stringify(marker)})`);
    await this.bench.press('Control+A');
    await this.bench.press('Control+C');
    const text = await until('the copied text', async () => {
      const copied = await this.bench.clipboard();
      return copied !== marker && { copied };
    });
    await this.bench.press('Control+Home');
    return text.copied.replaceAll('\r\n', '\n');
  }

  /** Waits until the active editor's text matches. */
  async waitForText(match: Match): Promise<string> {
    return until(`an editor with ${String(match)}`, async () => {
      const text = await this.read();
      return (typeof match === 'string' ? text.includes(match) : match.test(text)) && text;
    });
  }

  /** Replaces the whole text by pasting: typed text would get closing brackets of its own. */
  async replace(text: string): Promise<void> {
    if ((await this.read()) === text) return;
    await this.bench.press('Control+A');
    if (text === '') {
      await this.bench.press('Delete');
    } else {
      await this.bench.ask(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
      await this.bench.press('Control+V');
    }
    await this.bench.page
      .locator('.tabs-container .tab.active.dirty')
      .waitFor({ timeout: patience });
  }

  /** Types at the cursor, key by key, so that suggestions open as they do for a user. */
  async type(text: string): Promise<void> {
    await this.bench.page.keyboard.type(text);
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.focus();
    await this.bench.press('Control+G');
    await this.bench.quickInput.waitFor({ value: /^:/ });
    await this.bench.quickInput.type(`:${line}:${column}`);
    await this.bench.quickInput.accept();
    await this.bench.quickInput.waitForClosed();
  }

  /** Saves the file and gives what is then on the disk. */
  async save(path: string): Promise<string> {
    await this.bench.press('Control+S');
    const dirty = this.bench.page.locator('.tabs-container .tab.active.dirty');
    await until('the file to be saved', async () => (await dirty.count()) === 0);
    return readFileSync(join(this.bench.folder, path), 'utf8');
  }

  /** The labels in the suggestion list; Ctrl+Space opens it. */
  async suggestions(): Promise<string[]> {
    await this.bench.press('Control+Space');
    const rows = this.bench.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await rows.first().waitFor({ timeout: patience });
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }

  /** Accepts the suggestion with this label from the open list. */
  async acceptSuggestion(label: string): Promise<void> {
    const rows = this.bench.page.locator('.suggest-widget.visible .monaco-list-row');
    const name = this.bench.page.locator('.label-name').getByText(label, { exact: true });
    await rows.filter({ has: name }).first().click({ timeout: patience });
  }

  /** What hovering the text at the cursor shows. */
  async hover(): Promise<string> {
    await this.bench.runCommand('Show or Focus Hover');
    const hover = this.bench.page.locator('.monaco-hover .hover-contents:visible');
    await hover.first().waitFor({ timeout: patience });
    return (await hover.allInnerTexts()).join('\n').trim();
  }

  /** The titles of the code actions at the cursor; the list is closed again. */
  async codeActions(): Promise<string[]> {
    const titles = await this.openCodeActions();
    await this.bench.press('Escape');
    return titles;
  }

  /** Runs the code action with this title at the cursor. */
  async runCodeAction(match: Match): Promise<void> {
    const titles = await this.openCodeActions();
    const index = titles.findIndex((title) => matches(title, match));
    if (index === -1) throw new Error(`No code action ${String(match)}: ${titles.join(' | ')}`);
    const rows = this.bench.page.locator('.action-widget .monaco-list-row.action');
    await rows.nth(index).click({ timeout: patience });
  }

  /** The texts of the code lenses in the visible part. */
  async codeLenses(): Promise<string[]> {
    const lenses = this.bench.page.locator('.codelens-decoration a');
    return (await lenses.allInnerTexts()).map((text) => text.trim());
  }

  async pressCodeLens(match: Match): Promise<void> {
    const lenses = this.bench.page.locator('.codelens-decoration a');
    await lenses.filter({ hasText: match }).first().click({ timeout: patience });
  }

  /** The problems VS Code lists for all files now: the message of each. */
  async problems(): Promise<string[]> {
    const view = this.bench.page.locator('.markers-panel');
    if (!(await view.isVisible())) await this.bench.runCommand('Problems: Focus on Problems View');
    await view.waitFor({ timeout: patience });
    const rows = view.locator('.monaco-list-row .marker-message-line');
    return (await rows.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? '');
  }

  /** Waits until a problem's message matches. */
  waitForProblem(match: Match): Promise<string> {
    return until(`the problem ${String(match)}`, async () => {
      return (await this.problems()).find((message) => matches(message, match));
    });
  }

  /** Closes every tab; unsaved changes ask. */
  async closeAll(): Promise<void> {
    await this.bench.runCommand('View: Close All Editors');
    await until('no tabs', async () => (await this.tabs()).length === 0);
  }

  private async openCodeActions(): Promise<string[]> {
    await this.bench.press('Control+.');
    const rows = this.bench.page.locator('.action-widget .monaco-list-row.action');
    await rows.first().waitFor({ timeout: patience });
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }
}

/** Leaves a picture, the text and the console of every open window under out/e2e-failures/. */
export async function keepEvidence(name: string): Promise<void> {
  const dir = join(outDir, 'e2e-failures');
  mkdirSync(dir, { recursive: true });
  const base = name.replaceAll(/[^\w-]+/g, '-').slice(0, 120);
  let index = 0;
  for (const bench of openWorkbenches) {
    const file = join(dir, index === 0 ? base : `${base}-${index}`);
    index += 1;
    await bench.page.screenshot({ path: `${file}.png`, timeout: 5000 }).catch(() => undefined);
    const text = await bench.text().catch(() => '');
    const output = bench.server.program.output.slice(-20_000);
    const parts = [text, 'Console of the window:', ...bench.console, 'The server:', output];
    writeFileSync(`${file}.txt`, parts.join('\n'));
  }
}

/** Closes every window a test left open. */
export async function closeWorkbenches(): Promise<void> {
  await Promise.all([...openWorkbenches].map((bench) => bench.stop()));
}
