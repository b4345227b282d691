import { randomUUID } from 'node:crypto';

/** A stored message, as far as it matters in which order and state it is. */
export type StoredMessage = {
  id: string;
  role: 'user' | 'assistant';
  status: 'streaming' | 'done' | 'stopped' | 'error';
  parent_id: string | null;
  is_shown: boolean;
  is_chosen: boolean;
  request_id: string | null;
  parts: { type: string; text?: string }[];
};

/** One conversation and all that can happen to it. */
export type Chaos = {
  seed: number;
  steps: number;
  /** Calls a route of the conversation, or of the chat when the path is empty. */
  request(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response>;
  messages(): Promise<StoredMessage[]>;
  /** Ends the process that writes, without a word, and has another one take its place. */
  kill(): Promise<void>;
  /** What else may go wrong, by its name. */
  accidents?: Readonly<Record<string, () => Promise<void>>>;
};

/** Numbers in [0, 1), always the same for a seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const textOf = ({ parts }: StoredMessage) => parts.map(({ text = '' }) => text).join('');

/** What must hold of a conversation whatever happened to it; the names of what does not. */
export function faultsOf(
  messages: readonly StoredMessage[],
  acknowledged: ReadonlyMap<string, string>,
): string[] {
  const faults: string[] = [];
  const shown = messages.filter((message) => message.is_shown);
  for (const [index, message] of shown.entries()) {
    if (message.parent_id !== (shown[index - 1]?.id ?? null))
      faults.push(`${message.id} follows something else`);
    if (message.role !== (index % 2 === 0 ? 'user' : 'assistant'))
      faults.push(`${message.id} is out of turn`);
  }
  if (messages.filter(({ status }) => status === 'streaming').length > 1) faults.push('two answers at once');
  const places = Map.groupBy(messages, ({ role, parent_id }) => `${role} ${parent_id}`);
  for (const [place, those] of places) {
    if (those.filter((message) => message.is_chosen).length !== 1)
      faults.push(`not one is chosen of ${place}`);
  }
  for (const [requestId, text] of acknowledged) {
    const found = messages.filter((message) => message.request_id === requestId);
    if (found.length !== 1 || !found[0] || textOf(found[0]) !== text)
      faults.push(`“${text}” is there ${found.length} times`);
  }
  for (const message of messages) {
    const isSilent = message.role === 'assistant' && message.status === 'done' && textOf(message) === '';
    if (isSilent) faults.push(`${message.id} is done and says nothing`);
  }
  return faults;
}

/** Does things to one conversation at random moments, many of them at once, and gives what came of it. */
export async function unleash({ seed, steps, request, messages, kill, accidents = {} }: Chaos) {
  const random = chance(seed);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const acknowledged = new Map<string, string>();
  const counts: Record<string, number> = {};
  const faults: string[] = [];
  const underWay = new Set<Promise<unknown>>();
  let known: StoredMessage[] = [];

  /** Reads an answer for a while, to its end or until its reader goes away. */
  const call = async (method: string, path: string, body?: unknown, told?: () => void) => {
    const leave = new AbortController();
    const staysMs = random() < 0.5 ? 5_000 : random() * 60;
    const timer = setTimeout(() => leave.abort(), staysMs);
    try {
      const response = await request(method, path, body, leave.signal);
      if (response.ok) told?.();
      else if (![404, 409, 422, 429, 502, 503].includes(response.status)) {
        faults.push(
          `${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 200)}`,
        );
      }
      counts[`status ${response.status}`] = (counts[`status ${response.status}`] ?? 0) + 1;
      for await (const _ of response.body ?? []) if (leave.signal.aborted) break;
    } catch {
      // Whoever went away, and a server that was killed, answer nothing.
    } finally {
      clearTimeout(timer);
    }
  };
  const ask = (edits?: string) => {
    const requestId = randomUUID();
    const message = `What is number ${acknowledged.size} of ${Math.floor(random() * 1e6)}?`;
    const send = () =>
      call('POST', '', { message, requestId, ...(edits && { edits }) }, () =>
        acknowledged.set(requestId, message),
      );
    // Sometimes sent again by itself, as a page does whose connection did not hold.
    return random() < 0.2 ? Promise.all([send(), send()]) : send();
  };
  const any = (role: StoredMessage['role']) => pick(known.filter((message) => message.role === role))?.id;
  const again = (messageId?: string) =>
    call('POST', '/regenerate', { requestId: randomUUID(), ...(messageId && { messageId }) });
  const acts: Record<string, () => Promise<unknown> | undefined> = {
    ask: () => ask(),
    'ask in two tabs': () => Promise.all([ask(), ask()]),
    edit: () => ask(any('user')),
    'answer again': () => again(),
    'answer an older one again': () => again(any('assistant')),
    stop: () => call('POST', '/stop', {}),
    reload: () => call('GET', ''),
    follow: () => call('GET', '/stream'),
    show: () => {
      const messageId = pick(known)?.id;
      return messageId === undefined ? undefined : call('PUT', '/version', { messageId });
    },
    kill,
    ...accidents,
  };
  const often = [
    'ask',
    'ask in two tabs',
    'edit',
    'answer again',
    'answer an older one again',
    'stop',
    'reload',
    'follow',
    'show',
  ];
  for (let step = 0; step < steps; step += 1) {
    const isAccident = random() < 0.03;
    const name = (isAccident ? pick(['kill', ...Object.keys(accidents)]) : pick(often)) ?? 'ask';
    counts[name] = (counts[name] ?? 0) + 1;
    const act = Promise.resolve(acts[name]?.());
    const ended: Promise<unknown> = act.finally(() => underWay.delete(ended));
    underWay.add(ended);
    if (isAccident) await act;
    if (random() < 0.4) await new Promise((next) => setTimeout(next, random() * 40));
    if (random() < 0.4 && underWay.size > 0) await Promise.race(underWay);
    if (underWay.size > 8) await Promise.all(underWay);
    if (step % 10 === 9) {
      known = await messages();
      faults.push(...faultsOf(known, new Map()).map((fault) => `step ${step}: ${fault}`));
    }
    if (faults.length > 0) break;
  }
  await Promise.allSettled(underWay);
  return { acknowledged, counts, faults };
}
