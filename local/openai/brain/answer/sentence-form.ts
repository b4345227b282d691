import { hasMarkup } from '../text/plain.ts';
import type { Sentence } from '../text/sentences.ts';

const STARTS_WITH_PRONOUN =
  /^(?:(?:it|they|he|she|this|these|those|such|its|their|his|her)\b|它|他|她|这|這|其|これ|それ|มัน)/i;

/** "Without rehearsal it lasts …": only words of place, time or manner stand before the pronoun. */
const LEADS_TO_PRONOUN =
  /^(?:in|at|on|by|for|with|without|under|after|before|during|from|through|unlike|like|to|then|here|there|today|usually|normally|often|sometimes|however|thus|therefore|instead|moreover|also)(?: [\w'-]+){0,4}?,? (?:it|they|he|she)\b/i;

const SAME_TIME_OR_PLACE =
  /^(?:on|at|in|during|for|by|after|before) (?:the same|that|this|these|those) (?:day|time|year|month|week|period|place|moment|reason|way|case)\b/i;

/** Not understood without the sentence before. */
export const pointsBack = (clean: string): boolean =>
  [STARTS_WITH_PRONOUN, LEADS_TO_PRONOUN, SAME_TIME_OR_PLACE].some((pattern) => pattern.test(clean));

/** The part before a plain verb, or the first words: enough to know what a sentence is about. */
export const subjectOf = (clean: string): string =>
  /^(.{2,60}?)\s(?:is|are|was|were|has|have|can|may)\b/.exec(clean)?.[1] ??
  clean.split(' ').slice(0, 4).join(' ');

/** A title, a table's row or the end of a sentence that began on another page does not read as an answer. */
export function brokenness(sentence: Sentence, clean: string): number {
  const isPiece =
    sentence.kind === 'fragment' ||
    (sentence.kind === 'item' && clean.length < 40) ||
    (sentence.kind === 'prose' && /^[\p{Ll}),;]/u.test(clean));
  if (isPiece || /:$/.test(clean)) return 1;
  return ABOUT_THE_TEXT.test(clean) || hasMarkup(sentence.text) ? 0.6 : 0;
}

/** Orders to the reader: aims of a chapter, exercises, steps of a guide. */
export const EXERCISE =
  /^(?:Describe|Observe|Explain|Define|Discuss|Compare|Contrast|Calculate|List|Identify|Name|State|Outline|Draw|Determine|Evaluate|Analy[sz]e|Summari[sz]e|Distinguish|Recogni[sz]e|Understand|Watch|Visit|Read|Click|Work through|Add|Install|Create|Launch|Make sure|Try|Do not|Don't|Think of|Consider|Imagine|Follow|Open|Run)\b(?! [^.]{0,40}\b(?:is|are)\b)/;

/** Sentences that speak of the lesson and not of its subject. */
const ABOUT_THE_TEXT =
  /\b(?:you (?:will|'ll|learn(?:ed|t)?) (?:also )?(?:learn|see|read)?|in (?:this|the (?:last|next|previous)) (?:lesson|chapter|section|module|unit)|(?:this|the) (?:lesson|chapter|section|study|review|article) (?:will|covers?|shows?|describes?|discusses)|see (?:figure|table|chapter|section))\b/i;
