/**
 * webview/: the panel's browser side.
 *
 * The upper half of the page: heading, facts to copy, credentials, what is set up at Exotel, and the
 * three use cases.
 */
import type {
  CredentialView,
  Fact,
  FieldView,
  Fix,
  ListView,
  PanelStrings,
  StepView,
  ToHost,
  TrunkView,
  UseCaseView,
} from '../pages/panel/panel-protocol';
import { breakable, type Child, fill, h, icon, say, spoken } from './dom';
import { PasswordReveal } from './reveal';
import { button } from './toolkit';

export type Send = (message: ToHost) => void;

export interface Context {
  readonly strings: PanelStrings;
  readonly fields: readonly FieldView[];
  readonly send: Send;
}

export function fixButton(
  fix: Fix,
  { send }: Context,
  key: string,
  userName: string | null = null,
  look: 'primary' | 'secondary' = 'secondary',
): HTMLElement {
  const run = () => send({ type: 'run', command: fix.command, userName });
  return button(fix.label, run, { look, key, disabled: fix.disabled }).element;
}

/** A small button beside a heading. */
function addButton(fix: Fix, iconName: string, key: string, { send }: Context): HTMLElement {
  const run = () => send({ type: 'run', command: fix.command, userName: null });
  return button(fix.label, run, { look: 'icon', iconName, key, disabled: fix.disabled }).element;
}

export class Header {
  readonly element = h('header', { class: 'top' });

  constructor(private readonly context: Context) {}

  update({ title, subtitle, badges, busy, refresh }: TrunkView): void {
    const { send, strings } = this.context;
    fill(this.element, { title, subtitle, badges, busy, refresh }, () => [
      h('h1', {}, title),
      h('p', { class: 'subtitle' }, subtitle),
      ...badges.map((badge) => h('span', { class: 'badge' }, badge)),
      h(
        'p',
        { class: 'busy', attributes: { role: 'status' } },
        ...(busy === null ? [] : [icon('loading'), busy]),
      ),
      button(refresh.label, () => send({ type: 'run', command: refresh.command, userName: null }), {
        look: 'icon',
        iconName: 'refresh',
        key: 'refresh',
        spokenLabel: say(strings.refreshThing, title),
      }).element,
    ]);
  }
}

export class Facts {
  readonly #list = h('dl', { class: 'facts' });
  readonly element: HTMLElement;

  constructor(private readonly context: Context) {
    this.element = h('section', {}, h('h2', {}, context.strings.connection), this.#list);
  }

  update(facts: readonly Fact[]): void {
    fill(this.#list, facts, () => facts.map((fact) => this.#row(fact)));
  }

  #row({ id, label, value, copyable, note }: Fact): HTMLElement {
    const { strings, send } = this.context;
    return h(
      'div',
      { class: 'fact' },
      h('dt', {}, label),
      h(
        'dd',
        {},
        h(
          'div',
          { class: 'line' },
          h('span', { class: copyable ? 'value code' : 'value' }, breakable(value)),
          copyable
            ? button(strings.copy, () => send({ type: 'copyFact', fact: id }), {
                look: 'icon',
                iconName: 'copy',
                key: `copy-${id}`,
                spokenLabel: say(strings.copyThing, label),
              }).element
            : null,
        ),
        note === null ? null : h('span', { class: 'note' }, note),
      ),
    );
  }
}

export class Credentials {
  readonly #heading = h('div', { class: 'line' });
  readonly #rows = h('div', { class: 'credentials' });
  readonly #reveal: PasswordReveal;
  readonly element: HTMLElement;

  constructor(private readonly context: Context) {
    this.#reveal = new PasswordReveal(context.strings);
    this.element = h('section', {}, this.#heading, this.#rows);
  }

  update(credentials: readonly CredentialView[], list: ListView): void {
    const { fix } = list;
    fill(this.#heading, { fix, empty: credentials.length === 0 }, () => [
      h('h2', {}, this.context.strings.credentials),
      fix === null || credentials.length === 0
        ? null
        : addButton(fix, 'add', 'add-credential', this.context),
    ]);
    fill(this.#rows, { credentials, list }, () => {
      this.#reveal.hide();
      return [
        ...credentials.map((credential) => this.#row(credential)),
        credentials.length === 0 || list.state === 'failed' ? loadState(list, this.context) : null,
        credentials.length > 0 || list.fix === null || list.state === 'loading'
          ? null
          : fixButton(list.fix, this.context, 'create-credential'),
      ];
    });
  }

  /** The one moment a password is on the page. */
  show(userName: string, password: string): void {
    const places = this.#rows.querySelectorAll<HTMLElement>('.password');
    const place = [...places].find((one) => one.dataset['user'] === userName);
    if (place !== undefined) this.#reveal.show(place, userName, password);
  }

  #row({ userName, detail, known, hint, fix }: CredentialView): HTMLElement {
    const { strings, send } = this.context;
    return h(
      'div',
      { class: 'credential' },
      h(
        'div',
        { class: 'line' },
        icon('key'),
        h('span', { class: 'value code' }, userName),
        button(strings.copy, () => send({ type: 'copyFact', fact: `user:${userName}` }), {
          look: 'icon',
          iconName: 'copy',
          key: `copy-user-${userName}`,
          spokenLabel: say(strings.copyThing, userName),
        }).element,
        detail === null ? null : h('span', { class: 'note' }, detail),
      ),
      known ? this.#password(userName) : null,
      hint === null ? null : h('p', { class: 'hint' }, icon('info'), hint),
      fix === null ? null : fixButton(fix, this.context, `fix-user-${userName}`, userName),
    );
  }

  #password(userName: string): HTMLElement {
    const { strings, send } = this.context;
    const place = h('span', { class: 'password' });
    place.dataset['user'] = userName;
    this.#reveal.mask(place);
    const toggle = button(
      strings.reveal,
      () => {
        if (this.#reveal.isShown(place)) this.#reveal.hide();
        else send({ type: 'revealPassword', userName });
      },
      {
        look: 'icon',
        iconName: 'eye',
        key: `show-${userName}`,
        spokenLabel: say(strings.revealOf, userName),
      },
    ).element;
    // Else the press would first take the focus from the shown password, hide it and show it again.
    toggle.addEventListener('mousedown', (event) => {
      if (this.#reveal.isShown(place)) event.preventDefault();
    });
    const copy = button(strings.copyPassword, () => send({ type: 'copyPassword', userName }), {
      look: 'icon',
      iconName: 'copy',
      key: `copy-password-${userName}`,
      spokenLabel: say(strings.copyPasswordOf, userName),
    }).element;
    return h('div', { class: 'password-row' }, place, toggle, copy);
  }
}

export class Lists {
  readonly #lists = h('div', { class: 'lists' });
  readonly element: HTMLElement;

  constructor(private readonly context: Context) {
    this.element = h('section', {}, h('h2', {}, context.strings.atExotel), this.#lists);
  }

  update(lists: readonly ListView[]): void {
    fill(this.#lists, lists, () => lists.map((list) => this.#list(list)));
  }

  #list(list: ListView): HTMLElement {
    const { items, label, id, fix } = list;
    const count = items.length > 1 ? h('span', { class: 'count' }, String(items.length)) : null;
    const shape = id === 'settings' ? 'edit' : 'add';
    const add = fix === null ? null : addButton(fix, shape, `add-${id}`, this.context);
    return h(
      'div',
      { class: 'list' },
      h('div', { class: 'line' }, h('h3', {}, label, count), add),
      items.length === 0
        ? null
        : h(
            'ul',
            {},
            ...items.map(({ text, detail }) =>
              h(
                'li',
                {},
                h('span', { class: 'code' }, breakable(text)),
                detail === null ? null : h('span', { class: 'note' }, detail),
              ),
            ),
          ),
      items.length === 0 || list.state === 'failed' ? loadState(list, this.context) : null,
    );
  }
}

/** What stands where rows would be: loading, nothing there, or why they could not be had. */
function loadState({ state, note, id }: ListView, { strings, send }: Context): HTMLElement {
  if (state === 'loading') return h('p', { class: 'hint' }, icon('loading'), strings.loading);
  if (state === 'ready') return h('p', { class: 'hint' }, note);
  return h(
    'div',
    {},
    h('p', { class: 'hint failed' }, icon('error'), h('span', {}, note)),
    button(strings.retry, () => send({ type: 'retry' }), {
      look: 'secondary',
      iconName: 'refresh',
      key: `retry-${id}`,
    }).element,
  );
}

const STATE_ICONS = {
  ready: 'pass-filled',
  warning: 'warning',
  missing: 'error',
  unused: 'circle-large',
  loading: 'loading',
  failed: 'question',
} as const;

const STEP_ICONS = {
  ok: 'check',
  info: 'info',
  warning: 'warning',
  problem: 'circle-large',
  unknown: 'question',
  manual: 'circle-large',
} as const;

/** How a step looks: what is doubtful is done all the same. */
const STEP_CLASSES = {
  ok: 'done',
  info: 'done',
  warning: 'warning',
  problem: 'missing',
  unknown: 'unknown',
  manual: 'missing',
} as const;

/** Each use case in a line; unfolded what the trunk is likely for, as long as something is missing. */
export class UseCases {
  readonly #cases = h('div', { class: 'cases' });
  /** Folded and unfolded by hand, by use case. */
  readonly #folds = new Map<string, boolean>();
  readonly element: HTMLElement;

  constructor(private readonly context: Context) {
    this.element = h('section', {}, h('h2', {}, context.strings.readiness), this.#cases);
  }

  update(useCases: readonly UseCaseView[]): void {
    fill(this.#cases, useCases, () => useCases.map((one) => this.#useCase(one)));
  }

  #useCase(useCase: UseCaseView): HTMLElement {
    const { id, label, meaning, state, summary, likely, steps, checkYourself } = useCase;
    const details = h(
      'details',
      { class: `case ${state}` },
      h(
        'summary',
        { key: id },
        icon('chevron-right'),
        h('h3', {}, label),
        h('span', { class: 'state' }, icon(STATE_ICONS[state]), summary),
        h('span', { class: 'note' }, meaning),
      ),
      h(
        'ol',
        { class: 'steps' },
        ...steps.map((step, index) => this.#step(step, `${id}-${index}`)),
      ),
      this.#checks(id, checkYourself),
    );
    return this.#folding(details, id, likely && state !== 'ready');
  }

  #checks(id: string, checks: readonly string[]): HTMLElement {
    const key = `${id}-checks`;
    const details = h(
      'details',
      { class: 'checks' },
      h('summary', { key }, icon('chevron-right'), this.context.strings.checkYourself),
      h('ul', {}, ...checks.map((check) => h('li', {}, breakable(check)))),
    );
    return this.#folding(details, key, false);
  }

  #folding(details: HTMLDetailsElement, key: string, open: boolean): HTMLElement {
    details.open = this.#folds.get(key) ?? open;
    details.querySelector('summary')?.addEventListener('click', () => {
      this.#folds.set(key, !details.open);
    });
    return details;
  }

  #step({ level, label, detail, fix }: StepView, key: string): HTMLElement {
    const { strings } = this.context;
    const children: Child[] = [
      icon(STEP_ICONS[level]),
      h(
        'span',
        { class: 'what' },
        h('span', {}, label),
        spoken(`, ${strings.steps[level]}. `),
        detail === null ? null : h('span', { class: 'note' }, breakable(detail)),
      ),
      fix === null ? null : fixButton(fix, this.context, key),
    ];
    return h('li', { class: STEP_CLASSES[level] }, ...children);
  }
}
