import type {
  Response,
  ResponseOutputItem,
  ResponseOutputRefusal,
  ResponseOutputText,
  ResponseStreamEvent,
  Tool,
} from 'openai/resources/responses/responses';
import { newId, nowSeconds } from './ids.ts';
import type { ResponsesRequest } from './requests.ts';
import { pieces, type Usage } from './tokens.ts';
import type { Ask, Say } from './types.ts';

/** A reply with the identifiers it goes under, made once so that the stream and the stored items agree. */
type Reply = { id: string; createdAt: number; say: Say; usage: Usage; output: ResponseOutputItem[] };

export function newReply(say: Say, usage: Usage): Reply {
  const output: ResponseOutputItem[] = [];
  if (say.text !== undefined || say.refusal !== undefined)
    output.push({
      id: newId('msg'),
      type: 'message',
      role: 'assistant',
      status: say.truncated ? 'incomplete' : 'completed',
      content: [messagePart(say)],
    });
  for (const call of say.calls ?? [])
    output.push({
      id: newId('fc'),
      type: 'function_call',
      call_id: newId('call'),
      name: call.name,
      arguments: JSON.stringify(call.args),
      status: 'completed',
    });
  return { id: newId('resp'), createdAt: nowSeconds(), say, usage, output };
}

function messagePart(say: Say): ResponseOutputText | ResponseOutputRefusal {
  if (say.refusal !== undefined) return { type: 'refusal', refusal: say.refusal };
  return { type: 'output_text', text: say.text ?? '', annotations: [], logprobs: [] };
}

const CUT_BY = { length: 'max_output_tokens', filter: 'content_filter' } as const;
const incompleteDetails = ({ truncated }: Say) => (truncated ? { reason: CUT_BY[truncated] } : null);

export function responseObject(
  request: ResponsesRequest,
  ask: Ask,
  reply: Reply,
  finished: boolean,
): Response {
  const { input, output } = reply.usage;
  return {
    id: reply.id,
    object: 'response',
    created_at: reply.createdAt,
    status: !finished ? 'in_progress' : reply.say.truncated ? 'incomplete' : 'completed',
    model: request.model,
    output: finished ? reply.output : [],
    output_text: finished ? (reply.say.text ?? '') : '',
    error: null,
    incomplete_details: finished ? incompleteDetails(reply.say) : null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? {},
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null,
    temperature: request.temperature ?? 1,
    top_p: request.top_p ?? 1,
    tool_choice:
      typeof ask.toolChoice === 'string' ? ask.toolChoice : { type: 'function', ...ask.toolChoice },
    tools: ask.tools.map(
      (tool): Tool => ({
        type: 'function',
        name: tool.name,
        description: tool.description,
        parameters: { ...tool.parameters },
        strict: tool.strict,
      }),
    ),
    truncation: 'disabled',
    access_programs: null,
    ...(finished
      ? {
          usage: {
            input_tokens: input,
            output_tokens: output,
            total_tokens: input + output,
            input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
            output_tokens_details: { reasoning_tokens: 0 },
          },
        }
      : {}),
  };
}

type Unnumbered<Event> = Event extends ResponseStreamEvent ? Omit<Event, 'sequence_number'> : never;

/** The events of one reply in order. The type of the `openai` package checks every field of every one of them. */
export function* responseEvents(
  request: ResponsesRequest,
  ask: Ask,
  reply: Reply,
): Generator<ResponseStreamEvent> {
  let sequence = 0;
  const numbered = (event: Unnumbered<ResponseStreamEvent>): ResponseStreamEvent =>
    // Spreading a union with a field left out loses the link to its members; the argument type has just checked it.
    ({ ...event, sequence_number: sequence++ }) as ResponseStreamEvent;

  const started = responseObject(request, ask, reply, false);
  yield numbered({ type: 'response.created', response: started });
  yield numbered({ type: 'response.in_progress', response: started });
  for (const [index, item] of reply.output.entries()) {
    const events =
      item.type === 'function_call' ? callEvents(item, index) : messageEvents(reply.say, item, index);
    for (const event of events) yield numbered(event);
  }
  const response = responseObject(request, ask, reply, true);
  yield numbered(
    reply.say.truncated
      ? { type: 'response.incomplete', response }
      : { type: 'response.completed', response },
  );
}

function* messageEvents(
  say: Say,
  item: ResponseOutputItem,
  index: number,
): Generator<Unnumbered<ResponseStreamEvent>> {
  if (item.type !== 'message') return;
  const at = { item_id: item.id, output_index: index, content_index: 0 };
  yield {
    type: 'response.output_item.added',
    output_index: index,
    item: { ...item, status: 'in_progress', content: [] },
  };
  if (say.refusal !== undefined) {
    yield { type: 'response.content_part.added', ...at, part: { type: 'refusal', refusal: '' } };
    for (const delta of pieces(say.refusal)) yield { type: 'response.refusal.delta', ...at, delta };
    yield { type: 'response.refusal.done', ...at, refusal: say.refusal };
  } else {
    const text = say.text ?? '';
    yield { type: 'response.content_part.added', ...at, part: messagePart({ text: '' }) };
    for (const delta of pieces(text))
      yield { type: 'response.output_text.delta', ...at, delta, logprobs: [] };
    yield { type: 'response.output_text.done', ...at, text, logprobs: [] };
  }
  yield { type: 'response.content_part.done', ...at, part: messagePart(say) };
  yield { type: 'response.output_item.done', output_index: index, item };
}

function* callEvents(
  item: Extract<ResponseOutputItem, { type: 'function_call' }>,
  index: number,
): Generator<Unnumbered<ResponseStreamEvent>> {
  const at = { item_id: item.id ?? '', output_index: index };
  yield {
    type: 'response.output_item.added',
    output_index: index,
    item: { ...item, arguments: '', status: 'in_progress' },
  };
  yield { type: 'response.function_call_arguments.delta', ...at, delta: item.arguments };
  yield { type: 'response.function_call_arguments.done', ...at, arguments: item.arguments };
  yield { type: 'response.output_item.done', output_index: index, item };
}
