import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Job calls and polling would drown what a developer looks for; the job server's own page lists the runs.
  logging: { incomingRequests: { ignore: [/\/api\/(inngest|health|documents)/] } },
  // Loaded from node_modules at run time: they read files beside themselves or start worker threads.
  serverExternalPackages: ['pino', 'mammoth', 'unpdf', 'ioredis'],
};

/** Sentry's build step doubles the build time and its code loads slowly, so both are left out without a DSN. */
export default async function nextConfig(): Promise<NextConfig> {
  if (!process.env.SENTRY_DSN) return config;
  const { withSentryConfig } = await import('@sentry/nextjs/config');
  const sourcemaps = { disable: !process.env.SENTRY_AUTH_TOKEN };
  return withSentryConfig(config, { silent: true, telemetry: false, sourcemaps });
}
