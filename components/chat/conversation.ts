import type { Scope } from '@/components/chooser/document-picker';
import { newRequestId } from '@/components/client/request';
import { type ClervaMessage, isToolPart, type ToolPart } from '@/lib/agent/messages';
import type { ToolProgress } from '@/lib/domain/message';
import type { TurnSettings } from '@/lib/domain/turn';
import { type Attaching, attachedOf, createAttaching } from './attaching';
import { attachedIn } from './attachment-chips';
import type { Pause, Waiting } from './chat-transport';
import { LazyChat } from './lazy-chat';
import { cancelCall, stopTurn, storeApproval } from './thread-api';

type Fetch = typeof globalThis.fetch;

export type ApprovalAnswer = { id: string; approved: boolean; reason?: string | undefined };
type Engine = Awaited<ReturnType<LazyChat['load']>>;
type AnsweredCall = Extract<ToolPart, { state: 'approval-responded' }>;

type ConversationOptions = {
  threadId?: string;
  messages?: ClervaMessage[];
  fetch?: Fetch | undefined;
  /** Called once, with the id the server gave a new conversation. */
  onThread?: (threadId: string) => void;
  pause?: Pause;
  attaching?: Attaching | undefined;
};

/** What is on its way: a question, or an answer that is written again, which has no words of its own. */
type Order = {
  text?: string;
  /** The question that this one stands in for. */
  edits?: string | undefined;
  /** The answer that is written again, and how it is to differ. */
  messageId?: string | undefined;
  nudge?: TurnSettings['nudge'];
};
const isSame = (a: Order | undefined, b: Order) =>
  a !== undefined && JSON.stringify({ ...a, id: undefined }) === JSON.stringify(b);

/** How far each running tool is. */
export type Progress = Readonly<Record<string, ToolProgress>>;
const NOTHING_RUNS: Progress = {};

const STOP_WAIT_MILLISECONDS = 5_000;

/** Read by schemas, which come with the first thread that is looked at again. */
const storedThreads = () => import('./stored-thread');

const isBusy = (chat: LazyChat) => chat.status === 'submitted' || chat.status === 'streaming';

/** What a message asks the student and waits for. */
export const questionsOf = (message: ClervaMessage | undefined): string[] =>
  (message?.parts ?? []).flatMap((part) =>
    isToolPart(part) && part.state === 'approval-requested' ? [part.approval.id] : [],
  );

/** The id that the server knows a message by: a question that was asked here learns its own from its answer. */
export function idAt(messages: readonly ClervaMessage[], index: number): string | undefined {
  const message = messages[index];
  if (message?.role !== 'user') return message?.id;
  const told = messages[index + 1]?.metadata?.questionId;
  return told ?? (message.metadata === undefined ? undefined : message.id);
}

/** Whether another page asked something before the last question that is not shown here. */
function isMissing(messages: readonly ClervaMessage[]): boolean {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const follows = messages[asked + 1]?.metadata?.follows;
  const before = asked > 0 ? idAt(messages, asked - 1) : undefined;
  return follows !== undefined && before !== undefined && follows !== before;
}

/** A message and those that stand in its place, oldest first. */
export const versionsAt = (messages: readonly ClervaMessage[], index: number): readonly string[] =>
  messages[index + 1]?.metadata?.questionVersions ?? messages[index]?.metadata?.versions ?? [];

/**
 * One conversation in the browser, apart from any component: it goes on while pages change and is found again by its
 * thread. The server holds the truth; this holds what is on the way.
 */
export class Conversation {
  readonly chat: LazyChat;
  /** What stands in the box and what waits its turn; kept here so that both outlive a page. */
  draft = '';
  queued: string | undefined;
  /** The document that the last answer was about, which the next question keeps to. */
  docId: string | undefined;
  /** The notes that the student chose to look through. */
  chosen: Scope | undefined;
  /** The model that was chosen, where it is not the usual one. */
  model: string | undefined;
  /** The files that go with the next question. */
  readonly attaching: Attaching;
  /** Hears why a turn waits before it is sent again, and undefined once it got through. */
  onWait: ((reason: Waiting | undefined) => void) | undefined;
  /** Hears what the conversation is called by now. */
  onTitle: ((title: string) => void) | undefined;
  /** Hears why a yes or no did not get through. */
  onRefused: ((error: Error) => void) | undefined;
  /** Hears how far the tools of the answer are. */
  onProgress: ((progress: Progress) => void) | undefined;
  progress = NOTHING_RUNS;
  /** When the last turn ended here: what is told of the thread then was done by this page itself. */
  endedAt = Number.NEGATIVE_INFINITY;
  /** The order on its way. Until it is known to have arrived, the same one goes out under the same id. */
  #request: (Order & { id: string }) | undefined;
  #threadId: string | undefined;
  #fetch: Fetch;
  #asking = false;
  /** A yes or no was given here that did not go out as a turn yet. */
  #hasDecided = false;
  /** The calls that were answered here and whose answer the server is not known to have. */
  #given = new Set<string>();
  #stopping = false;
  #threadWaiters: ((threadId: string | undefined) => void)[] = [];

  constructor({
    threadId,
    messages = [],
    fetch = (...args) => globalThis.fetch(...args),
    onThread,
    pause,
    attaching = createAttaching(),
  }: ConversationOptions) {
    this.attaching = attaching;
    this.#threadId = threadId;
    this.#fetch = fetch;
    this.chat = new LazyChat(messages, {
      transport: {
        threadId: () => this.#threadId,
        requestId: () => this.#request?.id,
        change: () => this.#request ?? {},
        docId: () => this.docId,
        within: () => this.chosen,
        model: () => this.model,
        onWait: (reason) => this.onWait?.(reason),
        fetch,
        pause,
      },
      goesOn: () => {
        // An answer that was stopped before it acted on a yes ends complete as well, and is not to be sent again.
        const hasDecided = this.#hasDecided;
        this.#hasDecided = false;
        return hasDecided;
      },
      onError: (error) => this.#askAgain(error),
      onData: (part) => {
        if (part.type === 'data-title') this.onTitle?.(part.data.title);
        if (part.type !== 'data-progress') return;
        const { toolCallId, ...progress } = part.data;
        this.#tell({ ...this.progress, [toolCallId]: progress });
      },
      onFinish: () => {
        this.endedAt = performance.now();
        this.#tell(NOTHING_RUNS);
      },
    });
    const unsubscribe = this.chat.onMessages(() => {
      const id = this.chat.lastMessage?.metadata?.threadId;
      if (id === undefined || this.#threadId !== undefined) return;
      this.#threadId = id;
      unsubscribe();
      for (const resolve of this.#threadWaiters.splice(0)) resolve(id);
      onThread?.(id);
    });
    if (threadId !== undefined) unsubscribe();
  }

  get threadId(): string | undefined {
    return this.#threadId;
  }

  get busy(): boolean {
    return this.#asking || this.#stopping || isBusy(this.chat);
  }

  /**
   * Asks once, however often it is pressed. A question whose answer never began is taken back and its text returned,
   * so that it can stand in the box again.
   */
  async ask(text: string, edits?: string): Promise<{ kept: string } | undefined> {
    this.#order({ text, edits });
    const before = edits === undefined ? this.chat.messages : [];
    // One that had arrived, and was shown meanwhile from what is stored, is answered where it stood: it is shown once.
    const unsubscribe = this.chat.onMessages(() => {
      const { messages, lastMessage } = this.chat;
      const isAnsweredAbove = before.some((message, index) => message !== messages[index]);
      if (lastMessage?.role === 'user' && isAnsweredAbove) this.chat.messages = messages.slice(0, -1);
    });
    // What is asked otherwise keeps its files.
    const edited = edits === undefined ? undefined : this.chat.messages.find(({ id }) => id === edits);
    const taken = edits === undefined ? this.attaching.take() : [];
    const files = edited ? attachedIn(edited) : attachedOf(taken);
    const parts = files.map((data) => ({ type: 'data-attachment' as const, data }));
    const message = parts.length > 0 ? { parts: [{ type: 'text' as const, text }, ...parts] } : { text };
    const began = await this.#begin((engine) => engine.sendMessage(message), edits).finally(unsubscribe);
    if (!began) {
      this.attaching.giveBack(taken);
      return { kept: text };
    }
    this.#request = undefined;
    return undefined;
  }

  /** Gives a yes or no, once. It is kept at once; with the last one that the answer waits for, the answer goes on. */
  async approve({ id, approved, reason }: ApprovalAnswer): Promise<void> {
    const engine = await this.chat.load();
    if (!questionsOf(this.chat.lastMessage).includes(id)) return;
    this.#hasDecided = true;
    this.#given.add(id);
    await engine.addToolApprovalResponse({ id, approved, ...(reason === undefined ? {} : { reason }) });
    const threadId = this.#threadId;
    // What an answer asks while it is being written goes out with its end.
    if (threadId === undefined || isBusy(this.chat) || questionsOf(this.chat.lastMessage).length === 0)
      return;
    const approval = { approvalId: id, approved, ...(reason === undefined ? {} : { reason }) };
    try {
      await storeApproval(threadId, approval, this.#fetch);
      this.#given.delete(id);
    } catch (error) {
      // The last one was given meanwhile, and took this one along.
      if (questionsOf(this.chat.lastMessage).length === 0) return;
      this.#withdraw((part) => part.approval.id === id);
      throw error;
    }
  }

  /**
   * Writes an answer again, the last one or one that is named; the old one stays a version. When that cannot begin, the
   * page is as it was.
   */
  async regenerate(again: Pick<Order, 'messageId' | 'nudge'> = {}): Promise<void> {
    this.#order(again);
    const { messageId } = again;
    const named = messageId === undefined ? {} : { messageId };
    if (await this.#begin((engine) => engine.regenerate(named))) this.#request = undefined;
  }

  /** Shows another version of an answer or of a question, with what followed it. */
  async show(messageId: string): Promise<void> {
    if (this.#threadId === undefined || this.busy) return;
    const { showVersion } = await storedThreads();
    const { messages } = await showVersion(this.#threadId, messageId, this.#fetch);
    this.endedAt = performance.now();
    this.settle(messages);
  }

  /** Ends one tool of the answer, which goes on without it. */
  async cancel(toolCallId: string): Promise<void> {
    if (this.#threadId !== undefined) await cancelCall(this.#threadId, toolCallId, this.#fetch);
  }

  #order(order: Order): void {
    if (!this.busy && !isSame(this.#request, order)) this.#request = { ...order, id: newRequestId() };
  }

  #tell(progress: Progress): void {
    this.progress = progress;
    this.onProgress?.(progress);
  }

  /**
   * One answer at a time; one that cannot begin leaves everything as it was. Gives whether it began. `edits`: the question
   * that is left, with what followed it.
   */
  async #begin(turn: (engine: Engine) => Promise<void>, edits?: string): Promise<boolean> {
    if (this.busy) return false;
    this.#asking = true;
    // What was decided before belongs to an answer that is left behind.
    this.#hasDecided = false;
    const before = this.chat.messages;
    const from = edits === undefined ? -1 : before.findIndex((_, index) => idAt(before, index) === edits);
    try {
      const engine = await this.chat.load().catch(() => undefined);
      if (!engine) return false;
      if (from !== -1) this.chat.messages = before.slice(0, from);
      await turn(engine);
      const began = this.chat.status !== 'error' || this.chat.lastMessage?.role !== 'user';
      if (!began) this.chat.messages = before;
      return began;
    } finally {
      this.#asking = false;
      this.chat.tellState();
      this.#catchUpWithOthers();
    }
  }

  /** What was asked on two pages at once is shown on both: while this one was busy it did not look. */
  #catchUpWithOthers(): void {
    if (this.chat.status !== 'ready' || !isMissing(this.chat.messages)) return;
    this.catchUp().catch(() => {
      // It is shown with the next look; what this page asked stands there.
    });
  }

  /** Stops here and on the server, where the model would otherwise write on. Busy until the server has saved. */
  async stop(): Promise<void> {
    if (!isBusy(this.chat) || this.#stopping) return;
    this.#stopping = true;
    try {
      const threadId = this.#threadId ?? (await this.#firstThreadId());
      const [posted] = await Promise.allSettled([
        threadId === undefined ? undefined : stopTurn(threadId, this.#fetch),
        this.chat.stop(),
      ]);
      this.#markLast('stopped');
      if (posted.status === 'rejected') throw posted.reason;
    } finally {
      this.#stopping = false;
      this.chat.tellState();
    }
  }

  /** Takes what is stored, which is newer than what an idle conversation holds; a running one is ahead of it. */
  settle(messages: ClervaMessage[]): void {
    if (!this.busy) this.chat.messages = messages;
  }

  /** Takes up an answer that is being written elsewhere, or shows what has been stored meanwhile. */
  async catchUp(): Promise<'running' | 'settled'> {
    if (this.#threadId === undefined || this.busy) return 'settled';
    const { loadThread } = await storedThreads();
    const { messages, isAnswering, title } = await loadThread(this.#threadId, this.#fetch);
    if (title !== null) this.onTitle?.(title);
    if (this.busy) return 'running';
    this.chat.clearError();
    this.chat.messages = messages;
    if (!isAnswering && messages.at(-1)?.metadata?.status !== 'streaming') return 'settled';
    await this.follow();
    return 'running';
  }

  /** Follows the running answer; when the way to it ends before it does, what is stored says how it ended. */
  async follow(): Promise<void> {
    await (await this.chat.load()).resumeStream();
    if (this.#threadId === undefined || this.busy || this.chat.error) return;
    if (this.chat.lastMessage?.metadata?.status !== 'streaming') return;
    const { loadThread } = await storedThreads();
    const { messages, isAnswering } = await loadThread(this.#threadId, this.#fetch);
    if (!isAnswering) this.settle(messages);
  }

  /** After an answer broke off: follow it if it still runs, take it if it was finished, else write it again. */
  async continueAnswer(): Promise<void> {
    await this.catchUp();
    const last = this.chat.lastMessage;
    const status = last?.metadata?.status;
    if (!this.busy && (last?.role === 'user' || status === 'error' || status === 'streaming'))
      await this.regenerate({ nudge: last?.metadata?.nudge });
  }

  /** A yes or no that did not get through is asked for again: without its card it would look as if it had been done. */
  #askAgain(error: Error): void {
    const last = this.chat.lastMessage;
    // Questions are told of by whoever asked them, and an answer that had begun to go on has broken off.
    if (this.#asking || last?.role !== 'assistant' || last.metadata?.status === 'streaming') return;
    if (this.#withdraw((part) => this.#given.has(part.approval.id))) this.onRefused?.(error);
  }

  /** Asks again what was answered here and did not arrive. Gives whether there was anything. */
  #withdraw(isLost: (part: AnsweredCall) => boolean): boolean {
    const { messages, lastMessage: last } = this.chat;
    if (!last) return false;
    const parts = last.parts.map((part) =>
      isToolPart(part) && part.state === 'approval-responded' && isLost(part)
        ? { ...part, state: 'approval-requested' as const, approval: { id: part.approval.id } }
        : part,
    );
    if (parts.every((part, index) => part === last.parts[index])) return false;
    this.chat.messages = [...messages.slice(0, -1), { ...last, parts }];
    return true;
  }

  #firstThreadId(): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#threadWaiters.push(resolve);
      setTimeout(() => resolve(undefined), STOP_WAIT_MILLISECONDS);
    });
  }

  #markLast(status: 'stopped'): void {
    const last = this.chat.lastMessage;
    if (last?.role !== 'assistant' || !last.metadata) return;
    this.chat.messages = [
      ...this.chat.messages.slice(0, -1),
      { ...last, metadata: { ...last.metadata, status } },
    ];
  }
}

/** The conversations that are open in this tab, by thread. */
export class ConversationStore {
  #byThread = new Map<string, Conversation>();
  #begun: Conversation | undefined;

  /** A new conversation; it can be found by its thread as soon as the server has given it one. */
  begin(onThread: (threadId: string) => void, fetch?: Fetch): Conversation {
    // Files that stood at the box of one that was never begun go on arriving at the box of this one.
    const attaching =
      this.#begun?.threadId === undefined && !this.#begun?.busy ? this.#begun?.attaching : undefined;
    const conversation: Conversation = new Conversation({
      fetch,
      attaching,
      onThread: (threadId) => {
        this.#byThread.set(threadId, conversation);
        onThread(threadId);
      },
    });
    this.#begun = conversation;
    return conversation;
  }

  /** The conversation of a thread: the one this tab already follows, else a new one with what is stored. */
  open(threadId: string, messages: ClervaMessage[], fetch?: Fetch): Conversation {
    const known = this.#byThread.get(threadId);
    if (known) return known;
    const conversation = new Conversation({ threadId, messages, fetch });
    this.#byThread.set(threadId, conversation);
    return conversation;
  }

  /** Leaves every stream. The answers are finished on the server and stand there when the student comes back. */
  close(): void {
    for (const { chat } of this.#byThread.values()) void chat.stop();
    this.#byThread.clear();
  }
}
