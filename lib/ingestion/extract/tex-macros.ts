import { AppError } from '../../errors.ts';

const LONGEST_ARGUMENT = 20_000;

/** The argument in braces (or brackets) from a place on, and where it ends. */
export function argument(source: string, start: number, signs = '{}'): { text: string; end: number } | null {
  let at = start;
  while (/\s/.test(source[at] ?? '')) at += 1;
  if (source[at] !== signs[0]) return null;
  let depth = 0;
  for (let end = at; end < Math.min(source.length, at + LONGEST_ARGUMENT); end++) {
    const sign = source[end];
    if (sign === '\\') end += 1;
    else if (sign === signs[0]) depth += 1;
    else if (sign === signs[1]) {
      depth -= 1;
      if (depth === 0) return { text: source.slice(at + 1, end), end: end + 1 };
    }
  }
  return null;
}

const CODE = /\\begin\{(verbatim\*?|Verbatim|lstlisting|minted)\}|\\verb\*?([^\w\s*])/g;

/** Changes what is no code: there every sign stands for itself. */
export function outsideCode(source: string, change: (text: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  /** What has no end any more is not looked for again. */
  const endless = new Set<string>();
  for (const { 0: begin, 1: name, 2: sign = '', index } of source.matchAll(CODE)) {
    const closing = name === undefined ? sign : `\\end{${name}}`;
    if (index < from || endless.has(closing)) continue;
    const end = source.indexOf(closing, index + begin.length);
    if (end < 0) endless.add(closing);
    const line = source.indexOf('\n', index);
    if (end < 0 || (name === undefined && line >= 0 && line < end)) continue;
    parts.push(change(source.slice(from, index)), source.slice(index, end + closing.length));
    from = end + closing.length;
  }
  parts.push(change(source.slice(from)));
  return parts.join('');
}

type Macro = { count: number; usual: string | null; body: string };

const DEFINES =
  /\\(?:(re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|def|gdef|newtheorem)\b\*?\s*/g;
const MOST_EXPANDED = 4_000_000;
const DEEPEST = 30;

/** What an author calls a command, in braces or bare. */
function nameAt(source: string, at: number): { name: string; end: number } | null {
  const [whole, name] = /^\{?\s*\\([a-zA-Z@]+)\s*\}?/.exec(source.slice(at, at + 80)) ?? [];
  return whole === undefined || name === undefined ? null : { name, end: at + whole.length };
}

/** Commands and names of theorems that the author defines, and the text without where that is done. */
export class TexMacros {
  readonly #macros = new Map<string, Macro>();
  readonly theorems = new Map<string, string>();
  #expanded = 0;

  /** Takes the definitions out of a text. */
  gather(source: string): string {
    const parts: string[] = [];
    let from = 0;
    for (const { 0: word, index } of source.matchAll(DEFINES)) {
      if (index < from) continue;
      const end = word.startsWith('\\newtheorem')
        ? this.#theorem(source, index + word.length)
        : this.#define(source, index + word.length, word);
      if (end === null) continue;
      parts.push(source.slice(from, index));
      from = end;
    }
    return parts.join('') + source.slice(from);
  }

  #theorem(source: string, at: number): number | null {
    const name = argument(source, at);
    const word = name && argument(source, argument(source, name.end, '[]')?.end ?? name.end);
    if (!word) return null;
    this.theorems.set(name.text, word.text);
    return argument(source, word.end, '[]')?.end ?? word.end;
  }

  #define(source: string, at: number, word: string): number | null {
    const named = nameAt(source, at);
    if (!named) return null;
    let { end } = named;
    let [count, usual]: [number, string | null] = [0, null];
    if (/def\s*$/.test(word)) {
      const [signs = ''] = /^(?:#\d)*/.exec(source.slice(end)) ?? [];
      count = signs.length / 2;
      end += signs.length;
    } else {
      const number = argument(source, end, '[]');
      count = Math.min(9, Number(number?.text ?? 0) || 0);
      end = number?.end ?? end;
      const first = argument(source, end, '[]');
      [usual, end] = [first?.text ?? null, first?.end ?? end];
    }
    const body = argument(source, end);
    if (!body) return null;
    const text = word.startsWith('\\DeclareMath') ? `\\operatorname{${body.text}}` : body.text;
    // One that holds itself has no end.
    if (!new RegExp(`\\\\${named.name}(?![a-zA-Z@])`).test(text))
      this.#macros.set(named.name, { count, usual, body: text });
    return body.end;
  }

  /** A text with its author's commands written out. */
  expand(source: string, depth = 0): string {
    if (this.#macros.size === 0 || depth > DEEPEST) return source;
    const parts: string[] = [];
    let from = 0;
    for (const { 0: said, 1: name = '', index } of source.matchAll(/\\([a-zA-Z@]+)/g)) {
      const macro = this.#macros.get(name);
      if (!macro || index < from) continue;
      const [text, end] = this.#applied(source, index + said.length, macro);
      this.#expanded += text.length;
      if (this.#expanded > MOST_EXPANDED) throw new AppError('file_too_heavy');
      parts.push(source.slice(from, index), this.expand(text, depth + 1));
      from = end;
    }
    return parts.join('') + source.slice(from);
  }

  #applied(source: string, start: number, { count, usual, body }: Macro): [string, number] {
    let at = start;
    const held: string[] = [];
    if (usual !== null) {
      const given = argument(source, at, '[]');
      held.push(given?.text ?? usual);
      at = given?.end ?? at;
    }
    while (held.length < count) {
      const given = argument(source, at);
      // Without braces it is the next sign.
      const [bare = ''] = /^\s*(?:\\[a-zA-Z@]+|\S)?/.exec(source.slice(at, at + 200)) ?? [];
      held.push(given?.text ?? bare.trim());
      at = given?.end ?? at + bare.length;
    }
    const text = body.replace(/#([1-9])/g, (sign, place) => held[Number(place) - 1] ?? sign);
    // A name must not run into the letters behind it; empty braces behind it only end it.
    const isEnded = source.startsWith('{}', at);
    const joins = /\\[a-zA-Z@]+$/.test(text) && /^[a-zA-Z]/.test(source.slice(at, at + 1));
    return [joins ? `${text} ` : text, isEnded ? at + 2 : at];
  }
}
