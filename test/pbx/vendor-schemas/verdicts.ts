// Whether a vendor's own code takes a request: LiveKit's and ElevenLabs' by the parsers in their packages,
// with unknown fields refused; Vapi's and Retell's, which publish types only, by the TypeScript compiler.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { root, temporaryDir } from '../../support/paths';
import { runNode } from '../../support/processes';
import { ensureVendorPackages } from './install';

/** What is asked about one value: the kind of request it is to be. */
export interface Question {
  readonly kind: RequestKind;
  readonly value: unknown;
}

/** The kinds of request by the beginning of the file's name, the longest first. */
const kinds = {
  'livekit-outbound-trunk': { parser: 'livekit', type: 'CreateSIPOutboundTrunkRequest' },
  'livekit-inbound-trunk': { parser: 'livekit', type: 'CreateSIPInboundTrunkRequest' },
  'livekit-dispatch-rule': { parser: 'livekit', type: 'CreateSIPDispatchRuleRequest' },
  'livekit-call': { parser: 'livekit', type: 'CreateSIPParticipantRequest' },
  'elevenlabs-phone-number': {
    parser: 'elevenlabs',
    type: 'phoneNumbers/types/PhoneNumbersCreateRequestBody',
  },
  'elevenlabs-call': {
    parser: 'elevenlabs',
    type: 'sipTrunk/client/requests/BodyHandleAnOutboundCallViaSipTrunkV1ConvaiSipTrunkOutboundCallPost',
  },
  'vapi-credential': {
    parser: 'types',
    type: 'Vapi.CreateAssistantDtoCredentialsItem.ByoSipTrunk',
  },
  'vapi-phone-number': {
    parser: 'types',
    type: 'Vapi.CreatePhoneNumbersRequest.ByoPhoneNumber',
  },
  'retell-phone-number': { parser: 'types', type: 'PhoneNumberImportParams' },
  'retell-call': { parser: 'types', type: 'CallCreatePhoneCallParams' },
} as const;

export type RequestKind = keyof typeof kinds;

export function kindOf(fileName: string): RequestKind | undefined {
  return (Object.keys(kinds) as RequestKind[]).find((kind) => fileName.startsWith(kind));
}

/** Null: the vendor's code takes it; otherwise what it says against it. */
export type Verdict = string | null;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface ProtobufType {
  fromJson(value: unknown, options: { readonly ignoreUnknownFields: boolean }): unknown;
}

function askLivekit(load: NodeJS.Require, type: string, value: unknown): Verdict {
  const protocol = load('@livekit/protocol') as Readonly<Record<string, ProtobufType>>;
  const request = protocol[type];
  if (request === undefined) return `@livekit/protocol has no ${type}`;
  try {
    request.fromJson(value, { ignoreUnknownFields: false });
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

type Parsed =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: readonly { readonly message: string }[] };

interface Serialization {
  parse(
    value: unknown,
    options: { readonly unrecognizedObjectKeys: 'fail' },
  ): Parsed | Promise<Parsed>;
}

async function askElevenlabs(load: NodeJS.Require, type: string, value: unknown): Promise<Verdict> {
  const module = load(
    `@elevenlabs/elevenlabs-js/serialization/resources/conversationalAi/resources/${type}.js`,
  ) as Readonly<Record<string, Serialization>>;
  const schema = module[type.split('/').at(-1) ?? ''];
  if (schema === undefined) return `@elevenlabs/elevenlabs-js has no ${type}`;
  const parsed = await schema.parse(value, { unrecognizedObjectKeys: 'fail' });
  return parsed.ok ? null : parsed.errors.map(({ message }) => message).join('; ');
}

/** One statement on one line for each question, so that an error's line says whose it is. */
async function askCompiler(
  dir: string,
  questions: readonly { readonly type: string; readonly value: unknown }[],
): Promise<Verdict[]> {
  const from = temporaryDir('vendor-types');
  const modules = relative(from, join(dir, 'node_modules')).replaceAll('\\', '/');
  const head = [
    `import type { Vapi } from '${modules}/@vapi-ai/server-sdk/dist/cjs/index.js';`,
    `import type { PhoneNumberImportParams } from '${modules}/retell-sdk/resources/phone-number';`,
    `import type { CallCreatePhoneCallParams } from '${modules}/retell-sdk/resources/call';`,
    'export type Used = [Vapi.SipTrunkGateway, PhoneNumberImportParams, CallCreatePhoneCallParams];',
  ];
  const statements = questions.map(
    ({ type, value }, index) =>
      `export const q${index} = ${JSON.stringify(value)} satisfies ${type};`,
  );
  const file = join(from, 'requests.ts');
  writeFileSync(file, [...head, ...statements, ''].join('\n'));
  const options = '--noEmit --strict --skipLibCheck --pretty false --ignoreConfig --target es2023';
  const args = [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    ...`${options} --module preserve --moduleResolution bundler`.split(' '),
    file,
  ];
  const { fellSilent, output } = await runNode(args, { silenceMs: 3 * 60_000 });
  if (fellSilent) throw new Error('Nothing more was heard of the compiler.');
  const verdicts: Verdict[] = questions.map(() => null);
  for (const line of output.split('\n')) {
    const match = /requests\.ts\((\d+),\d+\): error (.*)$/.exec(line);
    const index = Number(match?.[1]) - 1 - head.length;
    if (index >= 0 && index < verdicts.length) verdicts[index] ??= match?.[2] ?? '';
    else if (line.includes('error TS')) throw new Error(`The compiler could not start: ${line}`);
  }
  return verdicts;
}

/** The vendors' answers, in the order of the questions. */
export async function ask(questions: readonly Question[]): Promise<Verdict[]> {
  const dir = await ensureVendorPackages();
  const load = createRequire(join(dir, 'package.json'));
  const typed = questions.filter(({ kind }) => kinds[kind].parser === 'types');
  const answers = await askCompiler(
    dir,
    typed.map(({ kind, value }) => ({ type: kinds[kind].type, value })),
  );
  const byCompiler = new Map(typed.map((question, index) => [question, answers[index] ?? null]));
  const verdicts: Verdict[] = [];
  for (const question of questions) {
    const { parser, type } = kinds[question.kind];
    if (parser === 'livekit') verdicts.push(askLivekit(load, type, question.value));
    else if (parser === 'elevenlabs')
      verdicts.push(await askElevenlabs(load, type, question.value));
    else verdicts.push(byCompiler.get(question) ?? null);
  }
  return verdicts;
}

/** The version that is really there, not the one that was asked for. */
export async function installedVersion(name: string): Promise<string> {
  const dir = await ensureVendorPackages();
  const manifest = readFileSync(join(dir, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
