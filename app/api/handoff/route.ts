import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { handOff, handoffRequestSchema } from '@/lib/operations/handoff';

/** What another assistant would be given of a conversation or a plan; nothing is sent. */
export const POST = withUser(async ({ db, body }) => Response.json(await handOff(db, body, new Date())), {
  role: 'internal',
  body: handoffRequestSchema,
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
