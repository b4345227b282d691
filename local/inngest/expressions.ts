import { type ASTNode, type Context, parse } from '@marcbachmann/cel-js';

/** What an expression may speak of: the run's triggering event and, for waits and cancellations, the event that arrived. */
export type ExpressionContext = { event: unknown; async?: unknown };

const MACROS = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
/** Functions may build expressions from their data, so the compiled ones are not kept without bound. */
const MAX_COMPILED = 1_000;

type Compiled = { run: (context: Context) => unknown; paths: string[][] };

const compiled = new Map<string, Compiled>();

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function pathOf(node: ASTNode): string[] | null {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.' && node.op !== '[]') return null;
  const [object, member] = node.args;
  const key = typeof member === 'string' ? member : member.op === 'value' ? member.args : null;
  const parent = pathOf(object);
  return parent && typeof key === 'string' ? [...parent, key] : null;
}

function collectPaths(value: unknown, paths: string[][]): void {
  if (Array.isArray(value)) {
    for (const item of value) collectPaths(item, paths);
    return;
  }
  if (!isNode(value)) return;
  // `has(event.data.x)` asks whether the field is there, so it must see the event as it is.
  if (value.op === 'call' && value.args[0] === 'has') return;
  // In `tags.exists(tag, tag == 'x')` the names inside the parentheses are the expression's own.
  if (value.op === 'rcall' && MACROS.has(value.args[0])) {
    collectPaths(value.args[1], paths);
    return;
  }
  const path = pathOf(value);
  if (path) paths.push(path);
  else collectPaths(value.args, paths);
}

function compile(source: string): Compiled {
  const known = compiled.get(source);
  if (known) return known;
  const run = parse(source);
  const paths: string[][] = [];
  collectPaths(run.ast, paths);
  const entry: Compiled = { run: (context) => run(context), paths };
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(source, entry);
  return entry;
}

/** Inngest reads an absent field as null where plain CEL fails, so the fields an expression names are filled in. */
function withPath(target: unknown, path: string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return target === undefined ? null : target;
  if (target !== undefined && (typeof target !== 'object' || target === null || Array.isArray(target)))
    return target;
  const record: Record<string, unknown> = { ...target };
  record[key] = withPath(Object.hasOwn(record, key) ? record[key] : undefined, rest);
  return record;
}

/** The reason why an expression cannot be used, or null when it can. */
export function expressionError(source: string): string | null {
  try {
    const { paths } = compile(source);
    const unknown = paths.find(([root]) => root !== 'event' && root !== 'async');
    return unknown ? `it speaks of "${unknown[0]}"; only event and async are known` : null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'unreadable') : String(error);
  }
}

function evaluate(source: string, context: ExpressionContext): unknown {
  const { run, paths } = compile(source);
  let filled: unknown = context;
  for (const path of paths) filled = withPath(filled, path);
  // Filling keeps the two top-level names, so the result is still a context.
  return run(filled as Context);
}

/** Whether a condition holds. No condition always holds; one that cannot be evaluated for this event does not. */
export function matches(source: string | undefined, context: ExpressionContext): boolean {
  if (!source) return true;
  try {
    return evaluate(source, context) === true;
  } catch {
    // A type mismatch between an expression and one particular event is an ordinary "no", as in Inngest itself.
    return false;
  }
}

/** The text an expression such as `event.data.userId` groups by. Absent or unusable values share the empty key. */
export function keyOf(source: string | undefined, context: ExpressionContext): string {
  if (!source) return '';
  try {
    const value = evaluate(source, context);
    if (value === null || value === undefined) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    // The same reading as for an absent field: the event carries nothing to group by.
    return '';
  }
}

/** The number an expression yields, or 0. */
export function numberOf(source: string | undefined, context: ExpressionContext): number {
  const value = Number(keyOf(source, context));
  return Number.isFinite(value) ? value : 0;
}
