import { serve } from 'inngest/next';
import { inngest } from '@/inngest/client';
import { functions } from '@/inngest/functions';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 300;

/** Where the queue calls the jobs. Signatures are verified by the SDK, except when INNGEST_DEV says otherwise. */
export const { GET, POST, PUT } = serve({ client: inngest, functions });

export const { PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST', 'PUT');
