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

const KINDS: [QuestionKind, RegExp][] = [
  [
    'person',
    /\bwho(?:m|se)?\b|\b(?:which|what) (?:person|scientist|king|queen|emperor|president|author|leader|man|woman)\b/,
  ],
  [
    'time',
    /\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time|period)\b|\bhow long ago\b|\bsince what\b/,
  ],
  [
    'number',
    /\bhow (?:many|much|long|old|far|large|big|tall|high|often|fast|deep|wide|hot|cold|few)\b|\b(?:what|which) (?:is the )?(?:percent\w*|number|proportion|amount|rate|ratio|share|size|length|population|distance|temperature|age)\b/,
  ],
  [
    'place',
    /\bwhere\b|\b(?:what|which) (?:country|city|place|region|state|continent|location|area|river|town|nation|organ)\b/,
  ],
  [
    'reason',
    /\bwhy\b|\bwhat (?:is |was |were |are )?(?:the )?(?:reasons?|causes?|caused|purpose)\b|\bfor what reason\b|\bhow come\b/,
  ],
  [
    'definition',
    /^what (?:is|are|was|were) (?:an? |the )?[\w\s'-]{2,40}\??$|\bdefin(?:e|ition)\b|^how (?:do|does|did) [^?]{2,50} work\b|\bmean(?:s|ing|t by)?\b|^(?:explain|describe)\b|\bstands? for\b/,
  ],
  [
    'list',
    /\b(?:list|name (?:the|three|two|four|some)|what (?:types|kinds|are the)|which (?:types|kinds))\b/,
  ],
  ['manner', /\bhow\b/],
];

export function questionKind(question: string): QuestionKind {
  const plain = question.toLowerCase().trim();
  const kind = KINDS.find(([, pattern]) => pattern.test(plain))?.[0];
  // A bare subject asks what it is.
  return kind ?? (/^[\w'-]+(?: [\w'-]+){0,2}$/.test(plain) ? 'definition' : 'thing');
}

const TIME =
  /\b(?:1\d{3}|20\d\d)s?\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|century|centuries|decade|years?|months?|weeks?|days?|hours?|morning|evening|today|era|BC|AD)\b/i;
const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|once|double|several)\b/i;

/** What a sentence shows when it can answer a question of that kind. */
export const SIGNS: Record<QuestionKind, RegExp | null> = {
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

/** A year for "when", a digit for "how many": stronger than any other sign. */
export const STRONG_SIGNS: Partial<Record<QuestionKind, RegExp>> = {
  time: /\b(?:1\d{3}|20\d\d)\b/,
  number: /\d/,
};
