import './scripts/require-node.js';
import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

/** For whatever proxy.ts gives no policy with a nonce: data, files, and the page that says there is no such file. */
const POLICY_WITHOUT_SCRIPTS =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * For every answer. No other site may frame the app (a hidden click could delete a document), a file is what its type
 * says, and an address with ids in it is not told to the sites that an answer links to.
 */
const SECURITY_HEADERS = [
  { key: 'content-security-policy', value: POLICY_WITHOUT_SCRIPTS },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'strict-transport-security', value: 'max-age=63072000; includeSubDomains' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
];

/** What a worker may do is said with its file: this one draws pages, and reads pictures inside them by code of its package. */
const PDF_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** The page of the API runs the files of its library. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** A worker for times without a connection fetches pages of the app, and imports one file. */
const WORKER_HEADERS = [
  { key: 'content-security-policy', value: "default-src 'none'; script-src 'self'; connect-src 'self'" },
  { key: 'cache-control', value: 'no-cache' },
];

// One name for all that is built together; helpers of the build inherit it.
process.env.CLERVA_BUILD ??= crypto.randomUUID();

/** What a secret link shows is found by nobody, and told to no site it links to. */
const SHARED_HEADERS = [
  { key: 'x-robots-tag', value: 'noindex, nofollow, noarchive' },
  { key: 'referrer-policy', value: 'no-referrer' },
  { key: 'cache-control', value: 'private, no-store' },
];

const config: NextConfig = {
  headers: async () => [
    { source: '/(.*)', headers: SECURITY_HEADERS },
    { source: '/shared/(.*)', headers: SHARED_HEADERS },
    { source: '/:file(sw.js|offline.settings)', headers: WORKER_HEADERS },
    { source: '/api/docs', headers: [{ key: 'content-security-policy', value: DOCS_POLICY }] },
    { source: '/api/pdf/(.*)', headers: [{ key: 'content-security-policy', value: PDF_POLICY }] },
  ],
  // Where password managers look for the form.
  redirects: async () => [
    { source: '/.well-known/change-password', destination: '/auth/new-password', permanent: false },
  ],
  rewrites: async () => [
    // Where clients of a protected address look for who gives its tokens, with that address behind it or without.
    { source: '/.well-known/oauth-protected-resource', destination: '/api/mcp/metadata' },
    { source: '/.well-known/oauth-protected-resource/api/mcp', destination: '/api/mcp/metadata' },
    { source: '/.well-known/security.txt', destination: '/security.txt' },
    // Asked for by pages that name no icon, such as plain JSON.
    { source: '/favicon.ico', destination: '/icon.svg' },
  ],
  // What the app is made of: the rest of the house is checked by `npm run typecheck`, with packages a server may leave out.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // For an image (deploy/Dockerfile): the server with only what it needs. `npm start` runs the folder as it is.
  output: process.env.BUILD_STANDALONE === '1' ? 'standalone' : undefined,
  // An empty name is known while it is built: what it would need is left out.
  env: {
    CLERVA_BUILD: process.env.CLERVA_BUILD,
    NEXT_PUBLIC_SENTRY_DSN: process.env.NEXT_PUBLIC_SENTRY_DSN ?? '',
    NEXT_PUBLIC_POSTHOG_KEY: process.env.NEXT_PUBLIC_POSTHOG_KEY ?? '',
  },
  poweredByHeader: false,
  reactStrictMode: true,
  // Its badge would cover the student's own menu in the corner; errors are still shown over the page.
  devIndicators: false,
  // Job calls and polling would drown what a developer looks for; the job server's own page lists the runs.
  logging: { incomingRequests: { ignore: [/\/api\/(inngest|health|documents)/] } },
  // Read by their paths, which no import tells. The keys are patterns, in which brackets are no names.
  outputFileTracingIncludes: {
    '/api/inngest': [
      './node_modules/pdfjs-dist/package.json',
      './node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs',
      './node_modules/pdfjs-dist/{cmaps,standard_fonts,wasm}/**',
      './node_modules/tesseract.js-core/*relaxedsimd*',
      './node_modules/@tesseract.js-data/*/{package.json,4.0.0_best_int/**}',
    ],
    '/api/pdf/**': [
      './node_modules/pdfjs-dist/{cmaps,standard_fonts,wasm,iccs}/**',
      './node_modules/pdfjs-dist/legacy/build/pdf.worker.min.mjs',
    ],
    '/api/docs/**': ['./node_modules/swagger-ui-dist/swagger-ui{.css,-bundle.js}'],
  },
  // Loaded from node_modules at run time: they read files beside themselves or start worker threads.
  serverExternalPackages: ['pino', 'prom-client', 'pdfjs-dist', '@napi-rs/canvas', 'utif2', 'ioredis'],
};

/**
 * What the server alone is made of, nothing of which knows React: while developing, Node reads it as it is, since compiling
 * it would be most of what a first visit to a page waits for. A build puts it into its own files.
 */
const UNCOMPILED = [
  '@ai-sdk/anthropic',
  '@ai-sdk/openai',
  '@modelcontextprotocol/sdk',
  '@mozilla/readability',
  '@opentelemetry/api',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-base',
  '@sentry/nextjs',
  '@supabase/ssr',
  '@supabase/supabase-js',
  'ai',
  'chardet',
  'fflate',
  'gpt-tokenizer',
  'ical.js',
  'image-size',
  'inngest',
  'ipaddr.js',
  'libphonenumber-js',
  'linkedom',
  'lru-cache',
  'mathjs',
  'openai',
  'papaparse',
  'pdf-lib',
  'rate-limiter-flexible',
  'resumable-stream',
  'saxes',
  'temporal-polyfill',
  'tesseract.js-core',
  'ts-fsrs',
  'web-push',
  'zod',
];

/** A config of its own: Next freezes what it was given, and asks again. */
const whileDeveloping = (given: NextConfig): NextConfig => ({
  ...given,
  serverExternalPackages: [...(given.serverExternalPackages ?? []), ...UNCOMPILED],
  // What a page asks for later is compiled with it for the browser: compiled when it is asked for, it would count as a change
  // of the page, which loads itself again then, away from what is typed and against wherever the student goes.
  // Where a package was compiled from is read by nobody here, and reading it is a sixth of what a first visit waits for.
  experimental: { turbopackLazyDynamicImportsSSR: true, turbopackInputSourceMaps: false },
});

/** Sentry's build step doubles the build time and its code loads slowly, so both are left out without a DSN. */
export default async function nextConfig(phase?: string): Promise<NextConfig> {
  const chosen = phase === PHASE_DEVELOPMENT_SERVER ? whileDeveloping(config) : config;
  if (!process.env.SENTRY_DSN) return chosen;
  const { withSentryConfig } = await import('@sentry/nextjs/config');
  const sourcemaps = { disable: !process.env.SENTRY_AUTH_TOKEN };
  return withSentryConfig(chosen, { silent: true, telemetry: false, sourcemaps });
}
