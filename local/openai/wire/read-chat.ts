import { ApiError } from './api-error.ts';
import { checkFormat, checkTool, readChoice } from './read-responses.ts';
import { type ChatRequest, textOf } from './requests.ts';
import type { Ask, Turn } from './types.ts';

export function readChat(request: ChatRequest): Ask {
  const turns: Turn[] = [];
  const names = new Map<string, string>();
  for (const message of request.messages) {
    const text = textOf(message.content);
    if (message.role === 'tool') {
      const callId = message.tool_call_id ?? '';
      const name = names.get(callId);
      if (name === undefined)
        throw new ApiError(
          400,
          "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
          { param: 'messages' },
        );
      turns.push({ role: 'tool', callId, name, text });
      continue;
    }
    if (text) turns.push({ role: message.role === 'developer' ? 'system' : message.role, text });
    for (const call of message.tool_calls ?? []) {
      names.set(call.id, call.function.name);
      turns.push({ role: 'call', callId: call.id, name: call.function.name, args: call.function.arguments });
    }
  }
  const maxOutputTokens = request.max_completion_tokens ?? request.max_tokens;
  return {
    model: request.model,
    turns,
    tools: (request.tools ?? []).flatMap((tool, i) => {
      const spec = tool.function;
      if (!spec) return [];
      return [
        checkTool(
          spec.name,
          spec.description,
          spec.parameters,
          spec.strict,
          `tools[${i}].function.parameters`,
        ),
      ];
    }),
    toolChoice: readChoice(request.tool_choice),
    ...readFormat(request),
    ...(maxOutputTokens ? { maxOutputTokens } : {}),
  };
}

function readFormat(request: ChatRequest): Pick<Ask, 'json'> {
  const format = request.response_format;
  if (format?.type === 'json_object') return { json: { name: 'object' } };
  if (format?.type !== 'json_schema') return {};
  const { name, schema, strict } = format.json_schema ?? {};
  return { json: checkFormat(name, schema, strict, 'response_format.json_schema') };
}
