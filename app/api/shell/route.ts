import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { readShell } from '@/lib/shell';

/** What stands around every page: numbers, messages, what others see, the latest conversations. */
export const GET = withUser(async ({ db }) => Response.json(await readShell(db)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
