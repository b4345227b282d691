import { models } from '@/lib/agent/dependencies';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The models that are configured here, for whoever wants to choose one. */
export const GET = withUser(() => Response.json({ models: models() }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
