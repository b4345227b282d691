import type { Chat } from '@ai-sdk/react';
import { lazyModule } from '@/components/client/lazy-module';
import type { ClervaMessage } from '@/lib/agent/messages';
import type { EngineOptions } from './engine';

type Engine = Chat<ClervaMessage>;
type Hearer = { hear: () => void; waitMs: number | undefined; leave: () => void };

/** Shared by all conversations of a tab. */
export const chatEngine = lazyModule(() => import('./engine'));

/** The messages of a conversation and what is on its way, before and after there is an engine that sends and reads. */
export class LazyChat {
  readonly #options: EngineOptions;
  /** Those who hear of messages before there is an engine that tells of them. */
  readonly #waiting = new Set<Hearer>();
  readonly #stateHearers = new Set<() => void>();
  #messages: ClervaMessage[];
  #engine: Engine | undefined;
  #error: Error | undefined;

  constructor(messages: ClervaMessage[], options: EngineOptions) {
    this.#messages = messages;
    this.#options = options;
  }

  /** Whether something can be sent at once. */
  get isLoaded(): boolean {
    return chatEngine.get() !== undefined;
  }

  async load(): Promise<Engine> {
    if (this.#engine) return this.#engine;
    const module = await chatEngine.load().catch((error: Error) => {
      this.#error = error;
      throw error;
    });
    this.#error = undefined;
    // Two that waited for it share one.
    if (this.#engine) return this.#engine;
    const engine = module.createEngine(this.#options, this.#messages);
    this.#engine = engine;
    for (const hearer of this.#waiting)
      hearer.leave = engine['~registerMessagesCallback'](hearer.hear, hearer.waitMs);
    this.#waiting.clear();
    engine['~registerStatusCallback'](this.tellState);
    engine['~registerErrorCallback'](this.tellState);
    return engine;
  }

  get messages(): ClervaMessage[] {
    return this.#engine?.messages ?? this.#messages;
  }

  set messages(messages: ClervaMessage[]) {
    if (this.#engine) this.#engine.messages = messages;
    else {
      this.#messages = messages;
      for (const { hear } of this.#waiting) hear();
    }
  }

  get lastMessage(): ClervaMessage | undefined {
    return this.messages.at(-1);
  }

  get status(): Engine['status'] {
    return this.#engine?.status ?? 'ready';
  }

  get error(): Error | undefined {
    return this.#engine?.error ?? this.#error;
  }

  clearError(): void {
    this.#error = undefined;
    this.#engine?.clearError();
  }

  async stop(): Promise<void> {
    await this.#engine?.stop();
  }

  /** Tells of every change of the messages, at most once in so many milliseconds. */
  onMessages(hear: () => void, waitMs?: number): () => void {
    if (this.#engine) return this.#engine['~registerMessagesCallback'](hear, waitMs);
    const hearer: Hearer = { hear, waitMs, leave: () => void this.#waiting.delete(hearer) };
    this.#waiting.add(hearer);
    return () => hearer.leave();
  }

  /** Tells of every change of the status, of what failed, and of what `tellState` is called for. */
  onState(hear: () => void): () => void {
    this.#stateHearers.add(hear);
    return () => void this.#stateHearers.delete(hear);
  }

  readonly tellState = (): void => {
    for (const hear of this.#stateHearers) hear();
  };
}
