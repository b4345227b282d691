import { processState } from '../process-state.ts';

/** Figures and names only: what a student asked, wrote or was answered has no place in a span. */
type Attributes = Record<string, string | number | boolean | undefined>;

export type FinishedSpan = {
  name: string;
  kind: 'server' | 'client' | 'internal';
  traceId: string;
  /** What it is called by those it contains. */
  place: SpanPlace;
  /** What it happened in; null for the request itself. */
  parent: SpanPlace | null;
  latencyMs: number;
  ok: boolean;
  attributes: Attributes;
};

/** A request, the answer it asked for, or something that happened in one of them. */
export type SpanPlace = 'request' | 'turn' | 'step';

type Exporter = (span: FinishedSpan) => void;

const exporting = () => processState<{ to: Exporter | undefined }>('spans', () => ({ to: undefined }));

/** Where spans go. Set at the start where an endpoint is configured; without one nothing is loaded. */
export function setSpanExporter(to: Exporter | undefined): void {
  exporting().to = to;
}

/** Tells of something that has just ended. */
export const recordSpan = (span: FinishedSpan): void => exporting().to?.(span);

/** A row of telemetry as a span, under the names that OpenTelemetry gives to work with models. */
export function recordEventSpan(
  event: {
    eventType: string;
    toolName?: string | undefined;
    model?: string | undefined;
    latencyMs: number;
    inputTokens?: number | undefined;
    outputTokens?: number | undefined;
    costUsd: number | null;
    ok: boolean;
    metadata?: Readonly<Record<string, unknown>> | undefined;
  },
  { traceId, parent }: { traceId: string; parent: SpanPlace },
): void {
  const { metadata = {}, model, toolName } = event;
  const shared = { traceId, place: 'step', parent, latencyMs: event.latencyMs, ok: event.ok } as const;
  if (event.eventType === 'llm_call') {
    recordSpan({
      ...shared,
      name: `chat ${model}`,
      kind: 'client',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': event.inputTokens,
        'gen_ai.usage.output_tokens': event.outputTokens,
        'gen_ai.response.finish_reasons': String(metadata.finishReason),
        'clerva.first_output_ms':
          typeof metadata.firstOutputMs === 'number' ? metadata.firstOutputMs : undefined,
        'clerva.cost_usd': event.costUsd ?? undefined,
      },
    });
  } else if (event.eventType === 'tool_call') {
    recordSpan({
      ...shared,
      name: `execute_tool ${toolName}`,
      kind: 'internal',
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': toolName,
        'gen_ai.tool.type': 'function',
        'error.type': event.ok ? undefined : String(metadata.code ?? 'failed'),
      },
    });
  } else if (event.eventType === 'retrieval') {
    recordSpan({
      ...shared,
      name: 'retrieval',
      kind: 'client',
      attributes: { 'gen_ai.operation.name': 'retrieval' },
    });
  }
}
