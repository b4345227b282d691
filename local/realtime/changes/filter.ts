const OPERATORS = [
  'eq',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'like',
  'ilike',
  'is',
  'match',
  'imatch',
  'isdistinct',
] as const;
export type Operator = (typeof OPERATORS)[number];

export type Filter = { column: string; operator: Operator; value: string; negated: boolean };

/** A filter or binding that cannot be understood, in the words of the hosted service. */
export class BindingError extends Error {
  override readonly name = 'BindingError';
}

const isOperator = (text: string): text is Operator => OPERATORS.some((name) => name === text);
const IS_VALUES = ['null', 'true', 'false', 'unknown'];

/** `column=operator.value`, several joined by commas: all of them must hold. */
export function parseFilters(text: string): Filter[] {
  if (text.trim() === '') return [];
  try {
    return splitTopLevel(text.trim()).map(parseFilter);
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    throw new BindingError(`Error parsing \`filter\` params: ${error.message}`);
  }
}

function parseFilter(segment: string): Filter {
  const trimmed = segment.trim();
  if (trimmed === '')
    throw new BindingError('filter must not contain empty segments (check for extra commas)');
  const [, column, not, operator, raw] = /^([^=]*)=(not\.)?([^.]*)\.(.*)$/s.exec(trimmed) ?? [];
  if (column === undefined || operator === undefined || raw === undefined) {
    throw new BindingError(JSON.stringify([trimmed]));
  }
  if (!isOperator(operator)) throw new BindingError(`["${operator}", "${raw}"]`);
  return { column, operator, value: operandOf(operator, raw), negated: not !== undefined };
}

function operandOf(operator: Operator, raw: string): string {
  if (operator === 'in') {
    if (/^\(.*\)$/s.test(raw)) return `{${raw.slice(1, -1)}}`;
    throw new BindingError('`in` filter value must be wrapped by parentheses');
  }
  const value = unquote(raw);
  if (operator === 'is' && !IS_VALUES.includes(value.toLowerCase())) {
    throw new BindingError('`is` filter value must be one of null, true, false, unknown');
  }
  return operator === 'is' ? value.toLowerCase() : value;
}

/** `"a,b"` is the text between the quotes; anything that is not one whole quoted text stays as it is. */
function unquote(raw: string): string {
  const [, inner] = /^"((?:[^"\\]|\\.)*)"$/s.exec(raw) ?? [];
  return inner === undefined ? raw : inner.replaceAll(/\\(.)/gs, '$1');
}

/** At commas outside of quotes and parentheses. A quote opens only where a value can begin. */
function splitTopLevel(text: string): string[] {
  const segments: string[] = [];
  let current = '';
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (quoted && char === '\\') {
      current += char + text.charAt(index + 1);
      index += 1;
      continue;
    }
    if (char === '"' && (quoted || '.(,'.includes(text.charAt(index - 1)))) quoted = !quoted;
    else if (!quoted && char === '(') depth += 1;
    else if (!quoted && char === ')') depth = Math.max(0, depth - 1);
    else if (!quoted && char === ',' && depth === 0) {
      segments.push(current);
      current = '';
      continue;
    }
    current += char;
  }
  return [...segments, current];
}
