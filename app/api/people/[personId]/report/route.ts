import { z } from 'zod';
import { reportPerson } from '@/lib/db/queries/people';
import { MAX_REPORT_CHARACTERS } from '@/lib/domain/bounds';
import { line } from '@/lib/domain/fields';
import { REPORT_REASONS } from '@/lib/domain/person';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { personId: string };

const report = z.object({
  reason: z.enum(REPORT_REASONS),
  note: line(MAX_REPORT_CHARACTERS).nullish(),
});

export const POST = withUser<Params>(async ({ request, db, params }) => {
  const userId = parseId(params.personId);
  const { reason, note } = await parseJson(request, report);
  await reportPerson(db, { userId, reason, note: note ?? null });
  return new Response(null, { status: 204 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
