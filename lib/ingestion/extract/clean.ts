const LIGATURES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' }),
);

/** Control characters other than tab and line feed; the database refuses NUL, and none of them can be read. */
const UNREADABLE = /(?![\n\t])[\p{Cc}\u00AD\uFEFF\uFFFE\uFFFF]/gu;

/** One kind of line break, no ligature glyphs, no control characters, whole characters only. */
export function cleanCharacters(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\u00A0/g, ' ')
    .replace(UNREADABLE, '')
    .replace(/[ﬀ-ﬆ]/g, (glyph) => LIGATURES.get(glyph) ?? glyph);
}

/** Text as it is stored: clean characters, no white space at line ends, no more than one empty line. */
export function cleanText(text: string): string {
  return cleanCharacters(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Letters and digits of a text: what is left of a page when layout is taken away. */
export function readableLength(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** What an author says of a picture. Where a program put the place of its file there, nobody said anything. */
export function pictureText(said = ''): string {
  const text = said.replace(/\s+/g, ' ').trim();
  const isFile =
    /\.(?:png|jpe?g|gif|bmp|[ew]mf|svg|tiff?|webp|heic)$/i.test(text) || /^(?:\w+:)?[\\/]\S*$/.test(text);
  return text === '' || isFile ? '' : `[Picture: ${text}]`;
}

/** Code as it stands, in a fence longer than any within. */
export function fenced(code: string, language = ''): string {
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
}
