import type { Passage } from '../answer/passages.ts';
import { isFitText, standsAlone } from '../facts/clause.ts';
import { languageOf, untied } from '../facts/units.ts';
import { likeness } from '../facts/words.ts';
import { isOurs } from '../phrases.ts';
import { plain, plainWithMath, withoutMath } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import { rewritten, says } from '../words.ts';

/** What is to be summarised. `isTalk` is true for a conversation with speakers, false for a text. */
export type Material = { text: string; isTalk: boolean };
/** A sentence that may stand in a summary: `said` is what is shown, taken word for word from the material. */
type Point = { said: string; heading: string; order: number; score: number };

const SHORTEST_WORDS = 7;
const LONGEST = 320;

/** Sentences of the material worth keeping, best first. */
export function rankPoints({ text, isTalk }: Material, isTask: (said: string) => boolean): Point[] {
  const isEnglish = languageOf(text) === 'en';
  const all = sentences(text);
  const usable = all
    .filter(({ kind }) => kind === 'prose' || kind === 'item')
    .filter((sentence) => isTalk || /^["“(*_]*[\p{Lu}\p{N}\p{Lo}$]/u.test(sentence.text))
    .filter((sentence) => !says('reference', sentence.text))
    .map((sentence, order) => ({ sentence, order, said: readable(sentence) }))
    .filter(({ said }) => isUsable(said, isTalk, isEnglish) && !isTask(said));
  const importance = importanceIn(usable.map(({ said }) => said));
  const headingWords = new Set(
    all.filter(({ kind }) => kind === 'heading').flatMap((title) => terms(title.text)),
  );
  const seen = new Set<string>();
  const points = usable.map(({ sentence, order, said }): Point => {
    const own = [...new Set(terms(said))];
    const isFirst = !seen.has(sentence.heading);
    seen.add(sentence.heading);
    const score =
      own.reduce((sum, term) => sum + importance(term), 0) / Math.sqrt(own.length + 3) +
      (isFirst ? 0.6 : 0) +
      (says('tells-what', said) ? 0.5 : 0) +
      (/\*\*/.test(sentence.text) ? 0.4 : 0) +
      (own.some((term) => headingWords.has(term)) ? 0.3 : 0) -
      Math.max(0, said.length - 200) / 150;
    return { said, heading: sentence.heading, order, score };
  });
  return points.sort((a, b) => b.score - a.score);
}

const readable = ({ text }: Sentence): string => untied(rewritten('as-point', plainWithMath(text)));

/** A whole sentence that says something by itself; what was said in talk may speak to who listens. */
function isUsable(said: string, isTalk: boolean, isEnglish: boolean): boolean {
  const words = said.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (said.length > LONGEST || words < SHORTEST_WORDS || !/[.!]["”)]?$/.test(said)) return false;
  const prose = withoutMath(said);
  const isFit = isTalk
    ? !says('chatter', said) && !isOurs(said) && !/https?:|[|{}]/.test(prose)
    : isFitText(prose);
  return isFit && (!isEnglish || standsAlone(prose));
}

/** A word matters when several sentences use it, but not when all of them do. */
function importanceIn(texts: string[]): (term: string) => number {
  const uses = new Map<string, number>();
  for (const term of texts.flatMap((text) => [...new Set(terms(text))]))
    uses.set(term, (uses.get(term) ?? 0) + 1);
  return (term) => {
    const count = uses.get(term) ?? 0;
    const rarity = Math.log(1 + (texts.length + 1) / (count + 0.5));
    return count < 2 ? 0.15 : Math.log(1 + count) * Math.min(1.6, rarity);
  };
}

const TOO_ALIKE = 0.35;

/** The best that are unlike each other, spread over the headings, in the order in which they were said. */
export function choosePoints(ranked: Point[], most: number, longest: number, taken: Point[]): Point[] {
  const headings = new Set(ranked.map(({ heading }) => heading)).size;
  const perHeading = Math.max(1, Math.ceil(most / Math.max(1, headings)));
  const chosen: Point[] = [];
  for (const point of ranked) {
    if (chosen.length >= most) break;
    const isRepeated = [...chosen, ...taken].some((other) => likeness(other.said, point.said) > TOO_ALIKE);
    const ofHeading = chosen.filter(({ heading }) => heading === point.heading).length;
    if (point.said.length <= longest && !isRepeated && ofHeading < perHeading) chosen.push(point);
  }
  return chosen.sort((a, b) => a.order - b.order);
}

const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A summary of passages with the number of its passage behind every line that stands in one. */
export function citePassages(summary: string, passages: readonly Passage[]): string {
  const texts = passages.map(({ n, text }) => ({
    n,
    text: folded(plain(text)),
    whole: folded(plainWithMath(text)),
  }));
  return summary
    .split(/(?<=[.!]["”)]?)\s+(?=[\p{Lu}\p{N}$“"])/u)
    .map((line) => {
      const found = texts.find(({ text, whole }) =>
        [text, whole].some((held) => held.includes(folded(line))),
      );
      return found ? `${line} [${found.n}]` : line;
    })
    .join(' ');
}
