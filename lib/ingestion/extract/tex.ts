import { say } from '../../language/said.ts';
import { setOff } from '../../retrieval/raised.ts';
import { notesOf } from '../../study/account.ts';
import { fenced } from './clean.ts';
import { decodeText } from './encoding.ts';
import { argument, outsideCode, TexMacros } from './tex-macros.ts';
import { encodingAccount, sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

const SECTIONS: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
  subparagraph: 6,
  title: 1,
  subtitle: 2,
  frametitle: 2,
};
/** Commands that say how text looks: what they hold stays. */
const FORMS = new Set(
  'textbf textit emph underline texttt textsc textrm textsf textsl textnormal text mbox uline alert structure enquote textquote MakeUppercase textcolor uppercase caption author date footnotetext centerline href url'.split(
    ' ',
  ),
);
/** Commands whose arguments are for the typesetter. */
const DROPPED = new Set(
  'label usepackage documentclass newcommand renewcommand providecommand newenvironment renewenvironment setlength setcounter addtolength vspace hspace bibliographystyle pagestyle thispagestyle newtheorem DeclareMathOperator hypersetup geometry graphicspath color definecolor pagenumbering bibliography addbibresource theoremstyle thanks inst fontsize input include includegraphics index phantomsection addcontentsline rule hyphenation usetheme usecolortheme institute logo'.split(
    ' ',
  ),
);
const MATHS = new Set('equation align gather multline eqnarray displaymath math flalign alignat'.split(' '));
const ACCENTS: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  k: '\u0328',
  r: '\u030a',
};
const SIGNS: Readonly<Record<string, string>> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  aa: 'å',
  AA: 'Å',
  i: 'ı',
  j: 'j',
  S: '§',
  P: '¶',
  dots: '…',
  ldots: '…',
  textellipsis: '…',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  copyright: '©',
  textendash: '–',
  textemdash: '—',
  euro: '€',
  today: '',
  textbackslash: '\\',
  quad: ' ',
  qquad: ' ',
  newline: '\n',
  par: '\n\n',
  and: ', ',
  textdegree: '°',
  pounds: '£',
};

const afterBlanks = (source: string, at: number): number =>
  at + source.slice(at, at + 200).search(/[^ \t]|$/);

/** What a program draws from is no text. */
const DRAWN = /^(?:tikzpicture|pgfpicture|circuitikz|forest|asy|picture)$/;
const CODE = /^(?:[vV]erbatim|lstlisting|minted)$/;

/** Comments end with their line; a percent sign behind a backslash is one. */
const withoutComments = (source: string): string =>
  source
    .replace(/\\begin\{comment\}[\s\S]*?\\end\{comment\}/g, '')
    .replace(/(?<!\\)((?:\\\\)*)%[^\n]*\n?[ \t]*/g, '$1');

const THEOREMS =
  /^(?:theorem|lemma|definition|proof|corollary|proposition|example|remark|block|exercise|solution|problem|question|answer|claim|axiom|conjecture|task)$/;
/** Steps of an algorithm, each on its line. */
const STEPS =
  /^(?:Statex?|Require|Ensure|Return|If|ElsIf|Else|For|ForAll|While|Repeat|Until|End(?:If|For|While))$/;
/** On which slides of a talk something is shown. */
const OVERLAY = /^<[^<>\n]{1,20}>/;
const DEEPEST = 40;
const TOKEN =
  /\\begin\s*\{([^{}]{1,40})\}|\\end\s*\{([^{}]{1,40})\}|\\([a-zA-Z@]+)\*?|\\(\W)|\$\$|\$|~|[{}&]|---|--|``|''|[`']/g;
const TYPED: Readonly<Record<string, string>> = {
  '~': ' ',
  '{': '',
  '}': '',
  '&': ' | ',
  '---': '—',
  '--': '–',
  '``': '“',
  "''": '”',
  '`': '‘',
  "'": '’',
};

class TexReader {
  readonly account = { equations: 0, droppedPictures: 0 };
  /** Files that this one takes in. */
  readonly absent: string[] = [];
  readonly #lists: (number | null)[] = [];
  readonly #theorems: ReadonlyMap<string, string>;

  constructor(theorems: ReadonlyMap<string, string>) {
    this.#theorems = theorems;
  }

  read(source: string, depth = 0): string {
    if (depth > DEEPEST) return source;
    const token = new RegExp(TOKEN);
    let [out, at] = ['', 0];
    for (;;) {
      token.lastIndex = at;
      const match = token.exec(source);
      out += source.slice(at, match?.index ?? source.length);
      if (!match) return out;
      const [said, begun, ended, command, sign] = match;
      at = match.index + said.length;
      let text = TYPED[said] ?? '';
      if (said === '$' || said === '$$') [text, at] = this.#maths(source, at, said, said);
      else if (begun !== undefined) [text, at] = this.#begin(source, at, begun);
      else if (ended !== undefined) text = this.#end(ended);
      else if (sign !== undefined) [text, at] = this.#sign(source, at, sign);
      else if (command !== undefined) [text, at] = this.#command(source, at, command, depth);
      out += text;
    }
  }

  /** A formula up to its end, as it is. */
  #maths(source: string, at: number, end: string, mark: string): [string, number] {
    const found = source.indexOf(end, at);
    if (found < 0) return ['', at];
    this.account.equations += 1;
    const latex = source
      .slice(at, found)
      .replace(/\\label\{[^{}]*\}/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    return [mark === '$' ? `$${latex}$` : `\n\n$$${latex}$$\n\n`, found + end.length];
  }

  #begin(source: string, start: number, name: string): [string, number] {
    const bare = name.replace('*', '');
    let at = start;
    const isDrawn = DRAWN.test(bare);
    const end = isDrawn || CODE.test(bare) ? source.indexOf(`\\end{${name}}`, at) : -1;
    const behind = end + name.length + 6;
    if (isDrawn && end >= 0) {
      this.account.droppedPictures += 1;
      return ['\n\n', behind];
    }
    if (MATHS.has(bare)) {
      if (bare === 'alignat') at = argument(source, at)?.end ?? at;
      const [text, end] = this.#maths(source, at, `\\end{${name}}`, '$$');
      const several = /\\\\|&/.test(text) ? text.replace(/^\n\n\$\$|\$\$\n\n$/g, '') : null;
      return [several === null ? text : `\n\n$$\\begin{aligned}${several}\\end{aligned}$$\n\n`, end];
    }
    at = argument(source, at, '[]')?.end ?? at;
    if (end >= 0) {
      if (bare === 'minted') at = argument(source, at)?.end ?? at;
      return [`\n\n${fenced(source.slice(at, end).replace(/^[ \t]*\n/, ''))}\n\n`, behind];
    }
    if (bare === 'itemize' || bare === 'description') this.#lists.push(null);
    else if (bare === 'enumerate') this.#lists.push(0);
    else if (/^(?:tabular[xy]?|array|longtable|minipage|multicols|thebibliography|column)$/.test(bare)) {
      // Widths and columns.
      for (let more = argument(source, at); more; more = argument(source, at)) at = more.end;
    } else if (bare === 'frame') {
      const title = argument(source, at);
      return title ? [`\n\n## ${this.read(title.text, 1)}\n\n`, title.end] : ['\n\n', at];
    } else if (this.#theorems.has(bare) || THEOREMS.test(bare)) {
      const named =
        argument(source, start, '[]')?.text ?? (bare === 'block' ? argument(source, at)?.text : undefined);
      if (bare === 'block') at = argument(source, at)?.end ?? at;
      const word =
        bare === 'block' ? '' : (this.#theorems.get(bare) ?? bare.charAt(0).toUpperCase() + bare.slice(1));
      return [
        `\n\n${[word, named && this.read(named, 1)].filter(Boolean).join(': ')}. `,
        afterBlanks(source, at),
      ];
    }
    return ['\n\n', at];
  }

  #end(name: string): string {
    if (/^(?:itemize|enumerate|description)$/.test(name)) this.#lists.pop();
    return '\n\n';
  }

  #sign(source: string, at: number, sign: string): [string, number] {
    if (sign === '\\') return ['\n', afterBlanks(source, argument(source, at, '[]')?.end ?? at)];
    if (sign === '(') return this.#maths(source, at, '\\)', '$');
    if (sign === '[') return this.#maths(source, at, '\\]', '$$');
    if (sign === ',' || sign === ';' || sign === ' ' || sign === ':') return [' ', at];
    return Object.hasOwn(ACCENTS, sign)
      ? this.#accent(source, at, sign)
      : [/[%&_#${}]/.test(sign) ? sign : '', at];
  }

  #accent(source: string, at: number, sign: string): [string, number] {
    const held = argument(source, at);
    const letter = (held?.text ?? source.slice(at).trimStart()).replace(/^\\([ij])$/, '$1').charAt(0);
    const end = held?.end ?? at + source.slice(at).search(/\S|$/) + letter.length;
    return [(letter + (ACCENTS[sign] ?? '')).normalize('NFC'), end];
  }

  #command(source: string, start: number, name: string, depth: number): [string, number] {
    let at = start + (OVERLAY.exec(source.slice(start, start + 24))?.[0].length ?? 0);
    // A blank ends the name of a command, and is no part of the text.
    const rest = source[at] === ' ' ? at + 1 : at;
    if (Object.hasOwn(SIGNS, name))
      return [SIGNS[name] ?? '', argument(source, at)?.text === '' ? at + 2 : rest];
    if (name.length === 1 && Object.hasOwn(ACCENTS, name)) return this.#accent(source, at, name);
    if (name === 'item') return this.#item(source, at, depth);
    if (STEPS.test(name)) {
      const said = name
        .replace(/^Statex?$/, '')
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toLowerCase();
      return [`\n${said}${said && ' '}`, rest];
    }
    if (/^(?:SI|qty|SIrange|qtyrange|ang)$/.test(name)) return this.#quantity(source, at, name);
    if (name === 'verb') {
      const end = source.indexOf(source[at] ?? '', at + 1);
      return end < 0 ? ['', at] : [`\`${source.slice(at + 1, end)}\``, end + 1];
    }
    if (name === 'footnote') {
      const note = argument(source, at);
      return note ? [` [${this.read(note.text, depth + 1)}]`, note.end] : ['', at];
    }
    const level = SECTIONS[name];
    const beside = argument(source, at, '[]');
    at = beside?.end ?? at;
    const held = argument(source, at);
    if (level !== undefined && held)
      return [
        `\n\n${'#'.repeat(level)} ${this.read(held.text, depth + 1).replace(/\s+/g, ' ')}\n\n`,
        held.end,
      ];
    if (/^(?:ref|eqref|pageref|autoref|cref|bibitem|cite[a-z]*)$/.test(name) && held) {
      const place = beside && this.read(beside.text, depth + 1);
      if (name === 'bibitem') return [`\n\n[${place ?? held.text}] `, afterBlanks(source, held.end)];
      return [`[${place ? `${held.text}, ${place}` : held.text}]`, held.end];
    }
    if (/^text(?:super|sub)script$/.test(name) && held) {
      const text = this.read(held.text, depth + 1);
      return [setOff(text, name === 'textsubscript' ? 'lowered' : 'raised', ''), held.end];
    }
    // What they show is the last of three.
    if (/^multi(?:column|row)$/.test(name) && held) {
      const shown = argument(source, argument(source, held.end)?.end ?? held.end);
      return shown ? [this.read(shown.text, depth + 1), shown.end] : ['', held.end];
    }
    if (DROPPED.has(name)) return this.#dropped(source, at, name, held);
    if (/^(?:textcolor|href)$/.test(name) && held) at = held.end;
    const shown = FORMS.has(name) ? argument(source, at) : null;
    if (shown) return [this.read(shown.text, depth + 1), shown.end];
    return ['', held || rest === start ? at : rest];
  }

  /** A number with its unit: `\\qty{3}{\\kilo\\gram}` is 3 kilogram. */
  #quantity(source: string, start: number, name: string): [string, number] {
    const held: string[] = [];
    let at = argument(source, start, '[]')?.end ?? start;
    const count = name === 'ang' ? 1 : name.endsWith('range') ? 3 : 2;
    for (let next = argument(source, at); next && held.length < count; next = argument(source, at))
      [at] = [next.end, held.push(next.text)];
    if (name === 'ang') return [`${held[0] ?? ''}°`, at];
    const unit = (held.at(-1) ?? '').replace(/\\per\b/g, '/').replace(/\\([a-zA-Z]+)\s*/g, '$1');
    return [`${held.slice(0, -1).join('–')} ${unit}`, at];
  }

  #item(source: string, at: number, depth: number): [string, number] {
    const label = argument(source, at, '[]');
    const count = this.#lists.at(-1);
    if (typeof count === 'number') this.#lists[this.#lists.length - 1] = count + 1;
    const mark = typeof count === 'number' ? `${count + 1}.` : '-';
    const named = label ? `${this.read(label.text, depth + 1)}: ` : '';
    return [
      `\n${'  '.repeat(Math.max(0, Math.min(8, this.#lists.length - 1)))}${mark} ${named}`,
      afterBlanks(source, label?.end ?? at),
    ];
  }

  /** What is for the typesetter alone, told where the student misses it. */
  #dropped(
    source: string,
    start: number,
    name: string,
    held: { text: string; end: number } | null,
  ): [string, number] {
    if ((name === 'input' || name === 'include') && held) {
      this.absent.push(held.text.slice(0, 100));
    }
    if (name === 'includegraphics') this.account.droppedPictures += 1;
    let at = start;
    // A command that defines another has several arguments.
    for (
      let more = held;
      more;
      more = argument(source, at) ?? (source[at] === '[' ? argument(source, at, '[]') : null)
    )
      at = more.end;
    return ['', at];
  }
}

/** What is told of the work before it begins: its title, and below it who wrote it and when. */
function headOf(preamble: string): string {
  const told = [...preamble.matchAll(/\\(title|subtitle|author|date)\b/g)].flatMap(
    ({ 1: name = '', index }) => {
      const at = index + name.length + 1;
      const held = argument(preamble, argument(preamble, at, '[]')?.end ?? at);
      if (!held) return [];
      const isTitle = name.endsWith('title');
      return [{ isTitle, source: isTitle ? `\\${name}{${held.text}}` : `\n\n${held.text}` }];
    },
  );
  const parts = [...told.filter(({ isTitle }) => isTitle), ...told.filter(({ isTitle }) => !isTitle)];
  return parts.map(({ source }) => source).join('');
}

export async function extractTex(request: FormatRequest): Promise<ReadPages> {
  const decoded = decodeText(request.bytes, request.encoding);
  const macros = new TexMacros();
  const bare = outsideCode(decoded.text.replace(/\r\n?/g, '\n'), (text) =>
    macros.gather(withoutComments(text)),
  );
  const source = outsideCode(bare, (text) => macros.expand(text));
  const begin = source.indexOf('\\begin{document}');
  const end = source.lastIndexOf('\\end{document}');
  const body = begin < 0 ? source : source.slice(begin + 16, end > begin ? end : undefined);
  const reader = new TexReader(macros.theorems);
  const head = reader.read(headOf(source.slice(0, Math.max(0, begin)))).replace(/ +,/g, ',');
  const read = `${head}\n\n${reader.read(body)}`;
  const text = read
    .replace(/ +\| +/g, ' | ')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n');
  return sectionExtraction(text, request, {
    ...reader.account,
    ...encodingAccount(decoded),
    ...notesOf(() =>
      reader.absent.map((name) =>
        say('“{name}” is a file of its own and was not in this one. Add it, too.', { name }),
      ),
    ),
  });
}
