// Runs a drachtio script with nothing behind it: what it asks of drachtio-srf and of Node is noted down,
// and calls are put to it as drachtio-server would. Only the parts of drachtio-srf's interface that its
// documents name are there; anything else fails.
import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import { compileFunction } from 'node:vm';

export interface Offered {
  readonly from: string;
  readonly dialled: string;
  readonly sdp?: string;
  readonly caller?: string;
}

/** What became of a call: refused with a status, or a second leg was asked for. */
export interface Outcome {
  readonly status?: number;
  readonly uri?: string;
  readonly options?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly auth?: { readonly username: string; readonly password: string };
    readonly localSdpB?: string;
  };
}

export interface Run {
  readonly subnets: readonly string[];
  readonly connected: unknown;
  readonly constants: Readonly<Record<string, unknown>>;
  readonly call: (offered: Offered) => Outcome;
}

type Handler = (req: unknown, res: unknown) => unknown;

const CONSTANTS = ['TRUNK', 'PBX', 'EDGE', 'FROM', 'FLOW_NUMBER', 'AUTH', 'CODECS', 'NUMBERS'];

export function runDrachtio(text: string, env: Readonly<Record<string, string>> = {}): Run {
  const subnets: string[] = [];
  const handlers = new Map<string, Handler>();
  let connected: unknown;
  let outcome: { status?: number; uri?: string; options?: unknown } = {};

  class Noted {
    private readonly list = new BlockList();
    addSubnet(address: string, bits: number, family: 'ipv4'): void {
      assert.equal(family, 'ipv4');
      subnets.push(`${address}/${bits}`);
      this.list.addSubnet(address, bits, family);
    }
    check(address: string): boolean {
      return this.list.check(address);
    }
  }
  class Srf {
    invite(handler: Handler): void {
      handlers.set('invite', handler);
    }
    options(handler: Handler): void {
      handlers.set('options', handler);
    }
    on(): void {
      // Errors are not simulated.
    }
    connect(options: unknown): void {
      connected = options;
    }
    createB2BUA(_req: unknown, _res: unknown, uri: string, options: unknown): Promise<unknown> {
      outcome = { uri, options };
      return new Promise(() => {
        // The far side never answers.
      });
    }
  }
  const modules: Readonly<Record<string, unknown>> = {
    'drachtio-srf': Srf,
    'node:net': { BlockList: Noted },
  };
  const constants: Record<string, unknown> = {};
  const shown = CONSTANTS.map(
    (name) => `read.${name} = typeof ${name} === 'undefined' ? undefined : ${name};`,
  );
  const code = `${text}\n${shown.join('\n')}`;
  const start = compileFunction(code, ['require', 'process', 'console', 'read']) as (
    ...given: readonly unknown[]
  ) => void;
  start(
    (name: string) => {
      assert.ok(name in modules, `an unknown module: ${name}`);
      return modules[name];
    },
    { env },
    { log: () => undefined, error: () => undefined },
    constants,
  );
  return {
    subnets,
    connected,
    constants,
    call({ from, dialled, sdp = '', caller = '+919812345678' }) {
      outcome = {};
      const handler = handlers.get('invite');
      assert.ok(handler !== undefined, 'no handler for INVITE');
      handler(
        {
          source_address: from,
          calledNumber: dialled,
          callingNumber: caller,
          body: sdp,
          get: () => undefined,
        },
        { send: (status: number) => (outcome = { status }) },
      );
      return outcome as Outcome;
    },
  };
}
