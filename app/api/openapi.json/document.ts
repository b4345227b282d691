import { z } from 'zod';
import { AppError, ERRORS, type ErrorCode } from '@/lib/errors';
import { METHODS } from '@/lib/http/methods';
import { problemBody, problemSchema } from '@/lib/http/problem';
import { type JsonSchema, jsonSchemaOf } from '@/lib/json-schema';
import packageJson from '@/package.json';
import { exampleOf } from './example';
import { type Media, OPERATIONS, type Operation } from './operations';

const isMedia = (form: z.ZodType | Media): form is Media => !(form instanceof z.ZodType);
const json = (schema: JsonSchema, example: unknown = exampleOf(schema)) => ({
  'application/json': { schema, example },
});

function answer(given: z.ZodType | Media | (z.ZodType | Media)[]): JsonSchema {
  const forms = [given].flat();
  const shapes = forms.flatMap((form) =>
    isMedia(form) || form.type === 'null' ? [] : [jsonSchemaOf(form, 'output')],
  );
  const content = Object.assign(
    {},
    shapes.length > 0 && json(shapes.length === 1 ? { ...shapes[0] } : { anyOf: shapes }),
    ...forms
      .filter(isMedia)
      .map(({ type }) => (type === '' ? {} : { [type]: { schema: { type: 'string' } } })),
  );
  const words = forms.map((form) => (isMedia(form) ? form.says : form.description)).filter(Boolean);
  return {
    description: words.join(' ') || 'Done.',
    ...(Object.keys(content).length > 0 && { content }),
  };
}

const ALWAYS: ErrorCode[] = ['internal', 'database_unavailable'];
const SIGNED_IN: ErrorCode[] = ['unauthenticated', 'forbidden', 'session_changed', 'rate_limited'];
const WITH_BODY: ErrorCode[] = [
  'invalid_request',
  'unsupported_media_type',
  'payload_too_large',
  'storage_full',
];

/** The codes that a route may give with a status. */
const problemOf = (codes: readonly ErrorCode[]): JsonSchema => ({
  allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }],
});

function failuresOf(path: string, { who = 'student', body, query, fails = [] }: Operation): JsonSchema {
  const codes = new Set<ErrorCode>([
    ...(who === 'anybody' ? [] : [...ALWAYS, ...SIGNED_IN]),
    ...(body ? WITH_BODY : []),
    ...(query ? (['invalid_request'] as const) : []),
    ...(path.includes('{') ? (['not_found'] as const) : []),
    ...fails,
  ]);
  const byStatus = Object.groupBy(codes, (code) => String(ERRORS[code].status));
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, among = ['internal']]) => [
      status,
      {
        description: among.map((code) => `\`${code}\`: ${ERRORS[code].message}`).join('\n\n'),
        content: {
          'application/problem+json': {
            schema: problemOf(among),
            example: problemBody(new AppError(among[0] ?? 'internal')),
          },
        },
      },
    ]),
  );
}

/** Ids are uuids; these are not. */
const OF_PATH: Record<string, JsonSchema> = {
  page: { type: 'integer', minimum: 1 },
  ...Object.fromEntries(
    ['toolCallId', 'taskId', 'itemId', 'slug', 'topic', 'asset', 'name'].map((name) => [
      name,
      { type: 'string' },
    ]),
  ),
};

function parametersOf(path: string, query: z.ZodObject | undefined) {
  const ofPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: OF_PATH[name] ?? { type: 'string', format: 'uuid' },
  }));
  const asked = query ? jsonSchemaOf(query, 'input') : {};
  // What a description of an object holds; `z.toJSONSchema` types it as anything.
  const { properties = {}, required = [] } = asked as { properties?: JsonSchema; required?: string[] };
  const ofQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  return [...ofPath, ...ofQuery];
}

const SECURITY = { anybody: [], status: [{ status: [] }, { bearer: [] }, { cookie: [] }] };

function describeOperation(path: string, method: string, operation: Operation): JsonSchema {
  const { does, who = 'student', body, isBodyOptional = false, query, gives, example } = operation;
  const role = who === 'internal' || who === 'admin' ? ` For the role \`${who}\`.` : '';
  return {
    operationId: `${method.toLowerCase()}${path.replace(/\W+(\w)?/g, (_, letter = '') => letter.toUpperCase())}`,
    summary: does,
    ...(role && { description: role.trim() }),
    tags: [path.split('/')[2] === 'ai-agent' ? 'chat' : path.split('/')[2]],
    security: who === 'anybody' || who === 'status' ? SECURITY[who] : [{ bearer: [] }, { cookie: [] }],
    parameters: parametersOf(path, query),
    ...(body && {
      requestBody: { required: !isBodyOptional, content: json(jsonSchemaOf(body, 'input'), example) },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(gives).map(([status, forms]) => [status, answer(forms)])),
      ...failuresOf(path, operation),
    },
  };
}

/** The description of every route, made of the schemas that the routes themselves use. */
export function openApiDocument() {
  const paths = Object.entries(OPERATIONS).map(([path, taken]) => [
    path,
    Object.fromEntries(
      METHODS.flatMap((method) => {
        const operation = taken[method];
        return operation ? [[method.toLowerCase(), describeOperation(path, method, operation)]] : [];
      }),
    ),
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clerva',
      version: packageJson.version,
      description:
        'Everything a signed-in student, a program of theirs or an operator may ask. Errors are problem+json (RFC 9457) with a stable `code`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: { Problem: jsonSchemaOf(problemSchema, 'output') },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a sign-in.',
        },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'sb-<project>-auth-token',
          description: 'The session of a browser.',
        },
        status: { type: 'http', scheme: 'bearer', description: 'STATUS_TOKEN of the operator.' },
      },
    },
  };
}
