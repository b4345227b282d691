import { appUrl, serverEnv } from '@/lib/env';
import { otherMethods } from '@/lib/http/methods';
import { api, originOf } from '@/lib/links';

/** Where a client of /api/mcp gets a token (RFC 9728); also at /.well-known/oauth-protected-resource. */
export function GET(request: Request): Response {
  const env = serverEnv();
  const origin = originOf(request, appUrl());
  return Response.json({
    resource: `${origin}${api.mcp}`,
    resource_name: 'Clerva',
    authorization_servers: [`${env.supabaseUrl}/auth/v1`],
    bearer_methods_supported: ['header'],
    resource_documentation: `${origin}${api.docs}`,
  });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
