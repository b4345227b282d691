import { createStudyBrain } from './brain/index.ts';
import { type OpenAIServer, startServer } from './wire/server.ts';

export type { FaultInput } from './wire/faults.ts';
export type { OpenAIServer } from './wire/server.ts';

/** A server that speaks the OpenAI protocol on loopback, with the study brain behind it. */
export async function startOpenAI(options: {
  port: number;
  host?: string;
  apiKey?: string;
}): Promise<OpenAIServer> {
  const brain = createStudyBrain();
  const server = await startServer({ ...options, brain });
  // Not awaited: the server is ready at once, and only the first plan or quiz could notice that this still runs.
  void brain.warmUp?.();
  return server;
}
