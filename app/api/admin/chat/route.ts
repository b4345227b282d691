import { chatSwitchSchema } from '@/app/api/requests';
import { readChatSwitch, turnChat } from '@/lib/db/queries/operations';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { rememberSwitch } from '@/lib/operations/kill-switch';

export const GET = withUser(async ({ db }) => Response.json(await readChatSwitch(db)), { role: 'admin' });

/** Turns questions off or on for everybody, at once here and within seconds on every other server. */
export const PUT = withUser(
  async ({ db, body }) => {
    const state = await turnChat(db, body);
    rememberSwitch(state);
    return Response.json(state);
  },
  { role: 'admin', body: chatSwitchSchema },
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
