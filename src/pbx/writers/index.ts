/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Where each is loaded from. Nothing else may import a writer but another writer.
 */
import type { CardId } from '../cards';
import type { PbxWriter } from '../types';

const LOADERS: Readonly<Record<CardId, () => Promise<{ readonly writer: PbxWriter }>>> = {
  'asterisk-pjsip': () => import('./asterisk-pjsip'),
  'asterisk-chan-sip': () => import('./asterisk-chan-sip'),
  freepbx: () => import('./freepbx'),
  vicidial: () => import('./vicidial'),
  mikopbx: () => import('./mikopbx'),
  freeswitch: () => import('./freeswitch'),
  fusionpbx: () => import('./fusionpbx'),
  kamailio: () => import('./kamailio'),
  opensips: () => import('./opensips'),
  drachtio: () => import('./drachtio'),
  'cisco-cube': () => import('./cisco-cube'),
  audiocodes: () => import('./audiocodes'),
  ribbon: () => import('./ribbon'),
  teams: () => import('./teams'),
  'avaya-sbce': () => import('./avaya-sbce'),
  'genesys-cloud': () => import('./genesys-cloud'),
  threecx: () => import('./threecx'),
  'grandstream-ucm': () => import('./grandstream-ucm'),
  yeastar: () => import('./yeastar'),
  livekit: () => import('./livekit'),
  elevenlabs: () => import('./elevenlabs'),
  vapi: () => import('./vapi'),
  retell: () => import('./retell'),
  bolna: () => import('./bolna'),
  ultravox: () => import('./ultravox'),
  jambonz: () => import('./jambonz'),
  'settings-table': () => import('./settings-table'),
};

function isCardId(id: string): id is CardId {
  return Object.hasOwn(LOADERS, id);
}

/** The writer of a card, by the card's id. Rejects for an id that is no card's. */
export async function loadWriter(id: string): Promise<PbxWriter> {
  if (!isCardId(id)) throw new Error(`There is no writer for ${id}.`);
  return (await LOADERS[id]()).writer;
}
