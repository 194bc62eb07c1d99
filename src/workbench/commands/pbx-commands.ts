/**
 * workbench/: everything that imports `vscode`.
 *
 * The commands that make a PBX configuration: in the panel, or with a few questions.
 */
import { COMMANDS } from '../../app/commands.generated';
import { blockInFront } from '../../app/pbx/guess';
import { type HandlersOf, onTrunk } from '../../app/usecases/handlers';
import type { Finds } from '../../app/usecases/ports';
import { trunkRefOf, trunkTarget } from '../../app/usecases/targets';
import { frontFile } from '../editor/last-editor';
import { outputWithQuestions, type OutputPorts } from './pbx-output';

export type PbxPorts = Finds & OutputPorts;

export function pbxHandlers(ports: PbxPorts): HandlersOf<'pbx'> {
  const { generate, insert, copy, save } = COMMANDS.pbx;
  return {
    generate: onTrunk(ports, generate, (trunk) => {
      ports.panels.show(trunkRefOf(trunk));
      return Promise.resolve();
    }),
    // Called from an editor the first argument is the file, not a row: the trunk is asked for.
    insert: async (args) => {
      const title = insert.asked();
      const front = frontFile(ports.editor);
      const block = front === null ? null : blockInFront(front, null);
      const options = { title, writes: insert.writes };
      const likely = block === null ? options : { ...options, likelyTrunk: block.trunkSid };
      const trunk = await trunkTarget(ports, args, likely);
      await outputWithQuestions(ports, trunk, title, 'insert');
    },
    copy: onTrunk(ports, copy, (trunk, title) => outputWithQuestions(ports, trunk, title, 'copy')),
    save: onTrunk(ports, save, (trunk, title) => outputWithQuestions(ports, trunk, title, 'save')),
  };
}
