/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * Everything the panel says. `panelStrings()` goes to the page as data, which knows no words of its own;
 * `viewStrings` are the sentences the host puts facts into.
 */
import * as l10n from '@vscode/l10n';
import { valueLabel } from '../../pbx/options';
import type { ConnectionUse } from '../../terms/use';
import type { Evidence, PbxGroup } from '../../pbx/types';
import type { Level } from '../../terms/finding';
import type { Produced } from '../../app/produce';

export function panelStrings() {
  return {
    connection: l10n.t('Connection'),
    credentials: l10n.t('SIP credentials'),
    atExotel: l10n.t('Set up at Exotel'),
    readiness: l10n.t('Use cases'),
    checkYourself: l10n.t('Check yourself'),
    configuration: l10n.t('PBX configuration'),
    options: l10n.t('Options'),
    moreOptions: l10n.t('More options'),
    files: l10n.t('Files'),
    advice: l10n.t('Problems and advice'),
    about: l10n.t('Where it goes and how to check it'),
    copy: l10n.t('Copy'),
    copyThing: l10n.t('Copy {0}'),
    refreshThing: l10n.t('Refresh {0}'),
    copyPassword: l10n.t('Copy password'),
    copyPasswordOf: l10n.t('Copy the password of {0} without showing it'),
    reveal: l10n.t('Show'),
    revealOf: l10n.t('Show the password of {0} for 30 seconds'),
    passwordOf: l10n.t('Password of {0}'),
    passwordHidden: l10n.t('Password hidden'),
    retry: l10n.t('Retry'),
    explain: l10n.t('Explain'),
    close: l10n.t('Close'),
    loading: l10n.t('Loading…'),
    steps: {
      ok: l10n.t('done'),
      info: l10n.t('done, with a note'),
      warning: l10n.t('done, with a warning'),
      problem: l10n.t('missing'),
      unknown: l10n.t('not known'),
      manual: l10n.t('still to do'),
    } satisfies Record<Level, string>,
    resetChoices: l10n.t('Reset Options'),
    copyText: l10n.t('Copy'),
    insert: l10n.t('Insert at Cursor'),
    insertThing: l10n.t('Insert {0} at Cursor'),
    openInEditor: l10n.t('Open in Editor'),
    openAll: l10n.t('Open All in Editors'),
    saveAs: l10n.t('Save As…'),
    saveAll: l10n.t('Write All Files…'),
    copyCommand: l10n.t('Copy as Terminal Command'),
    searchTargets: l10n.t('Search by name, vendor or kind'),
    nothingFound: l10n.t('Nothing found for “{0}”. The table of settings fits any other PBX.'),
    foundOne: l10n.t('1 found'),
    foundSeveral: l10n.t('{0} found'),
    includePassword: l10n.t('Include the password'),
    includeMeaning: l10n.t(
      'The text here never shows it. It is put in when you copy, insert, open or save.',
    ),
    preview: l10n.t('Text of {0}'),
    where: l10n.t('Where it goes'),
    load: l10n.t('Load it'),
    check: l10n.t('Check it'),
    mistakes: l10n.t('Common mistakes'),
    versions: l10n.t('Versions'),
    evidence: l10n.t('How this text was checked'),
    filesWithFolders: l10n.t('Files'),
    levelProblem: l10n.t('Problem'),
    levelWarning: l10n.t('Warning'),
    levelInfo: l10n.t('Note'),
    levelUnknown: l10n.t('Not known'),
  };
}

export type PanelStrings = ReturnType<typeof panelStrings>;

const MEANINGS: Readonly<Record<Exclude<ConnectionUse, 'both'>, () => string>> = {
  outbound: () => l10n.t('Your PBX calls the telephone network.'),
  inbound: () => l10n.t('The telephone network calls your PBX.'),
  streamkit: () => l10n.t('Your contact centre calls a voice bot.'),
};

const GROUP_NAMES: Readonly<Record<PbxGroup, () => string>> = {
  pbx: () => l10n.t('PBX'),
  proxy: () => l10n.t('SIP proxy'),
  sbc: () => l10n.t('SBC'),
  'voice-ai': () => l10n.t('Voice AI'),
  table: () => l10n.t('Other'),
};

const EVIDENCE_BADGES: Readonly<Record<Evidence['level'], () => string>> = {
  calls: () => l10n.t('calls proven'),
  parser: () => l10n.t('read by a parser'),
  schema: () => l10n.t('checked by vendor’s schema'),
  documents: () => l10n.t('from documents'),
};

const EVIDENCE: Readonly<Record<Evidence['level'], (basis: string, day: string) => string>> = {
  calls: (basis, day) => l10n.t('Calls were placed through {0} with it ({1}).', basis, day),
  parser: (basis, day) =>
    l10n.t('Its form was read by {0} ({1}). The tests place no call with it.', basis, day),
  schema: (basis, day) =>
    l10n.t(
      'Held against the vendor’s published types: {0} ({1}). The tests place no call with it.',
      basis,
      day,
    ),
  documents: (basis, day) =>
    l10n.t('Written from documents: {0} ({1}). The tests place no call with it.', basis, day),
};

export const viewStrings = {
  group: (group: PbxGroup) => GROUP_NAMES[group](),
  evidenceBadge: (level: Evidence['level']) => EVIDENCE_BADGES[level](),
  evidence: ({ level, basis, checked }: Evidence) => EVIDENCE[level](basis, checked),
  /** `values`: one, or two that have to be changed together. */
  useInstead: (values: readonly string[]) =>
    values.length > 1
      ? l10n.t('Use {0} and {1}', values[0] ?? '', values[1] ?? '')
      : l10n.t('Use {0}', values[0] ?? ''),
  fillInPassword: () => l10n.t('Put the SIP password here, or include it.'),
  fillInNumber: () => l10n.t('Put a phone number of the trunk here.'),
  useCase: (useCase: ConnectionUse) => valueLabel('useCase', useCase),
  useCaseMeaning: (useCase: Exclude<ConnectionUse, 'both'>) => MEANINGS[useCase](),

  panelTitle: (trunk: string, account: string) => l10n.t('{0} · {1}', trunk, account),
  loading: (trunk: string) => l10n.t('Loading trunk {0}…', trunk),
  failedTitle: () => l10n.t('This trunk could not be loaded'),
  accountGoneTitle: () => l10n.t('This account is not here any more'),
  accountGone: () =>
    l10n.t(
      'The panel belongs to an account that was removed, or to the sandbox of a window that is closed. Add the account again, then open its trunk from the tree.',
    ),
  trunkGoneTitle: () => l10n.t('This trunk is not there any more'),
  trunkGone: (trunkSid: string, account: string) =>
    l10n.t('{0} has no trunk {1}. It may have been deleted elsewhere.', account, trunkSid),
  problem: (sentence: string, nextStep: string) => `${sentence} ${nextStep}`,

  sipDomain: () => l10n.t('SIP domain'),
  sipDomainNote: () => l10n.t('Domain of the From header.'),
  server: () => l10n.t('SIP server'),
  serverNote: () => l10n.t('Follows the edge chosen below.'),
  ports: () => l10n.t('Ports'),
  portsValue: (tls: number, tcp: number) => l10n.t('{0} TLS, {1} TCP', tls, tcp),
  portsNote: () => l10n.t('No UDP and no registration.'),
  realm: () => l10n.t('Digest realm'),
  dialWhom: () => l10n.t('Connect applet, “Dial whom”'),
  dialWhomNote: () =>
    l10n.t(
      'Inbound calls reach the trunk through an App Bazaar flow whose Connect applet dials this.',
    ),
  trunkSid: () => l10n.t('Trunk SID'),
  accountSid: () => l10n.t('Account SID'),
  region: () => l10n.t('Region'),
  customHost: (host: string) => l10n.t('Custom host, {0}', host),
  created: () => l10n.t('Created'),
  updated: () => l10n.t('Updated'),
  status: (status: 'active' | 'inactive') =>
    status === 'active' ? l10n.t('Active') : l10n.t('Inactive'),
  readOnly: () => l10n.t('Read-only'),
  sandbox: () => l10n.t('Sandbox'),
  readOnlyReason: (account: string) =>
    l10n.t('{0} is set to read-only: nothing is changed at Exotel.', account),

  issued: () => l10n.t('Issued by Exotel with the trunk'),
  passwordUnknown: () =>
    l10n.t('Exotel does not return this password. Rotate it to set one you know.'),
  numbers: () => l10n.t('Phone numbers'),
  ips: () => l10n.t('Whitelisted IPs'),
  destinations: () => l10n.t('Destination URIs'),
  callerId: () => l10n.t('Caller ID'),
  destinationDetail: (priority: number, weight: number) =>
    l10n.t('priority {0}, weight {1}', priority, weight),
  none: () => l10n.t('None'),
  noCallerId: () => l10n.t('Not set: the From number is shown.'),
  noCredential: () => l10n.t('The trunk has no credential.'),

  notSetUp: () => l10n.t('Not set up'),
  notKnownYet: () => l10n.t('Loading…'),

  mapNumber: () => l10n.t('Map Number…'),
  switchMode: () => l10n.t('Switch Mode…'),
  whitelistIp: () => l10n.t('Whitelist IP…'),
  addDestination: () => l10n.t('Add Destination…'),
  createCredential: () => l10n.t('Create Credential…'),
  rotate: () => l10n.t('Rotate Password…'),
  setCallerId: () => l10n.t('Set Caller ID…'),
  refresh: () => l10n.t('Refresh'),
  addAccount: () => l10n.t('Add Account…'),
  editAccount: () => l10n.t('Edit Account…'),

  edge: (name: string, host: string) => l10n.t('{0} ({1})', name, host),
  trunkCallerId: (number: string) => l10n.t('Automatic ({0})', number),
  noNumber: () => l10n.t('Automatic (no number yet)'),
  example: (text: string) => l10n.t('e.g. {0}', text),
  fixErrors: () => l10n.t('Correct the marked options to make the text.'),
  cannotIncludeNone: () => l10n.t('The trunk has no credential.'),
  cannotIncludeUnknown: (userName: string) =>
    l10n.t('The password of {0} is not known on this computer.', userName),
  cannotIncludeUnused: () => l10n.t('This configuration needs no password.'),
};

export type ViewStrings = typeof viewStrings;

/** Why there is no text. */
export function blockedText(blocked: NonNullable<Produced['blocked']>): string {
  return blocked.kind === 'fields' ? viewStrings.fixErrors() : blocked.reason;
}

/** What is said after something was done. */
export const resultStrings = {
  copied: (what: string) => l10n.t('Copied {0}.', what),
  commandCopied: () =>
    l10n.t(
      'Copied the command that makes this text in a terminal, with a placeholder as password.',
    ),
  /** `taken`, `left`: options as words, e.g. `transport=tcp`; '' for none. */
  adopted: (taken: string, left: string) =>
    [
      taken === '' ? '' : l10n.t('Options taken from the block that was there: {0}.', taken),
      left === '' ? '' : l10n.t('Options of that block that are not to be had here: {0}.', left),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
  passwordCopied: () => l10n.t('Password copied. It was not shown.'),
  /** `others`: names of the files that go with it; '' when there are none. */
  inserted: (file: string, into: string, others: string) =>
    others === ''
      ? l10n.t('Inserted into {0}.', into)
      : l10n.t('Inserted {0} into {1}. Still needed: {2}.', file, into, others),
  openedInstead: (file: string, others: string) =>
    others === ''
      ? l10n.t('No editor was open: opened a new one.')
      : l10n.t('No editor was open: opened {0} in a new one. Still needed: {1}.', file, others),
  opened: (count: number) =>
    count === 1 ? l10n.t('Opened in an editor.') : l10n.t('Opened {0} editors.', count),
  saved: (names: string) => l10n.t('Saved {0}.', names),
  noPassword: (userName: string) =>
    l10n.t('The password of {0} is not known on this computer.', userName),
  cannotGenerate: (reason: string) => l10n.t('No text was made. {0}', reason),
  failed: (reason: string) => l10n.t('That did not work: {0}', reason),
  confirmTitle: (userName: string) =>
    l10n.t('Put the SIP password of {0} in clear text?', userName),
  confirmDetail: () =>
    l10n.t(
      'Whoever can read the clipboard, the editor or the file can then make calls at your cost.',
    ),
  confirmGitDetail: (fileName: string) =>
    l10n.t(
      '{0} is inside a git work tree: the password may be committed and shared with everybody who can read the repository.',
      fileName,
    ),
  confirmAction: () => l10n.t('Include Password'),
};
