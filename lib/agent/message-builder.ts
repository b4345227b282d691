import type { ClervaChunk, ClervaPart, ToolPart } from './messages.ts';

/** What the page shows of a tool whose turn ended before it did. */
const INTERRUPTED = 'It was interrupted.';

/**
 * Builds the parts of a message from its chunks, as the page does. The SDK's reader copies the whole message for every
 * chunk, which a server with many students cannot afford; this one changes it in place. A test holds both equal.
 */
export class MessageBuilder {
  readonly #parts: ClervaPart[];
  readonly #texts = new Map<string, Extract<ClervaPart, { type: 'text' }>>();
  readonly #tools = new Map<string, number>();
  #stepStart = 0;

  /** `parts`: the beginning of an answer that is continued. */
  constructor(parts: readonly ClervaPart[] = []) {
    this.#parts = [...parts];
    for (const [index, part] of parts.entries()) {
      if (isToolPart(part)) this.#tools.set(part.toolCallId, index);
    }
  }

  /** What was built so far. Parts are changed in place: copy what must not change. */
  get parts(): readonly ClervaPart[] {
    return this.#parts;
  }

  add(chunk: ClervaChunk): void {
    switch (chunk.type) {
      case 'start-step':
        this.#stepStart = this.#parts.push({ type: 'step-start' });
        break;
      case 'finish-step':
        this.#texts.clear();
        break;
      case 'text-start': {
        const part: ClervaPart = { type: 'text', text: '', state: 'streaming' };
        this.#texts.set(chunk.id, part);
        this.#parts.push(part);
        break;
      }
      case 'text-delta': {
        const part = this.#texts.get(chunk.id);
        if (part) part.text += chunk.delta;
        break;
      }
      case 'text-end': {
        const part = this.#texts.get(chunk.id);
        if (part) part.state = 'done';
        this.#texts.delete(chunk.id);
        break;
      }
      case 'data-citation':
      case 'data-unsupported':
      case 'data-notice':
        this.#parts.push({ type: chunk.type, id: chunk.id, data: chunk.data } as ClervaPart);
        break;
      default:
        this.#addToCall(chunk);
    }
  }

  /** The chunks that end what was cut off in the middle: a text is done, a call without a result has failed. */
  closingChunks(): ClervaChunk[] {
    const texts = [...this.#texts.keys()].map((id): ClervaChunk => ({ type: 'text-end', id }));
    const calls = this.#parts
      .filter(isToolPart)
      .filter(({ state }) => state === 'input-streaming' || state === 'input-available')
      .map(
        ({ toolCallId }): ClervaChunk => ({ type: 'tool-output-error', toolCallId, errorText: INTERRUPTED }),
      );
    return [...texts, ...calls];
  }

  #addToCall(chunk: ClervaChunk): void {
    switch (chunk.type) {
      case 'tool-input-start':
        this.#tool(chunk.toolCallId, chunk.toolName, { state: 'input-streaming', input: undefined });
        break;
      case 'tool-input-available':
        this.#tool(chunk.toolCallId, chunk.toolName, { state: 'input-available', input: chunk.input });
        break;
      case 'tool-input-error':
        this.#tool(chunk.toolCallId, chunk.toolName, {
          state: 'output-error',
          input: chunk.input,
          errorText: chunk.errorText,
        });
        break;
      case 'tool-output-available':
        this.#tool(chunk.toolCallId, null, { state: 'output-available', output: chunk.output });
        break;
      case 'tool-output-error':
        this.#tool(chunk.toolCallId, null, { state: 'output-error', errorText: chunk.errorText });
        break;
      case 'tool-approval-request': {
        const { approvalId: id, toolCallId, signature } = chunk;
        const approval = { id, ...(signature === undefined ? {} : { signature }) };
        this.#tool(toolCallId, null, { state: 'approval-requested', approval });
        break;
      }
      case 'tool-output-denied':
        this.#tool(chunk.toolCallId, null, { state: 'output-denied' });
        break;
      default:
        break;
    }
  }

  #tool(toolCallId: string, toolName: string | null, change: Record<string, unknown>): void {
    const index = this.#tools.get(toolCallId);
    const known = index === undefined ? undefined : this.#parts[index];
    // Small servers count their calls anew in every step; a call that begins again is another one.
    const isOther = toolName !== null && index !== undefined && index < this.#stepStart;
    if (index !== undefined && known && !isOther) {
      this.#parts[index] = { ...known, ...change } as ClervaPart;
      return;
    }
    if (toolName === null) return;
    this.#tools.set(toolCallId, this.#parts.length);
    // The chunk types say that name, state and fields fit; a union over every tool cannot be built from parts.
    this.#parts.push({ type: `tool-${toolName}`, toolCallId, ...change } as ClervaPart);
  }
}

function isToolPart(part: ClervaPart): part is ToolPart {
  return 'toolCallId' in part;
}
