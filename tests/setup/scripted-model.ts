import { MockLanguageModelV4 } from 'ai/test';

type Streamed = Awaited<ReturnType<MockLanguageModelV4['doStream']>>['stream'];
type StreamPart = Streamed extends ReadableStream<infer Part> ? Part : never;

/** One call of the model: what it says, the tools it calls, or how it fails. */
export type ScriptedStep = {
  text?: string | readonly string[];
  calls?: readonly { tool: string; input: unknown }[];
  error?: unknown;
  /** Waited for after the text, so that a test can act in the middle of an answer. */
  hold?: Promise<unknown>;
  finishReason?: 'stop' | 'length';
};

const usage = {
  inputTokens: { total: 100, noCache: 100, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 20, text: 20, reasoning: 0 },
};

async function* partsOf(step: ScriptedStep, call: number): AsyncGenerator<StreamPart> {
  yield { type: 'stream-start', warnings: [] };
  const id = `text-${call}`;
  const deltas = typeof step.text === 'string' ? [step.text] : (step.text ?? []);
  if (deltas.length > 0) {
    yield { type: 'text-start', id };
    for (const delta of deltas) yield { type: 'text-delta', id, delta };
    await step.hold;
    yield { type: 'text-end', id };
  }
  for (const [index, { tool, input }] of (step.calls ?? []).entries()) {
    const toolCallId = `call-${call}-${index}`;
    yield { type: 'tool-call', toolCallId, toolName: tool, input: JSON.stringify(input) };
  }
  const unified = step.calls ? 'tool-calls' : (step.finishReason ?? 'stop');
  yield { type: 'finish', usage, finishReason: { unified, raw: undefined } };
}

/** A model that says what the script says, one step per call; `calls` of the mock tell what it was asked. */
export function scriptedModel(steps: readonly ScriptedStep[]): MockLanguageModelV4 {
  let call = 0;
  return new MockLanguageModelV4({
    modelId: 'scripted',
    doStream: async ({ abortSignal }) => {
      const step = steps[Math.min(call, steps.length - 1)] ?? {};
      call += 1;
      if (step.error) throw step.error;
      const parts = partsOf(step, call);
      const aborted = new Promise<never>((_resolve, reject) => {
        abortSignal?.addEventListener('abort', () => reject(abortSignal.reason), { once: true });
      });
      // Whoever reads is told through `pull`; without a reader nobody has to know.
      aborted.catch(() => undefined);
      const stream = new ReadableStream<StreamPart>({
        async pull(controller) {
          try {
            const { done, value } = await Promise.race([parts.next(), aborted]);
            if (done) controller.close();
            else controller.enqueue(value);
          } catch (error) {
            controller.error(error);
          }
        },
      });
      return { stream };
    },
  });
}
