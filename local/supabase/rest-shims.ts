import { z } from 'zod';
import { replaceBody } from './storage-shims.ts';

const violation = z.object({
  code: z.literal('SUP'),
  message: z.string().regex(/violates check constraint/),
});

/** Lite answers a violated check constraint as a fault of its own. The platform gives its code, and blames the request. */
export async function finishRestResponse(response: Response): Promise<Response> {
  if (response.status !== 500) return response;
  const text = await response.text();
  const parsed = violation.safeParse(JSON.parse(text));
  if (!parsed.success) return replaceBody(response, text);
  const message = parsed.data.message.replace(/^error: /, '');
  return replaceBody(response, JSON.stringify({ code: '23514', details: null, hint: null, message }), 400);
}
