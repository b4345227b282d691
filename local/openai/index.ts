import { createStudyBrain } from './brain/index.ts';
import { type OpenAIServer, startServer } from './wire/server.ts';

export type { OpenAIServer } from './wire/server.ts';

/** A server that speaks the OpenAI protocol on loopback, with the study brain behind it. */
export async function startOpenAI(options: {
  port: number;
  host?: string;
  apiKey?: string;
}): Promise<OpenAIServer> {
  const brain = createStudyBrain();
  const server = await startServer({ ...options, brain });
  // After this turn of the event loop, so that being ready is said first.
  setImmediate(() => void brain.warmUp?.());
  return server;
}
