import * as Sentry from '@sentry/nextjs';
import { serverEnv } from './lib/env.ts';
import { setErrorReporter } from './lib/observability/capture.ts';
import { scrubEvent } from './lib/observability/scrub-event.ts';

/**
 * Loaded by instrumentation.ts only where SENTRY_DSN is set. The SDK's own defaults send what students write, what
 * models answer and who asks; every one of them is turned off, and what is left is scrubbed of addresses and keys.
 */
Sentry.init({
  dsn: serverEnv().SENTRY_DSN,
  environment: serverEnv().NODE_ENV,
  tracesSampleRate: 0,
  beforeSend: scrubEvent,
  beforeSendTransaction: scrubEvent,
  beforeBreadcrumb: () => null,
  dataCollection: {
    userInfo: false,
    cookies: false,
    httpHeaders: { request: { allow: ['content-type', 'user-agent'] }, response: false },
    httpBodies: [],
    urlQueryParams: false,
    genAI: { inputs: false, outputs: false },
    databaseQueryData: false,
    queues: false,
    stackFrameVariables: false,
  },
});

setErrorReporter((error, tags) => {
  Sentry.captureException(error, { tags });
});
