import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import { newId, nowSeconds } from './ids.ts';
import type { ChatRequest } from './requests.ts';
import { pieces, type Usage } from './tokens.ts';
import type { Say } from './types.ts';

export function chatCompletion(request: ChatRequest, say: Say, usage: Usage): ChatCompletion {
  const calls = (say.calls ?? []).map((call) => ({
    id: newId('call'),
    type: 'function' as const,
    function: { name: call.name, arguments: JSON.stringify(call.args) },
  }));
  return {
    id: newId('chatcmpl'),
    object: 'chat.completion',
    created: nowSeconds(),
    model: request.model,
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: finishReason(say),
        message: {
          role: 'assistant',
          content: say.text ?? null,
          refusal: say.refusal ?? null,
          ...(calls.length > 0 ? { tool_calls: calls } : {}),
        },
      },
    ],
    usage: completionUsage(usage),
  };
}

export function* chatChunks(request: ChatRequest, say: Say, usage: Usage): Generator<ChatCompletionChunk> {
  const base = {
    id: newId('chatcmpl'),
    object: 'chat.completion.chunk' as const,
    created: nowSeconds(),
    model: request.model,
  };
  type Choice = ChatCompletionChunk.Choice;
  const chunk = (delta: Choice['delta'], reason: Choice['finish_reason'] = null): ChatCompletionChunk => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason: reason, logprobs: null }],
  });
  yield chunk({ role: 'assistant', content: '', refusal: null });
  for (const refusal of pieces(say.refusal ?? '')) yield chunk({ refusal });
  for (const content of pieces(say.text ?? '')) yield chunk({ content });
  for (const [index, call] of (say.calls ?? []).entries()) {
    const id = newId('call');
    yield chunk({
      tool_calls: [{ index, id, type: 'function', function: { name: call.name, arguments: '' } }],
    });
    yield chunk({ tool_calls: [{ index, function: { arguments: JSON.stringify(call.args) } }] });
  }
  yield chunk({}, finishReason(say));
  if (request.stream_options?.include_usage) yield { ...base, choices: [], usage: completionUsage(usage) };
}

function finishReason(say: Say): 'tool_calls' | 'length' | 'content_filter' | 'stop' {
  if (say.truncated) return say.truncated === 'filter' ? 'content_filter' : 'length';
  return say.calls && say.calls.length > 0 ? 'tool_calls' : 'stop';
}

function completionUsage({ input, output }: Usage): CompletionUsage {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
