import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { auditResponse } from '@/lib/operations/audit';

/** What everybody did, by `who`, `action`, `outcome`, `from`, `to`: JSON by pages, or `?format=csv`. */
export const GET = withUser(({ db, request }) => auditResponse(db, { everybody: true, request }), {
  role: 'admin',
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
