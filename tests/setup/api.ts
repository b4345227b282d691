import { afterAll, beforeAll } from 'vitest';
import { type Services, startServices, type TestStudent } from './services.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
type Handler<Params> = (
  request: Request,
  context: { params: Promise<Params> },
) => Promise<Response> | Response;

export type CallOptions = {
  /** Who asks; the first student unless another, or nobody, is named. */
  as?: Pick<TestStudent, 'token'> | null;
  /** JSON, unless it is text or bytes already. */
  body?: unknown;
  query?: string;
  headers?: Record<string, string>;
  /** Aborted when the client goes away. */
  signal?: AbortSignal;
};

type Arguments<Params> =
  Record<never, never> extends Params
    ? [params?: Params, options?: CallOptions]
    : [params: Params, options?: CallOptions];
type Callers<Module> = {
  [Name in keyof Module & Method]: Module[Name] extends Handler<infer Params>
    ? ((...given: Arguments<Params>) => ReturnType<typeof readAnswer>) & {
        /** The response as it is, for answers that are read while they arrive. */
        response: (...given: Arguments<Params>) => Promise<Response>;
      }
    : never;
};
type Api<Routes> = { [Name in keyof Routes]: Callers<Routes[Name]> };

/** Asks for an answer of the agent whole, as one object. */
export const JSON_ANSWER = { accept: 'application/json' };

/** A request as a browser or a program would send it to one of the app's own handlers. */
function requestOf(method: Method, { as, body, query = '', headers, signal }: CallOptions): Request {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  return new Request(`http://localhost:3000/api/test${query}`, {
    method,
    ...(signal && { signal }),
    headers: {
      ...(as ? { authorization: `Bearer ${as.token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    // Bytes of these tests are never shared memory, which their type cannot say.
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  });
}

/** An answer read whole. Its fields are what a test compares, so they carry no type of their own. */
async function readAnswer(response: Response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const { status, headers } = response;
  return { status, headers, bytes, text, body: isJson && text !== '' ? JSON.parse(text) : {} };
}

function callersOf(module: Record<string, unknown>, asDefault: TestStudent | undefined) {
  const callers = METHODS.filter((method) => method in module).map((method) => {
    // What a route module exports under the name of a method is its handler.
    const handler = module[method] as Handler<object>;
    const response = async (params: object = {}, options: CallOptions = {}) =>
      handler(requestOf(method, { ...(asDefault && { as: asDefault }), ...options }), {
        params: Promise.resolve(params),
      });
    const call = async (params?: object, options?: CallOptions) =>
      readAnswer(await response(params, options));
    return [method, Object.assign(call, { response })];
  });
  return Object.fromEntries(callers);
}

/**
 * The app's handlers against services of their own for the tests of one file: `api.<route>.<METHOD>(params, options)`.
 * Routes are imported once the services are up, because what they import reads its environment. Everything returned is
 * filled in before the first test, and stands for what will be there until then.
 */
export function testApi<
  Name extends string,
  Routes extends Record<string, object>,
  Started extends Services = Services,
>({
  students: names,
  routes,
  start,
}: {
  students: readonly Name[];
  routes: () => Promise<Routes>;
  start?: () => Promise<Started>;
}) {
  const services = {} as Started;
  const api = {} as Api<Routes>;
  const students = Object.fromEntries(
    names.map((name) => [name, { id: '', token: '', email: '' }]),
  ) as Record<Name, TestStudent>;

  beforeAll(async () => {
    Object.assign(services, await (start?.() ?? startServices()));
    for (const name of names) Object.assign(students[name], await services.signUp(name));
    const [first] = names;
    for (const [name, module] of Object.entries(await routes())) {
      Object.assign(api, { [name]: callersOf({ ...module }, first && students[first]) });
    }
  });
  afterAll(() => services.close());

  return { api, services, students };
}
