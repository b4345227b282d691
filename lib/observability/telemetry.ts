import type { Json } from '../db/types.gen.ts';
import { countEvent } from '../operations/metrics.ts';
import { recordEventSpan } from './trace.ts';

type TelemetryEvent = {
  eventType: 'llm_call' | 'tool_call' | 'retrieval' | 'embedding' | 'error';
  toolName?: string;
  model?: string;
  latencyMs: number;
  inputTokens?: number;
  outputTokens?: number;
  ok: boolean;
  /** Counts and codes only, never what was asked or answered. */
  metadata?: Record<string, string | number | boolean | null>;
};

export type TelemetryRow = {
  trace_id: string;
  event_type: TelemetryEvent['eventType'];
  tool_name: string | null;
  model: string | null;
  latency_ms: number;
  token_count: number | null;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
  ok: boolean;
  metadata: Json;
};

/** US dollars per million tokens. Zero means that the price is not known. */
export type Prices = { inputUsdPerMillion: number; outputUsdPerMillion: number };

/** Null where no price is known: an unknown cost is not a cost of nothing. */
export function costUsd(
  usage: { inputTokens: number; outputTokens: number },
  { inputUsdPerMillion, outputUsdPerMillion }: Prices,
): number | null {
  if (inputUsdPerMillion === 0 && outputUsdPerMillion === 0) return null;
  return (usage.inputTokens * inputUsdPerMillion + usage.outputTokens * outputUsdPerMillion) / 1_000_000;
}

/** More than any call has; the database's sums of two hold it. */
const MOST_COUNTED = 1_000_000_000;
const counted = (value: number) => Math.round(Math.min(Math.max(0, value || 0), MOST_COUNTED));

/** Collects what happened in one turn, in memory; the rows are stored with the turn's last save. */
export class Telemetry {
  readonly #events: TelemetryEvent[] = [];
  readonly #traceId: string;
  readonly #prices: Prices;
  readonly #parent: 'request' | 'turn';

  constructor(traceId: string, prices: Prices, parent: 'request' | 'turn' = 'request') {
    this.#traceId = traceId;
    this.#prices = prices;
    this.#parent = parent;
  }

  /** Figures are a provider's own words: what is no count becomes one, for an answer must not be lost over it. */
  record({ inputTokens, outputTokens, ...event }: TelemetryEvent): void {
    const recorded = {
      ...event,
      latencyMs: counted(event.latencyMs),
      ...(inputTokens === undefined ? {} : { inputTokens: counted(inputTokens) }),
      ...(outputTokens === undefined ? {} : { outputTokens: counted(outputTokens) }),
    };
    this.#events.push(recorded);
    const told = { ...recorded, costUsd: this.#costOf(recorded) };
    countEvent(told);
    recordEventSpan(told, { traceId: this.#traceId, parent: this.#parent });
  }

  #costOf({ eventType, inputTokens, outputTokens }: TelemetryEvent): number | null {
    if (eventType !== 'llm_call' || (inputTokens === undefined && outputTokens === undefined)) return null;
    return costUsd({ inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 }, this.#prices);
  }

  get events(): readonly TelemetryEvent[] {
    return this.#events;
  }

  /** The last call for the answer itself; one that a tool or a check made names what it was to give. */
  lastCall(): TelemetryEvent | undefined {
    return this.#events.findLast(
      ({ eventType, metadata }) => eventType === 'llm_call' && metadata?.output === undefined,
    );
  }

  /** Tokens and cost of every model call so far. */
  usage(): { inputTokens: number; outputTokens: number; costUsd: number | null } {
    const calls = this.#events.filter(({ eventType }) => eventType === 'llm_call');
    const total = {
      inputTokens: calls.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0),
      outputTokens: calls.reduce((sum, { outputTokens }) => sum + (outputTokens ?? 0), 0),
    };
    return { ...total, costUsd: costUsd(total, this.#prices) };
  }

  rows(): TelemetryRow[] {
    return this.#events.map((event) => {
      const { inputTokens, outputTokens } = event;
      const hasTokens = inputTokens !== undefined || outputTokens !== undefined;
      const usage = { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
      return {
        trace_id: this.#traceId,
        event_type: event.eventType,
        tool_name: event.toolName ?? null,
        model: event.model ?? null,
        latency_ms: event.latencyMs,
        token_count: hasTokens ? usage.inputTokens + usage.outputTokens : null,
        input_tokens: inputTokens ?? null,
        output_tokens: outputTokens ?? null,
        cost_usd: this.#costOf(event),
        ok: event.ok,
        metadata: event.metadata ?? {},
      };
    });
  }
}
