/**
 * app/: the application, without `vscode`.
 *
 * What the terminal prints with --json: the shape of every document, as one table. The shipped JSON
 * schema (`media/terminal.schema.json`) is written from it, and the types of the verbs are read from it.
 */
import * as v from 'valibot';

export const SCHEMA_VERSION = 1;

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const maybeText = v.nullable(text);

const finding = v.object({
  kind: text,
  level: v.picklist(['problem', 'warning', 'info', 'ok', 'unknown', 'manual']),
  what: text,
  doNext: maybeText,
  /** What it rests on, a line each. Nothing secret. */
  evidence: v.array(text),
});

/** Of a trace: whose side mends it, and where it shows. */
const traceFinding = v.object({
  ...finding.entries,
  side: v.picklist(['pbx', 'exotel', 'network', 'unknown']),
  /** In the text, counted from 1. */
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** A list in which only what is wrong or was looked at stands. */
const findings = v.array(finding);

const entry = v.object({
  given: text,
  /** Null where the entry cannot be read. */
  value: maybeText,
  warnings: v.array(text),
  error: maybeText,
});

const file = v.object({ name: text, folder: text, text });

const version = { schemaVersion: v.literal(SCHEMA_VERSION) };
const withFindings = { ...version, findings: v.optional(findings) };

/** By verb; `failure` is what any verb prints when it could not begin. */
export const DOCUMENTS = {
  trunks: v.object({
    ...withFindings,
    trunks: v.array(v.object({ sid: text, name: text, status: maybeText, findings })),
  }),
  show: v.object({
    ...withFindings,
    trunk: v.object({ sid: text, name: text, status: maybeText, domain: maybeText }),
    numbers: v.array(v.object({ number: text, mode: v.picklist(['pstn', 'flow']) })),
    whitelistedIps: v.array(v.object({ ip: text, mask: count, friendlyName: maybeText })),
    destinations: v.array(v.object({ destination: text, priority: count, weight: count })),
    credentials: v.array(v.object({ userName: text, kind: v.picklist(['own', 'issued']) })),
    settings: v.array(v.object({ name: text, value: text })),
  }),
  check: v.object({ ...version, findings }),
  generate: v.object({ ...withFindings, files: v.array(file) }),
  insert: v.object({
    ...withFindings,
    /** The whole file as it is with the block in it. */
    text,
    /** Line the block begins at, counted from 1; null where it stands nowhere. */
    line: v.nullable(count),
    question: v.nullable(v.object({ kind: text, line: count, choices: v.array(text) })),
  }),
  read: v.object({ ...withFindings, entries: v.array(entry), leftOut: v.array(text) }),
  explain: v.object({
    ...version,
    messages: count,
    dialogs: v.array(
      v.object({
        callId: text,
        method: text,
        from: text,
        to: text,
        outcome: text,
        messages: count,
      }),
    ),
    ends: v.array(text),
    findings: v.array(traceFinding),
    streams: v.array(
      v.object({
        source: text,
        destination: text,
        ssrc: text,
        payload: text,
        packets: count,
        lost: count,
        jitterMs: v.number(),
        mos: v.nullable(v.number()),
      }),
    ),
    unexplained: v.array(text),
    leftOut: v.array(text),
  }),
  code: v.object({
    ...withFindings,
    entries: v.array(v.object({ code: text, meaning: text, cause: text, solution: text })),
  }),
  failure: v.object({ ...version, findings }),
} as const;

type Documents = typeof DOCUMENTS;
export type Verb = Exclude<keyof Documents, 'failure'>;
export type DocumentOf<Kind extends keyof Documents> = v.InferOutput<Documents[Kind]>;
export type FindingDocument = v.InferOutput<typeof finding>;
