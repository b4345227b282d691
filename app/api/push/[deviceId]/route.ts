import { removeDevice } from '@/lib/db/queries/push';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** A device is told no more. */
export const DELETE = withUser<{ deviceId: string }>(async ({ db, params }) => {
  await removeDevice(db, { id: parseId(params.deviceId) });
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
