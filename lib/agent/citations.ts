import type { Citation, CitedVerdict, Unsupported } from '../domain/citation.ts';
import type { ClaimCheck } from '../retrieval/quotes.ts';
import { ClaimWindow } from './claim-window.ts';
import { MarkerScanner, type Token } from './marker-scanner.ts';
import { TEXT_PART_SEPARATOR } from './messages.ts';
import type { Passage } from './passages.ts';

/** What becomes of streamed text: pieces of it, and the citations they need, each before its marker. */
export type CitedPiece =
  | { kind: 'text'; text: string }
  | { kind: 'citation'; citation: Citation }
  | { kind: 'unsupported'; unsupported: Unsupported };

type CitationDependencies = {
  /** The passage a number of this thread means. */
  passage(n: number): Passage | undefined;
  verify(claim: string, passage: string): ClaimCheck;
};

/**
 * Turns the passage numbers a model writes into the message's own citations while the text streams. Each marker's claim
 * is checked against its passage without a model. A number that means no passage is dropped, and so is one whose passage
 * does not hold the claim, which is then reported.
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

  push(delta: string): CitedPiece[] {
    return this.#rewrite(this.#scanner.push(delta));
  }

  /** Ends a text part; the next one starts afresh, after the separator. */
  endPart(): CitedPiece[] {
    const pieces = this.#rewrite(this.#scanner.end());
    this.#settle(pieces);
    this.#scanner = new MarkerScanner();
    this.#window.reset();
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
      if (token.kind === 'text') {
        this.#settle(pieces);
        write(token.text);
      } else if (token.numbers.length === 0) write(token.lead + token.raw);
      else this.#cite(token.numbers, token.lead, pieces, write);
    }
    return pieces;
  }

  /** The run of markers is over: what none of them proved is reported. */
  #settle(pieces: CitedPiece[]): void {
    if (this.#unproven) pieces.push({ kind: 'unsupported', unsupported: this.#unproven });
    this.#unproven = undefined;
    this.#lastDisplayed = undefined;
  }

  #cite(numbers: number[], lead: string, pieces: CitedPiece[], write: (text: string) => void): void {
    const passages = numbers
      .map((n) => this.#dependencies.passage(n))
      .filter((passage) => passage !== undefined);
    const claim = this.#window.claim();
    if (passages.length === 0 || !claim) return;

    const displayed: number[] = [];
    for (const passage of passages) {
      const check = this.#dependencies.verify(claim.text, passage.text);
      if (check.verdict === 'unsupported') continue;
      const key = `${passage.docId}:${passage.ord}:${passage.charStart + check.start}:${passage.charStart + check.end}`;
      let n = this.#displayNumbers.get(key);
      if (n === undefined) {
        n = this.#displayNumbers.size + 1;
        this.#displayNumbers.set(key, n);
        const { verdict } = check;
        pieces.push({ kind: 'citation', citation: citationOf(n, passage, { ...check, verdict }) });
      }
      if (!displayed.includes(n) && n !== this.#lastDisplayed) displayed.push(n);
      this.#lastDisplayed = n;
    }
    if (displayed.length > 0) {
      write(lead + displayed.map((n) => `[${n}]`).join(' '));
      this.#window.markerWritten();
    }
    this.#unproven = this.#lastDisplayed === undefined ? claim : undefined;
  }
}

function citationOf(n: number, passage: Passage, found: ClaimCheck & { verdict: CitedVerdict }): Citation {
  return {
    n,
    docId: passage.docId,
    chunkOrd: passage.ord,
    title: passage.source,
    page: passage.page,
    locator: passage.locator,
    headingPath: passage.headingPath,
    quote: found.quote,
    quoteStart: passage.charStart + found.start,
    quoteEnd: passage.charStart + found.end,
    verdict: found.verdict,
  };
}
