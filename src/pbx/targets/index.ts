/**
 * pbx/targets: one file per PBX.
 *
 * The list. A new target is a file in this folder and a line here.
 */
import type { PbxTarget } from '../types';
import { asteriskPjsip } from './asterisk-pjsip';
import { freeswitch } from './freeswitch';
import { kamailio } from './kamailio';
import { settingsTable } from './settings-table';

export const targets: readonly PbxTarget[] = [asteriskPjsip, freeswitch, kamailio, settingsTable];
