import { z } from 'zod';
import { getDocumentPage } from '@/lib/db/queries/document';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

const pageNumber = z.coerce.number().int().min(1).max(1_000_000);

export const GET = withUser<{ documentId: string; page: string }>(async ({ db, params }) => {
  const page = pageNumber.safeParse(params.page);
  if (!page.success) throw new AppError('not_found');
  return Response.json(await getDocumentPage(db, parseId(params.documentId), page.data));
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
