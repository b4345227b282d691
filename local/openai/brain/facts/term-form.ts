import { tokensOf } from './tags.ts';
import type { NameKind } from './types.ts';
import { bare, isFunctionWord, lastWord, mainPart, wordsOf } from './words.ts';

/** Words that are no subject of their own: "process", "group", "result", dates, people in general. */
const TOO_GENERAL = new Set(
  (
    'thing things research people person example examples part parts way ways result results use uses study studies number numbers fact ' +
    'facts idea ideas problem problems case cases time times day days year years author authors researcher researchers scientist ' +
    'scientists work question questions answer answers step steps reason reasons point points term terms word words name names kind kinds type types ' +
    'group groups process processes form forms area areas change changes effect effects difference differences role function ' +
    'functions purpose goal goals rest lot majority end beginning set series list information data detail details evidence others ' +
    'former latter same lack student students reader readers chapter section figure table lesson history world life something anything ' +
    'everything someone anyone matter view approach factor factors condition conditions issue issues level levels state states side sides model ' +
    'models system systems action actions event events experience amount amounts top bottom left right solution solutions strategy strategies ' +
    'discussion definition introduction summary conclusion note notes key objective objectives overview check hint exercise ' +
    'exercises video image photograph map document body individual individuals january february march april june july august ' +
    'september october november december monday tuesday wednesday thursday friday saturday sunday war king queen president ' +
    'government nation nations city cities country countries village town variety range degree task tasks activity activities ' +
    'method methods technique techniques tool tools aspect aspects feature features method characteristic characteristics property ' +
    'properties situation situations circumstance place places period periods stage stages value values size speed rate rates ' +
    'cause causes symptom symptoms outcome outcomes report reports article articles paper papers page pages line lines project ' +
    'topic topics subject subjects concept concepts device devices material materials component components element elements unit units ' +
    'member members presence absence ability addition order combination association relationship connection importance need needs ' +
    'increase decrease development finding findings response responses basis cell-phone today author text lecture assignment ' +
    'app code sample function program application image images screen link links button website user users knowledge item items ' +
    'patient patients case-patient participant participants subject man woman men women boy girl mother father friend child children ' +
    'team teams community communities company organization organizations authority authorities hospital doctor option options ' +
    'instance instances collection majority minority center centre location region regions position class classes structure structures ' +
    'category categories plan plans trend trends source sources sum total pair pairs lead rule rules choice choices'
  ).split(' '),
);

/** Subjects with a word in front, and none without it: "plant cells", but not "cells". */
const TOO_GENERAL_ALONE = new Set(
  (
    'cell cells molecule molecules organism organisms animal animals plant plants virus viruses disease diseases infection ' +
    'infections compound compounds substance substances signal signals message messages server servers hardware software law laws ' +
    'good goods firm firms worker workers company market markets price prices machine machines language languages'
  ).split(' '),
);

/** How a phrase begins that is a part of a sentence and no name of a thing. */
const BEGINS_WRONG =
  /^(?:easy|hard|difficult|careful|sixteen|twenty|fifty|hundred|successful|well-known|famous|particular|certain|various|different|similar|final|possible|specific|further|additional|same|own|given|such|one|two|three|four|five|six|seven|eight|nine|ten|numerous|multiple|entire|whole|real|actual|good|better|best|great|nearby|so-called|said|sometimes|often|usually|once|then|later|now|yet|rapidly|million|billion|general|important|typical|common|major|main|key|basic|simple|new|recent|early|late|overall|large|small|high|low|more|less|fewer|greater|larger|smaller|little|much|only|even|also|about|almost|nearly|roughly|well|ideal|following|remaining|resulting|corresponding|respective|subsequent|previous|initial|current|relevant|many|few|most|several|other|another|each|every|all|both|any|no|none|not|never|first|second|third|next|last|it|they|he|she|we|you|i|this|that|these|those|which|who|what|there|their|its|his|her|as|when|if|while|than|to|by|in|of|for|with|at|on|from|being|having|using|did|do|does|can|could|how|why|where|is|are|was|were|has|have|had|will|would|should|may|might|must|estimate|calculate|find|solve|use|consider|note|recall|suppose|imagine|let|see|today|people|someone|because|although|though|since|unless|until|whether|despite|whereas|instead|perhaps|maybe|both|either|neither|firstly|secondly|thirdly|lastly|finally)\b/i;
const ADVERB_FIRST = /^\w{3,}ly (?!\p{Lu})/u;
const ENDS_WRONG = / (?:of|in|for|from|to|with|by|on|at|as|and|or|the|a|an|than|that|is|are)$/i;
const HOLDS_WRONG =
  /\b(?:itself|themselves|himself|herself|this|that|these|those|it|they|them|which|who|their|his|her|its|above|below|following|he|she|and|or|we|you|your|our|percent|than|not|etc)\b/i;
const MARKS =
  /[*_#=+<>{}[\]|\\/,;:!?@%&$~^]|^[^\p{L}\p{N}]|^[-–]| [-–] |\.\s|’s?$|'s?$|-$|-\s|^\d+$| \p{L}\d?$| \d{1,3}$/u;

/** "Factory Act of 1833" */
const NAMED_BY_YEAR = /^\p{Lu}[\p{L} ]+ of \d{4}$/u;

/**
 * True for what can be asked about and offered as an answer: a name of one thing, in a few words. What a glossary lists is
 * one whatever its words: "first world", "core nations".
 */
export function isTermLike(text: string, isGiven = false): boolean {
  const term = bare(text);
  const words = wordsOf(term);
  if (words.length < 1 || words.length > 5 || term.length < 3 || term.length > 50) return false;
  if (ENDS_WRONG.test(term) || (!isGiven && (BEGINS_WRONG.test(term) || ADVERB_FIRST.test(term))))
    return false;
  if (/^[\p{L}]+[’']s? \p{Lu}/u.test(term)) return false;
  if (HOLDS_WRONG.test(term) || MARKS.test(term) || / (?:the|an?) /.test(term)) return false;
  if (/\d{3}|^\d/.test(term) && !NAMED_BY_YEAR.test(term)) return false;
  const head = lastWord(mainPart(term)).toLowerCase();
  if (isGiven && words.length > 1) return true;
  if (TOO_GENERAL.has(head) && !isNamedWhole(term)) return false;
  return words.length > 1 || !(isFunctionWord(term) || TOO_GENERAL_ALONE.has(term.toLowerCase()));
}

/** Of two words and more a general one says which it is: "postal rule", "memory management unit". */
export const isSubjectLike = (text: string): boolean => {
  const name = bare(text);
  const isNamed = /^\p{Lu}[\p{L}’]+[’']s? \p{Lu}\p{L}+$/u.test(name);
  return (
    isNamed ||
    (isTermLike(name, true) &&
      (/^(?!\p{L}+ty-)\p{L}+-/u.test(name) || !BEGINS_WRONG.test(name)) &&
      !ADVERB_FIRST.test(name))
  );
};

/** True for a subject like "the patient" or "the plan": which one, only the text around it says. */
export const isGeneral = (text: string): boolean =>
  TOO_GENERAL.has(lastWord(mainPart(bare(text))).toLowerCase());

/** "Working Memory Model" and "Krebs cycle" are names although their last word alone would be too general. */
const isNamedWhole = (term: string): boolean => /^\p{Lu}\S* (?:\S+ )?\p{Lu}\p{Ll}/u.test(term);

const NOUN_ENDING = /(?:tion|ment|ness|ity|ism|cyte|some|gen|ase|ose|ine|oid|logy|ics)s?$/;

export function isNounPhrase(term: string): boolean {
  const main = mainPart(term);
  const tokens = tokensOf(main);
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return false;
  if (tokens.length > 1 && startsAsVerb(first.text, first.tags)) return false;
  if (NOUN_ENDING.test(main)) return true;
  if (last.tags.has('Adjective') || last.tags.has('Adverb') || last.tags.has('Preposition')) return false;
  if (last.tags.has('Demonym') && !/s$/.test(last.text)) return false;
  if (last.tags.has('Gerund')) return /ing$/.test(last.text);
  return !last.tags.has('Verb') || /\p{Lu}/u.test(last.text) || last.tags.has('Noun');
}

const startsAsVerb = (word: string, tags: ReadonlySet<string>): boolean =>
  tags.has('Verb') && !tags.has('Gerund') && !tags.has('Participle') && !/ed$|ing$|^\p{Lu}/u.test(word);

const TITLE = /^(?:Dr|Mr|Mrs|Ms|Sir|President|King|Queen|Emperor|General|Professor|Pope|Prince)\b/;
const NOT_A_PERSON =
  /\b(?:Party|Act|War|River|City|Company|Street|University|College|Hospital|Club|Purchase|Movement|Theory|Test|Law|Effect|House|Hall|Doctrine|Compromise|Institute|Journal|Model|Scale|Virus|Disease|Revolution|Organi[sz]ation|School|Center|Centre|Foundation|Province|Street|Island)\b/;
const GROUP =
  /\b(?:Party|Company|Union|Club|Congress|Court|Army|Association|University|Institute|Organi[sz]ation|Foundation)\b/;

/** Persons, places and groups are never offered for each other. */
export function nameKindOf(term: string): NameKind {
  if (!/^\p{Lu}/u.test(term)) return '';
  const tags = new Set(tokensOf(term).flatMap((token) => [...token.tags]));
  if (TITLE.test(term)) return 'person';
  if (GROUP.test(term) || tags.has('Organization')) return 'group';
  if ((tags.has('FirstName') || tags.has('Person')) && !NOT_A_PERSON.test(term)) return 'person';
  return ['Place', 'City', 'Country', 'Region'].some((tag) => tags.has(tag)) ? 'place' : '';
}
