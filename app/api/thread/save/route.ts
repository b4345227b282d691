import { randomUUID } from 'node:crypto';
import { broughtThreadSchema, threadIdOf, uuidOf } from '@/lib/agent/requests';
import { titleFromQuestion } from '@/lib/agent/title';
import { saveThread } from '@/lib/db/queries/thread';
import { MAX_IMPORT_BODY_BYTES } from '@/lib/domain/bounds';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Creates a conversation or updates one: its name, and texts that a program brings of it, or a file that was exported. */
export const POST = withUser(async ({ request, db, user }) => {
  const {
    threadId: given,
    title = null,
    messages,
  } = await parseJson(request, broughtThreadSchema, MAX_IMPORT_BODY_BYTES);
  const threadId = given ? threadIdOf(given, user.id) : null;
  // Ids that a program counts anew mean something within one conversation alone; a uuid is known wherever it was stored.
  const known = messages.find(({ id }) => id !== undefined && uuidOf(id, '') === id.toLowerCase())?.id;
  const within = threadId ?? known ?? randomUUID();
  const question = messages.find(({ role }) => role === 'user');
  const saved = await saveThread(db, {
    threadId: threadId ?? (known === undefined ? within : null),
    title,
    usualTitle: question ? titleFromQuestion(question.text) : null,
    messages: messages.map(({ id, role, text, createdAt }, index) => ({
      // Without an id, the same text at the same place is the same message.
      id: uuidOf(id ?? `${index} ${text}`, user.id, 'saved', within),
      ...(id !== undefined && role === 'user' && { asked: uuidOf(id, user.id, 'message', within, text) }),
      role,
      text,
      createdAt,
    })),
  });
  return Response.json(saved, { status: saved.created ? 201 : 200 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
