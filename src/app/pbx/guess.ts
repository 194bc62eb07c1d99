/**
 * app/: the application, without `vscode`.
 *
 * What the file in front says of the configuration a person means: the PBX, the trunk and which of
 * several files.
 */
import { cardById, cardsOfFile, guessCard } from '../../pbx/cards';
import type { PbxFile } from '../../pbx/types';
import type { NamedOptions } from '../../pbx/writing/block-options';
import { blocksOf, fileId, isOfTrunk, type FoundBlock } from '../../pbx/writing/block';

export interface FrontFile {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** Offset. */
  readonly cursor: number;
}

/** The block a person means: the one the cursor is in, else the trunk's, else the first of a known PBX. */
export function blockInFront(front: FrontFile, trunkSid: string | null): FoundBlock | null {
  const blocks = blocksOf(front.text).filter(({ targetId }) => cardById(targetId) !== null);
  const mine = trunkSid === null ? blocks : blocks.filter((block) => isOfTrunk(block, trunkSid));
  return (
    mine.find(({ start, end }) => start <= front.cursor && front.cursor <= end) ??
    mine[0] ??
    blocks[0] ??
    null
  );
}

/**
 * What the trunk's block in the file in front was made with: the options it names, its name inside the PBX
 * among them. Another trunk's block is not this one's. Null: there is no such block.
 */
export function optionsInFront(
  front: FrontFile,
  trunkSid: string,
  targetId: string,
): NamedOptions | null {
  const blocks = blocksOf(front.text).filter(
    (block) => block.targetId === targetId && isOfTrunk(block, trunkSid),
  );
  const meant =
    blocks.find(({ start, end }) => start <= front.cursor && front.cursor <= end) ??
    blocks.find(({ peerName }) => peerName !== null) ??
    blocks[0];
  if (meant === undefined) return null;
  const { options, peerName } = meant;
  return peerName === null ? options : { ...options, peerName };
}

/** `last`: the trunk's last one, which decides between several that have a file of this name. */
export function likelyTargetId(
  front: FrontFile | null,
  trunkSid: string,
  last: string | null,
): string | null {
  if (front !== null) {
    const block = blockInFront(front, trunkSid);
    if (block !== null) return block.targetId;
    const byName = cardsOfFile(front.path);
    const known = byName.find(({ id }) => id === last) ?? byName[0];
    if (known !== undefined) return known.id;
    const byLanguage = guessCard('', front.languageId);
    if (byLanguage !== null) return byLanguage.id;
  }
  return last !== null && cardById(last) !== null ? last : null;
}

/**
 * The PBX that needs no question: the chosen one, unless the file in front is plainly for another, and where
 * none was chosen the only one that has a file of this name, or a block of this trunk. Null: ask.
 */
export function settledTargetId(
  front: FrontFile | null,
  trunkSid: string,
  chosen: string | null,
): string | null {
  if (front === null) return chosen;
  const blocks = blocksOf(front.text).filter((block) => isOfTrunk(block, trunkSid));
  const told =
    blocks.length > 0 ? blocks : cardsOfFile(front.path).map(({ id }) => ({ targetId: id }));
  const ids = new Set(told.map(({ targetId }) => targetId).filter((id) => cardById(id) !== null));
  if (ids.size === 0) return chosen;
  if (chosen !== null) return ids.has(chosen) ? chosen : null;
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

/** The file of a target that belongs into the one in front; null when none does, or several might. */
export function likelyFile(
  front: FrontFile | null,
  trunkSid: string,
  targetId: string,
  files: readonly PbxFile[],
): PbxFile | null {
  if (front === null) return null;
  const blocks = blocksOf(front.text).filter(
    (block) => block.targetId === targetId && isOfTrunk(block, trunkSid),
  );
  const [block, ...more] = blocks;
  if (block !== undefined && more.length === 0) {
    const made = files.find((file) => fileId(file) === block.fileName);
    if (made !== undefined) return made;
  }
  const path = front.path.replaceAll('\\', '/').toLowerCase();
  const name = path.split('/').at(-1) ?? '';
  const byPath = files.filter((file) => `/${path}`.endsWith(`/${fileId(file).toLowerCase()}`));
  if (byPath.length === 1) return byPath[0] ?? null;
  const byName = files.filter((file) => file.name.toLowerCase() === name);
  if (byName.length === 1) return byName[0] ?? null;
  return byName.length === 0 ? byStem(name, files) : null;
}

/** `pjsip_trunks.conf` and `pjsip.exotel.conf` are more `pjsip.conf`s: same ending, same beginning. */
function byStem(name: string, files: readonly PbxFile[]): PbxFile | null {
  const fitting = files
    .map((file) => ({ file, stem: stemOf(file.name), ending: endingOf(file.name) }))
    .filter(
      ({ stem, ending }) =>
        stem !== '' &&
        ending === endingOf(name) &&
        name.startsWith(stem) &&
        !/[a-z0-9]/.test(name.charAt(stem.length)),
    )
    .sort((one, other) => other.stem.length - one.stem.length);
  const [best, second] = fitting;
  return best !== undefined && best.stem !== second?.stem ? best.file : null;
}

/** What a file is called before its first dot, dash or underscore. */
function stemOf(name: string): string {
  return /^[a-z0-9]*/.exec(name.toLowerCase())?.[0] ?? '';
}

function endingOf(name: string): string {
  return name.toLowerCase().split('.').at(-1) ?? '';
}
