import { createServer, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { close, listen } from '../../local/stack/http.ts';

type Fields = Record<string, unknown>;
export const USAGE = { input_tokens: 100, output_tokens: 20, total_tokens: 120 };

/** One answer on the wire, event by event, as well or as badly as a behaviour orders. */
export class Wire {
  readonly response: ServerResponse;
  readonly #output: Fields[] = [];
  #sequence = 0;

  constructor(response: ServerResponse) {
    this.response = response;
  }

  raw(text: string): this {
    if (!this.response.headersSent) this.response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.response.write(text);
    return this;
  }

  event(type: string, fields: Fields = {}): this {
    const event = { type, ...fields, sequence_number: this.#sequence++ };
    return this.raw(`event: ${type}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  start(): this {
    const response = { id: 'resp_1', created_at: 1, model: 'replayed', status: 'in_progress', output: [] };
    return this.event('response.created', { response }).event('response.in_progress', { response });
  }

  #item(item: Fields): this {
    const output_index = this.#output.push(item) - 1;
    return this.event('response.output_item.done', { output_index, item });
  }

  textStart(id = 'msg_1'): this {
    const item = { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] };
    return this.event('response.output_item.added', { output_index: this.#output.length, item });
  }

  delta(delta: string, item_id = 'msg_1'): this {
    const place = { item_id, output_index: this.#output.length, content_index: 0 };
    return this.event('response.output_text.delta', { ...place, delta, logprobs: [] });
  }

  textEnd(id = 'msg_1', content: Fields[] = [{ type: 'output_text', text: '', annotations: [] }]): this {
    return this.#item({ id, type: 'message', status: 'completed', role: 'assistant', content });
  }

  text(text: string, id = `msg_${this.#output.length}`): this {
    return this.textStart(id).delta(text, id).textEnd(id);
  }

  refuse(...words: string[]): this {
    const refusal = words.join('');
    this.textStart();
    for (const delta of words) {
      const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
      this.event('response.refusal.delta', { ...place, delta });
    }
    return this.textEnd('msg_1', [{ type: 'refusal', refusal }]);
  }

  think(text = 'a thought'): this {
    const id = `rs_${this.#output.length}`;
    const item = { id, type: 'reasoning', encrypted_content: 'sealed', summary: [] };
    const place = { item_id: id, output_index: this.#output.length, summary_index: 0 };
    return this.event('response.output_item.added', { output_index: this.#output.length, item })
      .event('response.reasoning_summary_part.added', place)
      .event('response.reasoning_summary_text.delta', { ...place, delta: text })
      .#item({ ...item, summary: [{ type: 'summary_text', text }] });
  }

  call(name: string, input: unknown, given: { id?: string; pieces?: boolean } = {}): this {
    const output_index = this.#output.length;
    const id = `fc_${output_index}`;
    const call_id = given.id ?? `call_${output_index}`;
    const json = typeof input === 'string' ? input : JSON.stringify(input);
    const item = { id, type: 'function_call', status: 'in_progress', call_id, name, arguments: '' };
    this.event('response.output_item.added', { output_index, item });
    if (given.pieces !== false) {
      for (let at = 0; at < json.length; at += 50_000) {
        const delta = json.slice(at, at + 50_000);
        this.event('response.function_call_arguments.delta', { item_id: id, output_index, delta });
      }
    }
    this.event('response.function_call_arguments.done', { item_id: id, output_index, arguments: json });
    return this.#item({ ...item, status: 'completed', arguments: json });
  }

  done(usage: unknown = USAGE, fields: Fields = {}): void {
    const response = { id: 'resp_1', status: 'completed', output: this.#output, usage, ...fields };
    this.event('response.completed', { response }).end();
  }

  incomplete(reason: string): void {
    const response = { incomplete_details: { reason }, status: 'incomplete', usage: USAGE };
    this.event('response.incomplete', { response }).end();
  }

  /** A chunk of a server that speaks chat completions. */
  chat(delta: Fields, finish_reason: string | null = null, usage: Fields | null = null): this {
    const choices = [{ index: 0, delta, finish_reason }];
    const chunk = {
      id: 'chat_1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'replayed',
      choices,
      usage,
    };
    return this.raw(`data: ${JSON.stringify(chunk)}\n\n`);
  }

  end(): void {
    this.response.end();
  }

  /** The connection is gone in the middle, once what was written has left. */
  cut(): void {
    setTimeout(() => this.response.destroy(), 30);
  }

  json(status: number, body: unknown, headers: Record<string, string> = {}): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.response
      .writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': '1', ...headers })
      .end(text);
  }

  fail(status: number, code: string | null, message = 'sk-secret-words of the provider', headers = {}): void {
    this.json(status, { error: { message, type: code ?? 'server_error', param: null, code } }, headers);
  }
}

export type Behaviour = (wire: Wire, call: number, request: { path: string; body: Fields }) => unknown;

/** A server that speaks the OpenAI protocol and behaves as it is told, call by call. */
export async function startReplayServer() {
  let behave: Behaviour = (wire) => wire.start().text('Hello.').done();
  let requests: { path: string; body: Fields }[] = [];
  const server = createServer(async (incoming, response) => {
    const body = JSON.parse((await buffer(incoming)).toString() || '{}');
    const request = { path: incoming.url ?? '', body };
    requests.push(request);
    await behave(new Wire(response), requests.length - 1, request);
  });
  return {
    url: `${await listen(server, 0)}/v1`,
    requests: () => requests,
    behaves(behaviour: Behaviour) {
      behave = behaviour;
      requests = [];
    },
    close: () => close(server),
  };
}
