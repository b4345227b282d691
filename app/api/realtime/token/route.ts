import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The token a tab joins live channels with; the same that its cookies hold, renewed when it was about to end. */
export const GET = withUser(({ accessToken, sessionExpiresAtMs }) =>
  Response.json({ token: accessToken, expiresAt: new Date(sessionExpiresAtMs).toISOString() }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
