import { isEnglishQuery, terms } from '../text/terms.ts';
import { gloss, inOurWords } from './glossary.ts';

/** Words that ask about a subject without being one: what "it" lasts, costs, causes. */
const RELATION = new Set(
  terms(
    'last lasting long work works function functions happen happens matter matters important importance mean means use used uses cause causes effect ' +
      'effects example examples step steps stage stages part parts type types kind kinds role purpose difference advantage advantages disadvantage ' +
      'disadvantages made make look like call called come comes go big small old fast slow often much many different similar same relate related ' +
      'connect connected find found discover discovered invent invented start started end ended begin began occur occurs need needs take takes cost ' +
      'costs more detail details again else other another way ways reason reasons good bad better true possible consist consists contain contains ' +
      'symptoms treatment structure definition formula unit size location name second first third one ones',
  ),
);

const OPENING =
  /^\s*[¿¡]?\s*(?:(?:and what about|what about|how about|and|but|so|or|ok|okay|also|then|well|und was ist mit|und|aber|et qu'en est-il de|et|mais|y qué hay de|y|pero|e|и|а|oder|ou|o|ve|och)(?=[\s,]|$)|那么?|では|じゃあ|แล้ว)[\s,]*/iu;
const ANAPHOR =
  /(?<![\p{L}-])(?:it|its|they|them|their|this|that|these|those|he|him|his|she|her|hers|there|(?:the )?(?:former|latter|first|second|third|last|same|other)(?: ones?)?)(?![\p{L}'])/iu;
const FOREIGN_ANAPHOR =
  /(?<!\p{L})(?:er|sie|ihn|ihm|ihr|davon|dazu|darin|dabei|dessen|deren|il|elle|ils|elles|lui|leur|ça|cela|él|ella|ellos|ellas|ello|eso|esto|(?:la|das|el|le) (?:zweite|segund[oa]|deuxième|second)e?)(?!\p{L})/iu;
const BARE =
  /^(?:why|how|when|where|who|which|what|how so|how come|why not|since when|really|and|so|for example|examples?|example|like what|such as|in what way|how exactly|why exactly|what else|anything else|tell me more|more|go on|continue|more details?|elaborate|explain|explain (?:it|this|that|them|these|those|more|further|again)|can you (?:elaborate|explain)(?: (?:it|that|this|more|further))?|(?:please )?give (?:me )?(?:an |another |some )?(?:examples?|more)(?: details?)?|¿?cuándo|¿?quién|¿?cómo|¿?dónde|quand|où|comment|qui|wann|wer|wo|wie|perché|почему|为什么|為什麼|なぜ|왜|ทำไม)[\s?？!.]*$/iu;
/** "It takes …", "is it true that …": a pronoun that stands for nothing. */
const EMPTY_IT =
  /\bit (?:take|takes|took|is|was|possible|true|necessary|important)\b[^?]*\b(?:to|that|when|for|if)\b/i;
/** A noun that a pronoun behind it may stand for: with an article, or written like a name. */
const NAMED = /\b(?:the|an?|of|my|between|every|each)\s+\p{L}{3,}|(?<=\s)\p{Lu}\p{L}{2,}/u;
const END_ANAPHOR =
  /\b(?:of|about|for|in|with|to|from|by|on|against|like) (?:it|them|this|that|these|those|him|her)\s*[?.!]*$/i;
const ASKS =
  /^(?:what|who|whom|whose|which|how|why|when|where|is|are|was|were|do|does|did|can|could|has|have|tell|explain|give|name|list|show)\b/i;

/** "and when?": nothing but a question word. */
export const isBare = (question: string): boolean => {
  const plain = question.trim();
  const rest = plain.replace(OPENING, '') || plain;
  return BARE.test(rest) || BARE.test(inOurWords(rest));
};

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const FORMS = wordSet(
  'simpler easier shorter longer differently translate english german french spanish italian portuguese table list points words sentence sentences essentials diagram story analogy essay emojis child eli5 ten five year old',
);
const AROUND_FORMS = wordSet(
  'it that this them again please can could would will you i have get want put say make explain tell write show give me in into as like with from a the an to for of on one two three four was am is be not still really bit much more way so too just but now ok then easy short simple key own summary',
);

/** "simpler", "as a table", "explain it like I am ten", in the languages of the glossary: nothing but a form is named. */
export function asksForForm(say: string): boolean {
  const words = gloss(say).flatMap(({ word }) => (/^\p{L}/u.test(word) ? [word] : []));
  return (
    words.some((word) => FORMS.has(word)) && words.every((word) => FORMS.has(word) || AROUND_FORMS.has(word))
  );
}

/** Whether a question leans on the one before it for its subject. */
export function isElliptical(question: string): boolean {
  const plain = question.trim();
  if (isBare(plain)) return true;
  const isOpened = OPENING.test(plain);
  const rest = plain.replace(OPENING, '');
  if (BOTH.test(rest)) return true;
  if (!isEnglishQuery(rest) && !ASKS.test(rest) && !/^(?:its|their|his|her)\b/i.test(rest))
    return FOREIGN_ANAPHOR.test(rest) ? terms(rest).length <= 4 : isOpened && terms(rest).length <= 4;
  const nouns = terms(rest).filter((term) => !RELATION.has(term));
  const anaphor = ANAPHOR.exec(rest);
  if (anaphor && !(EMPTY_IT.test(rest) && nouns.length >= 2)) {
    if (!NAMED.test(rest.slice(0, anaphor.index)) || END_ANAPHOR.test(rest)) return !isNoun(rest, anaphor);
  }
  return (nouns.length === 0 && (isOpened || ASKS.test(rest))) || (isOpened && nouns.length <= 1);
}

/** "the first world war", "that theory of Kant": what follows names the thing itself. */
const isNoun = (question: string, { 0: words, index }: RegExpExecArray): boolean =>
  /^(?:the|this|that|these|those)\b/i.test(words) &&
  /^\s+(?:\p{L}+\s+)?(?:of|in|\p{Lu}\p{L}+)|^\s+\p{L}+\s+\p{L}+\s*[?.!]*$/u.test(
    question.slice(index + words.length),
  ) &&
  !/\bones?$/i.test(words);

const QUESTION_OPENING =
  /^\s*(?:(?:can|could|would|will) you (?:please )?|please |tell me (?:about |more about )?|do you know )?(?:(?:what|which|who|whom|whose|when|where|why|how)(?: (?:many|much|long|often|far|old|big|large|exactly))?(?:'s| is| are| was| were| do| does| did| can| could| has| have| had| will| would| should)?|explain|define|describe|compare|list|name|is|are|was|were|does|do|did|can|was (?:ist|sind|war)|wer war|qui était|qu'est-ce que|c'est quoi|qué es|quién fue)\s+(?:(?:the|an?|der|die|das|le|la|les|el|los|las)\s|l'|meant by )?/iu;

/** What a question is about, as a few words that can stand in the next question's search. */
export function subjectOf(question: string): string {
  return question
    .replace(OPENING, '')
    .replace(QUESTION_OPENING, '')
    .replace(/[\s?？؟!.]+$/, '')
    .trim()
    .slice(0, 160);
}

const BOTH = /\b(?:the two|both(?: of them)?|los dos|las dos|les deux|die beiden)\b/iu;
const ORDINAL =
  /\b(?:the |die |das |der |el |la |le )(?:(former|first|erste|primer[oa]?|premi(?:er|ère))|(latter|second|zweite|segund[oa]|deuxième)|(third|dritte|tercer[oa]?|troisième))(?: ones?)?(?!\p{L})(?!\s+(?!and |in |better|more )\p{L})/iu;
const PARTS = /\s*,\s*(?:and\s)?|\s+(?:and|or|vs\.?|versus|und|oder|et|ou|y|o)\s+/iu;
const OTHER = /^(?:what about|how about|und was ist mit|et qu'en est-il de|y qué hay de|and)\s+/iu;

/** The part of "the difference between mitosis and meiosis" that "the second one" names. */
function named(subject: string, [, first, second, third]: RegExpExecArray): string | undefined {
  const parts = subject.replace(/^.*\b(?:between|compare|zwischen|entre)\s+/iu, '').split(PARTS);
  const at = [first, second, third].findIndex(Boolean);
  return parts.length > 1 ? parts[at] : undefined;
}

/** A question that leans on what was spoken of, as it can stand alone, and what it then is about. */
export function resolved(
  question: string,
  { subject, earlier = '' }: { subject: string; earlier?: string },
): { query: string; subject: string } {
  const own = question
    .replace(OPENING, '')
    .replace(/[\s?？؟!.]+$/, '')
    .trim();
  const ordinal = ORDINAL.exec(own);
  const part = ordinal && named(subject, ordinal);
  if (ordinal && part) return { query: own.replace(ordinal[0], part), subject: part };
  if (earlier && BOTH.test(own)) {
    const both = `${earlier} and ${subject}`;
    return { query: own.replace(BOTH, both), subject: both };
  }
  // "what about demand?" asks the same of another thing.
  if (OTHER.test(question.trim()) && !ANAPHOR.test(own) && !isBare(question) && isNaming(own)) {
    const words = subject.split(' ');
    const kept = words.slice(0, -Math.min(own.split(' ').length, Math.max(1, words.length - 1)));
    const other = [...(words.length > 1 ? kept : []), own].join(' ');
    return { query: other, subject: other };
  }
  const said = new Set(terms(own));
  const isSaid = subject === '' || terms(subject).every((term) => said.has(term));
  return { query: isSaid ? own : `${own} (${subject})`, subject };
}

const PLACED = /^(?:in|for|with|at|by|of|on|from|during|under|im|bei|für|dans|pour|chez|en|para)(?!\p{L})/iu;
const isNaming = (text: string): boolean =>
  !PLACED.test(text) && terms(text).some((term) => !RELATION.has(term)) && !ASKS.test(text);
