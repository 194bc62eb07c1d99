/**
 * workbench/: everything that imports `vscode`.
 *
 * The views and panels as VS Code is told of them at the start.
 */
import type { CheckNode } from '../app/checks/check-refs';
import type { NodeRef } from '../app/refs';
import type { DeferredView, ViewOptions } from './tree/deferred-view';
import { ViewId } from '../app/view-ids';

/** VS Code's own form: `application/vnd.code.tree.<view id, lower case>`. */
const MIME = `application/vnd.code.tree.${ViewId.Trunks.toLowerCase()}`;

export const TRUNKS_VIEW: ViewOptions<NodeRef> = {
  id: ViewId.Trunks,
  canSelectMany: true,
  showCollapseAll: true,
  dragAndDropController: {
    dragMimeTypes: [MIME],
    dropMimeTypes: [MIME],
    handleDrag: async (source, data) => {
      (await import('./tree/number-drop')).dragNumbers(source, data, MIME);
    },
    handleDrop: async (target, data) => {
      await (await import('./tree/number-drop')).dropNumbers(target, data, MIME);
    },
  },
};

export const CHECKS_VIEW: ViewOptions<CheckNode> = {
  id: ViewId.Checks,
  showCollapseAll: false,
  manageCheckboxStateManually: true,
};

/** To be connected to their trees. */
export interface Views {
  readonly trunks: DeferredView<NodeRef>;
  readonly checks: DeferredView<CheckNode>;
}
