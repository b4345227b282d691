import { healthOf } from '@/lib/http/draining';
import { otherMethods } from '@/lib/http/methods';

/** Alive: answers without asking anything else. Whether the services behind it answer is /api/ready. */
export const GET = () => healthOf();

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
