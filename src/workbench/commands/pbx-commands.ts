/**
 * workbench/: everything that imports `vscode`.
 *
 * The commands that make a PBX configuration: in the panel, or with a few questions.
 */
import { blockInFront } from '../../app/pbx/guess';
import { frontFile } from '../editor/last-editor';
import { onRow, plainCommand, trunkCommand } from './define';
import { outputWithQuestions } from './pbx-output';
import { trunkRefOf, trunkTarget } from './targets';

export const pbxCommands = [
  trunkCommand({
    id: 'exotelSip.pbx.generate',
    title: 'Generate PBX Configuration…',
    menus: [onRow('trunk', '4_pbx@1')],
    run: (services, trunk) => {
      services.panels.show(trunkRefOf(trunk));
      return Promise.resolve();
    },
  }),
  plainCommand({
    id: 'exotelSip.pbx.insert',
    title: 'Insert PBX Configuration at Cursor…',
    menus: [
      onRow('trunk', '4_pbx@2'),
      {
        menu: 'editor/context',
        when: 'editorTextFocus && !editorReadonly && resourceFilename =~ /\\.(conf|cfg|xml|ini)$/',
        group: 'z_commands@9',
      },
    ],
    // Called from an editor the first argument is the file, not a row: the trunk is asked for.
    run: async (services, args) => {
      const title = 'Insert PBX Configuration at Cursor';
      const front = frontFile(services.editor);
      const block = front === null ? null : blockInFront(front, null);
      const options = { title, writes: false };
      const likely = block === null ? options : { ...options, likelyTrunk: block.trunkSid };
      await outputWithQuestions(
        services,
        await trunkTarget(services, args, likely),
        title,
        'insert',
      );
    },
  }),
  trunkCommand({
    id: 'exotelSip.pbx.copy',
    title: 'Copy PBX Configuration…',
    menus: [onRow('trunk', '4_pbx@3')],
    run: (services, trunk, title) => outputWithQuestions(services, trunk, title, 'copy'),
  }),
  trunkCommand({
    id: 'exotelSip.pbx.save',
    title: 'Save PBX Configuration…',
    menus: [onRow('trunk', '4_pbx@4')],
    run: (services, trunk, title) => outputWithQuestions(services, trunk, title, 'save'),
  }),
];
