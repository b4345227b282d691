import { saveDevice } from '@/lib/db/queries/push';
import { pushRequestSchema } from '@/lib/domain/push';
import { serverEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { pushState, vapidKeys } from '@/lib/push/keys';
import { checkedEndpoint } from '@/lib/push/send';

/** What a browser asks with, and the devices that are told. */
export const GET = withUser(async ({ db }) => Response.json(await pushState(db)));

/** Has this device told, or told otherwise. */
export const PUT = withUser(async ({ request, db }) => {
  if (vapidKeys() === null)
    throw new AppError('not_found', { message: 'Nothing is sent to devices from here.' });
  const given = await parseJson(request, pushRequestSchema);
  checkedEndpoint(given.subscription.endpoint, serverEnv().URL_ALLOWED_PRIVATE_HOSTS);
  return Response.json({ id: await saveDevice(db, given) });
});

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'PUT');
