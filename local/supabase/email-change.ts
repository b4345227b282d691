import type { LocalDatabase } from './database.ts';

/** As long as the link of any other mail works. */
const LASTS = '1 hour';

/**
 * Lite changes an address as soon as the old one agrees. The platform asks both, in any order: this takes the first of the
 * two, and leaves the second to Lite under the name that it looks for. Null: nothing of this, or nothing that holds.
 */
export async function acceptFirstAddress(
  database: LocalDatabase,
  request: Request,
): Promise<Response | null> {
  const { type, token_hash: hash } = await request
    .clone()
    .json()
    .catch(() => ({}));
  if (type !== 'email_change' || typeof hash !== 'string' || hash === '') return null;
  const accepted = await database.query(
    `update auth.users set
       email_change_token_current = case when email_change_token_current = $1 then email_change_token_new else email_change_token_current end,
       email_change_token_new = null
     where $1 in (email_change_token_current, email_change_token_new)
       and email_change_token_current <> '' and email_change_token_new <> ''
       and email_change_sent_at > now() - interval '${LASTS}'
     returning 1`,
    [hash],
  );
  if (accepted.length === 0) return null;
  const msg = 'Confirmation link accepted. Please proceed to confirm link sent to the other email';
  return Response.json({ code: 200, msg });
}
