import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { extractDocument } from '../lib/ingestion/extract/index.ts';
import { tools } from '../lib/tools/index.ts';
import { testApi } from './setup/api.ts';
import { addNotes } from './setup/services.ts';

vi.mock('next/server', () => ({ after: () => undefined }));

const { api, services, students } = testApi({
  students: ['maya', 'ines'],
  routes: async () => ({
    mcp: await import('../app/api/mcp/route.ts'),
    metadata: await import('../app/api/mcp/metadata/route.ts'),
    tools: await import('../app/api/tools/route.ts'),
    tool: await import('../app/api/tools/[name]/route.ts'),
  }),
});
const { maya, ines } = students;
let docId: string;
let foreignId: string;

beforeAll(async () => {
  const pages = ['Encoding turns what we perceive into a memory trace.', 'Retrieval brings a memory back.'];
  docId = await addNotes(services, { userId: maya.id, title: 'Memory', pages });
  await services.query(
    `insert into public.doc_page (doc_id, user_id, page, content, char_start, char_end)
     select doc_id, user_id, page_start, content, char_start, char_end from public.doc_chunk where doc_id = $1`,
    [docId],
  );
  foreignId = await addNotes(services, { userId: ines.id, title: 'Secrets', pages: ['Nothing for others.'] });
  await services.query("update public.profile set visibility = 'everyone', display_name = 'Student'");
});

type Answer = (question: string) => { action: 'accept' | 'decline'; content?: { agree: boolean } };

/** A client of the protocol that sits on the route itself. */
async function connect({ token = maya.token, answer }: { token?: string; answer?: Answer } = {}) {
  const { POST } = await import('../app/api/mcp/route.ts');
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: answer ? { elicitation: {} } : {} },
  );
  if (answer) client.setRequestHandler(ElicitRequestSchema, ({ params }) => answer(params.message));
  const transport = new StreamableHTTPClientTransport(new URL('http://localhost:3000/api/mcp'), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
    fetch: async (url, init) =>
      init?.method === 'POST'
        ? POST(new Request(url, init), { params: Promise.resolve({}) })
        : new Response(null, { status: 405 }),
  });
  // The SDK's own transport does not fit its own interface under exact optional types.
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return client;
}

describe('a client of the protocol', () => {
  test('finds the tools of the registry with what they take and give', async () => {
    const { tools: listed } = await (await connect()).listTools();
    expect(listed.map(({ name }) => name)).toEqual(Object.keys(tools));
    for (const { inputSchema, outputSchema, annotations } of listed) {
      expect([inputSchema.type, outputSchema?.type]).toEqual(['object', 'object']);
      expect(annotations?.readOnlyHint).toBeTypeOf('boolean');
    }
    const hints = Object.fromEntries(
      listed.map(({ name, annotations }) => [name, annotations?.readOnlyHint]),
    );
    expect(hints).toMatchObject({ searchNotes: true, addFlashcards: false, sendNudge: false });
  });

  test('calls one as its student, and gets what it gives as an object of its schema', async () => {
    const client = await connect();
    await client.listTools();
    const found = await client.callTool({
      name: 'searchNotes',
      arguments: { query: 'encoding memory trace' },
    });
    expect(found.isError).toBeUndefined();
    expect(JSON.stringify(found.structuredContent)).toContain(docId);
    expect(JSON.stringify(found)).not.toContain(foreignId);
    const [line] = await services.query(
      "select action, subject, outcome from public.audit_log where user_id = $1 and action = 'tool' order by id desc limit 1",
      [maya.id],
    );
    expect(line).toEqual({ action: 'tool', subject: 'searchNotes', outcome: 'success' });
  });

  test.each([
    ['searchNotes', {}, 'invalid_request'],
    ['matchInsight', { candidateId: '00000000-0000-4000-8000-000000000009' }, 'not_found'],
  ])('is told why %s failed with %j', async (name, given, code) => {
    const result = await (await connect()).callTool({ name, arguments: given });
    expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(`^${code}: `) }] });
  });

  test('is refused a tool that is none', async () => {
    await expect((await connect()).callTool({ name: 'toString', arguments: {} })).rejects.toThrow(
      /no tool toString/,
    );
  });

  test('reads documents and single pages of its student, and nobody else’s', async () => {
    const client = await connect();
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([`clerva://documents/${docId}`]);
    const { contents } = await client.readResource({ uri: `clerva://documents/${docId}` });
    expect(contents.map((content) => ('text' in content ? content.text : ''))).toEqual([
      expect.stringContaining('Encoding'),
      expect.stringContaining('Retrieval'),
    ]);
    const page = await client.readResource({ uri: `clerva://documents/${docId}/pages/2` });
    expect(page.contents).toMatchObject([{ text: expect.stringContaining('Retrieval') }]);
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(2);
    for (const uri of [
      `clerva://documents/${foreignId}`,
      `clerva://documents/${foreignId}/pages/1`,
      `clerva://documents/${docId}/pages/9`,
      'clerva://documents/../secrets',
      'file:///etc/passwd',
    ])
      await expect(client.readResource({ uri })).rejects.toThrow();
    await expect(client.listResources({ cursor: 'nowhere' })).rejects.toThrow(/leads nowhere/);
  });

  test('pages through many documents, each once', async () => {
    const { id: userId, token } = await services.signUp('tom');
    for (let n = 0; n < 53; n += 1)
      await addNotes(services, { userId, title: `Notes ${n}`, pages: ['Text.'] });
    const client = await connect({ token });
    const first = await client.listResources();
    const second = await client.listResources({ cursor: first.nextCursor });
    expect([first.resources.length, second.resources.length, second.nextCursor]).toEqual([50, 3, undefined]);
    expect(new Set([...first.resources, ...second.resources].map(({ uri }) => uri)).size).toBe(53);
  });

  test('begins with prompts, whose arguments it has to name', async () => {
    const client = await connect();
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['quiz_me', 'explain', 'plan']);
    const { messages } = await client.getPrompt({ name: 'explain', arguments: { topic: 'encoding' } });
    expect(messages).toMatchObject([
      { role: 'user', content: { text: expect.stringContaining('encoding') } },
    ]);
    await expect(client.getPrompt({ name: 'explain' })).rejects.toThrow(/topic/);
    const ref = { type: 'ref/prompt' as const, name: 'explain' };
    const { completion } = await client.complete({ ref, argument: { name: 'topic', value: 'mem' } });
    expect(completion.values).toEqual(['Memory']);
  });
});

describe('sendNudge', () => {
  const sent = () => services.query('select message from public.nudge where user_id = $1', [maya.id]);
  const nudge = (message: string) => ({
    name: 'sendNudge',
    arguments: { toUserId: ines.id, message, nudgeType: 'study_invite' },
  });

  test('is refused where the client cannot ask', async () => {
    const result = await (await connect()).callTool(nudge('Without a question'));
    expect(result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('cannot ask') }],
    });
    expect(await sent()).toEqual([]);
  });

  test.each<[string, ReturnType<Answer>]>([
    ['declined', { action: 'decline' }],
    ['accepted without a yes', { action: 'accept', content: { agree: false } }],
  ])('sends nothing when it is %s', async (_, answer) => {
    const result = await (await connect({ answer: () => answer })).callTool(nudge('Nobody wants this'));
    expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('did not') }] });
    expect(await sent()).toEqual([]);
  });

  test('asks with the exact text and sends it after a yes', async () => {
    const questions: string[] = [];
    const client = await connect({
      answer: (question) => {
        questions.push(question);
        return { action: 'accept', content: { agree: true } };
      },
    });
    const result = await client.callTool(nudge('Shall we study encoding?'));
    expect(questions).toEqual([expect.stringContaining('“Shall we study encoding?”')]);
    expect(result.structuredContent).toMatchObject({ success: true });
    expect(await sent()).toEqual([{ message: 'Shall we study encoding?' }]);
  });
});

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const TAKES = { accept: 'application/json, text/event-stream' };

describe('the door', () => {
  test('asks for a token and says where one is had', async () => {
    for (const options of [
      { as: null },
      { as: null, headers: { cookie: 'sb-x-auth-token=1' } },
      { as: { token: 'x' } },
    ]) {
      const { status, headers } = await api.mcp.POST({}, { body: INITIALIZE, ...options });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(
        /^Bearer .*resource_metadata="http[^"]+\/api\/mcp\/metadata"$/,
      );
    }
    const { body } = await api.metadata.GET({}, { as: null });
    expect(body).toMatchObject({
      resource: expect.stringMatching(/\/api\/mcp$/),
      authorization_servers: [expect.stringMatching(/\/auth\/v1$/)],
    });
  });

  test.each(['https://evil.example', 'null', 'http://localhost:3000.evil.example'])(
    'is closed to pages of %s',
    async (origin) => {
      const { status } = await api.mcp.POST({}, { body: INITIALIZE, headers: { origin, ...TAKES } });
      expect(status).toBe(403);
    },
  );

  test('reads nothing that is no message of the protocol', async () => {
    for (const body of ['{', '[]', '{"a":1}'])
      expect((await api.mcp.POST({}, { body, headers: TAKES })).status).toBe(400);
  });

  test('takes no answer to a question that was put to somebody else', async () => {
    const body = { jsonrpc: '2.0', id: 'ask-1', result: { action: 'accept', content: { agree: true } } };
    expect((await api.mcp.POST({}, { as: ines, body, headers: TAKES })).status).toBe(202);
  });
});

describe('tools by their names', () => {
  test('are listed with what they take', async () => {
    const { body } = await api.tools.GET();
    const listed = body.tools.filter(({ kind }: { kind: string }) => kind === 'tool');
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(Object.keys(tools));
    expect(listed[0]).toMatchObject({
      title: 'Search notes',
      configured: true,
      asksFirst: false,
      inputSchema: { type: 'object', required: ['query'] },
    });
  });

  test('count an adapter among them, which runs aside', async () => {
    const { body } = await api.tools.GET();
    const adapters = body.tools.filter(({ kind }: { kind: string }) => kind === 'adapter');
    expect(adapters).toMatchObject([
      { name: 'calculate', configured: true },
      { name: 'webSearch', configured: false },
      { name: 'analyzeImage', configured: false },
      { name: 'transcribeAudio', configured: false },
      { name: 'exportSheet', configured: true },
    ]);
    // The first thread of a busy machine may start later than a tool may take.
    const answer = await vi.waitFor(
      async () => {
        const taken = await api.tool.POST({ name: 'calculate' }, { body: { expression: '5 cm to mm' } });
        expect(taken.status).toBe(200);
        return taken;
      },
      { timeout: 15_000 },
    );
    expect(answer.body.output).toEqual({ result: '50 mm', kind: 'Unit' });
  });

  test.each<['cards' | 'results' | 'plan' | 'progress', number]>([
    ['cards', 2],
    ['results', 0],
    ['plan', 0],
    ['progress', 0],
  ])('give the table of %s as a file that nothing in it runs', async (what, rows) => {
    await services.query(
      `insert into public.deck (user_id, name) values ($1, 'Sheet') on conflict do nothing`,
      [maya.id],
    );
    for (const [front, back] of [
      ['=1+1', 'A formula'],
      ['Ünïcode & <b>', 'plain'],
    ]) {
      await services.query(
        `insert into public.flashcard (user_id, deck_id, front, back, guid)
         select $1, d.id, $2, $3, md5($2) from public.deck d where d.user_id = $1 and d.name = 'Sheet' on conflict do nothing`,
        [maya.id, front, back],
      );
    }
    for (const format of ['xlsx', 'csv']) {
      const { status, body } = await api.tool.POST({ name: 'exportSheet' }, { body: { what, format } });
      expect([status, body.output?.rows]).toEqual([200, rows]);
      const bytes = new Uint8Array(Buffer.from(body.output.contentBase64, 'base64'));
      const given = { bytes, fileName: body.output.fileName, mimeType: body.output.mimeType };
      const text = (await extractDocument(given)).pages.map(({ content }) => content).join('\n');
      if (what !== 'cards') continue;
      expect(text).toContain("'=1+1");
      expect(text).toContain('Ünïcode & <b>');
    }
    // Ines has none of Maya's.
    const others = await api.tool.POST({ name: 'exportSheet' }, { as: ines, body: { what, format: 'csv' } });
    expect(others.body.output.rows).toBe(0);
  });

  test.each(['analyzeImage', 'transcribeAudio'])(
    '%s is refused where nothing is set up for it',
    async (name) => {
      const { status } = await api.tool.POST({ name }, { body: { documentId: docId } });
      expect([409, 422]).toContain(status);
    },
  );

  test.each([
    ['as input', { input: { query: 'encoding' } }],
    ['beside it', { query: 'encoding' }],
  ])('take their fields %s', async (_, body) => {
    const answer = await api.tool.POST({ name: 'searchNotes' }, { body });
    expect(answer.body).toMatchObject({ tool: 'searchNotes', output: { chunks: [{ docId }] } });
  });

  test('answer with the text to approve until it is approved, and then act', async () => {
    const input = { toUserId: ines.id, message: 'Ready for retrieval?', nudgeType: 'study_invite' };
    const asked = await api.tool.POST({ name: 'sendNudge' }, { body: { input } });
    expect(asked.body).toMatchObject({
      status: 409,
      code: 'approval_needed',
      detail: expect.stringContaining('“Ready for retrieval?”'),
    });
    const { status } = await api.tool.POST({ name: 'sendNudge' }, { body: { input, approved: true } });
    expect(status).toBe(200);
  });

  test.each([
    ['nothing', { input: {} }, 404],
    ['constructor', { input: {} }, 404],
    ['searchNotes', { input: {} }, 400],
    ['matchInsight', { input: { candidateId: '00000000-0000-4000-8000-000000000009' } }, 404],
  ])('%s with %j is refused', async (name, body, status) => {
    expect((await api.tool.POST({ name }, { body })).status).toBe(status);
  });

  test('are closed while questions are', async () => {
    const { rememberSwitch } = await import('../lib/operations/kill-switch.ts');
    const changedAt = new Date().toISOString();
    rememberSwitch({ isOff: true, reason: null, changedAt });
    const { status, body } = await api.tool.POST({ name: 'searchNotes' }, { body: { query: 'encoding' } });
    rememberSwitch({ isOff: false, reason: null, changedAt });
    expect([status, body.code]).toEqual([503, 'chat_disabled']);
  });
});

describe('the protocol’s own suite', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const { POST, GET, DELETE } = await import('../app/api/mcp/route.ts');
    server = createServer(async (incoming, outgoing) => {
      const headers = new Headers({ authorization: `Bearer ${maya.token}` });
      for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
      const { method = 'GET' } = incoming;
      const request = new Request(`http://localhost:${(server.address() as AddressInfo).port}/api/mcp`, {
        method,
        headers,
        ...(method === 'POST' && { body: await text(incoming) }),
      });
      const handler = { POST, GET, DELETE }[method];
      const response = await (handler?.(request, { params: Promise.resolve({}) }) ??
        new Response(null, { status: 405 }));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      // The types of the platform and of Node differ for the same streams.
      if (response.body)
        Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]).pipe(outgoing);
      else outgoing.end();
    }).listen(0);
    url = `http://localhost:${(server.address() as AddressInfo).port}/api/mcp`;
    vi.stubEnv('NEXT_PUBLIC_APP_URL', new URL(url).origin);
  });
  afterAll(() => {
    server.close();
  });

  // Those that name tools, resources and prompts of a test server cannot be met by any other; see docs/mcp.md.
  test.each([
    'server-initialize',
    'ping',
    'completion-complete',
    'tools-list',
    'resources-list',
    'prompts-list',
    'server-sse-multiple-streams',
    'dns-rebinding-protection',
  ])('passes %s', async (scenario) => {
    const run = spawn(process.execPath, [
      'node_modules/@modelcontextprotocol/conformance/dist/index.js',
      ...['server', '--url', url, '--scenario', scenario],
    ]);
    const [said] = await Promise.all([text(run.stdout), new Promise((resolve) => run.on('close', resolve))]);
    expect(said).toMatch(/Passed: [1-9]/);
    expect(said).toMatch(/\b0 failed|Failed: 0/i);
    expect(run.exitCode, said).toBe(0);
  });
});
