/**
 * app/: the application, without `vscode`.
 *
 * From a plan to text. The panel, its buttons, the commands and the terminal all come through here: one
 * render, whatever is done with it.
 */
import { Secret } from '../exotel/secret';
import { generate } from '../pbx/generate';
import { PASSWORD_PLACEHOLDER } from '../pbx/quoting/plain';
import type { Advice, PbxFile } from '../pbx/types';
import { fileId } from '../pbx/writing/block';
import type { Owner } from './pbx/merge';
import type { Plan } from './plan';

export interface Produced {
  readonly plan: Plan;
  /** None: `blocked` says why. */
  readonly files: readonly PbxFile[];
  readonly advice: readonly Advice[];
  /** Why there is no text: a field is wrong, or the PBX cannot do what is chosen. */
  readonly blocked: { readonly kind: 'fields' } | Blocked | null;
}

interface Blocked {
  readonly kind: 'problem';
  readonly reason: string;
}

/**
 * Stands in the text where a password will be put in later, where it is to look as if it were there already.
 * Letters and digits only: no format writes them in another way.
 */
export const STAND_IN = 'StandsForTheSipPassword';
const STAND_IN_PASSWORD = new Secret(STAND_IN);

/** `password` null: the text has a placeholder. Never rejects for what a person chose. */
export async function produce(plan: Plan, password: Secret | null = null): Promise<Produced> {
  if (Object.keys(plan.errors).length > 0) {
    return { plan, files: [], advice: [], blocked: { kind: 'fields' } };
  }
  const { files, advice } = await generate(plan.card.id, { ...plan.connection, password });
  if (files.length > 0) return { plan, files, advice, blocked: null };
  const problem = advice.find(({ level }) => level === 'problem');
  const reason = problem === undefined ? '' : adviceText(problem);
  return { plan, files, advice, blocked: { kind: 'problem', reason } };
}

/** What was found and what to do next, as one text. */
export function adviceText({ what, doNext }: Advice): string {
  return doNext === null ? what : `${what} ${doNext}`;
}

/** The text to look at: the stand-in where a password will be put in. */
export function preview(plan: Plan, withPassword: boolean): Promise<Produced> {
  return produce(plan, withPassword ? STAND_IN_PASSWORD : null);
}

/** Whose block the text becomes when it is put among other text. */
export function ownerOf({ facts, card, options, unused, named }: Plan): Owner {
  // The block's first line has the name already.
  const others = Object.entries(named).filter(([id]) => id !== 'peerName');
  return {
    trunkSid: facts.trunkSid,
    targetId: card.id,
    peerName: unused.includes('peerName') ? null : options.peerName,
    options: Object.fromEntries(others),
  };
}

/** Whether the text has a place for the password, filled in or not. */
export function holdsPassword({ text }: PbxFile): boolean {
  return text.includes(PASSWORD_PLACEHOLDER) || text.includes(STAND_IN);
}

/** The file of that fileId() or name; the first one when there is none. Null: there are no files. */
export function fileCalled(files: readonly PbxFile[], name: string): PbxFile | null {
  return (
    files.find((file) => fileId(file) === name) ??
    files.find((file) => file.name === name) ??
    files[0] ??
    null
  );
}
