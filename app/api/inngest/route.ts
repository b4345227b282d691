import { serve } from 'inngest/next';
import { inngest } from '@/inngest/client';
import { functions } from '@/inngest/functions';
import { appUrl } from '@/lib/env';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 300;

const serveOrigin = appUrl();

/**
 * Where the queue calls the jobs. Signatures are verified by the SDK, except when INNGEST_DEV says otherwise. The address
 * is ours to name: anybody may ask for a registration, and its Host header would lead the queue elsewhere.
 */
export const { GET, POST, PUT } = serve({ client: inngest, functions, ...(serveOrigin && { serveOrigin }) });

export const { PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST', 'PUT');
