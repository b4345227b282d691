import { z } from 'zod';
import { createVisitorClient } from '@/lib/db/clients';
import { readErasure } from '@/lib/db/queries/erasure';
import { AppError } from '@/lib/errors';
import { clientAddress } from '@/lib/http/client-address';
import { enforceLimit } from '@/lib/http/limits';
import { otherMethods } from '@/lib/http/methods';
import { countedAddress } from '@/lib/http/networks';
import { problem } from '@/lib/http/problem';

/** The receipt of an erasure, for whoever holds its id: there is no account left to ask as. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ erasureId: string }> },
): Promise<Response> {
  try {
    await enforceLimit('shared', countedAddress(clientAddress(request.headers) ?? 'unknown'));
    const id = z.uuid().safeParse((await params).erasureId);
    if (!id.success) throw new AppError('not_found');
    const receipt = await readErasure(createVisitorClient(), { id: id.data });
    return Response.json(receipt, { headers: { 'cache-control': 'private, no-store' } });
  } catch (error) {
    return problem(error);
  }
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
