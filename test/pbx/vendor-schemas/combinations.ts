// Every combination of use case, authentication and transport that a target with a published schema can
// do, and the requests that are written for it.
import { cards } from '../../../src/pbx/cards';
import type { PbxCard } from '../../../src/pbx/types';
import { AUTH_MODES, TRANSPORTS, USE_CASES, generated, type Given } from '../../unit/pbx/fixtures';
import { vendorPackages } from './install';
import { kindOf, type Question } from './verdicts';

/** The package that each target's requests are held against. */
const packages: Readonly<Record<string, string>> = {
  livekit: '@livekit/protocol',
  elevenlabs: '@elevenlabs/elevenlabs-js',
  vapi: '@vapi-ai/server-sdk',
  retell: 'retell-sdk',
};

export interface Combination {
  readonly targetId: string;
  readonly package: string;
  readonly version: string;
  readonly variant: string;
  readonly useCase: string;
  readonly auth: string;
  readonly transport: string;
  /** E.g. `livekit: outbound, credential, tls`. */
  readonly title: string;
  readonly questions: () => readonly Question[];
}

/** What is asked about the requests of one combination; loadWriters() comes before it. */
function questionsFor(id: string, options: Given['options']): Question[] {
  const { files } = generated(id, { options: options ?? {}, password: 'p"\\;<&$ä電' });
  return files.map(({ name, text }): Question => {
    const kind = kindOf(name);
    if (kind === undefined) throw new Error(`${name} is held against nothing.`);
    return { kind, value: JSON.parse(text) as unknown };
  });
}

function combinationsOf(card: PbxCard, name: string): Combination[] {
  const variants = card.variants.length === 0 ? [''] : card.variants.map(({ id }) => id);
  const list: Combination[] = [];
  for (const variant of variants) {
    for (const useCase of USE_CASES) {
      for (const auth of AUTH_MODES) {
        for (const transport of TRANSPORTS) {
          if (card.cannot(useCase, auth, transport) !== null) continue;
          const exotelAddresses = ['192.0.2.1', '198.51.100.0/24'];
          const options = { useCase, auth, transport, variant, exotelAddresses };
          const way = [useCase, auth, transport, ...(variant === '' ? [] : [variant])].join(', ');
          list.push({
            ...{ targetId: card.id, package: name, version: vendorPackages[name] ?? '' },
            ...{ variant, useCase, auth, transport },
            questions: () => questionsFor(card.id, options),
            title: `${card.id}: ${way}`,
          });
        }
      }
    }
  }
  return list;
}

export const combinations: readonly Combination[] = cards.flatMap((card) => {
  const name = packages[card.id];
  return name === undefined ? [] : combinationsOf(card, name);
});

/** Targets that say they are proven by a schema, but are held against none. */
export const unproven: readonly string[] = cards
  .filter(({ id, evidence }) => evidence.level === 'schema' && packages[id] === undefined)
  .map(({ id }) => id);
