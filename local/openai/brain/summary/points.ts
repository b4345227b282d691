import { capitalised, plainWithMath, withoutMath } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import type { Material } from './write-summary.ts';

/** A sentence that may stand in a summary: `said` is what is shown, taken word for word from the material. */
export type Point = { said: string; heading: string; order: number; leansOnContext: boolean; score: number };

const SHORTEST_WORDS = 7;
const LONGEST = 320;

const CHATTER =
  /^(?:ok(?:ay)?|so,? (?:today|let|what|how|we|you|i)|yes|yeah|no|hi|hello|hey|thanks|thank you|great|good|sure|right|well|hmm|um|uh|bye|welcome|let me|let's|let us|can you|could you|i think|i don.t|i'm|do you|any questions)\b/i;
/** What the agent says of itself and its tools is no matter of the session. */
const AGENT_TALK =
  /\b(?:your (?:quiz|plan|notes|flash ?cards?|deck|profile|nudge)|study brain|closest passage|i (?:can|cannot|found|added|made|looked|know no)|model key)\b/i;
const LEAD =
  /^(?:(?:However|Therefore|Thus|Hence|Moreover|Furthermore|In addition|Additionally|For example|For instance|In fact|Indeed|As a result|Consequently|Similarly|Also|Finally|First|Second|Third|Then|Next|So|And|But|Now|Okay|OK|Well|Right|Rather|Sadly|Conversely|On the other hand|In particular|Remember|Abstract|Text|BACKGROUND|INTRODUCTION|METHODS?|Methods|RESULTS|CONCLUSIONS?)[,:]\s+|(?:So|And|But|Then|Now)\s+(?=the |an? |in |\p{Lu}))+/u;
const IMPERATIVE =
  /^(?:Describe|Observe|Explain|Define|Discuss|Compare|Contrast|Calculate|List|Identify|Name|State|Outline|Draw|Determine|Evaluate|Analy[sz]e|Summari[sz]e|Distinguish|Recogni[sz]e|Understand|Apply|Use|Take|Figure out|Watch|Visit|Read|Click|Give|Assume|Start|Open|Run|Create|Add|Copy|Install|Select|Make sure|Navigate|Follow|Replace|Save|Try|Do|Don[’']t|Find|Store|Sign|Go|Check|Look|Write|Put|Set|Build|Choose|Connect|Register|Download|Please|Note|Refer|Turn|Press|Enter|Type|Make|Get|Keep in mind)\b|^(?:For|To|In|From|Also) (?:\w+ ){1,4}?(?:find|use|read|run|see|look|write)\b/;
const UNFIT =
  /\?$|^(?:[-•*]|Figure|Table|Source|Image|Photo|Click|See|Watch|Visit|Link|Part \(|The following)|https?:|\bcredit\b|[|{}\\]|✅|\bet al\b|\(\d{4}\)|^\W|^[a-z]|\b(?:[Tt]his|[Tt]he|worked|integrated)[- ](?:concept )?(?:example|problem|chapters?|module|lesson|section)\b/;
const POINTS_AWAY =
  /\b(?:Fig(?:ure|\.)|Table \d|figure|(?:shown|listed|described|discussed|mentioned) (?:below|above)|this (?:study|paper|review|article)|previous (?:section|chapter)|next section|(?:at the )?time of writing|(?:future|these|this|next|previous|following) (?:lessons?|articles?|modules?|chapters?|sections?)|let[’']s|(?:at )?the (?:left|right) (?:side )?of the (?:figure|screen))\b/;
/** One star or underscore on either side of a word, outside a formula. */
const EMPHASIS = /(^|[^\p{L}\p{N}*$\\])[*_](\p{L}[^*_$\n]{0,60})[*_](?=$|[^\p{L}\p{N}*])/gu;
/** "Lastname, A. (1999). Title. Journal, 12(3)": a paragraph of sources says nothing itself. */
const SOURCES = /\p{Lu}\p{L}+, \p{Lu}\.[^\n]*\(?(?:19|20)\d\d|\bdoi:|\b\d+\(\d+\),/u;
const LEANING =
  /^(?:It|They|He|She|This|These|Those|That|Such|Here|There|Another|Other|Others|Some|One|We|You|I|Let|Imagine|Think|Consider|Recall|Notice|Suppose|Nor|As|Even|When|If|Although|While|Conversely|Instead|Yet|Because|Since|Their|Its|His|Her|Both|Each|Many|Most|Later|Once again|By th(?:is|at)|All of these|In (?:this|these|that|other words|contrast|\w+, th(?:is|ese))|All(?: of)? (?:these|required|this)|Of these|At th(?:is|at)|Like|Unlike|To do|After|Until|Either|Neither|What|How|Again)\b/;
const ADDRESSES = /\b(?:you|your|I|my|we|our|us|let's)\b/i;
const DEFINES =
  /^(?:The |An? )?[\p{L}\d'’ -]{3,50} (?:is|are|refers? to|means?|consists? of|is called|are called)\b/u;

const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** Sentences of the material worth keeping, best first. */
export function rankPoints({ text, isTalk }: Material, isTask: (said: string) => boolean): Point[] {
  const all = sentences(text);
  const usable = all
    .filter((sentence) => isProse(sentence) && !SOURCES.test(paragraphOf(sentence, text)))
    .map((sentence, order) => ({ sentence, order, said: readable(sentence) }))
    .filter(({ said }) => isUsable(said, isTalk) && !isTask(said));
  const importance = importanceIn(usable.map(({ said }) => said));
  const headingWords = new Set(
    all.filter(({ kind }) => kind === 'heading').flatMap(({ text: t }) => terms(t)),
  );
  const seen = new Set<string>();
  const points = usable.map(({ sentence, order, said }): Point => {
    const own = [...new Set(terms(said))];
    const weight = own.reduce((sum, term) => sum + importance(term), 0) / Math.sqrt(own.length + 3);
    const isFirst = !seen.has(sentence.heading);
    seen.add(sentence.heading);
    const leans = LEANING.test(said);
    const addresses = !isTalk && ADDRESSES.test(withoutMath(said));
    const score =
      weight +
      (isFirst ? 0.6 : 0) +
      (DEFINES.test(said) ? 0.5 : 0) +
      (/\*\*/.test(sentence.text) ? 0.4 : 0) +
      (own.some((term) => headingWords.has(term)) ? 0.3 : 0) -
      (leans ? 1.1 : 0) -
      (addresses ? 1.5 : 0) -
      Math.max(0, said.length - 200) / 150;
    return { said, heading: sentence.heading, order, leansOnContext: leans || addresses, score };
  });
  return points.sort((a, b) => b.score - a.score);
}

const isProse = ({ kind }: Sentence): boolean => kind === 'prose' || kind === 'item';

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
  if (said.length > LONGEST || countWords(said) < SHORTEST_WORDS || !/[.!]["”)]?$/.test(said)) return false;
  const prose = withoutMath(said);
  if (UNFIT.test(prose) || IMPERATIVE.test(said) || CHATTER.test(said)) return false;
  return isTalk ? !AGENT_TALK.test(said) : !POINTS_AWAY.test(said);
}

/** A word matters when several sentences use it, but not when all of them do. */
function importanceIn(texts: string[]): (term: string) => number {
  const uses = new Map<string, number>();
  for (const text of texts)
    for (const term of new Set(terms(text))) uses.set(term, (uses.get(term) ?? 0) + 1);
  return (term) => {
    const count = uses.get(term) ?? 0;
    if (count < 2) return 0.15;
    const rarity = Math.log(1 + (texts.length + 1) / (count + 0.5));
    return Math.log(1 + count) * Math.min(1.6, rarity);
  };
}
