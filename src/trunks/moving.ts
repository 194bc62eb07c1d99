/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Moving a number from one trunk to another. Exotel has no call for it: the number is unmapped, then
 * mapped, and whatever goes wrong in between, it is told where the number is now.
 */
import * as l10n from '@vscode/l10n';
import type { ExotelApi } from '../exotel/api';
import type { Problem } from '../exotel/errors';
import type { PhoneNumber, TrunkMap } from '../exotel/model';
import type { Changes } from './changes';
import { cancelled, isGone, mayHaveArrived, problemOf, rowGone } from './problems';

export type MoveOutcome =
  | { readonly moved: PhoneNumber }
  | {
      readonly problem: Problem;
      /** Where the number is after the failure. `unknown`: on another trunk, or Exotel did not say. */
      readonly now: 'source' | 'target' | 'none' | 'unknown';
    };

type Attempt<T> = { readonly value: T } | { readonly problem: Problem };

interface Move {
  readonly row: PhoneNumber;
  readonly sourceSid: string;
  readonly targetSid: string;
}

export class NumberMover {
  readonly #api: ExotelApi;
  readonly #changes: Changes;

  constructor(api: ExotelApi, changes: Changes) {
    this.#api = api;
    this.#changes = changes;
  }

  /** Never rejects. Cancelling works until the number is unmapped; from then on it is on no trunk. */
  async move(
    sourceSid: string,
    id: string,
    targetSid: string,
    signal?: AbortSignal,
  ): Promise<MoveOutcome> {
    try {
      const row = this.#changes.store.row(sourceSid, 'numbers', id);
      if (row === null) return { problem: rowGone().problem, now: 'unknown' };
      if (this.#changes.loader.until(signal).aborted) {
        return { problem: cancelled('move phone number'), now: 'source' };
      }
      return await this.#changes.busy(sourceSid, 'numbers', id, l10n.t('moving…'), () =>
        this.#unmap({ row, sourceSid, targetSid }),
      );
    } catch (error) {
      return { problem: problemOf(error, this.#changes.log), now: 'unknown' };
    }
  }

  async #unmap(move: Move): Promise<MoveOutcome> {
    const { row, sourceSid } = move;
    const unmapped = await this.#attempt(() => this.#api.unmapNumber(sourceSid, row.id));
    if ('problem' in unmapped) {
      const { problem } = unmapped;
      if (isGone(problem)) return this.#lookUp(move, problem, () => this.#onNone(move, problem));
      if (!mayHaveArrived(problem)) return { problem, now: 'source' };
      return this.#lookUp(move, problem, () => this.#putBack(move, problem));
    }
    return this.#map(move);
  }

  async #map(move: Move): Promise<MoveOutcome> {
    const { row, sourceSid, targetSid } = move;
    const { number, mode } = row;
    const mapped = await this.#attempt(() => this.#api.mapNumber(targetSid, { number, mode }));
    if ('problem' in mapped) {
      const { problem } = mapped;
      // "Duplicate" is said of a number that is on a trunk already, whichever that is.
      const isOpen = mayHaveArrived(problem) || problem.kind === 'conflict';
      if (!isOpen) return this.#putBack(move, problem);
      return this.#lookUp(move, problem, () => this.#putBack(move, problem));
    }
    this.#changes.removed(sourceSid, 'numbers', row.id);
    this.#changes.put(targetSid, 'numbers', mapped.value);
    return { moved: mapped.value };
  }

  /** The number is on no trunk. `problem` is why the move failed. */
  async #putBack(move: Move, problem: Problem): Promise<MoveOutcome> {
    const { row, sourceSid } = move;
    const { number, mode } = row;
    const back = await this.#attempt(() => this.#api.mapNumber(sourceSid, { number, mode }));
    if ('value' in back) {
      // Its id may be another one now.
      this.#changes.removed(sourceSid, 'numbers', row.id);
      this.#changes.put(sourceSid, 'numbers', back.value);
      return { problem, now: 'source' };
    }
    const isOpen = mayHaveArrived(back.problem) || back.problem.kind === 'conflict';
    if (!isOpen) return this.#onNone(move, problem);
    return this.#lookUp(move, problem, () => this.#onNone(move, problem));
  }

  #onNone({ row, sourceSid }: Move, problem: Problem): Promise<MoveOutcome> {
    this.#changes.removed(sourceSid, 'numbers', row.id);
    return Promise.resolve({ problem, now: 'none' });
  }

  /** Asks Exotel which trunk has the number. Not cancellable: it decides whether it is put back. */
  async #lookUp(
    move: Move,
    problem: Problem,
    onNone: () => Promise<MoveOutcome>,
  ): Promise<MoveOutcome> {
    const { row, sourceSid, targetSid } = move;
    const found = await this.#attempt(() => this.#api.findTrunkOf(row.number));
    if ('problem' in found) {
      await this.#reload(move);
      return { problem, now: 'unknown' };
    }
    const map = found.value;
    if (map === null) {
      const outcome = await onNone();
      await this.#reload(move);
      return outcome;
    }
    if (map.trunkSid !== sourceSid) this.#changes.removed(sourceSid, 'numbers', row.id);
    await this.#reload(move);
    if (map.trunkSid === targetSid) return { moved: this.#moved(move, map) };
    return { problem, now: map.trunkSid === sourceSid ? 'source' : 'unknown' };
  }

  /** The row on the target, as the reload brought it or as far as the look-up tells. */
  #moved({ row, targetSid }: Move, map: TrunkMap): PhoneNumber {
    const { store } = this.#changes;
    const shown = store.rows(targetSid, 'numbers')?.find(({ number }) => number === row.number);
    if (shown !== undefined) return shown;
    const { number } = row;
    const moved = {
      id: map.phoneNumberId ?? row.id,
      number,
      trunkSid: targetSid,
      mode: map.mode,
      created: null,
      updated: null,
    };
    this.#changes.put(targetSid, 'numbers', moved);
    return moved;
  }

  /** Of what is shown: a section that was never loaded stays so. */
  async #reload({ sourceSid, targetSid }: Move): Promise<void> {
    const { store, loader } = this.#changes;
    const shown = [sourceSid, targetSid].filter(
      (sid) => (store.trunk(sid)?.sections.numbers.state ?? 'idle') !== 'idle',
    );
    await Promise.all(shown.map((sid) => loader.loadSection(sid, 'numbers', { afresh: true })));
  }

  async #attempt<T>(call: () => Promise<T>): Promise<Attempt<T>> {
    try {
      return { value: await call() };
    } catch (error) {
      return { problem: problemOf(error, this.#changes.log) };
    }
  }
}
