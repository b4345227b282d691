import { personPair } from '@/lib/db/queries/people';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { buildInsight } from '@/lib/matching/insight';

type Params = { personId: string };

/** The same as the tool `matchInsight` says, so that page and chat never disagree. */
export const GET = withUser<Params>(async ({ db, params }) =>
  Response.json(buildInsight(await personPair(db, { userId: parseId(params.personId) }), new Date())),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
