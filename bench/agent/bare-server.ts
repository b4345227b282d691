/**
 * The baseline: what the AI SDK itself needs for one streamed answer from the same model server, with no accounts, no
 * database, no tools and no citations around it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createOpenAI } from '@ai-sdk/openai';
import { createUIMessageStreamResponse, streamText, toUIMessageStream } from 'ai';
import { z } from 'zod';

const requestBody = z.object({ message: z.string() });

export async function startBareServer(model: { baseURL: string; apiKey: string; name: string }) {
  const openai = createOpenAI({ baseURL: model.baseURL, apiKey: model.apiKey });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { message } = requestBody.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const result = streamText({
      model: openai(model.name),
      prompt: message,
      providerOptions: { openai: { store: false } },
    });
    const answer = createUIMessageStreamResponse({ stream: toUIMessageStream({ stream: result.stream }) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body) await pipeline(answer.body, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}
