import { decodeEntities } from '../../html-entities.ts';

/** A formula of a page of the web as LaTeX. What a page's author typed as TeX beside it is taken as typed. */
type Node = { name: string; attributes: string; children: Node[]; text: string };

const TAG = /<(\/?)(?:[a-z]+:)?([a-z][a-z0-9-]*)([^<>]*?)(\/?)>|<[^>]*>/gi;
/** Deeper than anybody writes; what is deeper is left out. */
const DEEPEST = 40;
const NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp lim max min sup inf det dim ker gcd'
      .split(' ')
      .map((name) => [name, `\\${name} `]),
  ),
  '∑': '\\sum ',
  '∏': '\\prod ',
  '∫': '\\int ',
  '∬': '\\iint ',
  '∮': '\\oint ',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '\u2061': '',
  '\u2062': '',
  '\u2063': ',',
  '\u2212': '-',
};
const OVER: Readonly<Record<string, string>> = {
  '^': '\\hat',
  ˆ: '\\hat',
  '~': '\\tilde',
  '˜': '\\tilde',
  '¯': '\\bar',
  '‾': '\\overline',
  '→': '\\vec',
  '⃗': '\\vec',
  '˙': '\\dot',
  '.': '\\dot',
};

export function latexOfMath(source: string): string {
  const root = parse(source);
  const typed = typedIn(root);
  return (typed ?? write(root, 0)).replace(/\s+/g, ' ').trim();
}

function parse(source: string): Node {
  const root: Node = { name: 'math', attributes: '', children: [], text: '' };
  const open = [root];
  let at = 0;
  for (const { 0: tag, 1: isEnd, 2: name, 3: attributes = '', 4: isEmpty, index } of source.matchAll(TAG)) {
    const parent = open.at(-1) ?? root;
    parent.text += source.slice(at, index);
    at = index + tag.length;
    if (name === undefined) continue;
    if (isEnd) {
      const opened = open.findLastIndex((one) => one.name === name.toLowerCase());
      if (opened > 0) open.length = opened;
      continue;
    }
    const node = { name: name.toLowerCase(), attributes, children: [], text: '' };
    parent.children.push(node);
    if (!isEmpty) open.push(node);
  }
  return root;
}

function typedIn({ name, attributes, text, children }: Node, depth = 0): string | undefined {
  if (name === 'annotation' && /tex/i.test(attributes)) return decodeEntities(text);
  if (depth > DEEPEST) return undefined;
  for (const child of children) {
    const typed = typedIn(child, depth + 1);
    if (typed !== undefined) return typed;
  }
  return undefined;
}

const script = (sign: string, text: string): string =>
  text.trim() === ''
    ? ''
    : [...text.trim()].length === 1
      ? `${sign}${text.trim()}`
      : `${sign}{${text.trim()}}`;
const attribute = (node: Node, name: string): string | undefined =>
  new RegExp(`${name}\\s*=\\s*["']([^"']{0,20})["']`).exec(node.attributes)?.[1];

type Parts = { node: Node; part: (index: number) => string; all: string };
const WRITERS: Readonly<Record<string, (parts: Parts) => string>> = {
  mfrac: ({ part }) => `\\frac{${part(0)}}{${part(1)}}`,
  msup: ({ part }) => part(0) + script('^', part(1)),
  msub: ({ part }) => part(0) + script('_', part(1)),
  msubsup: ({ part }) => part(0) + script('_', part(1)) + script('^', part(2)),
  munder: ({ part }) => part(0) + script('_', part(1)),
  munderover: ({ part }) => part(0) + script('_', part(1)) + script('^', part(2)),
  mover: ({ part }) => {
    const accent = OVER[part(1).trim()];
    return accent ? `${accent}{${part(0)}}` : part(0) + script('^', part(1));
  },
  msqrt: ({ all }) => `\\sqrt{${all}}`,
  mroot: ({ part }) => `\\sqrt[${part(1)}]{${part(0)}}`,
  mfenced: ({ node, part }) =>
    (attribute(node, 'open') ?? '(') +
    node.children.map((_, index) => part(index)).join(attribute(node, 'separators') ?? ',') +
    (attribute(node, 'close') ?? ')'),
  mtable: ({ node, part }) =>
    `\\begin{matrix}${node.children.map((_, index) => part(index)).join(' \\\\ ')}\\end{matrix}`,
  mtr: ({ node, part }) => node.children.map((_, index) => part(index)).join(' & '),
  mtext: ({ node }) => `\\text{${decodeEntities(node.text)}}`,
  mspace: () => ' ',
  annotation: () => '',
  'annotation-xml': () => '',
};

function write(node: Node, depth: number): string {
  if (depth > DEEPEST) return '';
  const part = (index: number): string => {
    const child = node.children[index];
    return child ? write(child, depth + 1) : '';
  };
  const all = () => node.children.map((_, index) => part(index)).join('');
  if (node.children.length === 0 && /^(?:mi|mn|mo)$/.test(node.name)) {
    const sign = decodeEntities(node.text).trim();
    return NAMES[sign] ?? (node.name === 'mi' && sign.length > 1 ? `\\mathrm{${sign}}` : sign);
  }
  const known = Object.hasOwn(WRITERS, node.name) ? WRITERS[node.name] : undefined;
  return known
    ? known({
        node,
        part,
        get all() {
          return all();
        },
      })
    : all();
}
