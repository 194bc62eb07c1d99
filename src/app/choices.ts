/**
 * app/: the application, without `vscode`.
 *
 * What a person chose for each trunk's configuration: the PBX and its options, as the texts of their fields.
 * The panel, the commands and the checks all choose here and look here. Kept by VS Code on this computer,
 * across reloads and in every window; there is no option that holds a secret.
 */
import * as v from 'valibot';
import { DEFAULT_EDGE_ID } from '../exotel/edges';
import { optionIds, problemWith, type OptionId } from '../pbx/options';
import type { Transport } from '../terms/use';
import { type Disposable, Emitter, type Event } from '../trunks/event';
import type { KeyValueStore } from './accounts/stores';

/** `targetId`: the PBX. */
export type ChoiceField = 'targetId' | OptionId;
export const CHOICE_FIELDS: readonly ChoiceField[] = ['targetId', ...optionIds];

/** Every field's text, as typed, also while it is wrong. */
export type Choices = Readonly<Record<ChoiceField, string>>;
/** The ones that were chosen; the others follow the trunk. */
export type Chosen = Partial<Choices>;

/** The trunk that something was chosen for. */
export interface ChoiceRef {
  readonly accountId: string;
  readonly trunkSid: string;
}

/** Longer than any value a field can hold; keeps what is kept small. */
export const MAX_TEXT = 2000;

const KEY = 'pbx.choices';
/** Trunks come and go; the ones changed longest ago are forgotten first. */
const MOST = 200;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const entrySchema = v.object({
  accountId: v.string(),
  trunkSid: v.string(),
  chosen: v.record(v.string(), v.unknown()),
});
/** Where Exotel calls from is the same for every trunk of an account. */
const sendersSchema = v.object({ accountId: v.string(), exotelAddresses: text });
const documentSchema = v.object({
  version: v.literal(1),
  trunks: v.array(v.unknown()),
  senders: v.array(v.unknown()),
});

interface Entry extends ChoiceRef {
  readonly chosen: Chosen;
}

interface Kept {
  /** The latest first. */
  readonly trunks: readonly Entry[];
  readonly senders: readonly v.InferOutput<typeof sendersSchema>[];
}

export class TrunkChoices {
  readonly #memento: KeyValueStore;
  readonly #changes = new Emitter<ChoiceRef>();

  /** Other trunks of the account may look different too. Other windows do not hear of it: they look again. */
  readonly onDidChange: Event<ChoiceRef> = this.#changes.event;

  constructor(memento: KeyValueStore) {
    this.#memento = memento;
  }

  /** What was chosen for this very trunk. */
  own(ref: ChoiceRef): Chosen {
    return this.#kept().trunks.find((entry) => isOf(entry, ref))?.chosen ?? {};
  }

  /**
   * What the trunk starts with: its own choices, the PBX that any trunk had last, and the addresses
   * entered for the account last.
   */
  of(ref: ChoiceRef): Chosen {
    const { trunks, senders } = this.#kept();
    const own = trunks.find((entry) => isOf(entry, ref))?.chosen;
    const targetId = trunks.find(({ chosen }) => chosen.targetId !== undefined)?.chosen.targetId;
    const shared = senders.find(({ accountId }) => accountId === ref.accountId);
    return {
      ...(targetId === undefined ? {} : { targetId }),
      ...(shared === undefined ? {} : { exotelAddresses: shared.exotelAddresses }),
      ...own,
    };
  }

  /** Whether any option was chosen here, beside the PBX. */
  hasOptions(ref: ChoiceRef): boolean {
    return Object.keys(this.own(ref)).some((field) => field !== 'targetId');
  }

  /**
   * `suggested`: what the trunk suggests. An option chosen as suggested is not kept, so that it goes on
   * following the trunk. A list of senders is offered to the account's other trunks, an emptied one no more.
   */
  choose(ref: ChoiceRef, chosen: Chosen, suggested: Chosen = {}): void {
    const { exotelAddresses } = chosen;
    const { senders } = this.#kept();
    const others = senders.filter(({ accountId }) => accountId !== ref.accountId);
    if (exotelAddresses === undefined || problemWith('exotelAddresses', exotelAddresses) !== null) {
      this.#put(ref, chosen, suggested, senders);
    } else if (exotelAddresses.trim() === '') {
      this.#put(ref, chosen, suggested, others);
    } else {
      const { accountId } = ref;
      this.#put(ref, chosen, suggested, [{ accountId, exotelAddresses }, ...others]);
    }
  }

  /** What a block in a file names: for this trunk alone, whoever wrote the file. */
  adopt(ref: ChoiceRef, chosen: Chosen, suggested: Chosen): void {
    this.#put(ref, chosen, suggested, this.#kept().senders);
  }

  /** Back to what the trunk suggests; the PBX stays. */
  reset(ref: ChoiceRef): void {
    const { targetId } = this.own(ref);
    const { trunks, senders } = this.#kept();
    const chosen: Chosen = targetId === undefined ? {} : { targetId };
    this.#keep({ trunks: replaced(trunks, { ...bare(ref), chosen }), senders });
    this.#changes.fire(bare(ref));
  }

  forgetAccount(accountId: string): void {
    this.#forget((entry) => entry.accountId === accountId, accountId);
  }

  /** Forgets the account's trunks that are not there any more. */
  forgetGone(accountId: string, isThere: (trunkSid: string) => boolean): void {
    this.#forget((entry) => entry.accountId === accountId && !isThere(entry.trunkSid));
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #put(ref: ChoiceRef, chosen: Chosen, suggested: Chosen, senders: Kept['senders']): void {
    const { trunks, senders: offered } = this.#kept();
    const before = trunks.find((entry) => isOf(entry, ref))?.chosen ?? {};
    const shared = offered.find(({ accountId }) => accountId === ref.accountId);
    const exotelAddresses = chosen.exotelAddresses === '' ? '' : (shared?.exotelAddresses ?? '');
    const usual: Chosen = { ...suggested, exotelAddresses };
    const kept = CHOICE_FIELDS.flatMap((field): [ChoiceField, string][] => {
      const value = chosen[field] ?? before[field];
      if (value === undefined || !v.is(text, value)) return [];
      const follows = field !== 'targetId' && field in chosen && value === usual[field];
      return follows ? [] : [[field, value]];
    });
    const entry = { ...bare(ref), chosen: Object.fromEntries(kept) };
    this.#keep({ trunks: replaced(trunks, entry), senders });
    this.#changes.fire(bare(ref));
  }

  #forget(isGone: (entry: Entry) => boolean, senderAccount?: string): void {
    const { trunks, senders } = this.#kept();
    const left = {
      trunks: trunks.filter((entry) => !isGone(entry)),
      senders: senders.filter(({ accountId }) => accountId !== senderAccount),
    };
    if (left.trunks.length < trunks.length || left.senders.length < senders.length) {
      this.#keep(left);
    }
  }

  /** Read each time: another window may have written. What is broken loses only itself. */
  #kept(): Kept {
    const document = v.safeParse(documentSchema, this.#memento.get(KEY));
    if (!document.success) return { trunks: [], senders: [] };
    return {
      trunks: document.output.trunks.flatMap(readEntry),
      senders: document.output.senders.flatMap((raw) => {
        const read = v.safeParse(sendersSchema, raw);
        return read.success ? [read.output] : [];
      }),
    };
  }

  /** What VS Code fails to keep is only a convenience lost: nobody has to wait for it. */
  #keep({ trunks, senders }: Kept): void {
    const document = {
      version: 1,
      trunks: trunks.slice(0, MOST),
      senders: senders.slice(0, MOST),
    };
    this.#memento.update(KEY, document).then(undefined, () => undefined);
  }
}

/** Where calls out of a trunk are sent, as somebody chose it. */
export interface ChosenEdge {
  readonly edgeId: string;
  readonly transport: Transport;
}

/** The edge for those who only ask for it. Null: nobody chose one, nor how calls are carried. */
export function chosenEdge(choices: TrunkChoices, ref: ChoiceRef): ChosenEdge | null {
  const { edgeId, transport } = choices.own(ref);
  if (edgeId === undefined && transport === undefined) return null;
  return { edgeId: edgeId ?? DEFAULT_EDGE_ID, transport: transport === 'tcp' ? 'tcp' : 'tls' };
}

/** What tells that trunks and accounts are gone: TrunkModels and AccountRegistry, as far as it matters here. */
interface ListedTrunks {
  readonly trunks: { readonly state: string };
  trunk(trunkSid: string): object | null;
}

interface Models {
  peek(accountId: string): ListedTrunks | null;
  readonly onDidChange: Event<{
    readonly accountId: string;
    readonly change: { readonly kind: string };
  }>;
}

interface Accounts {
  readonly onDidChange: Event<{ readonly kind: string; readonly account: { readonly id: string } }>;
}

/** Choices go with their account, and with their trunk once a whole list has it no more. */
export function forgetWithTrunks(
  choices: TrunkChoices,
  models: Models,
  accounts: Accounts,
): Disposable {
  const subscriptions = [
    accounts.onDidChange(({ kind, account }) => {
      if (kind === 'removed') choices.forgetAccount(account.id);
    }),
    models.onDidChange(({ accountId, change }) => {
      const model = models.peek(accountId);
      if (change.kind !== 'trunks' || model?.trunks.state !== 'ready') return;
      choices.forgetGone(accountId, (trunkSid) => model.trunk(trunkSid) !== null);
    }),
  ];
  return {
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function isOf(entry: Entry, { accountId, trunkSid }: ChoiceRef): boolean {
  return entry.accountId === accountId && entry.trunkSid === trunkSid;
}

/** A row of the tree is a ref with more to it. */
function bare({ accountId, trunkSid }: ChoiceRef): ChoiceRef {
  return { accountId, trunkSid };
}

function replaced(trunks: readonly Entry[], entry: Entry): readonly Entry[] {
  return [entry, ...trunks.filter((one) => !isOf(one, entry))];
}

function readEntry(raw: unknown): Entry[] {
  const read = v.safeParse(entrySchema, raw);
  if (!read.success) return [];
  const { accountId, trunkSid, chosen } = read.output;
  const kept = CHOICE_FIELDS.flatMap((field): [ChoiceField, string][] => {
    const value = Object.hasOwn(chosen, field) ? chosen[field] : undefined;
    return v.is(text, value) ? [[field, value]] : [];
  });
  return [{ accountId, trunkSid, chosen: Object.fromEntries(kept) }];
}
