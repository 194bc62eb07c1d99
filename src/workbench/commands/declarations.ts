/**
 * workbench/: everything that imports `vscode`.
 *
 * All commands on one screen: title, icon, what each is called with, whether it changes something at Exotel,
 * where it shows, and the file that does it, loaded when one of its commands is run. The commands and menus
 * of package.json and app/commands.generated.ts are written from here (`npm run manifest`).
 */
import type { Takes } from '../../app/takes';

export type MenuId = 'view/title' | 'view/item/context' | 'editor/context';

export interface Placement {
  readonly menu: MenuId;
  /** `inline@1`, `navigation@1`, `1_open@1`, … Destructive ones go to the group `9_remove`. */
  readonly group: string;
  /** Of the places `view/…`; the trunks when left out. */
  readonly view?: 'exotelSip.trunks' | 'exotelSip.checks';
  /** Beside "in our view", e.g. `viewItem =~ /^trunk\b/`. */
  readonly when?: string;
}

export interface Declaration {
  /** Title Case, verb first, `…` when a question follows. English; package.nls.*.json and l10n/ translate. */
  readonly title: string;
  /** Product icon name. */
  readonly icon?: string;
  readonly takes: keyof Takes;
  /** Changes something at Exotel: refused for read-only accounts. */
  readonly writes?: true;
  readonly menus?: readonly Placement[];
  /** False only for commands that make no sense without a row, e.g. Retry. */
  readonly palette?: false;
}

/**
 * Where a command shows in the menu of a row: the kind of row and the flags its contextValue must have,
 * or with `!` must not have.
 */
function onRow(kind: string, group: string, ...flags: readonly string[]): Placement {
  const conditions = flags.map((flag) =>
    flag.startsWith('!') ? `(?!.*\\+${flag.slice(1)}\\b)` : `(?=.*\\+${flag}\\b)`,
  );
  return {
    menu: 'view/item/context',
    when: `viewItem =~ /^${kind}\\b${conditions.join('')}/`,
    group,
  };
}

/** …only where changes are allowed. */
function onWritableRow(kind: string, group: string, ...flags: readonly string[]): Placement {
  return onRow(kind, group, 'writable', ...flags);
}

function inTitle(group: string, when?: string): Placement {
  return { menu: 'view/title', group, ...(when === undefined ? {} : { when }) };
}

/** In the view of the checks. */
function inChecks(placement: Placement): Placement {
  return { ...placement, view: 'exotelSip.checks' };
}

function onCheck(kind: string, group: string, ...flags: readonly string[]): Placement {
  return inChecks(onRow(kind, group, ...flags));
}

function inChecksTitle(group: string, state: string): Placement {
  return inChecks(inTitle(group, `exotelSip.checks ${state}`));
}

const SHOWN = '=~ /^(done|running)$/';

interface NounDeclaration {
  /** What its commands do: one handler a command, made from what they use. */
  readonly load: () => Promise<unknown>;
  readonly commands: Readonly<Record<string, Declaration>>;
}

/** By noun, then verb: `exotelSip.<noun>.<verb>` is the command's id. */
export const DECLARATIONS = {
  account: {
    load: async () => (await import('../../app/usecases/accounts')).accountHandlers,
    commands: {
      add: {
        title: 'Add Account…',
        icon: 'add',
        takes: 'nothing',
        menus: [inTitle('navigation@1')],
      },
      addSandbox: {
        title: 'Add Sandbox Account',
        icon: 'beaker',
        takes: 'nothing',
        menus: [inTitle('1_account@2')],
      },
      edit: {
        title: 'Edit Account…',
        takes: 'account',
        menus: [onRow('account', '2_account@1', '!sandbox')],
      },
      replaceKeys: {
        title: 'Replace API Key and Token…',
        takes: 'account',
        menus: [onRow('account', '2_account@2', '!sandbox')],
      },
      verify: {
        title: 'Verify Account',
        takes: 'account',
        menus: [onRow('account', '2_account@3')],
      },
      toggleReadOnly: { title: 'Toggle Account Read-Only', takes: 'account' },
      makeReadOnly: {
        title: 'Make Read-Only',
        takes: 'account',
        palette: false,
        menus: [onRow('account', '2_account@4', 'writable')],
      },
      allowChanges: {
        title: 'Allow Changes',
        takes: 'account',
        palette: false,
        menus: [onRow('account', '2_account@4', 'readonly')],
      },
      copySid: {
        title: 'Copy Account SID',
        takes: 'account',
        menus: [onRow('account', '3_copy@1')],
      },
      openConsole: {
        title: 'Open API Settings in Browser',
        takes: 'account',
        menus: [onRow('account', '3_copy@2', '!sandbox')],
      },
      remove: {
        title: 'Remove Account…',
        takes: 'account',
        menus: [onRow('account', '9_remove@1')],
      },
    },
  },
  trunk: {
    load: async () => (await import('../../app/usecases/trunks')).trunkHandlers,
    commands: {
      create: {
        title: 'Create Trunk…',
        icon: 'add',
        takes: 'account',
        writes: true,
        menus: [onWritableRow('account', 'inline@1'), onWritableRow('account', '1_open@1')],
      },
      addExisting: {
        title: 'Add Existing Trunk…',
        takes: 'account',
        menus: [onRow('account', '1_open@2')],
      },
      openPanel: {
        title: 'Open Trunk Panel',
        icon: 'open-preview',
        takes: 'trunk',
        menus: [onRow('trunk', 'inline@1'), onRow('trunk', '1_open@1')],
      },
      rename: {
        title: 'Rename Trunk…',
        takes: 'trunk',
        writes: true,
        menus: [onWritableRow('trunk', '3_change@1')],
      },
      refresh: { title: 'Refresh Trunk', takes: 'trunk', menus: [onRow('trunk', '1_open@3')] },
      copySid: { title: 'Copy Trunk SID', takes: 'trunk', menus: [onRow('trunk', '5_copy@1')] },
      copyDialTarget: {
        title: 'Copy Connect Applet Target',
        takes: 'trunk',
        menus: [onRow('trunk', '5_copy@2')],
      },
      showJson: {
        title: 'Show Trunk as JSON',
        takes: 'trunk',
        menus: [onRow('trunk', '1_open@4')],
      },
      delete: {
        title: 'Delete Trunk…',
        takes: 'trunk',
        writes: true,
        menus: [onWritableRow('trunk', '9_remove@1')],
      },
    },
  },
  number: {
    load: async () => (await import('../../app/usecases/numbers')).numberHandlers,
    commands: {
      map: {
        title: 'Map Phone Numbers…',
        icon: 'add',
        takes: 'mode',
        writes: true,
        menus: [
          onWritableRow('numbers', 'inline@1'),
          onWritableRow('numbers', '2_add@1'),
          onWritableRow('trunk', '2_add@1'),
        ],
      },
      switchMode: {
        title: 'Switch Phone Number Mode…',
        icon: 'arrow-swap',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('number', 'inline@1'), onWritableRow('number', '3_change@1')],
      },
      move: {
        title: 'Move Phone Number to Another Trunk…',
        takes: 'destination',
        writes: true,
        menus: [onWritableRow('number', '3_change@2')],
      },
      find: {
        title: 'Find Trunk of Phone Number…',
        takes: 'account',
        menus: [inTitle('2_find@1'), onRow('account', '1_open@3')],
      },
      copy: { title: 'Copy Phone Number', takes: 'rows', menus: [onRow('number', '5_copy@1')] },
      unmap: {
        title: 'Unmap Phone Number…',
        icon: 'trash',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('number', '9_remove@1')],
      },
    },
  },
  ip: {
    load: async () => (await import('../../app/usecases/ips')).ipHandlers,
    commands: {
      whitelist: {
        title: 'Whitelist IPs…',
        icon: 'add',
        takes: 'network',
        writes: true,
        menus: [
          onWritableRow('ips', 'inline@1'),
          onWritableRow('ips', '2_add@1'),
          onWritableRow('trunk', '2_add@2'),
        ],
      },
      change: {
        title: 'Change Whitelisted IP…',
        icon: 'edit',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('ip', 'inline@1'), onWritableRow('ip', '3_change@1')],
      },
      copy: { title: 'Copy Whitelisted IP', takes: 'rows', menus: [onRow('ip', '5_copy@1')] },
      remove: {
        title: 'Remove Whitelisted IP…',
        icon: 'trash',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('ip', '9_remove@1')],
      },
    },
  },
  destination: {
    load: async () => (await import('../../app/usecases/destinations')).destinationHandlers,
    commands: {
      add: {
        title: 'Add Destination URIs…',
        icon: 'add',
        takes: 'trunk',
        writes: true,
        menus: [
          onWritableRow('destinations', 'inline@1'),
          onWritableRow('destinations', '2_add@1'),
          onWritableRow('trunk', '2_add@3'),
        ],
      },
      changePriority: {
        title: 'Change Priority and Weight…',
        icon: 'list-ordered',
        takes: 'rows',
        writes: true,
        menus: [
          onWritableRow('destination', 'inline@1'),
          onWritableRow('destination', '3_change@1'),
        ],
      },
      changeAddress: {
        title: 'Change Destination Address…',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('destination', '3_change@2')],
      },
      copy: {
        title: 'Copy Destination URI',
        takes: 'rows',
        menus: [onRow('destination', '5_copy@1')],
      },
      remove: {
        title: 'Remove Destination URI…',
        icon: 'trash',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('destination', '9_remove@1')],
      },
    },
  },
  credential: {
    load: async () => (await import('../../app/usecases/credentials')).credentialHandlers,
    commands: {
      create: {
        title: 'Create Credential…',
        icon: 'add',
        takes: 'trunk',
        writes: true,
        menus: [
          onWritableRow('credentials', 'inline@1'),
          onWritableRow('credentials', '2_add@1'),
          onWritableRow('trunk', '2_add@4'),
        ],
      },
      copyUserName: {
        title: 'Copy SIP User Name',
        takes: 'rows',
        menus: [onRow('credential', '5_copy@1')],
      },
      copyPassword: {
        title: 'Copy SIP Password',
        icon: 'copy',
        takes: 'rows',
        menus: [onRow('credential', 'inline@1'), onRow('credential', '5_copy@2')],
      },
      rotate: {
        title: 'Rotate SIP Password…',
        icon: 'sync',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('credential', '3_change@1', 'own')],
      },
      delete: {
        title: 'Delete Credential…',
        takes: 'rows',
        writes: true,
        menus: [onWritableRow('credential', '9_remove@1', 'own')],
      },
    },
  },
  callerId: {
    load: async () => (await import('../../app/usecases/caller-id')).callerIdHandlers,
    commands: {
      set: {
        title: 'Set Caller ID…',
        icon: 'edit',
        takes: 'trunk',
        writes: true,
        menus: [
          onWritableRow('callerId', 'inline@1'),
          onWritableRow('callerId', '2_add@1'),
          onWritableRow('trunk', '2_add@5'),
        ],
      },
      clear: {
        title: 'Clear Caller ID…',
        icon: 'trash',
        takes: 'trunk',
        writes: true,
        menus: [onWritableRow('callerId', '9_remove@1', 'set')],
      },
      copy: {
        title: 'Copy Caller ID',
        takes: 'trunk',
        menus: [onRow('callerId', '5_copy@1', 'set')],
      },
    },
  },
  pbx: {
    load: async () => (await import('./pbx-commands')).pbxHandlers,
    commands: {
      generate: {
        title: 'Generate PBX Configuration…',
        takes: 'trunk',
        menus: [onRow('trunk', '4_pbx@1')],
      },
      insert: {
        title: 'Insert PBX Configuration at Cursor…',
        takes: 'trunk',
        menus: [
          onRow('trunk', '4_pbx@2'),
          {
            menu: 'editor/context',
            when: 'editorTextFocus && !editorReadonly && resourceFilename =~ /\\.(conf|cfg|xml|ini)$/',
            group: 'z_commands@9',
          },
        ],
      },
      copy: {
        title: 'Copy PBX Configuration…',
        takes: 'trunk',
        menus: [onRow('trunk', '4_pbx@3')],
      },
      save: {
        title: 'Save PBX Configuration…',
        takes: 'trunk',
        menus: [onRow('trunk', '4_pbx@4')],
      },
    },
  },
  code: {
    load: async () => (await import('./troubleshoot-commands')).codeHandlers,
    commands: {
      lookUp: { title: 'Look Up SIP or API Code…', takes: 'entry', menus: [inTitle('4_help@1')] },
    },
  },
  trace: {
    load: async () => (await import('./troubleshoot-commands')).traceHandlers,
    commands: {
      explain: {
        title: 'Explain SIP Trace',
        takes: 'nothing',
        menus: [
          {
            menu: 'editor/context',
            when: 'editorTextFocus && editorLangId =~ /^(log|Log|plaintext)$/',
            group: 'z_commands@8',
          },
        ],
      },
    },
  },
  problem: {
    load: async () => (await import('./troubleshoot-commands')).problemHandlers,
    commands: {
      explain: {
        title: 'Explain Error',
        takes: 'note',
        palette: false,
        menus: [onRow('note', '1_problem@1', 'explained')],
      },
      copyRequestId: {
        title: 'Copy Request ID',
        takes: 'note',
        palette: false,
        menus: [onRow('note', '5_copy@1', 'requestId')],
      },
      copyCurl: {
        title: 'Copy as cURL',
        takes: 'note',
        palette: false,
        menus: [onRow('note', '5_copy@2', 'request')],
      },
    },
  },
  check: {
    load: async () => (await import('./check-commands')).checkHandlers,
    commands: {
      run: {
        title: 'Run First-Call Checks…',
        icon: 'checklist',
        takes: 'check',
        menus: [
          onRow('trunk', 'inline@2'),
          onRow('trunk', '1_open@5'),
          inChecksTitle('navigation@1', '== none'),
          inChecksTitle('1_run@1', SHOWN),
        ],
      },
      runAll: {
        title: 'Run Checks on All Trunks',
        takes: 'account',
        menus: [onRow('account', '1_open@4')],
      },
      runAgain: {
        title: 'Run Checks Again',
        icon: 'run-all',
        takes: 'check',
        palette: false,
        menus: [
          inChecksTitle('navigation@1', '== done'),
          onCheck('checks', 'inline@1', '!running'),
          onCheck('checks', '1_run@1', '!running'),
        ],
      },
      stop: {
        title: 'Stop Checks',
        icon: 'debug-stop',
        takes: 'nothing',
        menus: [inChecksTitle('navigation@1', '== running')],
      },
      copyReport: {
        title: 'Copy Checks Report',
        icon: 'copy',
        takes: 'check',
        menus: [inChecksTitle('navigation@2', SHOWN), onCheck('checks', '5_copy@1')],
      },
      saveReport: {
        title: 'Save Checks Report…',
        icon: 'save',
        takes: 'check',
        menus: [inChecksTitle('navigation@3', SHOWN), onCheck('checks', '5_copy@2')],
      },
      mend: {
        title: 'Mend…',
        icon: 'wrench',
        takes: 'check',
        palette: false,
        menus: [onCheck('check', 'inline@1', 'mend'), onCheck('check', '1_check@1', 'mend')],
      },
      rerun: {
        title: 'Run Check Again',
        icon: 'refresh',
        takes: 'check',
        palette: false,
        menus: [
          onCheck('check', 'inline@2', '!running', '!manual'),
          onCheck('check', '1_check@2', '!running', '!manual'),
        ],
      },
      tick: {
        title: 'Mark as Checked',
        takes: 'check',
        palette: false,
        menus: [onCheck('check', '1_check@3', 'unticked')],
      },
      untick: {
        title: 'Mark as Not Checked',
        takes: 'check',
        palette: false,
        menus: [onCheck('check', '1_check@3', 'ticked')],
      },
    },
  },
  edge: {
    load: async () => (await import('./check-commands')).edgeHandlers,
    commands: {
      find: {
        title: 'Find a Reachable Edge…',
        takes: 'check',
        menus: [
          onRow('trunk', '1_open@6'),
          onCheck('checks', '1_run@2'),
          inChecksTitle('1_run@2', SHOWN),
        ],
      },
    },
  },
  view: {
    load: async () => (await import('../../app/usecases/view')).viewHandlers,
    commands: {
      refresh: {
        title: 'Refresh All Accounts',
        icon: 'refresh',
        takes: 'nothing',
        menus: [inTitle('navigation@3')],
      },
      filter: {
        title: 'Filter Trunks and Numbers…',
        icon: 'search',
        takes: 'nothing',
        menus: [inTitle('navigation@2', '!exotelSip.filtered')],
      },
      clearFilter: {
        title: 'Clear Filter',
        icon: 'clear-all',
        takes: 'nothing',
        menus: [inTitle('navigation@2', 'exotelSip.filtered')],
      },
      showMore: {
        title: 'Show More Trunks',
        takes: 'note',
        palette: false,
        menus: [onRow('note', '1_open@1', 'more')],
      },
      retry: {
        title: 'Retry',
        icon: 'refresh',
        takes: 'note',
        palette: false,
        menus: [onRow('note', 'inline@1', 'failed')],
      },
    },
  },
} satisfies Readonly<Record<string, NounDeclaration>>;
