/** Everything a stream gives, once it has ended. */
export async function collected<Item>(stream: AsyncIterable<Item> | Iterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** A stream that is fed by hand. */
export function openStream<Item>() {
  let controller: ReadableStreamDefaultController<Item> | undefined;
  const stream = new ReadableStream<Item>({
    start: (started) => {
      controller = started;
    },
  });
  return {
    stream,
    send: (...items: Item[]) => {
      for (const item of items) controller?.enqueue(item);
    },
    close: () => controller?.close(),
  };
}
