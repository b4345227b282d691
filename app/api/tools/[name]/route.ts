import { toolCallSchema } from '@/app/api/requests';
import { callTool } from '@/lib/agent/direct-tools';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 120;

/** Calls a tool by its name. What acts on somebody else is answered with the text to approve until `approved` is true. */
export const POST = withUser<{ name: string }>(async (context) => {
  const { input, approved } = await parseJson(context.request, toolCallSchema);
  const { name } = context.params;
  const output = await callTool(context, { name, input, agrees: () => approved });
  return Response.json({ tool: name, output, traceId: context.traceId });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
