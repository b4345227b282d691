import { pauseMemory } from '@/lib/db/queries/memory';
import { memoryPauseSchema } from '@/lib/domain/memory';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Paused, nothing new is remembered, and no answer reads what is there. */
export const PUT = withUser(async ({ request, db }) => {
  const { paused } = await parseJson(request, memoryPauseSchema);
  await pauseMemory(db, { paused });
  return Response.json({ paused });
});

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods('PUT');
