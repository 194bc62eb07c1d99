// Texts that no program is run on here, read by a real parser of their format.
import type { PbxFile } from '../../src/pbx/types';
import { cardById, cards } from '../../src/pbx/cards';
import { Box } from './box';
import { hostilePasswords } from './passwords';
import { type Lab, filesFor } from './prove';
import type { Combination } from './subject';
import { combinationsOf } from './square';

export interface ParserCheck {
  readonly targetId: string;
  readonly name: string;
  /** Why it failed; '' when it did not. */
  readonly run: (lab: Lab) => Promise<string>;
}

/** A bench in name only: the combinations of a target that is not run. */
function onPaper(targetId: string): Combination['bench'] {
  return {
    targetId,
    variant: cardById(targetId)?.variants[0]?.id ?? '',
    program: 'libxml2',
    tree: 'tools',
    folder: 'etc/kamailio',
    options: () => ({}),
    lay: () => [],
    start: () => Promise.reject(new Error(`${targetId} is not run here.`)),
  };
}

/**
 * What FreeSWITCH makes of a file before it is XML (switch_xml.c): a line with X-PRE-PROCESS in any case is
 * a directive and gone, and $${name} is expanded. Text that is changed by this does not say what it seems to.
 */
function preprocessed(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/x-pre-process/i.test(line))
    .map((line) => line.replace(/\$\$\{[^}]*\}/g, ''))
    .join('\n');
}

/** A file that goes into another one may have several elements side by side. */
function document(file: PbxFile): string {
  return file.extent === 'part' ? `<proof>\n${file.text}</proof>\n` : file.text;
}

function xmlFiles(files: readonly PbxFile[]): PbxFile[] {
  return files.filter(({ name }) => name.endsWith('.xml'));
}

async function inBox<T>(lab: Lab, work: (box: Box) => Promise<T>): Promise<T> {
  const box = await Box.open(lab.trees);
  try {
    return await work(box);
  } finally {
    await box.close();
  }
}

async function wellFormed(lab: Lab, targetId: string): Promise<string> {
  return inBox(lab, async (box) => {
    const names: string[] = [];
    for (const combination of combinationsOf(onPaper(targetId))) {
      for (const file of xmlFiles(await filesFor(combination))) {
        if (preprocessed(file.text) !== file.text)
          return `${file.name} is changed before it is parsed.`;
        const name = `parse/${names.length}-${file.name}`;
        box.write(name, document(file));
        names.push(`/proof/${name}`);
      }
    }
    if (names.length === 0) return 'There is no XML in it.';
    const { ok, output } = await box.run('world', 'tools', 'xmllint', [
      '--noout',
      '--nonet',
      ...names,
    ]);
    return ok ? '' : output.split('\n').slice(0, 12).join('\n');
  });
}

/** The password as the parser gives it, for each of the hostile ones. */
async function passwordsReadBack(lab: Lab, targetId: string): Promise<string> {
  const plain = { bench: onPaper(targetId), transport: 'tls', auth: 'credential' } as const;
  return inBox(lab, async (box) => {
    for (const password of hostilePasswords) {
      const files = xmlFiles(await filesFor({ ...plain, useCase: 'outbound', password }));
      const holder = files.find(({ text }) => text.includes('name="password"'));
      if (holder === undefined) return 'There is no password in it.';
      box.write('parse/one.xml', preprocessed(document(holder)));
      const query = "string(//param[@name='password']/@value)";
      const args = ['--nonet', '--xpath', query, '/proof/parse/one.xml'];
      const { output } = await box.run('world', 'tools', 'xmllint', args);
      if (output.replace(/\n$/, '') !== password) {
        return `The password ${password} is read as ${output.trim()}.`;
      }
    }
    return '';
  });
}

/** Every target with XML in it, and those that hold a password there. */
export const parserChecks: readonly ParserCheck[] = ['freeswitch', 'fusionpbx']
  .filter((id) => cards.some((card) => card.id === id))
  .flatMap((targetId): ParserCheck[] => [
    {
      targetId,
      name: 'XML as FreeSWITCH reads it (libxml2)',
      run: (lab) => wellFormed(lab, targetId),
    },
    ...(targetId === 'freeswitch'
      ? [
          {
            targetId,
            name: `${hostilePasswords.length} passwords read back (libxml2)`,
            run: (lab: Lab) => passwordsReadBack(lab, targetId),
          },
        ]
      : []),
  ]);
