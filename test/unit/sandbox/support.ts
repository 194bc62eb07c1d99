// A small HTTP caller for the sandbox's tests: knows the envelope, nothing of the extension's client.
import assert from 'node:assert/strict';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox';
import { startSandbox } from '../../../src/sandbox';

export type Data = Record<string, unknown>;

export interface Item {
  code: number;
  error_data: { code: number; message: string; description: string } | null;
  status: 'success' | 'failure';
  data: Data | null;
}

export interface Envelope {
  request_id: string;
  method: string;
  http_code: number;
  metadata?: Data;
  response: Item | Item[];
}

/** One answer, with the readings the tests ask for. */
export class Reply {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly text: string,
  ) {}

  get envelope(): Envelope {
    return JSON.parse(this.text) as Envelope;
  }

  get item(): Item {
    const { response } = this.envelope;
    assert.ok(!Array.isArray(response), `one item expected: ${this.text}`);
    return response;
  }

  get items(): Item[] {
    const { response } = this.envelope;
    assert.ok(Array.isArray(response), `a list expected: ${this.text}`);
    return response;
  }

  /** The resource of a call that went well. */
  get data(): Data {
    assert.equal(this.item.status, 'success', this.text);
    return this.item.data ?? {};
  }

  /** The resources of a list. */
  get rows(): Data[] {
    return this.items.map(({ data }) => data ?? {});
  }

  /** HTTP status, code in the body, Exotel's code and its description. */
  get refusal(): [number, number, number, string] {
    const { code, error_data: error, status, data } = this.item;
    assert.equal(status, 'failure', this.text);
    assert.equal(data, null);
    assert.ok(error);
    return [this.status, code, error.code, error.description];
  }
}

export class Caller {
  constructor(readonly sandbox: Sandbox) {}

  /** @param path below `/v2/accounts/{sid}` */
  get(path: string): Promise<Reply> {
    return this.send('GET', path);
  }

  post(path: string, body: unknown): Promise<Reply> {
    return this.send('POST', path, body);
  }

  put(path: string, body: unknown): Promise<Reply> {
    return this.send('PUT', path, body);
  }

  delete(path: string): Promise<Reply> {
    return this.send('DELETE', path);
  }

  send(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.raw(`/v2/accounts/${this.sandbox.accountSid}${path}`, {
      method,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
    });
  }

  /** @param path from the root, as in the URIs the API answers with */
  async raw(path: string, init: RequestInit = {}): Promise<Reply> {
    const headers = new Headers(init.headers);
    if (!headers.has('Authorization')) headers.set('Authorization', basic(this.sandbox));
    const response = await fetch(this.sandbox.url + path, { ...init, headers });
    return new Reply(response.status, response.headers, await response.text());
  }

  async newTrunk(name = 'new_trunk'): Promise<string> {
    const reply = await this.post('/trunks', trunkBody(name, this.sandbox));
    return String(reply.data['trunk_sid']);
  }
}

export function basic({ apiKey, apiToken }: { apiKey: string; apiToken: string }): string {
  return `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`;
}

export function trunkBody(name: string, { accountSid }: Sandbox): Data {
  return { trunk_name: name, nso_code: 'ANY-ANY', domain_name: `${accountSid}.pstn.exotel.com` };
}

/** A sandbox for each test of the surrounding `describe`; closed after it. */
export function sandboxPerTest(options: SandboxOptions = {}): () => Caller {
  let caller: Caller;
  beforeEach(async () => {
    caller = new Caller(await startSandbox({ callsPerMinute: Infinity, ...options }));
  });
  afterEach(() => caller.sandbox.close());
  return () => caller;
}

/** The seeded trunks, by use case. */
export const OUTBOUND = 'trmum1f708622631150902801a1n';
export const INBOUND = 'trmum15c19d0b84e7a326f911a2b';
export const STREAMKIT = 'trmum1a04be61f7d2c8593e01a3u';
