import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Model } from 'openai/resources/models';
import { close, listen } from '../../stack/http.ts';
import { foreignness } from '../../stack/loopback.ts';
import { ApiError } from './api-error.ts';
import { createEmbeddings } from './embeddings.ts';
import { FAULT_HEADER, type Fault, Faults, faultError, faultSchema } from './faults.ts';
import { answerChat, answerResponses } from './generate.ts';
import { checkKey, readBody, readJson, sendError, sendJson } from './http.ts';
import { newId } from './ids.ts';
import { ItemStore } from './item-store.ts';
import { createModeration } from './moderations.ts';
import { embeddingsRequest, moderationsRequest, parseRequest } from './requests.ts';
import type { Brain } from './types.ts';

export type OpenAIServer = {
  /** Ends in `/v1`, as `OPENAI_BASE_URL` wants it. */
  url: string;
  faults: Faults;
  close: () => Promise<void>;
};

type ServerOptions = { port: number; host?: string; apiKey?: string; brain: Brain };

const DEFAULT_API_KEY = 'local';

export async function startServer(options: ServerOptions): Promise<OpenAIServer> {
  const host = options.host ?? '127.0.0.1';
  const faults = new Faults();
  const store = new ItemStore();
  const server = createServer((request, response) => {
    const requestId = newId('req');
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    handle({ request, response, requestId, signal: gone.signal }, options, faults, store).catch(
      (error: unknown) => {
        if (gone.signal.aborted) return;
        if (!(error instanceof ApiError)) process.stderr.write(`openai: ${stackOf(error)}\n`);
        sendError(response, error, requestId);
      },
    );
  });
  const url = await listen(server, options.port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${options.port} on ${host} is taken by another program.`, { cause: error });
  });
  return { url: `${url}/v1`, faults, close: () => close(server) };
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

type Incoming = {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  signal: AbortSignal;
};

async function handle(
  incoming: Incoming,
  options: ServerOptions,
  faults: Faults,
  store: ItemStore,
): Promise<void> {
  const { request, response, requestId, signal } = incoming;
  const path = new URL(request.url ?? '/', 'http://local').pathname.replace(/\/+$/, '') || '/';
  const send = (body: unknown): void => sendJson(response, 200, body, requestId);
  const at = `${request.method} ${path}`;
  const reason = foreignness(request.headers);
  if (reason) throw new ApiError(403, reason);
  if (at === 'GET /health' || at === 'GET /') return send({ status: 'ok' });

  checkKey(request, options.apiKey ?? DEFAULT_API_KEY);
  if (at === 'POST /dev/faults') {
    faults.add(parseRequest(faultSchema, await readJson(request)));
    return send({ ok: true });
  }
  if (at === 'DELETE /dev/faults') {
    faults.clear();
    return send({ ok: true });
  }
  if (at === 'GET /v1/models') return send(listModels());
  if (request.method === 'GET' && path.startsWith('/v1/models/'))
    return send(getModel(decodeURIComponent(path.slice('/v1/models/'.length))));

  const { brain } = options;
  const exchange = async () => {
    const body = await readJson(request);
    const fault = faults.take(path, request.headers[FAULT_HEADER], body);
    if (!fault && NAMED_MODEL.has(path)) requireModel(body);
    return { body, fault, brain, response, signal, requestId };
  };
  switch (at) {
    case 'POST /v1/responses':
      return await answerResponses(await exchange(), store);
    case 'POST /v1/chat/completions':
      return await answerChat(await exchange());
    case 'POST /v1/embeddings':
      return send(createEmbeddings(parseRequest(embeddingsRequest, sound(await exchange())), brain));
    case 'POST /v1/moderations':
      return send(createModeration(parseRequest(moderationsRequest, sound(await exchange())), brain));
    case 'POST /v1/audio/transcriptions':
      await readBody(request);
      throw new ApiError(
        400,
        'The local study brain cannot hear: transcribing audio needs a model key (OPENAI_API_KEY).',
        { code: 'transcription_not_available' },
      );
    default:
      throw new ApiError(404, `Unknown request URL: ${at}. Please check the URL for typos.`, {
        code: 'unknown_url',
      });
  }
}

/** The body of a request for which no test ordered an error. */
function sound({ body, fault }: { body: unknown; fault: Fault | undefined }): unknown {
  const error = faultError(fault);
  if (error) throw error;
  return body;
}

/** 2026-01-01, so that the list is the same on every run. */
const CREATED = 1_767_225_600;

const NAMES = ['clerva-study-brain', 'clerva-lexical-1536', 'omni-moderation-latest'];

const listModels = (): { object: 'list'; data: Model[] } => ({
  object: 'list',
  data: NAMES.map(model),
});

/** Where the model is named in the request, it is one that there is. */
const NAMED_MODEL = new Set(['/v1/responses', '/v1/chat/completions', '/v1/embeddings']);

function requireModel(body: unknown): void {
  if (typeof body === 'object' && body !== null && 'model' in body && typeof body.model === 'string')
    getModel(body.model);
}

function getModel(name: string): Model {
  if (!NAMES.includes(name))
    throw new ApiError(404, `The model '${name}' does not exist or you do not have access to it.`, {
      code: 'model_not_found',
      param: 'model',
    });
  return model(name);
}

const model = (id: string): Model => ({ id, object: 'model', created: CREATED, owned_by: 'clerva' });
