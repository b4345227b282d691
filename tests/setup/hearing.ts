import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import OpenAI from 'openai';
import { close, listen } from '../../local/stack/http.ts';

export type AskedToHear = {
  path: string;
  model: string;
  format: string;
  fileName: string;
  bytes: Uint8Array;
};
type Answer = { status?: number; body: unknown };

/** A server of the OpenAI protocol that hears what a test says it hears, for tests of what is asked of it. */
export async function startHearing(answer: (asked: AskedToHear, count: number) => Answer) {
  const asked: AskedToHear[] = [];
  const server = createServer(async (request, response) => {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const body = new Uint8Array(await buffer(request));
    const form = await new Response(body, { headers }).formData();
    const file = form.get('file');
    if (!(file instanceof File)) throw new Error('No file was sent.');
    const [model, format] = [String(form.get('model')), String(form.get('response_format'))];
    const bytes = new Uint8Array(await file.arrayBuffer());
    asked.push({ path: request.url ?? '', model, format, fileName: file.name, bytes });
    const { status = 200, body: answered } = answer(asked.at(-1) as AskedToHear, asked.length);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  });
  const url = await listen(server, 0, '127.0.0.1');
  return {
    asked,
    url: `${url}/v1`,
    client: new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0 }),
    close: () => close(server),
  };
}
