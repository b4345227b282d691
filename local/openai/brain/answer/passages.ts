/** A tool's search result as the model is shown it, read back into passages. */

export type Passage = {
  n: number;
  title: string;
  heading: string;
  text: string;
  /** Only to compare with: nothing is to be made of it. */
  isContext?: boolean;
};
const BANDS = ['none', 'weak', 'strong'] as const;
export type Band = (typeof BANDS)[number];
export type SearchResult = {
  band: Band;
  missing: string[];
  /** Words of the question that the search read as others. */
  read?: [from: string, to: string][];
  /** Why there is no material to make something of, as the tool says it. */
  absent?: string;
  /** What the tool computed over the rows of a table. */
  table?: string;
  passages: Passage[];
};

const PASSAGE = /<passage((?:\s+[\w-]+="[^"]*")*)\s*>\r?\n?([\s\S]*?)\r?\n?<\/passage>/g;

/** Null when the text is no search result at all, for example an error. */
export function readSearchResult(text: string): SearchResult | null {
  const line = (name: string): string => lineOf(text, name);
  const band = /^(?:none|weak|strong)\b/i.exec(line('evidence'))?.[0];
  const passages = [...text.matchAll(PASSAGE)].map(([, marks = '', body = ''], i) => {
    const found = marks.matchAll(/([\w-]+)="([^"]*)"/g);
    const attributes = new Map([...found].map(([, name = '', value = '']) => [name, decode(value)]));
    return {
      n: Number(attributes.get('n') ?? i + 1),
      title: attributes.get('title') ?? '',
      heading: attributes.get('heading') ?? '',
      text: body,
      isContext: attributes.get('role') === 'context',
    };
  });
  if (!band && passages.length === 0) return null;
  const missing = line('missing').split(/\s*[,،、]\s*/);
  return {
    band: BANDS.find((one) => one === band) ?? 'weak',
    missing: missing.map((word) => word.trim()).filter(Boolean),
    read: [...line('read').matchAll(/([^\s,]+) as ([^\s,]+)/g)].map(([, from = '', to = '']) => [from, to]),
    absent: line('absent'),
    table: line('table'),
    passages,
  };
}

/** A line above the first passage. Words inside a passage can never pass for one. */
export const lineOf = (text: string, name: string): string =>
  new RegExp(`^\\s*${name}:\\s*(.+)$`, 'im').exec(text.split('<passage', 1)[0] ?? '')?.[1]?.trim() ?? '';

const decode = (value: string): string =>
  value
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
