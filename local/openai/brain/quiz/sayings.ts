import type { Saying } from '../facts/sayings.ts';
import { asSentence } from '../facts/sayings.ts';
import { infinitiveOf, tokensOf } from '../facts/tags.ts';
import type { Knowledge, Unit } from '../facts/types.ts';
import { inQuotes, WORDING } from '../facts/wording.ts';
import { keysOf, rootsOf, shared, tells } from '../facts/words.ts';
import { capitalised } from '../text/plain.ts';
import { hash32 } from '../text/terms.ts';
import { CHOICES_BESIDE_ANSWER, isBroader, readsAlike, remembered, tieBetween } from './distractors.ts';
import type { Distractor, Draft, Written } from './types.ts';
import { contradictions, denied } from './variants.ts';
import { finished } from './write-drafts.ts';

/** Further away in the notes other things are spoken of, which anybody sees. */
const REACH = 50;
const LONGEST_RATIO = 2.2;
/** Of the shorter one: with so many words in common two sayings may be one. */
const SAME_WORDS = 0.5;
const SAME_LINE = 0.7;

const unitRoots = remembered(({ units }) => units.map(({ clean }) => new Set(rootsOf(clean))));
/** What a part of the notes is about as a whole: what is said of it holds for what stands below it. */
const headingKeys = remembered(({ units }) =>
  units.map(({ heading, list, passage }) => keysOf(`${heading} ${list} ${passage.heading} ${passage.title}`)),
);

const hasWord = (keys: string, { key }: Saying): boolean => keys.includes(` ${key} `);

/** The sentences that name each thing; what is looked up again and again is found once. */
const placesOf = remembered((_: Knowledge) => new Map<string, Unit[]>());
function placesNaming(knowledge: Knowledge, { key }: Saying): Unit[] {
  const known = placesOf(knowledge);
  const places = known.get(key) ?? knowledge.units.filter(({ keys }) => keys.includes(` ${key} `));
  known.set(key, places);
  return places;
}

/** Whether some sentence names a thing and says much of the same. */
const isSaidOf = (knowledge: Knowledge, one: Saying, { roots, unit }: Saying): boolean =>
  placesNaming(knowledge, one).some(
    ({ order }) =>
      order !== unit.order &&
      shared(roots, unitRoots(knowledge)[order] ?? new Set()) / roots.size >= SAME_WORDS,
  );

/** "fixed ratio" and "variable ratio" of one list are told apart by one word; elsewhere what shares many words may be one. */
const saysAlike = (a: Saying, b: Saying): boolean => {
  const [less = 0, more = 0] = [a.roots.size, b.roots.size].sort((one, other) => one - other);
  const both = shared(a.roots, b.roots);
  if (isOneList(a, b)) return both / more >= SAME_LINE;
  // "prevents further collapse" and "creates a balance against collapse" end in one thing.
  const [end, otherEnd] = [[...a.roots].at(-1), [...b.roots].at(-1)];
  return both === less || both / less >= SAME_WORDS || (a.form === 'deed' && end === otherEnd);
};

const isOneList = (a: Saying, b: Saying): boolean =>
  a.unit.kind === b.unit.kind && a.unit.kind !== 'prose' && a.unit.heading === b.unit.heading;

const wordCount = (text: string): number => text.split(' ').length;
const opens = (says: string): string => /^(?:an?|the)\s/i.exec(says)?.[0].trim().toLowerCase() ?? '';
const tense = (says: string): string =>
  /^(?:is|are|was|were)\b/.exec(says)?.[0] ??
  (/^\p{L}+ed\b/u.test(says) ? 'past' : /^\p{L}+s\b/u.test(says) ? 's' : 'other');

const NUMBER = new Map([
  ['is', 'are'],
  ['was', 'were'],
  ['has', 'have'],
  ['does', 'do'],
]);
const ONE_OF = new Map([...NUMBER].map(([one, many]) => [many, one]));

/** A predicate beside a subject of the other number: "is stored" becomes "are stored"; null where more would have to be bent. */
function inNumberOf({ says, isPlural, unit: { language } }: Saying, one: Saying): string | null {
  if (one.form !== 'deed' || one.isPlural === null || isPlural === null || one.isPlural === isPlural)
    return says;
  const [verb = '', next = ''] = says.split(' ');
  const rest = says.slice(verb.length);
  if (language !== 'en' || /^(?:can|could|will|would|may|might|must)$/.test(verb))
    return language === 'en' ? says : null;
  if (/ (?:its|their|them|it|they|itself|themselves|and|or)\b/.test(says)) return null;
  // "are invitations": what they are would have to be one thing as well.
  const known = (one.isPlural ? NUMBER : ONE_OF).get(verb);
  if (known)
    return /^(?:is|are|was|were)$/.test(verb) && !/(?:ed|en|set|made|not)$/.test(next) ? null : known + rest;
  if (/^(?:is|are|was|were|has|have|do|does)$/.test(verb)) return null;
  const [{ tags } = { tags: new Set() }] = tokensOf(verb);
  if (tags.has('PastTense') || /ed$/.test(verb)) return says;
  const bent = one.isPlural
    ? /[^s]s$/.test(verb)
      ? infinitiveOf(verb, 'PresentTense')
      : null
    : presentOf(verb);
  return bent && bent !== verb ? bent + rest : null;
}

const presentOf = (verb: string): string | null => {
  if (!/^[a-z]{3,}$/.test(verb) || /s$/.test(verb)) return null;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(?:x|ch|sh|z|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
};

const isName = ({ name }: Saying): boolean => /^\p{Lu}/u.test(name);
/** What is done to a thing, or what it is, is never taken for what a person did. */
const actsAlike = (a: Saying, b: Saying): boolean =>
  (a.nameKind === 'person') === (b.nameKind === 'person') ||
  (isName(a) &&
    isName(b) &&
    tense(a.says) === tense(b.says) &&
    !/^(?:is|was|are|were)/.test(a.says + b.says));

/**
 * Of what a sentence names together one may be a part, a kind or the maker of the other, and what is said of it may hold
 * for both; lines of one list are set apart by whoever wrote them.
 */
const areNamedTogether = (knowledge: Knowledge, one: Saying, other: Saying): boolean =>
  !isOneList(one, other) &&
  [[one, other] as const, [other, one] as const].some(([a, b]) =>
    placesNaming(knowledge, a).some(
      ({ clean, keys, kind }) =>
        hasWord(keys, b) || (kind === 'prose' && SORTS.test(clean) && namesPart(keys, b)),
    ),
  );
const SORTS =
  /:|\b(?:such as|includ\p{L}+|types?|kinds?|forms?|categor\p{L}+|class\p{L}*|examples?|called|known as|parts?|divided)\b/u;
/** "Allopatric processes are of two kinds: dispersal and vicariance" names a part of "allopatric speciation". */
const namesPart = (keys: string, { key }: Saying): boolean =>
  key.split(' ').some((root) => root.length > 4 && keys.includes(` ${root}`));

type Other = { other: Saying; says: string; score: number };

const MAY_BE =
  /^(?:can|could|may|might|must|should|will often|(?:is|are|was|were) (?:often|usually|typically|generally|normally|sometimes|commonly|mostly|mainly|used|found|important|associated|linked|related|connected|known|called|considered|seen|based)|helps?|includes?|involves?|has|have|needs?|requires?|uses?)\b/;

/** Sayings of other things that may stand beside one, the likeliest to be taken for it first. */
const foundOthers = remembered((_: Knowledge) => new Map<Saying, Other[]>());
export function othersBeside(knowledge: Knowledge, one: Saying): Other[] {
  const found = foundOthers(knowledge).get(one) ?? findOthers(knowledge, one);
  foundOthers(knowledge).set(one, found);
  return found;
}

function findOthers(knowledge: Knowledge, one: Saying): Other[] {
  const heads = headingKeys(knowledge);
  const isWhole = (saying: Saying): boolean => hasWord(heads[one.unit.order] ?? '', saying);
  const term = knowledge.terms.get(one.key);
  return knowledge.sayings
    .flatMap((other): Other[] => {
      // What may be, or mostly is, may well be so of another thing, though no note says it.
      if (other.form === 'formula' || other.form === 'listed' || MAY_BE.test(other.says)) return [];
      const distance = Math.abs(other.unit.order - one.unit.order);
      const isNear =
        other.unit !== one.unit &&
        distance <= REACH &&
        other.unit.passage.title === one.unit.passage.title &&
        other.unit.language === one.unit.language &&
        other.unit.list === one.unit.list &&
        (other.form === 'deed') === (one.form === 'deed') &&
        actsAlike(other, one) &&
        opens(other.says) === opens(one.says);
      if (!isNear || other.key === one.key || readsAlike(other.name, one.name)) return [];
      // What one of them says of the other may hold for both, and what holds for all of a kind holds for each.
      if (hasWord(other.unit.keys, one) || hasWord(one.unit.keys, other) || isWhole(other)) return [];
      const otherTerm = knowledge.terms.get(other.key);
      if (term && otherTerm && (isBroader(term, otherTerm) || term.aliases.has(other.key))) return [];
      if (areNamedTogether(knowledge, one, other)) return [];
      if (saysAlike(one, other) || isSaidOf(knowledge, one, other) || isSaidOf(knowledge, other, one))
        return [];
      // A word of the asked thing in a wrong choice points to it, unless the right one holds the word as well.
      if (tells(other.says, one.name) && !rootsOf(one.name).some((root) => one.roots.has(root))) return [];
      const says = inNumberOf(other, one);
      if (says === null) return [];
      const score =
        (isOneList(one, other) ? 3 : other.unit.heading === one.unit.heading ? 1.5 : 0) +
        (other.form === one.form ? 1 : 0) +
        (isDefinite(other) === isDefinite(one) ? 1.5 : 0) +
        (isName(other) === isName(one) ? 0.5 : 0) +
        (term && otherTerm ? Math.min(3, tieBetween(term, otherTerm)) : 0) +
        (tense(says) === tense(one.says) ? 1.5 : 0) +
        (other.isPlural === one.isPlural ? 0.5 : 0) +
        Math.min(2, shared(other.roots, one.roots)) -
        Math.abs(Math.log(other.says.length / one.says.length)) * 2 -
        (distance / REACH) * 2;
      return [{ other, says, score }];
    })
    .sort((a, b) => b.score - a.score || a.other.unit.order - b.other.unit.order);
}

/** Three of the first few, so that a quiz does not show the same ones again and again, and never all shorter than the answer. */
function pick<T extends Other>(
  others: readonly T[],
  salt: string,
  lengthOf: (other: T) => number,
  length: number,
): T[] {
  const distinct: T[] = [];
  for (const one of others)
    if (
      !distinct.some(
        ({ other }) =>
          other.key === one.other.key ||
          saysAlike(other, one.other) ||
          readsAlike(other.name, one.other.name),
      )
    )
      distinct.push(one);
  const [first, ...rest] = distinct.slice(0, CHOICES_BESIDE_ANSWER + 2);
  if (!first) return [];
  const drawn = [
    first,
    ...rest.sort((a, b) => hash32(salt + a.other.key) - hash32(salt + b.other.key)).slice(0, 2),
  ];
  const longer = distinct.find((one) => lengthOf(one) >= length && !drawn.includes(one));
  return drawn.some((one) => lengthOf(one) >= length) || !longer ? drawn : [...drawn.slice(0, 2), longer];
}

/** What a line of catchwords says was written down to be learned; a sentence may only lead on. */
const WEIGHT: Record<Saying['form'], number> = {
  meaning: 2.6,
  note: 2.3,
  deed: 1.2,
  formula: 0,
  listed: 1.4,
};

export const draftsOf = (knowledge: Knowledge, saying: Saying): Draft[] =>
  writersOf(saying)(knowledge, saying, WEIGHT[saying.form]).flatMap((written) =>
    finished({ unit: saying.unit, kind: 'statement', weight: 0 }, written),
  );

const writersOf = ({ form }: Saying) =>
  form === 'formula' ? () => [] : form === 'listed' ? writeListed : writeSaying;

/** What stands in one list of the notes, beside what stands in others. */
function writeListed({ sayings }: Knowledge, one: Saying, weight: number): Written[] {
  const { unit, name, says } = one;
  const isNear = (other: Saying): boolean =>
    other.form === 'listed' &&
    other.unit.passage.title === unit.passage.title &&
    Math.abs(other.unit.order - unit.order) <= REACH;
  const own = sayings.filter((other) => isNear(other) && other.unit.list === unit.list);
  const others = sayings
    .filter((other) => isNear(other) && other.unit.list !== unit.list)
    .filter(
      (other) =>
        !own.some(
          (mine) =>
            shared(mine.roots, other.roots) / Math.min(mine.roots.size, other.roots.size) >= SAME_WORDS,
        ) && opens(other.says) === opens(says),
    )
    .sort((a, b) => Math.abs(a.says.length - says.length) - Math.abs(b.says.length - says.length));
  return [
    {
      kind: 'list',
      concept: `${name}: ${says}`,
      question: WORDING[unit.language].listed(name),
      answer: says,
      distractors: others
        .slice(0, CHOICES_BESIDE_ANSWER)
        .map((other) => ({ text: other.says, why: WORDING[unit.language].saidOf(other.name) })),
      difficulty: 'medium',
      worth: weight,
    },
  ];
}

/** What is asked of what the notes say of one thing: what that is, of which thing it is said, whether it is true. */
function writeSaying(knowledge: Knowledge, one: Saying, weight: number): Written[] {
  const { unit, subject, name, says, form } = one;
  const { language, list } = unit;
  const words = WORDING[language];
  const others = othersBeside(knowledge, one);
  const lead = list ? `${list}: ` : '';
  const shown = form === 'deed' && language === 'en' ? subject : inQuotes(name, language);
  const ask =
    form === 'meaning'
      ? words.meaning
      : (words.about[hash32(one.key + says) % words.about.length] ?? words.meaning);
  const asked = ask(shown);
  const alike = others.filter(
    (other) => Math.max(other.says.length / says.length, says.length / other.says.length) <= LONGEST_RATIO,
  );
  const about = pick(alike, says, (other) => other.says.length, says.length);
  const repeated = rootsOf(name).filter((root) => one.roots.has(root));
  const wrong = wrongAbout(one, about, repeated);
  const drafts: Written[] = [
    {
      kind: form === 'deed' && repeated.length === 0 ? 'statement' : 'meaning',
      concept: name,
      question: lead + (lead && language === 'en' ? asked.charAt(0).toLowerCase() + asked.slice(1) : asked),
      answer: begun(says),
      distractors: wrong.map((choice) => ({ ...choice, text: begun(choice.text) })),
      difficulty: 'medium',
      worth: weight + average(about) / 8,
    },
  ];
  drafts.push(...whichOf(one, others, weight));
  drafts.push(...pairOfFour(knowledge, one, others));
  if (language === 'en' && isDefinite(one))
    drafts.push(
      ...trueOrFalse(
        one,
        pick(
          others.filter(({ other }) => isDefinite(other)),
          asked,
          ({ other }) => other.name.length,
          name.length,
        ),
        weight,
      ),
    );
  return drafts;
}

/** "Who …?", "What do the notes describe as …?": the thing itself, asked for by what is said of it. */
function whichOf(one: Saying, others: readonly Other[], weight: number): Written[] {
  const { unit, name, says, form, nameKind, isPlural } = one;
  const isTold =
    form === 'deed' ? isDefinite(one) || nameKind === 'person' : form === 'meaning' || unit.kind !== 'prose';
  if (!isTold || tells(says, name)) return [];
  const alike = others.filter(
    ({ other }) =>
      (form === 'deed'
        ? other.form === 'deed' && isDefinite(other) === isDefinite(one)
        : other.form !== 'deed') &&
      other.nameKind === nameKind &&
      other.isPlural === isPlural &&
      !tells(says, other.name) &&
      Math.abs(wordCount(other.name) - wordCount(name)) <= 2,
  );
  const wrong = pick(alike, name, ({ other }) => other.name.length, name.length);
  const { which, describe } = WORDING[unit.language];
  return [
    {
      kind: 'definition',
      concept: name,
      question:
        nameKind === 'person'
          ? `Who ${says}?`
          : form === 'deed' || unit.kind === 'entry'
            ? describe(says.replace(/^(?:is|are) /, ''))
            : which(says),
      answer: name,
      distractors: wrong.map(({ other }) => ({ text: other.name, why: `${asSentence(other)}.` })),
      difficulty: 'easy',
      worth: weight + 0.4 + average(wrong) / 8,
    },
  ];
}

/** With the capital that it is shown with, so that it is judged as it is seen. */
const begun = (text: string): string =>
  /^\p{Ll}{2,}(?![\p{Lu}\p{N}])/u.test(text) ? capitalised(text) : text;

/** Below it an other thing's saying is too far from the asked one to be taken for it. */
const NEAR = 3.5;

/** What other things are said to be, and in the place of the furthest of them what contradicts the answer. */
function wrongAbout(one: Saying, about: readonly Other[], repeated: readonly string[]): Distractor[] {
  const { unit, says, form } = one;
  const { language, clean } = unit;
  // Two long phrases with one name in each would be taken for one name.
  const isEnglish = form === 'deed' && language === 'en' && !/\p{Lu}/u.test(says);
  const not = isEnglish ? denied(one) : null;
  const against = isEnglish ? [...contradictions(says, clean), ...(not ? [not] : [])] : [];
  const isHidden =
    against.length > 0 || repeated.every((root) => about.some(({ other }) => other.roots.has(root)));
  const near = about.filter(({ score }) => score >= NEAR);
  const own = Math.max(
    against.length > 0 && near.length < CHOICES_BESIDE_ANSWER ? 1 : 0,
    CHOICES_BESIDE_ANSWER - about.length,
  );
  const contradicting = against.slice(0, own).map((text) => ({ text, why: WORDING[language].said(clean) }));
  const others = about.map(({ says: text, other }) => ({ text, why: WORDING[language].saidOf(other.name) }));
  return isHidden ? [...contradicting, ...others].slice(0, CHOICES_BESIDE_ANSWER) : [];
}

const average = (others: readonly Other[]): number =>
  others.reduce((sum, { score }) => sum + score, 0) / Math.max(1, others.length);

/** Says what a thing is; what one does another may do as well, which no note has to say. */
const isDefinite = ({ form, says }: Saying): boolean =>
  form === 'meaning' || (form === 'deed' && /^(?:is|are) (?:an?|the) /.test(says));

/** A share of the statements is true, so that "False" is not what always fits. */
const TRUE_OF_FIVE = 2;

/** A statement with its own subject or another one; whoever calls it false has to say what it is true of. */
function trueOrFalse(one: Saying, others: readonly Other[], weight: number): Written[] {
  const [shown] = others;
  if (!shown || tells(one.says, one.name) || others.some(({ other }) => other.isPlural !== one.isPlural))
    return [];
  const isTrue = hash32(`${one.name} ${one.says}`) % 5 < TRUE_OF_FIVE;
  const corrected = ({ name }: Saying): string => `False: this is said of ${name}`;
  const rest = others.map(({ other }) => other).slice(isTrue ? 0 : 1);
  const wrong = rest.map((other) => ({ text: corrected(other), why: `${asSentence(other)}.` }));
  const isRight = { text: 'True', why: `This is said of ${one.name}, and not of ${shown.other.name}.` };
  return [
    {
      kind: 'true or false',
      concept: one.name,
      question: `True or false? “${asSentence(isTrue ? one : { ...one, subject: shown.other.subject })}”`,
      answer: isTrue ? 'True' : corrected(one),
      distractors: isTrue ? wrong : [isRight, ...wrong],
      difficulty: 'easy',
      // One of three is asked in this way rather than in another.
      worth: weight + average(others) / 8 + (hash32(one.says) % 3 === 0 ? 0.6 : -0.2),
    },
  ];
}

const LONGEST_PAIR = 110;

const asPair = ({ name }: Saying, says: string): string =>
  `${capitalised(name)}: ${says.replace(/^(?:is|are) /, '')}`;

/** Four terms, of which one alone stands beside its own meaning. */
function pairOfFour(knowledge: Knowledge, one: Saying, others: readonly Other[]): Written[] {
  const beside = others
    .filter(({ other }) => other.form !== 'deed' || isDefinite(other))
    .slice(0, CHOICES_BESIDE_ANSWER);
  const last = beside.at(-1);
  if (
    one.unit.language !== 'en' ||
    (one.form === 'deed' && !isDefinite(one)) ||
    beside.length < CHOICES_BESIDE_ANSWER ||
    !last
  )
    return [];
  // Each gets the meaning of the one before it, and none that the notes may say of it as well.
  const wrong = beside.map(({ other }, i) => {
    const given = (beside.at(i - 1) ?? last).other;
    const isFalse = othersBeside(knowledge, other).some((choice) => choice.other === given);
    return { text: asPair(other, given.says), why: `${asPair(other, other.says)}.`, isFalse };
  });
  const answer = asPair(one, one.says);
  const isFit =
    wrong.every(({ isFalse, text }) => isFalse && text.length <= LONGEST_PAIR) &&
    answer.length <= LONGEST_PAIR;
  const question = 'Which of these terms stands beside its own meaning?';
  const distractors = wrong.map(({ text, why }) => ({ text, why }));
  return isFit
    ? [{ kind: 'matching', concept: one.name, question, answer, distractors, difficulty: 'hard', worth: 3.2 }]
    : [];
}
