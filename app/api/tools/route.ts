import { listedTools } from '@/lib/agent/direct-tools';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The tools of the agent, and what stands beside them, with what each takes and whether it can be called here. */
export const GET = withUser(async () => Response.json({ tools: await listedTools() }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
