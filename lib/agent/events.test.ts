import { createUIMessageStreamResponse } from 'ai';
import { expect, test, vi } from 'vitest';
import { eventStreams, outlet } from './events.ts';
import type { ClervaChunk } from './messages.ts';

const chunks: ClervaChunk[] = [
  { type: 'start', messageId: 'a' },
  { type: 'text-start', id: '1' },
  { type: 'text-delta', id: '1', delta: 'Zellen – "細胞"\n\nand 𝒙' },
  { type: 'text-end', id: '1' },
  { type: 'finish' },
];

test('the events of an answer are those of the SDK, for the page and for who follows', async () => {
  const stream = new ReadableStream<ClervaChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const reference = createUIMessageStreamResponse({ stream, keepAliveMs: 15_000 });
  const { response, copy } = eventStreams(chunks);
  const expected = await reference.text();
  expect(await response.text()).toBe(expected);
  expect(await new Response(copy.pipeThrough(new TextEncoderStream())).text()).toBe(expected);
  for (const [name, value] of reference.headers)
    if (name !== 'cache-control') expect(response.headers.get(name)).toBe(value);
  expect(response.headers.get('cache-control')).toContain('no-transform');
});

test('silence is broken every fifteen seconds, and an answer that is over or left says nothing more', async () => {
  vi.useFakeTimers();
  try {
    const { stream, put, close } = outlet<ClervaChunk>();
    const { response, copy } = eventStreams(stream);
    await response.body?.cancel();
    const heard: string[] = [];
    const reading = (async () => {
      for await (const event of copy) heard.push(event);
    })();
    await vi.advanceTimersByTimeAsync(14_000);
    put({ type: 'text-start', id: '1' });
    await vi.advanceTimersByTimeAsync(31_000);
    close();
    await reading;
    await vi.advanceTimersByTimeAsync(60_000);
    const alive = ': keep-alive\n\n';
    expect(heard).toEqual([
      ': stream-open\n\n',
      'data: {"type":"text-start","id":"1"}\n\n',
      alive,
      alive,
      'data: [DONE]\n\n',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
