import type { Instrumentation } from 'next';
import packageJson from './package.json';

/** Once per server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // A configuration that cannot work ends the start with one line that names what to mend, not the first request.
  const [
    { serverEnv },
    { drainBeforeEnd },
    { watchFrontDoor },
    { flagWarning },
    { providerWarning },
    { logger },
    { requireEmbeddings },
    { startMetrics },
    { languagesFault },
    { sweepSooner },
  ] = await Promise.all([
    import('./lib/env'),
    import('./lib/http/draining'),
    import('./lib/http/front-door'),
    import('./lib/operations/flags'),
    import('./lib/auth/providers'),
    import('./lib/observability/logger'),
    import('./lib/ingestion/embedding-check'),
    import('./lib/operations/metrics'),
    import('./lib/ingestion/picture/languages'),
    import('./lib/process-state'),
  ]);
  watchFrontDoor();
  drainBeforeEnd();
  if (process.env.NODE_ENV === 'production') sweepSooner();
  const env = serverEnv();
  // Its table takes a moment, and the first question should not pay for it.
  const tables: Promise<unknown>[] = [
    import('./lib/agent/tokens').then(({ tokenCounter }) => tokenCounter()),
  ];
  // So do the number plans of the countries that are looked through. While developing, what compiles the page comes first.
  if (process.env.NODE_ENV === 'production')
    tables.push(
      import('./lib/privacy/mask').then(({ hidden }) => hidden('Call 030 123456 or 0151 2345678.')),
    );
  // Who stays up has them before it answers; what is started for one request goes on beside it.
  if (process.env.NODE_ENV === 'production' && env.VERCEL === undefined) await Promise.all(tables);
  for (const warning of [flagWarning(env.FEATURE_FLAGS), providerWarning(env.AUTH_PROVIDERS)])
    if (warning) logger().warn(warning);
  const fault = await requireEmbeddings(env);
  if (fault) logger().warn({ err: fault }, 'documents are found by their words alone');
  const withoutPrint = languagesFault(env.OCR_LANGUAGES);
  if (withoutPrint) logger().warn(withoutPrint);
  startMetrics(packageJson.version);
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { exportSpans } = await import('./lib/observability/otlp');
    exportSpans({ endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, version: packageJson.version });
  }
  if (env.SENTRY_DSN !== undefined) await import('./sentry.server.config.js');
}

/** What a page or route threw past its own handling. Handlers made by `withUser` report their own failures. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ logger }, { captureError }, { countFailure }] = await Promise.all([
    import('./lib/observability/logger'),
    import('./lib/observability/capture'),
    import('./lib/operations/metrics'),
  ]);
  logger().error({ err: error, method: request.method, route: context.routePath }, 'request failed');
  captureError(error);
  countFailure({ route: context.routePath, method: request.method });
};
