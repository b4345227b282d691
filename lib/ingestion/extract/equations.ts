/**
 * Equations of an office document as LaTeX between dollar signs, in runs of text: a sentence that ends in "is" with nothing
 * behind it says nothing.
 */
type Element = { name: string; attributes: string; children: Element[]; text: string };

const EQUATION = /<m:oMath(Para)?(?:\s[^>]*)?>/g;
const TAG = /<(\/?)m:(\w+)((?:\s[^>]*?)?)(\/?)>|<[^>]*>/g;
/** Deeper than anybody writes; what is deeper is left out. */
const DEEPEST = 40;

/** How each format writes a run of text. */
const RUNS = {
  w: (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`,
  a: (text: string) => `<a:r><a:t>${text}</a:t></a:r>`,
};

/** One pass: a page made of nothing but beginnings is not searched again and again. */
export function withEquations(xml: string, format: keyof typeof RUNS): { xml: string; equations: number } {
  let equations = 0;
  const written: string[] = [];
  let at = 0;
  for (const { 0: opening, 1: isDisplayed, index } of xml.matchAll(EQUATION)) {
    if (index < at) continue;
    const closing = isDisplayed ? '</m:oMathPara>' : '</m:oMath>';
    const end = xml.indexOf(closing, index + opening.length);
    if (end < 0) break;
    const latex = latexOf(parse(xml.slice(index, end)), 0)
      .replace(/\s+/g, ' ')
      .trim();
    const mark = isDisplayed ? '$$' : '$';
    const run = latex && RUNS[format](`${mark}${latex}${mark}`);
    if (latex) equations += 1;
    written.push(xml.slice(at, index), run);
    at = end + closing.length;
  }
  return { xml: written.join('') + xml.slice(at), equations };
}

function parse(source: string): Element {
  const root: Element = { name: '', attributes: '', children: [], text: '' };
  const open = [root];
  let at = 0;
  for (const { 0: tag, 1: close, 2: name, 3: attributes = '', 4: isEmpty, index } of source.matchAll(TAG)) {
    const parent = open.at(-1) ?? root;
    if (parent.name === 't') parent.text += source.slice(at, index);
    at = index + tag.length;
    if (name === undefined) continue;
    if (close) {
      if (open.length > 1) open.pop();
      continue;
    }
    const element: Element = { name, attributes, children: [], text: '' };
    parent.children.push(element);
    if (!isEmpty) open.push(element);
  }
  return root;
}

/** Signs over the limits of a sum, and their names. */
const OPERATORS: Readonly<Record<string, string>> = {
  '∑': '\\sum',
  '∏': '\\prod',
  '∫': '\\int',
  '∬': '\\iint',
  '∮': '\\oint',
  '⋃': '\\bigcup',
  '⋂': '\\bigcap',
};
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0302': '\\hat',
  '\u0303': '\\tilde',
  '\u0304': '\\bar',
  '\u0305': '\\overline',
  '\u0307': '\\dot',
  '\u20D7': '\\vec',
};

const script = (sign: string, text: string): string =>
  text === '' ? '' : [...text].length === 1 ? `${sign}${text}` : `${sign}{${text}}`;

/** What an element is made of, each part as LaTeX already. */
type Parts = {
  /** The parts of a name, joined. */
  part(name: string): string;
  parts(name: string): string[];
  /** The value of a property, such as the sign of a bracket. */
  property(name: string, otherwise: string): string;
};

const raised = ({ part }: Parts): string => script('^', part('sup'));
const lowered = ({ part }: Parts): string => script('_', part('sub'));

const WRITERS: Readonly<Record<string, (parts: Parts) => string>> = {
  f: ({ part }) => `\\frac{${part('num')}}{${part('den')}}`,
  sSup: (parts) => parts.part('e') + raised(parts),
  sSub: (parts) => parts.part('e') + lowered(parts),
  sSubSup: (parts) => parts.part('e') + lowered(parts) + raised(parts),
  sPre: (parts) => lowered(parts) + raised(parts) + parts.part('e'),
  rad: ({ part }) => {
    const degree = part('deg');
    return `\\sqrt${degree && `[${degree}]`}{${part('e')}}`;
  },
  nary: (parts) => {
    const sign = parts.property('chr', '∫');
    return `${OPERATORS[sign] ?? sign}${lowered(parts)}${raised(parts)} ${parts.part('e')}`;
  },
  d: ({ parts, property }) =>
    `${property('begChr', '(')}${parts('e').join(property('sepChr', '|'))}${property('endChr', ')')}`,
  func: ({ part }) => `${part('fName')} ${part('e')}`,
  acc: ({ part, property }) => `${ACCENTS[property('chr', '\u0302')] ?? ''}{${part('e')}}`,
  bar: ({ part }) => `\\overline{${part('e')}}`,
  limLow: ({ part }) => part('e') + script('_', part('lim')),
  limUpp: ({ part }) => part('e') + script('^', part('lim')),
  m: ({ parts }) => `\\begin{matrix}${parts('mr').join(' \\\\ ')}\\end{matrix}`,
  mr: ({ parts }) => parts('e').join(' &amp; '),
  eqArr: ({ parts }) => parts('e').join(' \\\\ '),
};

function latexOf(element: Element, depth: number): string {
  const { name, children } = element;
  // Properties hold no text.
  if (depth > DEEPEST || name.endsWith('Pr')) return '';
  const latex = (some: readonly Element[]): string[] => some.map((child) => latexOf(child, depth + 1));
  const parts = (wanted: string): string[] => latex(children.filter((child) => child.name === wanted));
  const property = (wanted: string, otherwise: string): string => {
    const holder = children.find((child) => child.name === `${name}Pr`);
    const found = holder?.children.find((child) => child.name === wanted);
    return found ? (/m:val="([^"]*)"/.exec(found.attributes)?.[1] ?? '') : otherwise;
  };
  const write = Object.hasOwn(WRITERS, name) ? WRITERS[name] : undefined;
  return write
    ? write({ part: (wanted) => parts(wanted).join(''), parts, property })
    : element.text + latex(children).join('');
}
