/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The input rules: pure functions from what a person typed to what the API takes.
 */
export { checkIp, checkMask, type IpAndMask } from './addresses';
export type { Accepted, Checked, Finding, Refusal, RuleField } from './checked';
export { checkDestination } from './destination';
export { checkApiHost } from './host';
export { splitList } from './list';
export {
  checkAccountSid,
  checkDomain,
  checkFriendlyName,
  checkPassword,
  checkPriority,
  checkTrunkName,
  checkTrunkSid,
  checkUserName,
  checkWeight,
  generatePassword,
} from './names';
export { checkPhoneNumber } from './numbers';
