import type { SearchNotesPassage } from '../tools/search-notes.ts';

/** A passage for tests: the n-th one of its conversation. */
export const passageOf = (n: number, text: string, charStart = n * 100): SearchNotesPassage => ({
  n,
  docId: `doc-${n}`,
  ord: n,
  text,
  source: `Title ${n}`,
  page: n,
  similarity: 1,
  course: null,
  headingPath: [],
  locator: { kind: 'page', index: n, total: null, label: null },
  charStart,
  charEnd: charStart + text.length,
});
