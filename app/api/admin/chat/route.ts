import { z } from 'zod';
import { readChatSwitch, turnChat } from '@/lib/db/queries/operations';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { rememberSwitch } from '@/lib/operations/kill-switch';

const body = z.object({ off: z.boolean(), reason: z.string().trim().max(200).optional() });

export const GET = withUser(async ({ db }) => Response.json(await readChatSwitch(db)), { role: 'admin' });

/** Turns questions off or on for everybody, at once here and within seconds on every other server. */
export const PUT = withUser(
  async ({ db, body }) => {
    const state = await turnChat(db, body);
    rememberSwitch(state);
    return Response.json(state);
  },
  { role: 'admin', body },
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
