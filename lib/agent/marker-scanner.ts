/** Prose, or a citation marker with the spaces before it (they go when the marker goes). */
export type Token =
  | { kind: 'text'; text: string }
  | { kind: 'marker'; lead: string; raw: string; numbers: number[]; after: string };

/** Longest marker: a handful of numbers. Longer brackets are text. */
const MAX_MARKER = 48;
/** How far inline code and inline maths are followed before they count as unclosed. */
const MAX_CODE = 400;
const MAX_MATHS = 300;
/** `$5` is a price far more often than a formula, so it is followed only this far. */
const MAX_PRICE = 40;
/** A range of more numbers than this is a year span or a mistake. */
const MAX_RANGE = 12;

const MARKER = /^\[([ \t]*\d{1,4}(?:[ \t]*[,;–—-][ \t]*\d{1,4})*[ \t]*)\]/;
/** What follows a marker, as far as it has to be known: the end of the line, the next word or the beginning of a long one. */
const FOLLOWING = /^[ \t]*(?:\n|\S{12}|\S+(?=\s))/;
const MARKER_BEGUN = /^\[[ \t\d,;–—-]*$/;
const BLANK_LINE = /\n[ \t]*\n/;
const SPECIAL = /[`$\\[ \t\n]/;

type Mode =
  | { kind: 'prose' }
  /** Inside a code fence, to a line of at least as many of its character. */
  | { kind: 'fence'; character: string; length: number }
  /** Inside display maths, to its end or a blank line. */
  | { kind: 'maths'; close: string };

type Step = { length: number; token?: Token; mode?: Mode };

/** Numbers of `1, 2` and `4-6`, in order, each once. */
export function markerNumbers(inside: string): number[] {
  const numbers: number[] = [];
  for (const item of inside.split(/[,;]/)) {
    const [first = Number.NaN, last = first] = item.split(/[–—-]/).map((value) => Number.parseInt(value, 10));
    if (Number.isNaN(first) || last < first || last - first >= MAX_RANGE) continue;
    for (let n = first; n <= last; n++) if (!numbers.includes(n)) numbers.push(n);
  }
  return numbers;
}

const text = (value: string): Step => ({ length: value.length, token: { kind: 'text', text: value } });

/**
 * Finds citation markers in text that arrives in pieces, and leaves code and maths alone. What has to wait for the next
 * piece is held back and nothing else: a bracket that may become a marker, and code or maths that is not closed yet.
 * Every decision depends on the text alone, never on where it was cut.
 */
export class MarkerScanner {
  #pending = '';
  #mode: Mode = { kind: 'prose' };
  #isLineStart = true;

  push(delta: string): Token[] {
    this.#pending += delta;
    return this.#scan(false);
  }

  /** The rest, once nothing more will come: what was held back is decided as it stands. */
  end(): Token[] {
    return this.#scan(true);
  }

  #scan(isFinal: boolean): Token[] {
    const tokens: Token[] = [];
    let at = 0;
    while (at < this.#pending.length) {
      const rest = this.#pending.slice(at);
      const step = this.#next(rest, isFinal);
      if (!step) break;
      at += step.length;
      this.#isLineStart = this.#pending[at - 1] === '\n';
      if (step.mode) this.#mode = step.mode;
      const { token } = step;
      const last = tokens.at(-1);
      if (token?.kind === 'text' && last?.kind === 'text') last.text += token.text;
      else if (token) tokens.push(token);
    }
    this.#pending = this.#pending.slice(at);
    return tokens;
  }

  /** The next decided piece of `rest`, or null when it takes more text to decide. */
  #next(rest: string, isFinal: boolean): Step | null {
    if (this.#mode.kind === 'fence') return inFence(rest, this.#mode, this.#isLineStart, isFinal);
    if (this.#mode.kind === 'maths') return inMaths(rest, this.#mode.close, isFinal);
    if (this.#isLineStart) {
      const fence = openFence(rest, isFinal);
      if (fence !== 'no_fence') return fence;
    }
    switch (rest[0]) {
      case '`':
        return inlineCode(rest, isFinal);
      case '$':
        return dollar(rest, isFinal);
      case '\\':
        return backslash(rest, isFinal);
      case '[':
      case ' ':
      case '\t':
        return marker(rest, isFinal);
      case '\n':
        return text('\n');
      default: {
        const end = rest.slice(1).search(SPECIAL);
        return text(end === -1 ? rest : rest.slice(0, end + 1));
      }
    }
  }
}

function openFence(rest: string, isFinal: boolean): Step | null | 'no_fence' {
  if (!isFinal && /^ {0,3}(?:`{0,2}|~{0,2})$/.test(rest)) return null;
  const opening = /^ {0,3}(`{3,}|~{3,})[^\n`]{0,100}/.exec(rest);
  const run = opening?.[1];
  if (!opening || !run) return 'no_fence';
  const following = rest[opening[0].length];
  if (following === undefined && !isFinal) return null;
  // Backticks with further backticks on their line are inline code.
  if (run.startsWith('`') && following === '`') return 'no_fence';
  return { ...text(opening[0]), mode: { kind: 'fence', character: run.charAt(0), length: run.length } };
}

function inFence(
  rest: string,
  { character, length }: { character: string; length: number },
  isLineStart: boolean,
  isFinal: boolean,
): Step | null {
  const newline = rest.indexOf('\n');
  const line = newline === -1 ? rest : rest.slice(0, newline);
  const closes = isLineStart && new RegExp(`^ {0,3}${character}{${length},}[ \\t]*$`).test(line);
  if (newline !== -1 && closes) return { ...text(line), mode: { kind: 'prose' } };
  if (newline !== -1) return text(rest.slice(0, newline + 1));
  const mayClose = isLineStart && new RegExp(`^ {0,3}${character}*[ \\t]*$`).test(line);
  return mayClose && !isFinal ? null : text(line);
}

function inMaths(rest: string, close: string, isFinal: boolean): Step | null {
  const closeAt = rest.indexOf(close);
  const blankAt = rest.search(BLANK_LINE);
  if (closeAt !== -1 && (blankAt === -1 || closeAt < blankAt)) {
    return { ...text(rest.slice(0, closeAt + close.length)), mode: { kind: 'prose' } };
  }
  if (blankAt !== -1) return { ...text(rest.slice(0, blankAt + 1)), mode: { kind: 'prose' } };
  const held = isFinal ? 0 : (/(?:\\|\$|\n[ \t]*)$/.exec(rest)?.[0].length ?? 0);
  return held === rest.length ? null : text(rest.slice(0, rest.length - held));
}

function inlineCode(rest: string, isFinal: boolean): Step | null {
  const run = /^`+/.exec(rest)?.[0] ?? '`';
  const window = rest.slice(0, MAX_CODE);
  const isComplete = isFinal || rest.length >= MAX_CODE;
  const blankAt = window.search(BLANK_LINE);
  const limit = blankAt === -1 ? window.length : blankAt;
  for (const { 0: closing, index } of window.slice(run.length).matchAll(/`+/g)) {
    const end = run.length + index + closing.length;
    if (end > limit) break;
    if (closing.length === run.length && (end < window.length || isFinal)) return text(rest.slice(0, end));
  }
  return isComplete || blankAt !== -1 ? text(run) : null;
}

function dollar(rest: string, isFinal: boolean): Step | null {
  if (rest.startsWith('$$')) return { ...text('$$'), mode: { kind: 'maths', close: '$$' } };
  const next = rest[1];
  if (next === undefined) return isFinal ? text('$') : null;
  if (/\s/.test(next)) return text('$');
  const isPrice = /\d/.test(next);
  const size = isPrice ? MAX_PRICE : MAX_MATHS;
  const window = rest.slice(0, size);
  const stopAt = window.search(isPrice ? /\n/ : BLANK_LINE);
  const inside = stopAt === -1 ? window : window.slice(0, stopAt);
  // A formula's last `$` follows something and is not followed by a digit; "$5 and $6" has no such.
  const close = /[^\s\\]\$(?!\d)/.exec(inside.slice(1));
  if (close) {
    const end = 1 + close.index + 2;
    if (end < rest.length || isFinal) return text(rest.slice(0, end));
    return null;
  }
  return isFinal || stopAt !== -1 || rest.length >= size ? text('$') : null;
}

function backslash(rest: string, isFinal: boolean): Step | null {
  const next = rest[1];
  if (next === undefined) return isFinal ? text('\\') : null;
  if (next === '(') return { ...text('\\('), mode: { kind: 'maths', close: '\\)' } };
  if (next === '[') return { ...text('\\['), mode: { kind: 'maths', close: '\\]' } };
  return text(rest.slice(0, next === '\n' ? 1 : 2));
}

function marker(rest: string, isFinal: boolean): Step | null {
  const lead = /^[ \t]*/.exec(rest)?.[0] ?? '';
  const bracket = rest.slice(lead.length, lead.length + MAX_MARKER);
  if (bracket === '' && !isFinal) return null;
  if (!bracket.startsWith('[')) return text(lead);
  const match = MARKER.exec(bracket);
  if (match) {
    const length = lead.length + match[0].length;
    const following = rest.slice(length);
    const after = FOLLOWING.exec(following)?.[0];
    if (after === undefined && !isFinal) return null;
    const numbers = markerNumbers(match[1] ?? '');
    const token = { kind: 'marker' as const, lead, raw: match[0], numbers, after: after ?? following };
    return { length, token };
  }
  if (!isFinal && bracket.length < MAX_MARKER && MARKER_BEGUN.test(bracket)) return null;
  return text(`${lead}[`);
}
