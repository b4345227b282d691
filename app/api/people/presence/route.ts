import { z } from 'zod';
import { presenceChannels } from '@/lib/db/queries/presence';
import { AppError } from '@/lib/errors';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

const MOST_AT_ONCE = 100;
const ids = z.array(z.guid()).min(1).max(MOST_AT_ONCE);

/** `?ids=…,…`: the channels in which these students show themselves now. Who may not be seen is left out. */
export const GET = withUser(async ({ request, db }) => {
  const asked = ids.safeParse(new URL(request.url).searchParams.get('ids')?.split(','));
  if (!asked.success) throw new AppError('invalid_request');
  return Response.json({ channels: await presenceChannels(db, { userIds: asked.data }) });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
