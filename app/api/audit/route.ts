import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { auditResponse } from '@/lib/operations/audit';

/** What the student did, newest first: JSON by pages, or `?format=csv`. */
export const GET = withUser(({ db, request }) => auditResponse(db, { everybody: false, request }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
