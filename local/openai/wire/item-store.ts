import type { InputItem } from './requests.ts';

/**
 * Remembers what `store: true` promises: output items for `item_reference` and whole responses for `previous_response_id`.
 * The oldest are forgotten first, so a server that runs for weeks does not grow.
 */
export class ItemStore {
  private readonly items = new Map<string, InputItem>();
  private readonly conversations = new Map<string, InputItem[]>();
  private readonly limit: number;

  constructor(limit = 2_000) {
    this.limit = limit;
  }

  remember(responseId: string, input: InputItem[], output: InputItem[]): void {
    for (const item of output) if (item.id) keep(this.items, item.id, item, this.limit);
    keep(this.conversations, responseId, [...input, ...output], Math.ceil(this.limit / 10));
  }

  item(id: string): InputItem | undefined {
    return this.items.get(id);
  }

  conversation(responseId: string): InputItem[] | undefined {
    return this.conversations.get(responseId);
  }
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value, limit: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= limit) return;
    map.delete(oldest);
  }
}
