// What still stands in the wrong place: these lists only get shorter, and go when they are empty.

/** The most of the source files that may import `vscode`: 0.15 in the end. */
export const mostVscode = 0.16;

/** Files of workbench/ that never reach `vscode`. */
export const pureInWorkbench: readonly string[] = ['src/workbench/input/vscode-prompter.ts'];

/** Circles of types. */
export const knownCircles: readonly string[] = [
  'src/pages/panel/panel-protocol.ts src/pages/panel/strings.ts',
  'src/trace/doctor.ts src/trace/rules/call-rules.ts',
];

/** Files that type a command's id. */
export const typingIds: readonly string[] = [];

/** Exported values that only tests take, or nobody. */
export const takenByTestsOnly: readonly string[] = [
  'src/app/plan.ts: variantInForce',
  'src/app/terminal-command.ts: shellWord',
  'src/app/terminal/documents.ts: DOCUMENTS',
  'src/pbx/options.ts: eachOption',
  'src/app/pbx/snippet.ts: escapeSnippet',
  'src/checks/plan.ts: overall',
  'src/checks/rows/network-rows.ts: judgeDns',
  'src/checks/rows/network-rows.ts: judgeTcp',
  'src/checks/rows/network-rows.ts: judgeTls',
  'src/checks/rows/network-rows.ts: judgeSip',
  'src/exotel/limiter.ts: CALLS_PER_MINUTE',
  'src/exotel/limiter.ts: LimiterClosed',
  'src/exotel/rules/addresses.ts: checkMask',
  'src/exotel/transport.ts: classifyFault',
  'src/pages/panel/panel-protocol.ts: PANEL_COMMANDS',
  'src/pages/panel/panel-protocol.ts: CHOICE_FIELDS',
  'src/pages/panel/panel-protocol.ts: OUTPUT_ACTIONS',
  'src/pages/trace/trace-page.ts: ladderView',
  'src/pages/trace/trace-page.ts: findingsText',
  'src/pbx/generate.ts: generateWith',
  'src/pbx/quoting/audiocodes-ini.ts: addressPatterns',
  'src/pbx/writers/shared/freeswitch-parts.ts: codecs',
  'src/pbx/writing/block.ts: firstLineOf',
  'src/pbx/writing/sheet.ts: table',
  'src/trace/readers/split.ts: readTrace',
  'src/trace/rules/call-rules.ts: isInside',
  'src/trunks/sections.ts: isSection',
  'src/workbench/checks/check-text.ts: summaryText',
  'src/workbench/editor/git.ts: isInGitWorkTree',
  'src/workbench/editor/json-document.ts: JSON_SCHEME',
  'src/workbench/editor/save.ts: destinationIn',
  'src/workbench/tree/row-text.ts: busyIcon',
  'src/workbench/troubleshoot/explanations.ts: EXPLANATION_VIEW',
  'src/workbench/troubleshoot/trace-session.ts: TRACE_VIEW',
];
