import { z } from 'zod';
import { studentFile } from '@/lib/adapters/student-file';
import { slideDrawingSchema } from '@/lib/domain/slide';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { kindOfName } from '@/lib/ingestion/kinds';
import { readAside } from '@/lib/ingestion/reader/pool';

const slideNumber = z.coerce.number().int().min(1).max(1_000_000);

/** A slide of a presentation as it looks. Its file never changes, so a browser may keep it. */
export const GET = withUser<{ documentId: string; page: string }>(async ({ db, user, params }) => {
  const page = slideNumber.safeParse(params.page);
  if (!page.success) throw new AppError('not_found');
  const { bytes, fileName } = await studentFile(db, parseId(params.documentId));
  const reader = kindOfName(fileName)?.reader;
  if (reader !== 'pptx' && reader !== 'odp') {
    throw new AppError('invalid_request', { message: 'Only presentations have slides to be drawn.' });
  }
  const { slide } = await readAside(user.id, 'slide', { bytes, reader, page: page.data });
  if (!slide) throw new AppError('not_found');
  return Response.json(slideDrawingSchema.parse(slide), {
    headers: { 'cache-control': 'private, max-age=3600' },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
