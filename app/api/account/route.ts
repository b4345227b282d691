import { notifyErasure } from '@/inngest/notify';
import { createUserClient, createVisitorClient } from '@/lib/db/clients';
import { requestErasure } from '@/lib/db/queries/erasure';
import { eraseRequestSchema } from '@/lib/domain/erasure';
import { AppError } from '@/lib/errors';
import { withUser } from '@/lib/http';
import { clientAddress } from '@/lib/http/client-address';
import { enforceLimit } from '@/lib/http/limits';
import { otherMethods } from '@/lib/http/methods';
import { api, paths } from '@/lib/links';

/** A session that the password has just opened; it ends with the others. */
async function provedBy(password: string, { email, id }: { email: string | null; id: string }) {
  await enforceLimit('account', id);
  const { data, error } = await createVisitorClient().auth.signInWithPassword({
    email: email ?? '',
    password,
  });
  if (error?.code === 'invalid_credentials') {
    throw new AppError('sign_in_again', { message: 'This is not your present password.' });
  }
  if (error) throw new AppError('database_unavailable', { cause: error });
  return data.session.access_token;
}

/**
 * Erases the account: signs it out everywhere at once and removes all of it in a job. What the answer names is open to
 * whoever has it, since nobody can sign in any more.
 */
export const DELETE = withUser(
  async ({ body, user, db, request }) => {
    const proof = body.password === undefined ? null : await provedBy(body.password, user);
    const erasureId = await requestErasure(
      proof === null ? db : createUserClient(proof, clientAddress(request.headers)),
    );
    await notifyErasure(erasureId);
    const answer = { erasureId, receipt: api.erasure(erasureId), page: paths.erased(erasureId) };
    // Nothing of theirs stays in this browser either.
    return Response.json(answer, { status: 202, headers: { 'clear-site-data': '"cookies", "storage"' } });
  },
  { body: eraseRequestSchema },
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
