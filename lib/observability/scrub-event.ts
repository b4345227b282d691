import type { Event } from '@sentry/nextjs';
import { redact, routeName } from './redact.ts';

/** What tells of the machine and the program; the others hold what the app was given. */
const CONTEXTS = ['app', 'browser', 'cloud_resource', 'nextjs', 'os', 'runtime', 'trace'];
/** Reports nest about six deep; what lies deeper was never meant for one. */
const DEEPEST = 12;

/** The last look at a report before it leaves: kinds, places and ids stay, people, content and secrets do not. */
export function scrubEvent<Kind extends Event>(event: Kind): Kind {
  for (const part of ['user', 'breadcrumbs', 'extra', 'server_name', 'spans'] as const) delete event[part];
  if (event.request) {
    const { method, url } = event.request;
    event.request = {
      ...(method === undefined ? {} : { method }),
      ...(url === undefined ? {} : { url: siteAndRoute(url) }),
    };
  }
  if (event.transaction) event.transaction = event.transaction.replace(/\/\S*/g, routeName);
  if (event.logentry) delete event.logentry.params;
  const values = [...(event.exception?.values ?? []), ...(event.threads?.values ?? [])];
  for (const { stacktrace } of values) for (const frame of stacktrace?.frames ?? []) delete frame.vars;
  event.contexts = Object.fromEntries(
    Object.entries(event.contexts ?? {}).filter(([name]) => CONTEXTS.includes(name)),
  );
  return redacted(event, DEEPEST);
}

function siteAndRoute(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.origin}${routeName(parsed.pathname)}` : routeName(url);
}

/** The same value with every text in it redacted, the names of fields as well. */
function redacted<Value>(value: Value, depth: number): Value;
function redacted(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [redact(name), redacted(field, depth - 1)]),
  );
}
