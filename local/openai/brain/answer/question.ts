import { isEnglishQuery, terms } from '../text/terms.ts';

/** One thing a question asks about: a word with its prefix form, or one bigram. Any form found counts as found. */
export type Unit = { forms: string[]; synonyms: string[]; isName: boolean };

export type Asked = { question: string; units: Unit[]; isEnglish: boolean };

/** Words that shape a question but say nothing about its subject. */
const SHAPE = new Set(
  terms(
    'name named names kind kinds type types call called known know main many much mean means meaning meant define definition describe ' +
      'explain tell give list state discuss outline compare say says happen happens example examples use used uses using because work works since ' +
      'while until only just too own same let lot lots different difference role roles differ differs distinguish versus vs allow allows need needs take takes took get gets got make makes made become became',
  ),
);

const SHAPE_ELSEWHERE = new Set(
  (
    'que qué quien quién quienes cual cuál cuales cuáles cuando cuándo donde dónde como cómo cuanto cuánto cuantos cuántos cuanta cuánta por para los las ' +
    'una uno del con sin son fue era está son hay cuántas ' +
    'quel quelle quels quelles qui quoi quand où comment combien pourquoi est-ce les des une dans sur par pour avec sont était ' +
    'was wer wen wem wann wo warum weshalb wie welche welcher welches welchen der die das den dem des ein eine einer eines und ist sind war waren wurde im von zu für mit ' +
    'cosa chi quale quali quando dove come quanto quanti quante perché perche gli della delle dei nel nella sono è ' +
    'qual quais quem onde quantos quantas porque são foi uma dos das em no na ' +
    'что кто когда где как почему зачем какой какая какое какие каком сколько чем это был была были для при ' +
    'wat waar wanneer hoe hoeveel welke waarom het een zijn ' +
    'ne nedir kim kimdir nasıl nerede neden niçin hangi kaç mi mı ve bir ' +
    'co kto kiedy gdzie jak dlaczego ile jest są ' +
    'ما من متى أين كيف لماذا كم هل هو هي في على ' +
    'क्या कौन कब कहाँ कहां कैसे क्यों कितने कितना है हैं में का की के ' +
    'gì ai khi nào đâu tại sao thế là của những các'
  ).split(' '),
);

/** Question phrases of scripts without spaces, taken out before the text is cut into bigrams. */
const SHAPE_UNSPACED =
  /(?:是|有|在|被)?(?:什么|什麼|谁|誰|哪里|哪裡|哪个|哪些|哪一|何时|何時|为什么|為什麼|怎么|怎樣|怎样|如何|多少|几个)|吗|呢|请问|とは(?:何)?|[はがをに]?(?:何(?:です|でし)|ですか|でしたか|ますか|ましたか|どこ|いつ|なぜ|どのように|どうやって|どの|だれ|いくつ|どれくらい)|무엇|누구|언제|어디|어떻게|얼마나|입니까|인가요|습니까|อะไร|ที่ไหน|เมื่อไหร่|เมื่อไร|เมื่อใด|ทำไม|อย่างไร|ใคร|กี่|เท่าไหร่|เท่าไร|เท่าใด|หรือไม่|ไหม|คือ/gu;

/** "The stages of mitosis" are rarely called stages where they are listed. */
const SHAPE_OF_LIST =
  /\b(?:stages|phases|steps|parts)(?= (?:of|in|to)\b)|\bin (?:(?:the )?(?:right |correct )?|what |which )order\b|\border(?= of (?:the )?(?:stages|phases|steps))/gi;

export function readQuestion(question: string): Asked {
  const isEnglish = isEnglishQuery(question);
  const subject = question.replace(SHAPE_UNSPACED, ' ').replace(SHAPE_OF_LIST, ' ');
  const names = namesIn(question);
  const units: Unit[] = [];
  const words = isEnglish
    ? subject
    : subject
        .split(/(?<=[^\p{L}\p{M}'’-])|(?=[^\p{L}\p{M}'’-])/u)
        .map((word) => (SHAPE_ELSEWHERE.has(word.toLowerCase()) ? ' ' : word))
        .join('');
  for (const term of terms(words, { prefixes: !isEnglish })) {
    const last = units.at(-1);
    if (term.startsWith('~')) last?.forms.push(term);
    else if (!units.some((unit) => unit.forms[0] === term))
      units.push({ forms: formsOf(term), synonyms: SYNONYMS.get(term) ?? [], isName: names.has(term) });
  }
  const telling = units.filter((unit) => !SHAPE.has(unit.forms[0] ?? ''));
  return { question, units: telling.length > 0 ? telling : units, isEnglish };
}

/** Words for one event or one property: what was asked with one of them may be told with another. */
const SYNONYMS = new Map(
  (
    'found form establish create start incorporate, die death killed, begin start commence launch open, end finish conclude close, ' +
    'build construct erect, buy purchase acquire, discover detect identify, cause trigger lead result, invent develop devise, ' +
    'big large size, move relocate transfer, happen occur place, help assist support, get receive obtain, show depict present, ' +
    'job profession occupation, doctor physician, purpose function role, live inhabit reside, kill murder assassinate, ' +
    'publish release issue, name title call, danger risk hazard, meaning definition, illness disease disorder, shrink decrease decline, ' +
    'grow increase rise'
  )
    .split(', ')
    .flatMap((group) => {
      const words = terms(group);
      return words.map((word): [string, string[]] => [word, words.filter((other) => other !== word)]);
    }),
);

/** "covid19" is written "COVID-19" elsewhere, and then stands in the text as two words. */
function formsOf(term: string): string[] {
  const letters = /^([a-z]{3,})\d+$/.exec(term)?.[1];
  return letters ? [term, letters] : [term];
}

/** Words written with a capital or a digit inside the question name something particular. */
function namesIn(question: string): Set<string> {
  const words = question.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? [];
  return new Set(words.flatMap((word, i) => (i > 0 && /^\p{Lu}|\d/u.test(word) ? terms(word) : [])));
}

export type QuestionKind =
  | 'person'
  | 'time'
  | 'number'
  | 'place'
  | 'reason'
  | 'manner'
  | 'definition'
  | 'list'
  | 'thing';

/** Asked of a sentence in this order; a list that is asked for by its order is no definition. */
const KINDS: Partial<Record<QuestionKind, RegExp>> = {
  person:
    /\bwho(?:m|se)?\b|\b(?:which|what) (?:person|scientist|king|queen|emperor|president|author|leader|man|woman)\b/,
  time: /\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time|period)\b|\bhow long ago\b|\bsince what\b/,
  number:
    /\bhow (?:many|much|long|old|far|large|big|tall|high|often|fast|deep|wide|hot|cold|few)\b|\b(?:what|which) (?:is the )?(?:percent\w*|number|proportion|amount|rate|ratio|share|size|length|population|distance|temperature|age)\b/,
  place:
    /\bwhere\b|\b(?:what|which) (?:country|city|place|region|state|continent|location|area|river|town|nation|organ)\b/,
  reason:
    /\bwhy\b|\bwhat (?:is |was |were |are )?(?:the )?(?:reasons?|causes?|caused|purpose)\b|\bfor what reason\b|\bhow come\b/,
  definition:
    /^what (?:is|are|was|were) (?:an? |the )?[\w\s'-]{2,40}\??$|\bdefin(?:e|ition)\b|^how (?:do|does|did) [^?]{2,50} work\b|\bmean(?:s|ing|t by)?\b|^(?:explain|describe)\b|\bstands? for\b/,
  list: /\b(?:list|name (?:the|three|two|four|some)|what (?:types|kinds|are the)|which (?:types|kinds))\b/,
  manner: /\bhow\b/,
};
const IN_ORDER =
  /^(?:what|which) (?:are|were) the (?:[\w-]+ ){0,2}[\w-]+s of\b|\bin (?:what|which|the right) order\b|\b(?:stages|phases|steps|order) of\b/;

export function questionKind(question: string): QuestionKind {
  const plain = question.toLowerCase().trim();
  // The names are those of KINDS, which `Object.keys` widens.
  const kind = (Object.keys(KINDS) as QuestionKind[]).find((name) => KINDS[name]?.test(plain));
  if ((!kind || ['definition', 'list', 'manner'].includes(kind)) && IN_ORDER.test(plain)) return 'list';
  // A bare subject asks what it is.
  return kind ?? (/^[\w'-]+(?: [\w'-]+){0,2}$/.test(plain) ? 'definition' : 'thing');
}

const TIME =
  /\b(?:1\d{3}|20\d\d)s?\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|century|centuries|decade|years?|months?|weeks?|days?|hours?|morning|evening|today|era|BC|AD)\b/i;

/** "One" counts only with a unit behind it: "one way" and "one of them" are no numbers. */
const COUNT =
  '(?:\\d|\\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|half|quarter|tenths?|twice)\\b)';
const TIME_UNIT =
  '(?:milli|nano|micro)?(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|millennia|lifetimes?)';
const LENGTH_UNIT =
  '(?:(?:kilo|centi|milli|micro|nano)?met(?:er|re)s?|km|cm|mm|nm|feet|foot|miles?|inch(?:es)?|pages?|words?|bases?|base pairs?|nucleotides?|bp|kb|nt)';

/** A formula is a quantity too. */
const NUMBER = new RegExp(
  `${COUNT}|\\$[^$]+\\$|\\b(?:third|once|double|several)\\b|\\bone ${TIME_UNIT}\\b`,
  'i',
);
const QUANTITY = new RegExp(`${COUNT}|\\b(?:an?|one) ${TIME_UNIT}\\b`, 'i');
/** "For hours, years or a lifetime" is a duration too, if not an exact one. */
const DURATION = new RegExp(`\\b${TIME_UNIT}\\b|${COUNT}[^.;]{0,15}?\\b${LENGTH_UNIT}\\b`, 'i');
const EXACT_DURATION = new RegExp(
  `(?:${COUNT}|\\b(?:an?|one)\\b)[^.,;]{0,15}?\\b(?:${TIME_UNIT}|${LENGTH_UNIT})\\b`,
  'i',
);

/** What a sentence shows when it can answer a question of that kind. */
const SIGNS: Record<QuestionKind, RegExp | null> = {
  person:
    /(?<!^)(?<![.?!]["”’)]*\s)\b[A-Z][a-z\u00C0-\u024F]+|\b(?:scientists?|researchers?|authors?|people|king|queen|president|emperor|founder)\b/,
  time: TIME,
  number: NUMBER,
  place:
    /\b(?:in|at|from|near|to|of|throughout|across|around|within|on)\s+(?:the\s+)?(?:\w+\s)?[A-Z]|\b(?:located|region|country|city|area|site|inside|surface)\b/,
  reason:
    /\b(?:because|since|due to|owing to|so that|in order to|therefore|thus|as a result|resulted|results? (?:in|from)|caus\w+|reasons?|led to|leads? to|thereby|by \w+ing|to (?:avoid|prevent|reduce|ensure|protect|increase|make|keep|help|allow))\b/i,
  manner: /\b(?:by|through|via|using|means of|with|when)\b/i,
  definition: null,
  list: /,[^,]+,?\s(?:and|or)\b|:\s/,
  thing: null,
};

export type Signs = { sign: RegExp | null; strong: RegExp | null; counted: RegExp | null };

/** "When" may ask for an event or a stage as well as for a date. */
const MOMENT = new RegExp(
  `${TIME.source}|\\b(?:during|when|after|before|until|once)\\b|\\b(?:in|at|by) (?:the )?(?:\\w+ )?\\w*(?:phase|stage|step|period|season|end|beginning|start)\\b`,
  'i',
);

const HOW_LONG = /\bhow long\b/i;

/** What "how many …" counts stands right behind it, or after one adjective. */
const COUNTED_NOUN = /\bhow many ([a-z-]{3,})(?: ([a-z]{3,}))?/i;

/** Without the ending that a plural or another spelling may change. */
const stemOf = (noun: string): string => noun.replace(/(?:ies|es|s)$/i, '');

/**
 * `strong` tells more than `sign`: a year for "when", a quantity for "how many", one of time for "how long". `counted` is
 * a number with the asked noun behind it.
 */
export function signsOf(question: string, kind: QuestionKind): Signs {
  if (kind === 'time') {
    const sign = /\bwhen\b/i.test(question) ? MOMENT : TIME;
    return { sign, strong: /\b(?:1\d{3}|20\d\d)\b/, counted: null };
  }
  if (kind !== 'number') return { sign: SIGNS[kind], strong: null, counted: null };
  if (HOW_LONG.test(question)) return { sign: DURATION, strong: EXACT_DURATION, counted: null };
  const nouns = COUNTED_NOUN.exec(question)?.slice(1).filter(Boolean).map(stemOf) ?? [];
  const counted =
    nouns.length > 0 ? new RegExp(`${COUNT}[\\d.,]*(?: [\\w-]+){0,2}? (?:${nouns.join('|')})`, 'i') : null;
  return { sign: NUMBER, strong: QUANTITY, counted };
}
