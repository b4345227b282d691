import { randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type FinishedSpan, type SpanPlace, setSpanExporter } from './trace.ts';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

/** A request and its answer have ids that follow from the trace, so that what happens in them knows them beforehand. */
const spanIdOf = (traceId: string, place: SpanPlace): string =>
  place === 'request'
    ? traceId.slice(0, 16)
    : place === 'turn'
      ? traceId.slice(16)
      : randomBytes(8).toString('hex');

/**
 * Sends spans by OTLP over HTTP, under the trace id that the log and `x-trace-id` name. The provider is our own and is not
 * registered: what instruments itself, as Sentry does, neither sees these spans nor adds to them.
 */
export function exportSpans({ endpoint, version }: { endpoint: string; version: string }): {
  flush(): Promise<void>;
  stop(): Promise<void>;
} {
  let next = { traceId: '', spanId: '' };
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'clerva', 'service.version': version }),
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })),
    ],
  });
  const tracer = provider.getTracer('clerva', version);

  setSpanExporter((span: FinishedSpan) => {
    const { traceId, parent } = span;
    next = { traceId, spanId: spanIdOf(traceId, span.place) };
    const context =
      parent === null
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, {
            traceId,
            spanId: spanIdOf(traceId, parent),
            traceFlags: TraceFlags.SAMPLED,
          });
    const endedAt = Date.now();
    const { name, attributes } = span;
    const options = { kind: KINDS[span.kind], attributes, startTime: endedAt - span.latencyMs };
    const made = tracer.startSpan(name, options, context);
    if (!span.ok) made.setStatus({ code: SpanStatusCode.ERROR });
    made.end(endedAt);
  });

  return {
    flush: () => provider.forceFlush(),
    async stop() {
      setSpanExporter(undefined);
      await provider.shutdown();
    },
  };
}
