import { createHash } from 'node:crypto';
import { MAX_TAG_CHARACTERS, MAX_TAGS } from '../../domain/bounds.ts';
import type { KeptCard } from '../../domain/card.ts';
import { decodeEntities } from '../../html-entities.ts';
import { type ClozePiece, parseCloze } from '../cards/cloze.ts';
import { withMedia, withOwnPictures } from '../cards/pictures.ts';

/** Blanks that HTML knows by a name are blanks. */
const decoded = (html: string) => decodeEntities(html).replace(/[\u00a0\u2002\u2003\u2009]/g, ' ');

const TAG = /<!--[\s\S]*?-->|<(?:style|script)\b[\s\S]*?<\/(?:style|script)\s*>|<\/?[a-z][^>]*>/gi;
const stripTags = (html: string) => html.replace(TAG, '');

const LEGACY_MATH: [RegExp, string, string][] = [
  [/<anki-mathjax[^>]*\bblock\b[^>]*>([\s\S]*?)<\/anki-mathjax>/gi, '\\[', '\\]'],
  [/<anki-mathjax[^>]*>([\s\S]*?)<\/anki-mathjax>/gi, '\\(', '\\)'],
  [/\[\$\$\]([\s\S]*?)\[\/\$\$\]/gi, '\\[', '\\]'],
  [/\[\$\]([\s\S]*?)\[\/\$\]/gi, '\\(', '\\)'],
  // LaTeX of its own: what is between dollars there is a formula, and anything else is shown as one.
  [/\[latex\]\s*\$\$([\s\S]*?)\$\$\s*\[\/latex\]/gi, '\\[', '\\]'],
  [/\[latex\]\s*\$?([\s\S]*?)\$?\s*\[\/latex\]/gi, '\\(', '\\)'],
];
const MATH = /\\\(([\s\S]*?)\\\)|\\\[([\s\S]*?)\\\]/g;

/** Anki's own ways of writing formulas as `\(…\)` and `\[…\]`, without any markup inside them. */
function withPlainMath(html: string): string {
  let text = html;
  for (const [pattern, open, close] of LEGACY_MATH)
    text = text.replace(pattern, (_, body) => open + body + close);
  return text.replace(MATH, (whole) => stripTags(whole.replace(/<br\s*\/?>|<\/div>/gi, ' ')));
}

const wrapped = (mark: string) => (_: string, body: string) => {
  const inner = body.trim();
  if (inner === '' || /[\n*]|\\[([]/.test(inner)) return body;
  const [before = '', after = ''] = [/^\s*/.exec(body)?.[0], /\s*$/.exec(body)?.[0]];
  return `${before}${mark}${inner}${mark}${after}`;
};

const MEDIA = /<(?:img|audio|video|object|embed)\b[^>]*>|\[sound:[^\]]*\]|\[anki:play:[^\]]*\]/gi;

/** How many pictures and sounds a field names that are not in the store here. */
export const mediaIn = (html: string): number => withOwnPictures(html).match(MEDIA)?.length ?? 0;

/** A field of a note as text: formulas, lists and emphasis stay, everything else of the markup goes. */
export function textOfField(html: string): string {
  const text = withPlainMath(withOwnPictures(html).replace(MEDIA, ''))
    .replace(/<su([bp])\b[^>]*>([^<]*)<\/su\1>/gi, (_, kind, body) =>
      body.trim() === '' ? '' : `\\(${kind.toLowerCase() === 'b' ? '_' : '^'}{${body.trim()}}\\)`,
    )
    .replace(/<(?:b|strong)\b[^>]*>([^<]*)<\/(?:b|strong)>/gi, wrapped('**'))
    .replace(/<(?:i|em)\b[^>]*>([^<]*)<\/(?:i|em)>/gi, wrapped('*'))
    .replace(/<code\b[^>]*>([^<]*)<\/code>/gi, wrapped('`'))
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<(?:div|p|tr|h[1-6]|ul|ol|table|blockquote|pre)\b[^>]*>/gi, '\n')
    .replace(/<br\s*\/?>|<\/(?:div|p|tr|h[1-6]|ul|ol|table|blockquote|pre)>/gi, '\n')
    .replace(/<\/t[dh]>/gi, ' ')
    .replace(/<hr\b[^>]*>/gi, '\n\n');
  return decoded(stripTags(text))
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The ways a formula is written here; a single dollar beside a blank or before a digit is a price. */
const FORMULA =
  /\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(?<![\\$])\$(?![\s$])([^$\n]+?)(?<!\s)\$(?!\d)/g;

function plainHtml(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*/g, '<b>$1</b>')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/g, '<i>$1</i>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/\n/g, '<br>');
}

/** A side of a card as Anki shows it, with its formulas for MathJax and its pictures by their names in the package. */
export const fieldOfText = (text: string): string => withMedia(text, fieldOfWords);

function fieldOfWords(text: string): string {
  let html = '';
  let from = 0;
  for (const match of text.matchAll(FORMULA)) {
    const block = match[1] ?? match[2];
    const body = block ?? match[3] ?? match[4] ?? '';
    html += plainHtml(text.slice(from, match.index));
    html += block === undefined ? `\\(${escapeHtml(body)}\\)` : `\\[${escapeHtml(body)}\\]`;
    from = match.index + match[0].length;
  }
  return html + plainHtml(text.slice(from));
}

/** Anki ends a cloze at its first two closing braces, so none may stand together inside one. */
const apart = (text: string) => `${text.replace(/\}(?=\})/g, '} ')}${text.endsWith('}') ? ' ' : ''}`;
const together = (text: string) => text.replace(/\} (?=\})/g, '}').replace(/\} $/, '}');

function written(pieces: readonly ClozePiece[], change: (text: string) => string, isInside: boolean): string {
  return pieces
    .map((piece) => {
      if (piece.type === 'text') return isInside ? change(piece.text) : piece.text;
      const hint = piece.hint === null ? '' : `::${piece.hint}`;
      return `{{c${piece.index}::${written(piece.children, change, true)}${hint}}}`;
    })
    .join('');
}

export const clozeForAnki = (text: string): string => written(parseCloze(text), apart, false);
export const clozeFromAnki = (text: string): string => written(parseCloze(text), together, false);

export const FIELD_SEPARATOR = '\u001f';

/** Both sides of a card as the fields of its note. */
export const sidesForAnki = ({ kind, front, back }: Pick<KeptCard, 'kind' | 'front' | 'back'>): string[] =>
  [kind === 'cloze' ? clozeForAnki(front) : front, back].map((side) =>
    fieldOfText(side).replaceAll(FIELD_SEPARATOR, ' '),
  );

/** Words as a tag, which has no blanks: an underscore stands for one, and one of its own behind a stroke. */
const tagOf = (words: string): string => words.replace(/[\\_]|^#/g, '\\$&').replace(/\s/g, '_');
const wordsOf = (tag: string): string =>
  tag.replace(/\\(.)|_/gu, (_, kept: string | undefined) => kept ?? ' ');

/** A topic and tags as the tags of a note: the topic as it is, the others behind a sign of their own. */
export const tagsFor = ({
  topic,
  tags = [],
}: {
  topic: string | null;
  tags?: readonly string[] | undefined;
}): string => [...(topic === null ? [] : [tagOf(topic)]), ...tags.map((tag) => `#${tagOf(tag)}`)].join(' ');

const isAnkis = (tag: string) => tag === '' || /^(?:leech|marked)$/.test(tag);

/** The tags of a note: those of ours that are no topic, and of others all but Anki's own marks. */
export function tagsIn(tags: string, isOurs: boolean): string[] {
  const found = tags.split(/\s+/).filter((tag) => !isAnkis(tag) && (!isOurs || tag.startsWith('#')));
  const words = found.map((tag) =>
    (isOurs ? wordsOf(tag.slice(1)) : tag.replaceAll('_', ' ')).trim().slice(0, MAX_TAG_CHARACTERS).trim(),
  );
  return [...new Set(words)].filter((tag) => tag !== '').slice(0, MAX_TAGS);
}

/** The first tag that says something, as words. Anki's own marks say nothing of the subject. */
export function topicOf(tags: string, isOurs: boolean): string | null {
  const tag = tags.split(/\s+/).find((one) => !isAnkis(one) && !(isOurs && one.startsWith('#'))) ?? '';
  const words = isOurs ? wordsOf(tag) : tag.split('::').at(-1)?.replaceAll('_', ' ');
  return words?.trim().slice(0, 200) || null;
}

/** A field's text as Anki takes its checksum and sort key from. */
export const sortKey = (html: string): string => decoded(stripTags(html)).trim();

/** The first 32 bits of the SHA-1 of a note's first field, by which Anki finds duplicates. */
export const checksum = (html: string): number =>
  Number.parseInt(createHash('sha1').update(sortKey(html)).digest('hex').slice(0, 8), 16);
