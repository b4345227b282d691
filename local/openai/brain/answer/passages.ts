/** A tool's search result as the model is shown it, read back into passages. */

export type Passage = { n: number; title: string; heading: string; text: string };
export type Band = 'none' | 'weak' | 'strong';
export type SearchResult = { band: Band; missing: string[]; passages: Passage[] };

const PASSAGE = /<passage((?:\s+[\w-]+="[^"]*")*)\s*>\r?\n?([\s\S]*?)\r?\n?<\/passage>/g;

/** Null when the text is no search result at all, for example an error. */
export function readSearchResult(text: string): SearchResult | null {
  const band = /^\s*evidence:\s*(none|weak|strong)\b/im.exec(head(text))?.[1];
  const passages = [...text.matchAll(PASSAGE)].map((match, i) => {
    const attributes = new Map(
      [...(match[1] ?? '').matchAll(/([\w-]+)="([^"]*)"/g)].map((pair) => [
        pair[1] ?? '',
        decode(pair[2] ?? ''),
      ]),
    );
    return {
      n: Number(attributes.get('n') ?? i + 1),
      title: attributes.get('title') ?? '',
      heading: attributes.get('heading') ?? '',
      text: match[2] ?? '',
    };
  });
  if (!band && passages.length === 0) return readJson(text);
  const missing = /^\s*missing:\s*(.+)$/im.exec(head(text))?.[1] ?? '';
  return {
    band: isBand(band) ? band : 'weak',
    missing: missing
      .split(/\s*[,،、]\s*/)
      .map((word) => word.trim())
      .filter(Boolean),
    passages,
  };
}

/** What stands before the first passage. Words inside a passage can never pass for the result's own lines. */
const head = (text: string): string => text.split('<passage', 1)[0] ?? '';

const isBand = (band: string | undefined): band is Band =>
  band === 'none' || band === 'weak' || band === 'strong';

const decode = (value: string): string =>
  value
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** Other programs may hand over plain JSON: a list of hits with a text each. */
function readJson(text: string): SearchResult | null {
  const value = parse(text);
  if (!isRecord(value)) return null;
  const list = [value.chunks, value.hits, value.results, value.passages].find(Array.isArray);
  if (!list) return null;
  const passages = list.filter(isRecord).map((hit, i) => ({
    n: typeof hit.n === 'number' ? hit.n : i + 1,
    title: typeof hit.title === 'string' ? hit.title : '',
    heading: '',
    text: [hit.text, hit.content].find((body) => typeof body === 'string') ?? '',
  }));
  const evidence = isRecord(value.evidence) ? value.evidence : {};
  const band = typeof evidence.band === 'string' ? evidence.band : undefined;
  return {
    band: isBand(band) ? band : passages.length > 0 ? 'weak' : 'none',
    missing: Array.isArray(evidence.missing)
      ? evidence.missing.filter((word) => typeof word === 'string')
      : [],
    passages,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer too: the caller treats the text as words.
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
