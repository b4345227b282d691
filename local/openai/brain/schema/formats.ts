/** The formats that schemas name, with one fixed example each. */
export const FORMATS = new Map<string, { pattern: RegExp; example: string }>([
  [
    'uuid',
    {
      pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
      example: '00000000-0000-4000-8000-000000000000',
    },
  ],
  ['date', { pattern: /^\d{4}-\d{2}-\d{2}$/, example: '2026-01-01' }],
  ['time', { pattern: /^\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/, example: '12:00:00Z' }],
  [
    'date-time',
    {
      pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/,
      example: '2026-01-01T12:00:00Z',
    },
  ],
  ['duration', { pattern: /^P/, example: 'PT30M' }],
  ['email', { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, example: 'student@example.org' }],
  ['uri', { pattern: /^[a-z][a-z0-9+.-]*:\S+$/i, example: 'https://example.org/' }],
  ['hostname', { pattern: /^[a-z0-9.-]+$/i, example: 'example.org' }],
  ['ipv4', { pattern: /^\d{1,3}(?:\.\d{1,3}){3}$/, example: '127.0.0.1' }],
  ['ipv6', { pattern: /^[0-9a-f:]+$/i, example: '::1' }],
]);
