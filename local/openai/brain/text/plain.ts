/** What a person reads of a passage: markup, links and reference marks removed. For scoring only, never for quoting. */
export function plain(text: string): string {
  return text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\*\*|__|`/g, '')
    .replace(/(\p{L})-\n(\p{Ll})/gu, '$1$2')
    .replace(/\s*\[\d[\d,;\s–-]*\]/g, '')
    .replace(/\s*\(\[?(?:see )?(?:Figure|Table|Fig\.?)[^)]*\)/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Marks that would show as symbols, or as something else, if the text were printed as it stands. */
export const hasMarkup = (text: string): boolean =>
  /<\/?[a-z][^>]*>|!\[|\]\(|\]\[|\||```|&(?:amp|lt|gt|nbsp);|\{[:.#]|\^\s*$/i.test(text);
