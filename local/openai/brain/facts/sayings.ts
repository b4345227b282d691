import { POINTS_BACK } from '../text/leaning.ts';
import { capitalised } from '../text/plain.ts';
import { type Clause, clauseOf, firstStatement, firstSubject } from './clause.ts';
import { isOpen } from './statements.ts';
import { tokensOf } from './tags.ts';
import { isSubjectLike, nameKindOf } from './term-form.ts';
import type { DefinitionFact, NameKind, Unit } from './types.ts';
import { isFitPart, isSmall, type Language } from './units.ts';
import {
  bare,
  isFunctionWord,
  keyOf,
  keysOf,
  rootsOf,
  tells,
  withoutBrackets,
  withoutEnd,
  wordsOf,
} from './words.ts';

/** One thing and what the notes say of it: "substrate = molecule an enzyme acts on", "LRU evicts the page that …". */
export type Saying = {
  unit: Unit;
  /** As it is asked about, article and all. */
  subject: string;
  name: string;
  key: string;
  says: string;
  roots: ReadonlySet<string>;
  /** What it is; what is noted beside it; what it does, as the predicate of a sentence; how it is reckoned; what is listed below it. */
  form: 'meaning' | 'note' | 'deed' | 'formula' | 'listed';
  nameKind: NameKind;
  isPlural: boolean | null;
  /** An arrow stands between them. */
  leads?: boolean;
};

const LABEL =
  /^(?<label>[\p{L}\p{N}][^=:→>.;!?\n]{0,52}?)\s*(?<sign>=|:|->|→|=>|(?<=\s)[-–—](?=\s))\s+(?<says>\S.+)$/u;
const ARROW = /\s*(?:->|→|=>)\s*/;
/** Says how to read the line, or stands for something outside it. */
const NO_LABEL =
  /^(?:notes?|nb|n\.b|examples?|e\.?g|ex|q|a|remember|important|tips?|hint|warning|definitions?|formula|source|see|so|thus|result|summary|question|answer|because|today|homework|todo|achtung|beispiele?|merke|wichtig|definition|ejemplos?|nota|importante|exemples?|remarque|attention|définition|however|this|that|these|it|they|we|you|i|here|there)\b/i;
const ABBREVIATED =
  /(?<!\b(?:e\.g|i\.e|z\.B|d\.h|p\. ?ex|etc|ca|approx|vs|cf|St|Dr|Mr|Mrs|[A-Z]))[.!?]\s.*$/s;
/** "C + I + G", "1/(1 - MPC)": signs between short names, up to what is said in words. */
const FORMULA_LINE = /^(?=[^,]*[+*/^×·−])(?![^,]*\p{Ll}{4})[^,;]{3,60}(?=[,;]|$)/u;
const SHORTEST = 8;
const LONGEST = 150;
const LONG = 100;
const MOST_WORDS_OF_A_LABEL = 6;

/** What stands behind a sign: "enzyme = …", "Dawes Plan: …", "higher rates -> …". */
function labelled(unit: Unit): Saying | null {
  const {
    label = '',
    sign = '',
    says: rest = '',
  } = LABEL.exec(unit.clean.replace(/\s+:\s/, ': '))?.groups ?? {};
  const name = withoutBrackets(label).trim();
  const words = wordsOf(name);
  const [first = ''] = words;
  if (words.length === 0 || words.length > MOST_WORDS_OF_A_LABEL || !/\p{L}{2}/u.test(name)) return null;
  if (
    NO_LABEL.test(name) ||
    (words.length > 1 && isFunctionWord(first)) ||
    (sign !== '=' && isFunctionWord(words.at(-1) ?? ''))
  )
    return null;
  const formula = sign === '=' ? FORMULA_LINE.exec(rest)?.[0].trim() : undefined;
  if (formula) return saying(unit, { subject: name, says: formula, form: 'formula', isPlural: null });
  // What comes of a part of the explanation is a statement of its own; a chain of arrows is told link by link.
  const isChain = ARROW.test(rest) && /[>→]/.test(sign);
  const whole = isChain
    ? (rest.split(ARROW)[0] ?? '')
    : rest.replace(/,[^,]*(?:->|→|=>).*$/, '').replace(ARROW, ' → ');
  const full = withoutEnd(whole.replace(ABBREVIATED, '').replace(/;\s.*$/, ''));
  const says = full.length > LONG ? full.replace(/, (?:\p{Ll}+ing|which|who) .*$/u, '') : full;
  const isSaid =
    says.length >= SHORTEST && says.length <= LONGEST && wordsOf(says).length >= 2 && isFitPart(says);
  if (
    !isSaid ||
    /\b(?:this|these|those)\b/.test(says) ||
    POINTS_BACK.test(says.split(' ').slice(0, 3).join(' ')) ||
    holdsWhole(says, name)
  )
    return null;
  const form = sign === '=' || unit.kind === 'entry' ? 'meaning' : 'note';
  return { ...saying(unit, { subject: name, says, form, isPlural: null }), leads: /[>→]/.test(sign) };
}

/** Says the thing by itself: "speciation is speciation that …". */
const holdsWhole = (says: string, name: string): boolean => keysOf(says).includes(` ${keyOf(name)} `);

const contentOf = (text: string, language: Language): Set<string> =>
  new Set(
    rootsOf(
      wordsOf(text)
        .filter((word) => !isSmall(word, language))
        .join(' '),
    ),
  );

/** Without a tagger two names in a row are those of a person. */
const kindOfName = (name: string, language: Language): NameKind => {
  if (language === 'en') return nameKindOf(name);
  return /^\p{Lu}\p{Ll}+ (?:(?:de|von|van) )?(?:San )?\p{Lu}\p{Ll}+$/u.test(name) ? 'person' : '';
};

function saying(
  unit: Unit,
  { subject, ...rest }: Pick<Saying, 'subject' | 'says' | 'form' | 'isPlural'>,
): Saying {
  const isDeed = rest.form === 'deed' && unit.language === 'en';
  const withoutArticle = unit.language === 'en' ? subject : subject.replace(FOREIGN_ARTICLE, '');
  const name = isDeed ? bare(subject) : withoutArticle;
  return {
    unit,
    subject,
    name,
    key: keyOf(name),
    roots: contentOf(rest.says, unit.language),
    nameKind: rest.form === 'deed' && !/^the /i.test(subject) ? kindOfName(name, unit.language) : '',
    ...rest,
  };
}

const FEWEST_ROOTS = 3;
/** Says little, or something that holds only at a time or for a matter that is not named. */
const VAGUE =
  /^(?:is|are|was|were|would be) (?:the (?:case|same|result|reason)|that|whether|how|what|why|to|not|as|like|called|known|also|very|important|common|different|similar|possible|useful|an example|one of)\b|^(?:also|therefore|thus|not only|both|either|should|seems?|appears?|looks?|needs?|wants?|tends?|remains?|continues?|varies|plays?|comes?|(?:happens?|occurs?) (?!when|if|during|after))\b|\b(?:later|soon|still|now|mentioned|discussed|therefore|thus|however|respectively|so far|today)\b|[“”"—;:]|\b(?:of|in|to|for|with|by|and|or|that|the|a|an|is|are|from|than)$/i;

type Known = {
  /** Whether the notes speak of it more than once. */
  knows: (subject: string) => boolean;
  cased: (text: string) => string;
  /** Whether an article stands before a word somewhere. */
  isThing: (word: string) => boolean;
};

/** Where a clause with a subject of its own begins. */
const SECOND_CLAUSE =
  /,? (?:but|whereas|although|though|yet|so(?! as\b| that\b)) (?=\p{L}+ \p{L}+ )|, while (?=\p{L}+ \p{L}+ )|(?<=^[^,]*), and (?=\p{L}+ \p{L}+ )/u;
/** What only goes on about a part of what was said, or says why. */
const AFTERTHOUGHT =
  /, (?:which|who|whose|where|some of which|both of which|\p{Ll}+ing) .*$|,? (?:since|because|so that) .*$/u;

/** The clauses of a sentence, each read for itself: the tagger is the surer the shorter they are. */
const clausesOf = (statement: string, heading: string): Clause[] =>
  withoutBrackets(statement)
    .split(SECOND_CLAUSE)
    .flatMap((part) => {
      const clause = withoutEnd(
        part.replace(AFTERTHOUGHT, '').replace(/(?<=\p{L}) (?:also|still|thus|therefore)(?= \p{L})/u, ''),
      );
      return clauseOf(`${capitalised(clause)}.`, heading) ?? [];
    });

/** "The outer shell of the Earth" and "Article 48" name one thing as a term does. */
const isSubject = (subject: string): boolean =>
  !/^(?:another|other|one|some|many|most|several|each|every|any|all|both|few|these|those|this|that|such|his|her|its|their|our)\b|ly$/i.test(
    subject,
  ) &&
  (isSubjectLike(subject.replace(/ of (?:the|an?) [\p{L} -]{2,30}$/u, '')) ||
    /^\p{Lu}\p{L}+ \d{1,3}$/u.test(subject));

/** "studies conducted with mice have shown": the first verb belongs to the subject. */
const isReduced = (says: string): boolean =>
  /^(?!emerged|differed|benefited|suffered|escaped|resulted|retired|departed|developed)\p{Ll}+ed (?:by|from)\b/u.test(
    says,
  ) ||
  (/^\p{Ll}+(?:ed|en) .*\b(?:ha(?:s|ve)|is|are|was|were|can|may|results?|reached|showed|found)\b/u.test(
    says,
  ) &&
    !/\b(?:that|which|who|because|when|as|if|whose|where|how)\b/.test(says));

/** "hydrolysis | reactions break bonds": what looks like the verb is the thing that does it. */
const WITHOUT_OBJECT =
  /^(\p{Ll}+s) (?!(?:the|an?|its|their|to|in|into|on|at|by|for|from|with|of|as|that|when|if|how|up|out|about|no|all|each|every|more|most|not|only|through|between|over|under|and|or|many|two|three|both)\b)\p{Ll}+/u;

/** What a sentence says of its own subject. */
function deed(unit: Unit, clause: Clause, { knows, cased, isThing }: Known): Saying | null {
  if (!isSubject(clause.subject)) return null;
  const { subject, predicate, lead, verb } = clause;
  const isPlural = clause.isPlural && !/^An? /.test(subject) && !/[^s]s$/.test(verb.text);
  if (/^The \p{Ll}+$/u.test(subject) && !knows(subject)) return null;
  const words = tokensOf(subject);
  const isVerb = ({ tags }: { tags: ReadonlySet<string> }): boolean =>
    tags.has('Verb') && !tags.has('Gerund') && !tags.has('Noun') && !tags.has('Adjective');
  if ([words[0], words.at(-1)].some((word) => word && isVerb(word))) return null;
  const [first, whole] = [firstStatement(predicate), firstSubject(predicate)];
  const said = rootsOf(first).length >= FEWEST_ROOTS ? first : whole;
  const says = `${said}${lead ? ` ${lead.charAt(0).toLowerCase()}${lead.slice(1)}` : ''}`;
  const isSaid =
    says.length >= SHORTEST + 4 &&
    says.length <= LONGEST &&
    rootsOf(says).length >= (/^\p{Lu}\p{L}+ \p{Lu}/u.test(bare(subject)) ? FEWEST_ROOTS - 1 : FEWEST_ROOTS) &&
    /^\p{Ll}/u.test(says) &&
    !VAGUE.test(says) &&
    !isReduced(says) &&
    !isThing(WITHOUT_OBJECT.exec(says)?.[1] ?? '') &&
    !isOpen(says.replace(isPlural ? /\b(?:such as|their)\b/g : /\b(?:such as|its)\b/g, '')) &&
    !holdsWhole(says, bare(subject));
  if (!isSaid) return null;
  const [, article = ''] = /^((?:The|An?) )/.exec(subject) ?? [];
  const rest = subject.slice(article.length);
  const named = article.toLowerCase() + (clause.isName || /\d/.test(rest) ? rest : cased(rest));
  return saying(unit, { subject: named, says, form: 'deed', isPlural });
}

const FOREIGN_ARTICLE = /^(?:(?:der|die|das|ein|eine|el|la|los|las|un|una|le|les|une)\s+|l[’'])/i;
const ARTICLE: Record<Exclude<Language, 'en'>, string> = {
  de: 'Der|Die|Das|Ein|Eine',
  es: 'El|La|Los|Las|Un|Una',
  fr: 'Le|La|Les|Un|Une',
};
const COPULA: Record<Exclude<Language, 'en'>, string> = {
  de: 'ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|hatte|enthält|enthalten|besteht|bildet|bilden',
  es: 'es|son|fue|fueron|era|eran|tiene|tienen|contiene|contienen|está|están|forma|forman',
  fr: 'est|sont|était|étaient|fut|furent|contient|contiennent|possède|possèdent|forme|forment',
};
const OPENS_OTHERWISE =
  /^(?:No|Nunca|Nicht|Kein\w*|Ne|En|Im|Am|In|An|Auf|Bei|Nach|Vor|Mit|Durch|Wenn|Weil|Da|Dort|Hier|Es|Er|Sie|Dies\w*|Il|Elle|Ils|Elles|On|Ce|Cette|Ces|Dans|Après|Avant|Pendant|Si|Quand|Él|Ella|Ellos|Este|Esta|Estos|Ese|Su|Sus|Con|Para|Por|Cuando|Tras|Al|Au|Aux|Son|Sa|Ses|Leur|Sein\w*|Ihr\w*|Man|Lo|Se|Y|Et|Und|Aber|Mais|Pero)\b/u;
export const LEANS_FOREIGN =
  /(?:^|\s)(?:er|sie|ihn|ihm|ihr|dieser?|dieses|il|elle|ils|elles|lui|ce|cette|él|ella|ellos|este|esta|lo)(?:\s|$)/u;
const NAME = "\\p{Lu}[\\p{L}’'-]+(?: (?:(?:de|del|von|van|da|San) )?\\p{Lu}[\\p{L}’'-]*){0,3}";

/** A name or a noun with its verb, in a language that has no tagger here. */
function foreignDeed(unit: Unit, language: Exclude<Language, 'en'>): Saying | null {
  if (OPENS_OTHERWISE.test(unit.clean) || !/\.$/.test(unit.clean)) return null;
  const patterns = [
    `^(?<subject>(?:(?:${ARTICLE[language]}) |L[’'])[\\p{L}’'-]+(?: [\\p{L}’'-]+){0,3}?) (?<says>(?:${COPULA[language]}) .+)$`,
    `^(?<subject>(?:(?:${ARTICLE[language]}) (?:\\p{Ll}+ )?)?(?!(?:${ARTICLE[language]}) )${NAME}) (?<says>\\p{Ll}+ .+)$`,
  ];
  for (const pattern of patterns) {
    const { subject, says: rest = '' } = new RegExp(pattern, 'u').exec(unit.clean)?.groups ?? {};
    const says = withoutEnd(
      rest.replace(
        /\s*[,;:(].*$| und \p{Ll}+ (?:sie|ihn|es)\b.*$|\s(?:y|et|und) (?:él|ella|il|elle|er|sie|es)\b.*$/u,
        '',
      ),
    );
    if (!subject || says.length < SHORTEST + 4 || says.length > LONGEST || LEANS_FOREIGN.test(says)) continue;
    // "de la mer est": what follows the subject has to be its verb.
    if (/^(?:de|du|des|del|y|et|und|von|en|que|qui|der|die|das|al|au|à|a)\b/u.test(says)) continue;
    if (contentOf(says, language).size < FEWEST_ROOTS - 1 || tells(says, subject)) continue;
    const [verb = ''] = says.split(' ');
    const isPlural = /^(?:sind|son|furent|eran)$|(?:en|an|on|ent)$/.test(verb);
    const named = subject.replace(new RegExp(`^(?:${ARTICLE[language]}) |^L[’']`), '');
    return saying(unit, { subject: named, says, form: 'deed', isPlural });
  }
  return null;
}

const EMPTY_IT =
  /^It (?:(?:is|was|has been|may be|can be) (?:\p{Ll}+ed|important|possible|likely|clear|difficult|hard|easy|necessary|known|often|not|also|true|only|in|at)\b|takes|seems|appears|follows)/u;

/** A sentence with the thing it speaks of in the place of its pronoun, where what stands before it leaves no doubt. */
export function withSubject(statement: string, unit: Unit, before: Saying | undefined): string {
  if (EMPTY_IT.test(statement)) return statement;
  if (unit.list && unit.kind === 'item') return statement.replace(/^(?:This|It)(?= \p{Ll})/u, unit.list);
  const isNext =
    before?.form === 'deed' && before.unit.order === unit.order - 1 && before.unit.passage === unit.passage;
  if (!isNext) return statement;
  const { subject, nameKind, isPlural, says } = before;
  const isSure =
    nameKind === '' && (/^(?:is|are) (?:an?|the) /.test(says) || keyOf(unit.heading) === before.key);
  const pronoun =
    nameKind === 'person' ? /^(?:He|She)(?= \p{Ll})/u : isPlural ? /^They(?= \p{Ll})/u : /^It(?= \p{Ll})/u;
  return nameKind === 'person' || isSure ? statement.replace(pronoun, capitalised(subject)) : statement;
}

const BOLD_LABEL = /^\*\*[^*\n]+(?:\*\*\s*[:–-]|:\*\*)\s/u;

/** "Prokaryotic cells:" and below it "lack a nucleus", which only the line above says of what. */
function listed(unit: Unit): Saying[] {
  const { kind, list, clean } = unit;
  const says = withoutEnd(clean);
  const isFit =
    kind === 'item' &&
    list !== '' &&
    says.length >= SHORTEST &&
    says.length <= LONGEST_LISTED &&
    !/[:;?]/.test(says) &&
    isFitPart(says);
  return isFit && !tells(says, list)
    ? [saying(unit, { subject: list, says, form: 'listed', isPlural: null })]
    : [];
}

const LONGEST_LISTED = 90;

/** What a unit says of a thing, by the sign behind its name or by its own grammar. */
export function sayingsIn(
  unit: Unit,
  { statement, definition, ...known }: Known & { statement: string; definition: DefinitionFact | undefined },
): Saying[] {
  const { kind, language } = unit;
  const noted = kind === 'item' || kind === 'entry' || BOLD_LABEL.test(unit.text) ? labelled(unit) : null;
  if (noted) return [noted];
  if (language !== 'en') {
    const said = foreignDeed(unit, language);
    return said ? [said] : listed(unit);
  }
  const said = clausesOf(statement, unit.heading).flatMap((clause) => deed(unit, clause, known) ?? []);
  if (said.length > 0) return said;
  if (kind === 'item') return listed(unit);
  // "The process of … is called retrieval": the term stands behind its meaning.
  if (
    !definition ||
    definition.isStatement ||
    kind !== 'prose' ||
    !/^(?:an?|the|\p{L}+ing) /u.test(definition.meaning)
  )
    return [];
  const { form: subject, meaning, isPlural } = definition;
  const [, past] = /\b(was|were) (?:an? |the )?\p{Ll}/u.exec(unit.clean) ?? [];
  const says = `${past ?? (isPlural ? 'are' : 'is')} ${meaning}`;
  return holdsWhole(meaning, subject) || says.length > LONGEST
    ? []
    : [saying(unit, { subject, says, form: 'deed', isPlural })];
}

export const asSentence = ({ subject, says, form }: Saying): string =>
  form === 'deed' ? `${capitalised(subject)} ${says}` : `${capitalised(subject)}: ${says}`;
