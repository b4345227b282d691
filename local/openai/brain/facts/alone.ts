import { isInstruction } from './tags.ts';
import { isGeneral } from './term-form.ts';
import { rootsOf } from './words.ts';

/** Words that stand for something named outside the text. */
const POINTS_BACK =
  /\b(?:it|its|itself|they|them|their|themselves|he|him|his|she|her|this|these|those|such|here|there|another|both|former|latter)\b/i;
/** Openings of sentences whose sense needs the sentence before. */
const OPENS_LOOSELY =
  /^(?:This|That|These|Those|It|Its|They|Their|He|She|His|Her|Such|There|Here|One|Two|Three|Certain|Another|Others?|Some|Many|Most|Several|Each|Both|Neither|Either|All|Any|Few|No|Not|What|Which|Who|How|Why|And|But|Or|So|Even|Just|Only|Also|Based|Given|Besides|Perhaps|Maybe|Let|Note|However|Therefore|Thus|Then|Now|That[’']s|It[’']s|There[’']s)\b/;
/** "Within twenty years" counts from what stands before it. */
const COUNTS_FROM =
  /^(?:Within|After|Before|In) (?:\w+ )?(?:years?|months?|days?|weeks?|decades?|that|the (?:end|beginning)),|^Before the \w+ \w+, |^(?:At|In|By|During) (?:the same|that|this|these|those|other) /;
const LEADING_CLAUSE =
  /^(?:If|When|While|Where|Although|Though|Because|Since|As|Unlike|Despite|Once|Using|Until|Unless)\b/;
/** Stands for something outside the sentence wherever it is. */
const POINTS_OUT =
  /\b(?:this|these|such (?!as)|here|the (?:former|latter)|example|remaining|following|respectively|later|earlier|now|today|question|lesson|then|therefore|instead|too)\b|\bthose (?!who|that|with|of|in)|\bthat (?:number|year|time|day|process|case|group|figure|period|point|place)\b/i;
/** Which virus, which trial: only the sentences around it say. */
const UNNAMED =
  /\bthe (?:virus|disease|outbreak|vaccine|trial|project|fastest|slowest)\b(?! of\b)|^The \w+est\b|\b(?:volunteers|participants|interviewees|respondents)\b|\b(?:first|second|third) (?:[\w-]+ ){0,3}(?:case|transmission|death)s?\b(?! of\b)|\bthe (?:first|second|third|fourth|last) \p{L}+ (?:is|was|are|were|has|had)\b|\bcurrent\b|\b\d+ cases\b|\b(?:the|its) (?:two|three|four|five|six|other) (?!types?\b|kinds?\b|of\b)\p{Ll}+|\b(?:another|others)\b/iu;
const PRONOUN = /\b(?:it|its|itself|they|them|their|themselves|he|him|his|himself|she|her|herself)\b/i;
/** "In the open ocean they travel …", "For eight centuries no enemy broke through them.": an opening says when or where, and not of what. */
const LEANS_BEHIND_OPENING =
  /^(?:In|On|At|For|By|From|During|Under|Within|Since|Until|Throughout) (?:[\w-]+ ){1,5}?(?:(?:they|it|he|she)\b|.*\b(?:it|them|him|her)\.?$)/;
/** Only a name in front says who it is. */
const OF_PERSON = /\b(?:he|him|his|himself|she|her|herself)\b/i;
const OPENS_WITH_NAME = /^(?!The |An? |In |On |At |When |After |As )\p{Lu}/u;
const FEWEST_ROOTS = 4;

/** "The case who died …": which one, only the text around it says. */
const opensGenerally = (statement: string): boolean => {
  const [, subject = ''] =
    /^(?:[^,]{2,40}, )?(?:[Tt]he|[Aa]n?) ((?:\w+ )??\w+) (?:who|that|which|of|in|was|were|is|are|has|had|for|can|must|\w+s|\w+ed)\b/.exec(
      statement,
    ) ?? [];
  return isGeneral(subject);
};

/** Whether a sentence says all that is needed to know whether it is true: a pronoun is understood after what it stands for. */
export function standsAlone(statement: string): boolean {
  const pronoun = PRONOUN.exec(statement)?.index;
  return (
    /^\p{Lu}/u.test(statement) &&
    !POINTS_OUT.test(statement) &&
    !OPENS_LOOSELY.test(statement.replace(LEADING_CLAUSE, 'The')) &&
    !UNNAMED.test(statement) &&
    !COUNTS_FROM.test(statement) &&
    !LEANS_BEHIND_OPENING.test(statement) &&
    !opensGenerally(statement) &&
    !isInstruction(statement) &&
    (pronoun === undefined || rootsOf(statement.slice(0, pronoun)).length >= 2) &&
    (!OF_PERSON.test(statement) || OPENS_WITH_NAME.test(statement)) &&
    rootsOf(statement).length >= FEWEST_ROOTS
  );
}

const LONGEST = 200;
/** What is quoted, or set in brackets or behind a colon, makes a sentence with a gap hard to read. */
export const isPlain = (statement: string): boolean =>
  statement.length <= LONGEST && !/[“”"«»„();:]/.test(statement) && standsAlone(statement);

const ROOTS_BEFORE_PRONOUN = 2;

/** "sorts each half and merges them": what a pronoun in a predicate stands for is said before it. */
export const pointsBack = (predicate: string): boolean => {
  const said = predicate.replace(/(?<=\bone\b.*)\banother\b/, '');
  const before = said.replace(/\b(?:it|its|itself|they|them|their|themselves)\b.*$/, '');
  return POINTS_BACK.test(rootsOf(before).length >= ROOTS_BEFORE_PRONOUN ? before : said);
};

/** Sentences that lean on what stands around them, speak to the reader, or are not language. */
const UNFIT =
  /\?$|\b(?:I|we|We|our|Our|you|You|your|Your|us|let[’']s|my|My)\b|\b(?:[Ff]igure|Fig\.|Table|(?:below|above)(?=[.,;:)]|$| (?:is|are|was|were|and|shows?)\b)|(?:the|see|shown|described|discussed|mentioned|listed|given) (?:below|above)|th(?:is|e present) (?:chapter|section|lesson|study|paper|review|article|module|manuscript|work|report|book|course|tutorial|project|case|example)|(?:previous|next|following|earlier|last) (?:section|chapter|lesson|example|step|paragraph)|click|Click|et al|see also|respectively)\b|https?:|www\.|[{}<>|\\=^~]|\$|!\[|✅|⚠|💁|\bcredit\b|\([a-z]\)|\.\.\.|…|\bpp?\. ?\d|\d\(\d+\)|\b\d{1,4}[–-]\d{1,4}\.?$|, \d+, \d|\bdoi\b|\b\p{Lu}\.(?: ?\p{Lu}\.)?, (?:&|\p{Lu})|\(\d{4}(?!-)|^[“"(']|\[|\]|\bref\b|¼|�/u;
/** All of us, and not who wrote the notes: "events we have experienced". */
const GENERAL_WE =
  /(?<=\b(?:events|facts|those|memories|things|information|experiences|people|what) )we\b|\bour(?= (?:skin|bod(?:y|ies)|brains?|memor(?:y|ies)|consciousness|cells|eyes|blood|lives|senses|bones|muscles)\b)/g;

/** True for a sentence, a meaning or an item that can be shown alone. */
export const isFitText = (text: string): boolean => !UNFIT.test(text.replace(GENERAL_WE, 'they'));
