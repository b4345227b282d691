import { ApiError, missingParameter } from './api-error.ts';
import type { ItemStore } from './item-store.ts';
import { type InputItem, type ResponsesRequest, textOf } from './requests.ts';
import { strictSchemaError } from './strict-schema.ts';
import type { Ask, ToolChoice, ToolSpec, Turn } from './types.ts';

/** The items a request stands on: its own, with references resolved, after those of the response it continues. */
export function inputItems(request: ResponsesRequest, store: ItemStore): InputItem[] {
  const own: InputItem[] =
    typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : request.input;
  const earlier = request.previous_response_id ? store.conversation(request.previous_response_id) : [];
  if (!earlier)
    throw new ApiError(400, `Previous response with id '${request.previous_response_id}' not found.`, {
      code: 'previous_response_not_found',
      param: 'previous_response_id',
    });
  return [...earlier, ...own].map((item) => {
    if (item.type !== 'item_reference') return item;
    const stored = store.item(item.id ?? '');
    if (!stored)
      throw new ApiError(404, `Item with id '${item.id}' not found.`, { code: 'not_found', param: 'input' });
    return stored;
  });
}

export function readResponses(request: ResponsesRequest, items: InputItem[]): Ask {
  const turns: Turn[] = request.instructions ? [{ role: 'system', text: request.instructions }] : [];
  const names = new Map<string, string>();
  for (const item of items) {
    if (item.type === 'function_call') {
      const callId = item.call_id ?? '';
      names.set(callId, item.name ?? '');
      turns.push({ role: 'call', callId, name: item.name ?? '', args: item.arguments ?? '{}' });
    } else if (item.type === 'function_call_output') {
      const callId = item.call_id ?? '';
      const name = names.get(callId);
      if (name === undefined)
        throw new ApiError(400, `No tool call found for function call output with call_id ${callId}.`, {
          param: 'input',
        });
      turns.push({ role: 'tool', callId, name, text: textOf(item.output) });
    } else if (item.role) {
      turns.push({ role: item.role === 'developer' ? 'system' : item.role, text: textOf(item.content) });
    }
  }
  return {
    model: request.model,
    turns,
    tools: readTools(request),
    toolChoice: readChoice(request.tool_choice),
    ...readFormat(request),
    ...(request.max_output_tokens ? { maxOutputTokens: request.max_output_tokens } : {}),
  };
}

export function readChoice(choice: ResponsesRequest['tool_choice']): ToolChoice {
  if (!choice) return 'auto';
  return typeof choice === 'string' ? choice : { name: choice.name };
}

function readTools(request: ResponsesRequest): ToolSpec[] {
  return (request.tools ?? []).flatMap((tool, i) => {
    if (tool.type !== 'function') return [];
    return [checkTool(tool.name, tool.description, tool.parameters, tool.strict, `tools[${i}].parameters`)];
  });
}

export function checkTool(
  name: string | undefined,
  description: string | null | undefined,
  parameters: ToolSpec['parameters'] | null | undefined,
  strict: boolean | null | undefined,
  param: string,
): ToolSpec {
  if (!name || !/^[a-zA-Z0-9_-]{1,64}$/.test(name))
    throw new ApiError(400, `Invalid function name '${name ?? ''}'.`, { code: 'invalid_value', param });
  const schema = parameters ?? { type: 'object', properties: {}, required: [], additionalProperties: false };
  const problem = strict ? strictSchemaError(schema) : null;
  if (problem)
    throw new ApiError(400, `Invalid schema for function '${name}': ${problem}`, {
      code: 'invalid_function_parameters',
      param,
    });
  return { name, description: description ?? '', parameters: schema, strict: strict === true };
}

function readFormat(request: ResponsesRequest): Pick<Ask, 'json'> {
  const format = request.text?.format;
  if (format?.type === 'json_object') return { json: { name: 'object' } };
  if (format?.type !== 'json_schema') return {};
  return { json: checkFormat(format.name, format.schema, format.strict, 'text.format') };
}

export function checkFormat(
  name: string | undefined,
  schema: ToolSpec['parameters'] | undefined,
  strict: boolean | null | undefined,
  path: string,
): NonNullable<Ask['json']> {
  if (!name) throw missingParameter(`${path}.name`);
  if (!schema) throw missingParameter(`${path}.schema`);
  const problem = strict ? strictSchemaError(schema) : null;
  if (problem)
    throw new ApiError(400, `Invalid schema for response_format '${name}': ${problem}`, {
      code: 'invalid_json_schema',
      param: `${path}.schema`,
    });
  return { name, schema };
}
