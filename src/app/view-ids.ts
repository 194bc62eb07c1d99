/**
 * app/: the application, without `vscode`.
 *
 * What our views and panels are called in the manifest.
 */

/** Written into the code that names them: the start of the extension shares no file with what comes later. */
export const enum ViewId {
  Trunks = 'exotelSip.trunks',
  Checks = 'exotelSip.checks',
  /** The webview panel of a trunk, as it is kept across a reload of the window. */
  TrunkPanel = 'exotelSip.trunkPanel',
}
