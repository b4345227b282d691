import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../db/types.gen.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { RetrieveDependencies, RetrievedChunk } from '../retrieval/search.ts';

/** Gives a passage its number: the same passage keeps it for the whole thread, in every tool. */
export type PassageNumbers = { numberOf(passage: RetrievedChunk): number };

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
  telemetry: Telemetry;
};
