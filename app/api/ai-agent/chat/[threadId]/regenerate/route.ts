import { answerAgain } from '@/app/api/chat/turns';
import { regenerateRequestSchema } from '@/lib/agent/requests';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 120;

export const POST = withUser<{ threadId: string }>(async (context) => {
  const { request, params } = context;
  const threadId = parseId(params.threadId);
  const body = request.headers.has('content-type') ? await parseJson(request, regenerateRequestSchema) : {};
  return answerAgain(context, { ...body, threadId });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
