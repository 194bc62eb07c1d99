/**
 * pbx/: TrunkConnection -> configuration text, one file per PBX under pbx/targets/.
 *
 * The one way in: target and connection to files and advice. Never throws for what a person typed.
 */
import { advise } from './advice';
import { UnsafeValueError } from './quoting/plain';
import { targets } from './targets';
import type { Advice, Generated, PbxTarget, TrunkConnection } from './types';

export { targets };

export function targetById(id: string): PbxTarget | null {
  return targets.find((target) => target.id === id) ?? null;
}

function fileNamePattern(glob: string): RegExp {
  const pattern = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${pattern}$`, 'i');
}

const BY_LANGUAGE: Readonly<Record<string, string>> = {
  asterisk: 'asterisk-pjsip',
  kamailio: 'kamailio',
  xml: 'freeswitch',
  markdown: 'settings-table',
};

/** Every target that has a file of this name (with or without folders): those that name it exactly first. */
export function targetsOfFile(fileName: string): readonly PbxTarget[] {
  const name = fileName.split(/[\\/]/).at(-1) ?? '';
  const exact = targets.filter(({ fileNames }) => fileNames.includes(name));
  const alike = targets.filter((target) =>
    target.fileNames.some((glob) => fileNamePattern(glob).test(name)),
  );
  return [...new Set([...exact, ...alike])];
}

/** The target a file is for, by its name, else by its language. */
export function guessTarget(fileName: string, languageId: string): PbxTarget | null {
  return targetsOfFile(fileName)[0] ?? targetById(BY_LANGUAGE[languageId] ?? '');
}

function refused(text: string, advice: readonly Advice[] = []): Generated {
  return { files: [], advice: [{ level: 'problem', what: text }, ...advice] };
}

/** Without files there is at least one advice of level `problem` that says why. */
export function generate(targetId: string, connection: TrunkConnection): Generated {
  const target = targetById(targetId);
  if (target === null) return refused('There is no such PBX in the list.');
  const reason = target.cannot(connection.useCase, connection.auth, connection.transport);
  if (reason !== null) return refused(reason);
  const advice = advise(connection, target);
  if (connection.codecs.length === 0) return { files: [], advice };
  try {
    return { files: target.render(connection), advice };
  } catch (error) {
    if (error instanceof UnsafeValueError) {
      return refused(`Nothing was written. ${error.message}`, advice);
    }
    throw error;
  }
}
