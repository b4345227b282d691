import { withSentryConfig } from '@sentry/nextjs/config';
import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded from node_modules at run time: they read files beside themselves or start worker threads.
  serverExternalPackages: ['pino', 'mammoth', 'unpdf', 'ioredis'],
};

// Sentry's build step doubles the build time, so it runs only where its result is used.
export default process.env.SENTRY_DSN
  ? withSentryConfig(config, {
      silent: true,
      telemetry: false,
      sourcemaps: { disable: !process.env.SENTRY_AUTH_TOKEN },
    })
  : config;
