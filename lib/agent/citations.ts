import type { Citation, CitedVerdict, Unsupported } from '../domain/citation.ts';
import type { ClaimCheck } from '../retrieval/quotes.ts';
import { locatorOfWords } from '../study/moments.ts';
import type { ComparedClaim } from './claim-review.ts';
import { ClaimWindow } from './claim-window.ts';
import { joinsMarkers, type MarkerPlace, markerPlace } from './marker-place.ts';
import { MarkerScanner, type Token } from './marker-scanner.ts';
import { TEXT_PART_SEPARATOR } from './messages.ts';
import type { Passage } from './passages.ts';

/** What becomes of streamed text: pieces of it, and the citations they need, each before its marker. */
export type CitedPiece =
  | { kind: 'text'; text: string }
  | { kind: 'citation'; citation: Citation }
  | { kind: 'unsupported'; unsupported: Unsupported };

type Marker = Extract<Token, { kind: 'marker' }>;

type CitationDependencies = {
  /** The passage a number of this thread means. */
  passage(n: number): Passage | undefined;
  verify(claim: string, passage: string): ClaimCheck;
};

/**
 * Turns the passage numbers a model writes into the message's own citations while the text streams. Each marker's claim
 * is checked against its passage without a model. One whose passage does not hold the claim is dropped and the claim
 * reported. Brackets that mean no passage, or stand where no statement ends, are text and stay.
 *
 * One instance serves one message: display numbers count through all its text parts.
 */
export class CitationRewriter {
  readonly #dependencies: CitationDependencies;
  readonly #displayNumbers = new Map<string, number>();
  readonly #window = new ClaimWindow();
  #scanner = new MarkerScanner();
  /** Length of the message's text so far, parts and their separators. */
  #length: number;
  #partIsEmpty = true;
  /** The marker written last, while nothing but markers followed it. */
  #lastDisplayed: number | undefined;
  /** A claim its marker did not prove, until it is clear that no marker beside it does. */
  #unproven: Unsupported | undefined;
  /** What was written since the last marker of a source; undefined when there was none, or a line has ended. */
  #sinceMarker: string | undefined;
  readonly #compared = new Map<number, ComparedClaim & { isVerified: boolean }>();

  /** `continued`: what an answer that goes on has written and cited already. */
  constructor(
    dependencies: CitationDependencies,
    continued: { text: string; citations: readonly Citation[] } = { text: '', citations: [] },
  ) {
    this.#dependencies = dependencies;
    this.#length = continued.text.length;
    for (const { n, docId, chunkOrd, quoteStart, quoteEnd } of continued.citations) {
      this.#displayNumbers.set(`${docId}:${chunkOrd}:${quoteStart}:${quoteEnd}`, n);
    }
  }

  /** The statements cited so far whose passages only come close to them. */
  get compared(): ComparedClaim[] {
    return [...this.#compared.values()].filter(({ isVerified }) => !isVerified);
  }

  push(delta: string): CitedPiece[] {
    return this.#rewrite(this.#scanner.push(delta));
  }

  /** Ends a text part; the next one starts afresh, after the separator. */
  endPart(): CitedPiece[] {
    const pieces = this.#rewrite(this.#scanner.end());
    this.#settle(pieces);
    this.#scanner = new MarkerScanner();
    this.#window.reset();
    this.#sinceMarker = undefined;
    this.#partIsEmpty = true;
    return pieces;
  }

  #rewrite(tokens: Token[]): CitedPiece[] {
    const pieces: CitedPiece[] = [];
    const write = (text: string) => {
      if (text === '') return;
      if (this.#partIsEmpty && this.#length > 0) this.#length += TEXT_PART_SEPARATOR.length;
      this.#partIsEmpty = false;
      this.#window.append(text, this.#length);
      this.#length += text.length;
      const last = pieces.at(-1);
      if (last?.kind === 'text') last.text += text;
      else pieces.push({ kind: 'text', text });
    };
    for (const token of tokens) {
      const place = token.kind === 'marker' ? this.#placeOf(token) : 'text';
      if (token.kind === 'marker' && place !== 'text' && this.#cite(token, place, pieces, write)) continue;
      this.#settle(pieces);
      const text = token.kind === 'text' ? token.text : token.lead + token.raw;
      if (this.#sinceMarker !== undefined) this.#sinceMarker += text;
      write(text);
    }
    return pieces;
  }

  #placeOf({ lead, after, numbers }: Marker): MarkerPlace {
    const isGiven = numbers.length > 0 && numbers.every((n) => this.#dependencies.passage(n));
    if (!isGiven) return 'text';
    if (this.#sinceMarker !== undefined && joinsMarkers(this.#sinceMarker)) return 'statement';
    return markerPlace({ before: this.#window.line(), lead, after, count: numbers.length });
  }

  /** The run of markers is over: what none of them proved is reported. */
  #settle(pieces: CitedPiece[]): void {
    if (this.#unproven) pieces.push({ kind: 'unsupported', unsupported: this.#unproven });
    this.#unproven = undefined;
    this.#lastDisplayed = undefined;
  }

  /** False when the marker turns out to be text. */
  #cite(marker: Marker, place: MarkerPlace, pieces: CitedPiece[], write: (text: string) => void): boolean {
    const claim = this.#window.claim();
    if (!claim) return false;
    const checks = marker.numbers.flatMap((n) => {
      const passage = this.#dependencies.passage(n);
      const check = passage && this.#dependencies.verify(claim.text, passage.text);
      if (!check || check.verdict === 'unsupported') return [];
      return [{ passage, check: { ...check, verdict: check.verdict } }];
    });
    if (checks.length === 0 && place === 'either') return false;

    const displayed: number[] = [];
    const known = this.#compared.get(claim.start) ?? { claim, passages: [], isVerified: false };
    if (checks.length > 0) this.#compared.set(claim.start, known);
    for (const { passage, check } of checks) {
      known.passages.push(passage.text);
      known.isVerified ||= check.verdict === 'verified';
      const key = `${passage.docId}:${passage.ord}:${passage.charStart + check.start}:${passage.charStart + check.end}`;
      let n = this.#displayNumbers.get(key);
      if (n === undefined) {
        n = this.#displayNumbers.size + 1;
        this.#displayNumbers.set(key, n);
        pieces.push({ kind: 'citation', citation: citationOf(n, passage, check) });
      }
      if (!displayed.includes(n) && n !== this.#lastDisplayed) displayed.push(n);
      this.#lastDisplayed = n;
    }
    if (displayed.length > 0) {
      // With a space it cannot be read as an index.
      const lead = place === 'either' ? marker.lead || ' ' : marker.lead;
      write(lead + displayed.map((n) => `[${n}]`).join(' '));
      this.#window.markerWritten();
    }
    this.#unproven = this.#lastDisplayed === undefined ? claim : undefined;
    this.#sinceMarker = '';
    return true;
  }
}

function citationOf(n: number, passage: Passage, found: ClaimCheck & { verdict: CitedVerdict }): Citation {
  return {
    n,
    docId: passage.docId,
    chunkOrd: passage.ord,
    title: passage.source,
    page: passage.page,
    locator: locatorOfWords(passage, found.start),
    headingPath: passage.headingPath,
    quote: found.quote,
    quoteStart: passage.charStart + found.start,
    quoteEnd: passage.charStart + found.end,
    verdict: found.verdict,
  };
}
