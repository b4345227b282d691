import type { Passage } from '../answer/passages.ts';
import { isFiniteVerb, tokensOf } from '../facts/tags.ts';
import { likeness } from '../facts/words.ts';
import { isOurs } from '../phrases.ts';
import { capitalised, plain, plainWithMath, withoutMath } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';

/** What is to be summarised. `isTalk` is true for a conversation with speakers, false for a text. */
export type Material = { text: string; isTalk: boolean };
/** A sentence that may stand in a summary: `said` is what is shown, taken word for word from the material. */
type Point = { said: string; heading: string; order: number; score: number };

const SHORTEST_WORDS = 7;
const LONGEST = 320;

const LEAD =
  /^(?:(?:However|Therefore|Thus|Hence|Moreover|Furthermore|In addition|Additionally|For example|For instance|In fact|Indeed|As a result|Consequently|Similarly|Also|Finally|First|Second|Third|Then|Next|So|And|But|Now|Okay|OK|Well|Right|Rather|Sadly|Conversely|On the other hand|In particular|Remember|At the same time|Meanwhile|In general|Generally|Overall|Of course|Again|Abstract|Text|BACKGROUND|INTRODUCTION|METHODS?|Methods|RESULTS|CONCLUSIONS?)[,:]\s+|(?:So|And|But|Then|Now)\s+(?=the |an? |in |\p{Lu}))+/u;
/** Openings whose sense needs the sentence before. */
const LEANS =
  /^(?:It|They|He|She|This|These|Those|That|Such|Here|There|Another|Other|Others|Some|One|We|You|I|Let|Imagine|Think|Consider|Recall|Notice|Suppose|Nor|As|Even|When|If|Although|While|Conversely|Instead|Yet|Because|Since|Their|Its|His|Her|Both|Each|Many|Most|Later|Once again|By th(?:is|at)|In (?:this|these|that|other words|contrast|spite|\w+, th(?:is|ese))|All(?: of)? (?:these|required|this)|Of these|At (?:th(?:is|at|ose|e same|e time|e end)|first|last|least)|During (?:th|his|her|its)|Like|Unlike|To do|After|Before|Until|Either|Neither|What|How|Again|Only|Just|The (?:same|other|first|second|third|former|latter|next|last|following|main point|answer|reason|result|latter)|Two|Three|Four|Soon|Besides|Despite|Nevertheless|Similarly|Likewise|Thus|Therefore|Hence|Then)\b/;
const POINTS =
  /\b(?:he|she|him|his|hers?|this|these|those)\b|\b(?:is|are|remains?) (?:similar|the same|analogous)\.$|^Similar\b/i;
const POINTER = /^(?:it|its|they|them|their|he|she|his|her|him|this|these|those|such)$/i;
/** Said to the reader, about the text or a picture in it, or no sentence at all. */
const UNFIT =
  /\?$|^(?:[-•*]|Figure|Table|Source|Image|Photo|Link|Part \(|The following)|https?:|\bcredit\b|[|{}\\]|✅|\bet al\b|\(\d{4}\)|^\W|\.\s?\.|\b(?:[Tt]his|[Tt]he|worked|integrated)[- ](?:concept )?(?:example|problem|chapters?|module|lesson|section)\b/;
const IMPERATIVE =
  /^(?:Describe|Observe|Explain|Define|Discuss|Compare|Contrast|Calculate|List|Identify|Name|State|Outline|Draw|Determine|Evaluate|Analy[sz]e|Summari[sz]e|Distinguish|Recogni[sz]e|Understand|Apply|Use|Take|Figure out|Watch|Visit|Read|Click|See|Give|Assume|Start|Open|Run|Create|Add|Copy|Install|Select|Make sure|Navigate|Follow|Replace|Save|Try|Do|Don[’']t|Find|Store|Sign|Go|Check|Look|Write|Put|Set|Build|Choose|Connect|Register|Download|Please|Note|Refer|Turn|Press|Enter|Type|Make|Get|Solve|Prove|Show|Keep in mind)\b|^(?:For|To|In|From|Also) (?:\w+ ){1,4}?(?:find|use|read|run|see|look|write)\b/;
const POINTS_AWAY =
  /\b(?:[Ff]ig(?:ure|\.)|(?:Table|Chapter|Section|Exercise|Lemma|Theorem)s? \d|(?:figure|graph|image|picture|diagram|table|code|example|argument|equation)s? (?:above|below|shows?)|(?:shown|listed|described|discussed|mentioned) (?:below|above)|this (?:study|paper|review|article)|previous (?:section|chapter)|next section|(?:at the )?time of writing|(?:future|these|this|next|previous|following) (?:lessons?|articles?|modules?|chapters?|sections?)|let[’']s|(?:left|right) (?:side )?of the (?:figure|screen))\b|\b\d+\.\d+(?:\.\d+)? \p{Lu}/u;
const CHATTER =
  /^(?:ok(?:ay)?|so,? (?:today|let|what|how|we|you|i)|yes|yeah|no|hi|hello|hey|thanks|thank you|great|good|sure|right|well|hmm|um|uh|bye|welcome|let me|let's|let us|can you|could you|i think|i don.t|i'm|do you|any questions)\b/i;
const ADDRESSES = /\b(?:you|your|I|my|we|our|us|let's)\b/i;
const DEFINES =
  /^(?:The |An? )?[\p{L}\d'’ -]{3,50} (?:is|are|refers? to|means?|consists? of|is called|are called)\b/u;
/** "Lastname, A. (1999). Title. Journal, 12(3)": a paragraph of sources says nothing itself. */
const SOURCES = /\p{Lu}\p{L}+, \p{Lu}\.[^\n]*\(?(?:19|20)\d\d|\bdoi:|\b\d+\(\d+\),/u;
/** One star or underscore on either side of a word, outside a formula. */
const EMPHASIS = /(^|[^\p{L}\p{N}*$\\])[*_](\p{L}[^*_$\n]{0,60})[*_](?=$|[^\p{L}\p{N}*])/gu;

/** Sentences of the material worth keeping, best first. */
export function rankPoints({ text, isTalk }: Material, isTask: (said: string) => boolean): Point[] {
  const all = sentences(text);
  const usable = all
    .filter(({ kind }) => kind === 'prose' || kind === 'item')
    .filter((sentence) => isTalk || /^["“(*_]*[\p{Lu}\p{N}\p{Lo}$]/u.test(sentence.text))
    .filter((sentence) => !SOURCES.test(paragraphOf(sentence, text)))
    .map((sentence, order) => ({ sentence, order, said: readable(sentence) }))
    .filter(({ said }) => isUsable(said, isTalk) && !isTask(said));
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
      (DEFINES.test(said) ? 0.5 : 0) +
      (/\*\*/.test(sentence.text) ? 0.4 : 0) +
      (own.some((term) => headingWords.has(term)) ? 0.3 : 0) -
      Math.max(0, said.length - 200) / 150;
    return { said, heading: sentence.heading, order, score };
  });
  return points.sort((a, b) => b.score - a.score);
}

function paragraphOf({ start, end }: Sentence, text: string): string {
  const from = text.lastIndexOf('\n\n', start);
  const to = text.indexOf('\n\n', end);
  return text.slice(from < 0 ? 0 : from, to < 0 ? text.length : to);
}

function readable({ text }: Sentence): string {
  const said = plainWithMath(text)
    .replace(LEAD, '')
    .replace(EMPHASIS, '$1$2')
    .replace(/\s+(?=[.,;:!?])/g, '')
    .replace(/\s*\([^()$]{25,}\)/g, '');
  return capitalised(said);
}

function isUsable(said: string, isTalk: boolean): boolean {
  const words = said.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (said.length > LONGEST || words < SHORTEST_WORDS || !/[.!]["”)]?$/.test(said)) return false;
  const prose = withoutMath(said);
  if (UNFIT.test(prose) || IMPERATIVE.test(said) || CHATTER.test(said) || LEANS.test(said)) return false;
  if (isTalk) return !isOurs(said) && !pointsOutside(prose);
  return !POINTS_AWAY.test(said) && !ADDRESSES.test(prose) && !pointsOutside(prose);
}

/** "His attempts failed", "the cell and its wall divide": a pronoun before the verb is lost, and so is a person anywhere. */
function pointsOutside(prose: string): boolean {
  const tokens = tokensOf(prose);
  const verb = tokens.findIndex(
    (token) => isFiniteVerb(token) || token.tags.has('Copula') || token.tags.has('Modal'),
  );
  const isEnglish = /\b(?:the|of|and|is|are)\b/i.test(prose);
  if (verb < 0) return isEnglish;
  return POINTS.test(prose) || tokens.slice(0, verb).some(({ text }) => POINTER.test(text));
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
