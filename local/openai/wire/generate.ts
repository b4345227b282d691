import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Frame, sendEventStream } from './event-stream.ts';
import { type Fault, faultError } from './faults.ts';
import { sendJson } from './http.ts';
import type { ItemStore } from './item-store.ts';
import { readChat } from './read-chat.ts';
import { inputItems, readResponses } from './read-responses.ts';
import { chatRequest, type InputItem, parseRequest, responsesRequest } from './requests.ts';
import { countUsage, cutToTokens } from './tokens.ts';
import type { Ask, Brain, Say } from './types.ts';
import { chatChunks, chatCompletion } from './write-chat.ts';
import { newReply, responseEvents, responseObject } from './write-responses.ts';

type Exchange = {
  body: unknown;
  brain: Brain;
  fault: Fault | undefined;
  response: ServerResponse;
  signal: AbortSignal;
  requestId: string;
};

export async function answerResponses(exchange: Exchange, store: ItemStore): Promise<void> {
  const request = parseRequest(responsesRequest, exchange.body);
  const items = inputItems(request, store);
  const ask = readResponses(request, items);
  const say = decide(ask, exchange);
  const reply = newReply(say, countUsage(ask, say));
  if (request.store !== false) store.remember(reply.id, items, asInput(reply.output));
  if (!request.stream) return await sendWhole(exchange, responseObject(request, ask, reply, true));
  await sendEventStream(exchange.response, responseFrames(request, ask, reply), exchange);
}

function* responseFrames(...args: Parameters<typeof responseEvents>): Generator<Frame> {
  for (const event of responseEvents(...args))
    yield { event: event.type, data: JSON.stringify(event), isDelta: event.type.endsWith('.delta') };
}

/** What was said comes back as input when a later request refers to it. */
function asInput(output: ReturnType<typeof newReply>['output']): InputItem[] {
  return output.flatMap((item): InputItem[] => {
    if (item.type === 'function_call')
      return [
        { type: item.type, id: item.id, call_id: item.call_id, name: item.name, arguments: item.arguments },
      ];
    if (item.type !== 'message') return [];
    const content = item.content.map((part) =>
      part.type === 'refusal'
        ? { type: part.type, refusal: part.refusal }
        : { type: part.type, text: part.text },
    );
    return [{ type: item.type, id: item.id, role: item.role, content }];
  });
}

export async function answerChat(exchange: Exchange): Promise<void> {
  const request = parseRequest(chatRequest, exchange.body);
  const ask = readChat(request);
  const say = decide(ask, exchange);
  const usage = countUsage(ask, say);
  if (!request.stream) return await sendWhole(exchange, chatCompletion(request, say, usage));
  await sendEventStream(exchange.response, chatFrames(request, say, usage), exchange);
}

function* chatFrames(...args: Parameters<typeof chatChunks>): Generator<Frame> {
  for (const chunk of chatChunks(...args)) {
    const delta = chunk.choices[0]?.delta;
    const isDelta = Boolean(delta?.content || delta?.refusal || delta?.tool_calls);
    yield { data: JSON.stringify(chunk), isDelta };
  }
  yield { data: '[DONE]', isDelta: false };
}

async function sendWhole({ fault, response, signal, requestId }: Exchange, body: unknown): Promise<void> {
  if (fault?.delayMs) await sleep(fault.delayMs, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return;
  if (fault?.dropAfterEvents !== undefined) response.destroy();
  else sendJson(response, 200, body, requestId);
}

/** The brain's word, unless a test ordered trouble, and never longer than the caller allows. */
function decide(ask: Ask, { brain, fault }: Exchange): Say {
  const error = faultError(fault);
  if (error) throw error;
  if (fault?.refusal !== undefined) return { refusal: fault.refusal };
  const say = brain.decide(ask);
  if (say.text === undefined) return say;
  const ordered = fault?.filtered ? 'filter' : fault?.truncated && 'length';
  if (ordered) return { text: say.text.slice(0, Math.ceil(say.text.length / 2)), truncated: ordered };
  if (ask.maxOutputTokens === undefined) return say;
  const text = cutToTokens(say.text, ask.maxOutputTokens);
  return text === say.text ? say : { text, truncated: 'length' };
}
