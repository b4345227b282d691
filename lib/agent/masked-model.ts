import { wrapLanguageModel } from 'ai';
import { plainForModel } from '../privacy/foreign-text.ts';
import type { Mask } from '../privacy/mask.ts';
import type { ChatModel } from './model.ts';

type Wrapped = ReturnType<typeof wrapLanguageModel>;
type CallOptions = Parameters<Wrapped['doStream']>[0];
type Prompt = CallOptions['prompt'];
type Generated = Awaited<ReturnType<Wrapped['doGenerate']>>;
type Streamed = Awaited<ReturnType<Wrapped['doStream']>>['stream'];
type StreamPart = Streamed extends ReadableStream<infer Part> ? Part : never;

/** Fields that say what a part is, and bytes. */
const STRUCTURE = new Set([
  'type',
  'role',
  'toolCallId',
  'toolName',
  'mediaType',
  'providerOptions',
  'approvalId',
]);

const isBytes = ({ type, mediaType }: { type?: unknown; mediaType?: unknown }) =>
  typeof type === 'string' && /^(?:file|image)/.test(type) && !/^text\//.test(String(mediaType));

/** The same value with every text in it changed. */
function withTexts<Value>(value: Value, change: (text: string) => string): Value;
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof URL)
    return value;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const isKept = STRUCTURE.has(name) || (name === 'data' && isBytes(value));
      return [name, isKept ? field : withTexts(field, change)];
    }),
  );
}

/** Texts of the last thing that the student said. */
const questionOf = (prompt: Prompt): string => {
  const asked = prompt.findLast(({ role }) => role === 'user');
  return asked?.role === 'user'
    ? asked.content.map((part) => ('text' in part ? part.text : '')).join('\n')
    : '';
};

function hiddenPrompt(prompt: Prompt, mask: Mask): Prompt {
  const change = (text: string) => mask.hide(plainForModel(text));
  const hidden = prompt.map(
    (message) => ({ ...message, content: withTexts(message.content, change) }) as typeof message,
  );
  const endings = mask.endings(questionOf(prompt));
  // Behind everything else, so that what a provider keeps of the beginning still holds.
  return endings === ''
    ? hidden
    : [...hidden, { role: 'user', content: [{ type: 'text', text: `(Of what is hidden: ${endings}.)` }] }];
}

function shownContent(result: Generated, mask: Mask, isJson: boolean): Generated {
  const content = result.content.map((part) => {
    if (part.type === 'text' || part.type === 'reasoning')
      return { ...part, text: mask.show(part.text, { isJson }) };
    return part.type === 'tool-call' ? { ...part, input: mask.show(part.input, { isJson: true }) } : part;
  });
  return { ...result, content };
}

/** The parts of an answer with the originals in them; what may be the beginning of a token waits for its end. */
async function* shownParts(
  parts: AsyncIterable<StreamPart>,
  mask: Mask,
  isJson: boolean,
): AsyncGenerator<StreamPart> {
  type Delta = Extract<StreamPart, { delta: string }>;
  const open = new Map<string, { shower: ReturnType<Mask['shower']>; last: Delta }>();
  const flush = (key: string): Delta[] => {
    const { shower, last } = open.get(key) ?? {};
    open.delete(key);
    const rest = shower?.end() ?? '';
    return last && rest !== '' ? [{ ...last, delta: rest }] : [];
  };
  function* shown(part: StreamPart): Generator<StreamPart> {
    const [, kind, place] = /^(text|reasoning|tool-input)-(delta|end)$/.exec(part.type) ?? [];
    if (kind !== undefined && 'id' in part) {
      const key = `${kind}:${part.id}`;
      if (place === 'delta' && 'delta' in part) {
        const known = open.get(key) ?? {
          shower: mask.shower({ isJson: isJson || kind === 'tool-input' }),
          last: part,
        };
        open.set(key, known);
        const delta = known.shower.push(part.delta);
        if (delta !== '') yield { ...part, delta };
        return;
      }
      yield* flush(key);
    }
    if (part.type === 'finish') for (const key of [...open.keys()]) yield* flush(key);
    yield part.type === 'tool-call' ? { ...part, input: mask.show(part.input, { isJson: true }) } : part;
  }
  for await (const part of parts) yield* shown(part);
  for (const key of [...open.keys()]) yield* flush(key);
}

/** A stream of what a generator gives, without the two streams that a transform would hold. */
export function streamOf(parts: AsyncGenerator<StreamPart>): Streamed {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

/**
 * The model behind the mask: it reads tokens in place of what stands for a person, whoever put the text together, and
 * whoever reads its answer finds the originals in it.
 */
export const maskedModel = (model: ChatModel, mask: Mask): Wrapped =>
  wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v4',
      transformParams: async ({ params }) => ({ ...params, prompt: hiddenPrompt(params.prompt, mask) }),
      wrapGenerate: async ({ doGenerate, params }) =>
        shownContent(await doGenerate(), mask, params.responseFormat?.type === 'json'),
      wrapStream: async ({ doStream, params }) => {
        const result = await doStream();
        const isJson = params.responseFormat?.type === 'json';
        return { ...result, stream: streamOf(shownParts(result.stream, mask, isJson)) };
      },
    },
  });
