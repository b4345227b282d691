import type { RetrievedChunk } from '../retrieval/search.ts';
import type { SearchNotesPassage } from '../tools/search-notes.ts';
import type { PassageNumbers } from '../tools/tool-context.ts';

/** A passage as citations need it. */
export type Passage = Pick<
  SearchNotesPassage,
  'n' | 'docId' | 'ord' | 'text' | 'source' | 'page' | 'locator' | 'headingPath' | 'charStart' | 'charEnd'
>;

type Place = Pick<Passage, 'docId' | 'ord' | 'charStart' | 'charEnd'>;

/** The same chunk of the same reading of a document. After the document was read again its passages are new ones. */
const placeOf = ({ docId, ord, charStart, charEnd }: Place) => `${docId}:${ord}:${charStart}:${charEnd}`;

/**
 * The numbers of a thread's passages: what `[n]` means is owned by the server. A passage found again keeps its number,
 * so that a number the model remembers from an earlier answer still means the same passage.
 */
export class PassageRegistry implements PassageNumbers {
  readonly #byNumber = new Map<number, Passage>();
  readonly #numbers = new Map<string, number>();
  #last = 0;
  #lastDocument: string | null = null;

  /** Takes over what earlier turns found. The fuller text wins: stored passages nobody cited are shortened. */
  restore(passage: Passage): void {
    this.#lastDocument = passage.docId;
    const known = this.#byNumber.get(passage.n);
    if (known && known.text.length >= passage.text.length) return;
    this.#byNumber.set(passage.n, passage);
    this.#numbers.set(placeOf(passage), passage.n);
    this.#last = Math.max(this.#last, passage.n);
  }

  lastDocument(): string | null {
    return this.#lastDocument;
  }

  numberOf(chunk: RetrievedChunk): number {
    const n = this.#numbers.get(placeOf(chunk)) ?? this.#last + 1;
    this.#last = Math.max(this.#last, n);
    this.#numbers.set(placeOf(chunk), n);
    this.#byNumber.set(n, { ...chunk, n, source: chunk.title });
    return n;
  }

  get(n: number): Passage | undefined {
    return this.#byNumber.get(n);
  }

  /** The number of a chunk an earlier answer cited; the newest, should the document have been read again since. */
  findNumber(docId: string, ord: number): number | undefined {
    let found: number | undefined;
    for (const passage of this.#byNumber.values()) {
      if (passage.docId === docId && passage.ord === ord) found = Math.max(found ?? 0, passage.n);
    }
    return found;
  }
}
