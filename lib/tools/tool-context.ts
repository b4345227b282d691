import type { SupabaseClient } from '@supabase/supabase-js';
import type { z } from 'zod';
import type { Database } from '../db/types.gen.ts';
import type { ToolProgress } from '../domain/message.ts';
import type { Within } from '../domain/turn.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { RetrieveDependencies, RetrievedChunk } from '../retrieval/search.ts';
import type { SourcePassage } from '../study/source.ts';
import type { ToolCalls } from './tool-calls.ts';

/** Gives a passage its number: the same passage keeps it for the whole thread, in every tool. */
export type PassageNumbers = {
  numberOf(passage: RetrievedChunk): number;
  /** The passage of a number this thread knows. */
  get(n: number): SourcePassage | undefined;
  /** The document of the passage that was found or cited last; null when there is none yet. */
  lastDocument(): string | null;
};

export type GenerateRequest<Schema extends z.ZodObject> = {
  /** Names what is made; a provider shows it to the model beside the schema. */
  name: string;
  /** Strict: every field required, `nullable` instead of `optional`, no records and no unions of objects. */
  schema: Schema;
  instructions: string;
  prompt: string;
  signal: AbortSignal;
  /** Told what is written so far, as far as it can be read already. */
  onPartial?: (partial: { [Field in keyof z.output<Schema>]?: unknown }) => void;
};

/** Lets the model write something of a given shape. Throws an `AppError` when it cannot; its cost is recorded. */
export type Generate = <Schema extends z.ZodObject>(
  request: GenerateRequest<Schema>,
) => Promise<z.output<Schema>>;

/** Has a model that sees say something of one picture; under `adapters.dry_run` what it would have sent. */
export type Look = (request: LookRequest) => Promise<{ text: string; dryRun: Sent | null }>;

export type LookRequest = {
  picture: { bytes: Uint8Array; mediaType: string };
  /** What is to be told of it. */
  orders: string;
  asked: string;
  /** What the call is for, in the books. */
  output: string;
  maxOutputTokens: number;
  signal: AbortSignal;
};
export type Sent = { method: string; url: string; headers: string[]; body: string | null };

/**
 * What a tool knows of the request it runs in, built once per turn. The acting student is always `userId`; no tool
 * takes an id of its caller as input, and none reads the environment, cookies or another tool.
 */
export type ToolContext = {
  userId: string;
  /** Acts as the student. */
  db: SupabaseClient<Database>;
  traceId: string;
  now: Date;
  timezone: string;
  retrieval: Omit<RetrieveDependencies, 'db'>;
  passages: PassageNumbers;
  /** The conversation the tool was called in. */
  threadId: string | null;
  /** The document that the student keeps to, by the chip at the box; null for all notes. */
  documentId: string | null;
  /** The only notes to look through, where the student chose some. */
  within?: Within | null;
  generate: Generate;
  /** Missing where no model sees. */
  look?: Look | undefined;
  /** In [0, 1). A tool that shuffles takes its chance from here. */
  random: () => number;
  telemetry: Telemetry;
  /** The calls of this turn; a tool that runs outside of one has none. */
  calls?: ToolCalls | undefined;
};

/** Says how far a tool is, to whoever waits for it. */
export type Report = (progress: ToolProgress) => void;
