import { listQuizzes } from '@/lib/db/queries/quiz';
import { withUser } from '@/lib/http';

export const GET = withUser(async ({ db }) => Response.json({ quizzes: await listQuizzes(db) }));
