// Every combination of use case, authentication and transport that a target with a published schema can
// do, and the requests that are written for it.
import { targets } from '../../../src/pbx/targets/index';
import type { PbxTarget } from '../../../src/pbx/types';
import { AUTH_MODES, TRANSPORTS, USE_CASES, generated } from '../../unit/pbx/fixtures';
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
  readonly questions: readonly Question[];
}

function combinationsOf(target: PbxTarget, name: string): Combination[] {
  const variants = target.variants.length === 0 ? [''] : target.variants.map(({ id }) => id);
  const list: Combination[] = [];
  for (const variant of variants) {
    for (const useCase of USE_CASES) {
      for (const auth of AUTH_MODES) {
        for (const transport of TRANSPORTS) {
          if (target.cannot(useCase, auth, transport) !== null) continue;
          const exotelAddresses = ['192.0.2.1', '198.51.100.0/24'];
          const options = { useCase, auth, transport, variant, exotelAddresses };
          const { files } = generated(target.id, { options, password: 'p"\\;<&$ä電' });
          const questions = files.map(({ name: fileName, text }): Question => {
            const kind = kindOf(fileName);
            if (kind === undefined) throw new Error(`${fileName} is held against nothing.`);
            return { kind, value: JSON.parse(text) as unknown };
          });
          const way = [useCase, auth, transport, ...(variant === '' ? [] : [variant])].join(', ');
          list.push({
            ...{ targetId: target.id, package: name, version: vendorPackages[name] ?? '' },
            ...{ variant, useCase, auth, transport, questions },
            title: `${target.id}: ${way}`,
          });
        }
      }
    }
  }
  return list;
}

export const combinations: readonly Combination[] = targets.flatMap((target) => {
  const name = packages[target.id];
  return name === undefined ? [] : combinationsOf(target, name);
});

/** Targets that say they are proven by a schema, but are held against none. */
export const unproven: readonly string[] = targets
  .filter(({ id, evidence }) => evidence.level === 'schema' && packages[id] === undefined)
  .map(({ id }) => id);
