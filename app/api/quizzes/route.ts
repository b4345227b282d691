import { listQuizzes } from '@/lib/db/queries/quiz';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const GET = withUser(async ({ db }) => Response.json({ quizzes: await listQuizzes(db) }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
