import type { Unsupported } from '../domain/citation.ts';

/** A claim is a sentence or two; what lies further back is not part of it. */
const MAX_WINDOW = 1_200;
/** Fewer words than this say nothing that could be checked ("See", "Sources:"), so the sentence before is taken in. */
const MIN_WORDS = 3;
const MIN_LETTERS = 10;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** White space, and the signs of a list, quotation, heading or table row, which are not part of a statement. */
const LEADING = /^(?:\s|[-*+•>|]\s|#{1,6}\s|\d{1,3}[.)]\s)+/u;
const MARKERS = /\s*\[\d{1,4}\]/g;

function saysSomething(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  return words >= MIN_WORDS || letters >= MIN_LETTERS;
}

/** The end of the text a message has written so far, to find which statement a marker stands for. */
export class ClaimWindow {
  #text = '';
  /** Where `#text` begins in the message. */
  #start = 0;
  /** Where the text after the last marker begins in the message, and that marker's claim. */
  #afterMarker = 0;
  #lastClaim: Unsupported | null = null;

  append(text: string, offset: number): void {
    if (this.#text === '') this.#start = offset;
    this.#text += text;
    if (this.#text.length > 2 * MAX_WINDOW) {
      const dropped = this.#text.length - MAX_WINDOW;
      this.#text = this.#text.slice(dropped);
      this.#start += dropped;
    }
  }

  /** The line written last, without the white space at its end. */
  line(): string {
    return this.#text.slice(this.#text.lastIndexOf('\n') + 1).trimEnd();
  }

  markerWritten(): void {
    this.#afterMarker = this.#start + this.#text.length;
  }

  reset(): void {
    this.#text = '';
    this.#lastClaim = null;
  }

  /**
   * The statement before the place written last: from the last marker of its sentence, or the whole sentence. Markers
   * side by side stand for the same statement. Null when nothing was said yet.
   */
  claim(): Unsupported | null {
    const end = this.#start + this.#text.length;
    const sinceMarker = this.#text.slice(Math.max(0, this.#afterMarker - this.#start));
    if (this.#lastClaim && !/[\p{L}\p{N}]/u.test(sinceMarker)) return this.#lastClaim;

    const bounds = this.#boundaries();
    let from =
      bounds.find((at) => saysSomething(this.#text.slice(at).replace(MARKERS, ''))) ?? bounds.at(-1) ?? 0;
    const marker = this.#afterMarker - this.#start;
    if (marker > from && saysSomething(sinceMarker)) from = marker;

    const raw = this.#text.slice(from);
    from += LEADING.exec(raw)?.[0].length ?? 0;
    const said = this.#text.slice(from).trimEnd();
    if (!/[\p{L}\p{N}]/u.test(said)) return null;
    const start = this.#start + from;
    this.#lastClaim = { text: said.replace(MARKERS, ''), start, end: Math.min(end, start + said.length) };
    return this.#lastClaim;
  }

  /** Where the sentences of the last lines begin, the nearest first. */
  #boundaries(): number[] {
    const from = Math.max(0, this.#text.length - MAX_WINDOW);
    const starts: number[] = [];
    for (const { index, segment } of sentences.segment(this.#text.slice(from))) {
      starts.push(from + index);
      // A line ends a statement too: list items and headings have no full stop.
      for (const { index: newline } of segment.matchAll(/\n(?=[^\n])/g))
        starts.push(from + index + newline + 1);
    }
    return starts.reverse();
  }
}
