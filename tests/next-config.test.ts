import { expect, test } from 'vitest';
import nextConfig from '../next.config.ts';

test('no answer of the app can be framed by another site or read as another type', async () => {
  const config = await nextConfig();
  const [everywhere] = (await config.headers?.()) ?? [];
  expect(everywhere?.source).toBe('/(.*)');
  const headers = Object.fromEntries(everywhere?.headers.map(({ key, value }) => [key, value]) ?? []);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': expect.stringContaining('max-age='),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
});
