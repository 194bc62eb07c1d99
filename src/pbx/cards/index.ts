/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * The list, and which card is meant. A new PBX is a file in this folder, one in writers/, and a line in the
 * index of each.
 */
import type { PbxCard } from '../types';
import { asteriskChanSip } from './asterisk-chan-sip';
import { asteriskPjsip } from './asterisk-pjsip';
import { audiocodes } from './audiocodes';
import { avayaSbce } from './avaya-sbce';
import { bolna } from './bolna';
import { ciscoCube } from './cisco-cube';
import { drachtio } from './drachtio';
import { elevenlabs } from './elevenlabs';
import { freepbx } from './freepbx';
import { freeswitch } from './freeswitch';
import { fusionpbx } from './fusionpbx';
import { genesysCloud } from './genesys-cloud';
import { grandstreamUcm } from './grandstream-ucm';
import { jambonz } from './jambonz';
import { kamailio } from './kamailio';
import { livekit } from './livekit';
import { mikopbx } from './mikopbx';
import { opensips } from './opensips';
import { retell } from './retell';
import { ribbon } from './ribbon';
import { settingsTable } from './settings-table';
import { teams } from './teams';
import { threecx } from './threecx';
import { ultravox } from './ultravox';
import { vapi } from './vapi';
import { vicidial } from './vicidial';
import { yeastar } from './yeastar';

const LIST = [
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
] as const;

export type CardId = (typeof LIST)[number]['id'];

/** In the order a person looks for them. */
export const cards: readonly PbxCard<CardId>[] = LIST;

export function cardById(id: string): PbxCard<CardId> | null {
  return cards.find((card) => card.id === id) ?? null;
}

function fileNamePattern(glob: string): RegExp {
  const pattern = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${pattern}$`, 'i');
}

const BY_LANGUAGE: Readonly<Record<string, CardId>> = {
  asterisk: 'asterisk-pjsip',
  kamailio: 'kamailio',
  xml: 'freeswitch',
  markdown: 'settings-table',
};

/** Every PBX that has a file of this name (with or without folders): those that name it exactly first. */
export function cardsOfFile(fileName: string): readonly PbxCard<CardId>[] {
  const name = fileName.split(/[\\/]/).at(-1) ?? '';
  const exact = cards.filter(({ fileNames }) => fileNames.includes(name));
  const alike = cards.filter((card) =>
    card.fileNames.some((glob) => fileNamePattern(glob).test(name)),
  );
  return [...new Set([...exact, ...alike])];
}

/** The PBX a file is for, by its name, else by its language. */
export function guessCard(fileName: string, languageId: string): PbxCard<CardId> | null {
  return cardsOfFile(fileName)[0] ?? cardById(BY_LANGUAGE[languageId] ?? '');
}
