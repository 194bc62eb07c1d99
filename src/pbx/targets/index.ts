/**
 * pbx/targets: one file per PBX.
 *
 * The list. A new target is a file in this folder and a line here.
 */
import type { PbxTarget } from '../types';
import { asteriskChanSip } from './asterisk-chan-sip';
import { asteriskPjsip } from './asterisk-pjsip';
import { audiocodes } from './audiocodes';
import { avayaSbce } from './avaya-sbce';
import { bolna } from './bolna';
import { ciscoCube } from './cisco-cube';
import { elevenlabs } from './elevenlabs';
import { freeswitch } from './freeswitch';
import { fusionpbx } from './fusionpbx';
import { genesysCloud } from './genesys-cloud';
import { grandstreamUcm } from './grandstream-ucm';
import { jambonz } from './jambonz';
import { freepbx } from './freepbx';
import { ribbon } from './ribbon';
import { teams } from './teams';
import { vicidial } from './vicidial';
import { mikopbx } from './mikopbx';
import { kamailio } from './kamailio';
import { opensips } from './opensips';
import { drachtio } from './drachtio';
import { livekit } from './livekit';
import { retell } from './retell';
import { settingsTable } from './settings-table';
import { threecx } from './threecx';
import { ultravox } from './ultravox';
import { vapi } from './vapi';
import { yeastar } from './yeastar';

export const targets: readonly PbxTarget[] = [
  asteriskPjsip,
  asteriskChanSip,
  freepbx,
  vicidial,
  mikopbx,
  freeswitch,
  fusionpbx,
  kamailio,
  opensips,
  drachtio,
  ciscoCube,
  audiocodes,
  ribbon,
  teams,
  avayaSbce,
  genesysCloud,
  threecx,
  grandstreamUcm,
  yeastar,
  livekit,
  elevenlabs,
  vapi,
  retell,
  bolna,
  ultravox,
  jambonz,
  settingsTable,
];
