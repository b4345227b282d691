import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { z } from 'zod';
import { answered, askVia, SESSION_HEADER, sessionOf } from '@/lib/agent/mcp-asking';
import { mcpServer } from '@/lib/agent/mcp-server';
import { appUrl } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { problem } from '@/lib/http/problem';
import { requireKnownOrigin } from '@/lib/http/same-origin';
import { api, originOf } from '@/lib/links';
import packageJson from '@/package.json';

export const maxDuration = 120;

const answer = withUser(async ({ request, db, user, traceId }) => {
  const body = await parseJson(request, z.record(z.string(), z.unknown()));
  if (answered(user.id, body)) return new Response(null, { status: 202 });
  // Every request has a server and a transport of its own, so that any process answers any of them.
  const transport = new WebStandardStreamableHTTPServerTransport();
  const server = mcpServer(
    { db, user, request, traceId },
    { version: packageJson.version, askBy: askVia(transport, { userId: user.id, request }) },
  );
  await server.connect(transport);
  const response = await transport.handleRequest(request, { parsedBody: body });
  const session = sessionOf(body);
  if (session !== null && response.ok) response.headers.set(SESSION_HEADER, session);
  return response;
});

/** The student's own agent, by MCP over HTTP. Only a token lets it in, so that no page can use a session's cookies. */
export async function POST(...given: Parameters<typeof answer>): Promise<Response> {
  const [request] = given;
  try {
    requireKnownOrigin(request, appUrl());
    if (!request.headers.has('authorization')) throw new AppError('unauthenticated');
  } catch (error) {
    return withMetadata(request, problem(error));
  }
  return withMetadata(request, await answer(...given));
}

/** Says to whom no token was shown where one is had. */
function withMetadata(request: Request, response: Response): Response {
  if (response.status === 401) {
    const challenge = `Bearer realm="clerva", resource_metadata="${originOf(request, appUrl())}${api.mcpMetadata}"`;
    response.headers.set('www-authenticate', challenge);
  }
  return response;
}

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
