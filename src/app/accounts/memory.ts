/**
 * app/: the application, without `vscode`.
 *
 * Trunks that were made or added here, by account, for accounts whose API cannot list them: SIDs and
 * names in globalState, or in this window's memory for an account that lives no longer than it.
 */
import * as v from 'valibot';
import type { TrunkMemory } from '../../trunks/ports';
import type { KeyValueStore } from './stores';
import { Turns } from './turns';

interface RememberedTrunk {
  readonly sid: string;
  readonly name: string;
}

const documentSchema = v.object({ version: v.literal(1), trunks: v.array(v.unknown()) });
const trunkSchema = v.object({ sid: v.pipe(v.string(), v.nonEmpty()), name: v.string() });

export class TrunkMemories {
  readonly #turns = new Turns();

  constructor(private readonly state: KeyValueStore) {}

  /** `isHere`: an account that was removed meanwhile remembers nothing. */
  of(accountId: string, isHere: () => boolean): TrunkMemory {
    const key = storageKey(accountId);
    const change = (edit: (trunks: readonly RememberedTrunk[]) => readonly RememberedTrunk[]) =>
      this.#turns.take(accountId, async () => {
        if (!isHere()) return;
        await this.state.update(key, { version: 1, trunks: edit(decode(this.state.get(key))) });
      });
    return {
      list: () => decode(this.state.get(key)),
      remember: (sid, name) => change((trunks) => remembered(trunks, sid, name)),
      forget: (sid) => change((trunks) => trunks.filter((trunk) => trunk.sid !== sid)),
    };
  }

  has(accountId: string): boolean {
    return this.state.get(storageKey(accountId)) !== undefined;
  }

  forgetAll(accountId: string): Promise<void> {
    return this.#turns.take(accountId, async () => {
      if (this.has(accountId)) await this.state.update(storageKey(accountId), undefined);
    });
  }
}

/** A memory that ends with the window. */
export function sessionMemory(): TrunkMemory {
  let trunks: readonly RememberedTrunk[] = [];
  return {
    list: () => trunks,
    remember: (sid, name) => {
      trunks = remembered(trunks, sid, name);
      return Promise.resolve();
    },
    forget: (sid) => {
      trunks = trunks.filter((trunk) => trunk.sid !== sid);
      return Promise.resolve();
    },
  };
}

function storageKey(accountId: string): string {
  return `exotelSip.trunks.${accountId}`;
}

/** A known trunk keeps its place and takes the new name. */
function remembered(
  trunks: readonly RememberedTrunk[],
  sid: string,
  name: string,
): readonly RememberedTrunk[] {
  const known = trunks.some((trunk) => trunk.sid === sid);
  if (!known) return [...trunks, { sid, name }];
  return trunks.map((trunk) => (trunk.sid === sid ? { sid, name } : trunk));
}

function decode(stored: unknown): readonly RememberedTrunk[] {
  const document = v.safeParse(documentSchema, stored);
  if (!document.success) return [];
  return document.output.trunks.flatMap((raw) => {
    const trunk = v.safeParse(trunkSchema, raw);
    return trunk.success ? [trunk.output] : [];
  });
}
