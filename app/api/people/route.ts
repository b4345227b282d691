import { peopleOverview } from '@/lib/db/queries/people';
import { withUser } from '@/lib/http';
import { mainReason } from '@/lib/matching/reasons';
import type { Facet } from '@/lib/matching/types';

const withReason = <Person extends { facets: Facet[] }>(person: Person) => ({
  ...person,
  reason: mainReason(person.facets),
});

/** Who fits, who is here, and what the student shows of themselves, in one request. Somebody may be in both lists. */
export const GET = withUser(async ({ db }) => {
  const { me, matches, here } = await peopleOverview(db);
  return Response.json({
    me,
    matches: matches.map(withReason),
    here: { total: here.total, users: here.users.map(withReason) },
  });
});
