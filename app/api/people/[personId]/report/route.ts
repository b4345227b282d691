import { personReportSchema } from '@/app/api/requests';
import { reportPerson } from '@/lib/db/queries/people';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { personId: string };

export const POST = withUser<Params>(async ({ request, db, params }) => {
  const userId = parseId(params.personId);
  const { reason, note } = await parseJson(request, personReportSchema);
  await reportPerson(db, { userId, reason, note: note ?? null });
  return new Response(null, { status: 204 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
