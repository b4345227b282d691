import { firstStatement, namesItself } from '../facts/clause.ts';
import { aboutOf } from '../facts/figures.ts';
import { isTelling } from '../facts/statements.ts';
import { tokensOf } from '../facts/tags.ts';
import type { Knowledge, StatementFact, Term } from '../facts/types.ts';
import { bare, keyOf, likeness, rootsOf, shared, tells, withoutEnd } from '../facts/words.ts';
import { standsAlone } from './cloze.ts';
import { CHOICES_BESIDE_ANSWER, isBroader, isSaidOf, readsAlike, remembered } from './distractors.ts';
import type { Written } from './types.ts';

/** Where a statement can be broken off: what goes on in one of these ways can be taken for what goes on in the same. */
const SEAMS: readonly (readonly [name: string, seam: RegExp])[] = [
  ['because', /,? (?=because (?!of\b))/],
  ['when', /,? (?=(?:when|if|unless|until) )/],
  ['by', / (?=by \p{Ll}+ing )/u],
  ['so', /,? (?=so (?:that )?\p{Ll}+ )/u],
  ['but', /,? (?=(?:but|while|whereas|although|though) )/],
  ['ing', /, (?=(?!including|during|depending|according)\p{Ll}+ing )/u],
  ['to', /(?<=\p{L}{3}) (?=(?:in order )?to (?!be\b|do\b|a\b|an\b|the\b|each\b|its\b|their\b)\p{Ll}+ )/u],
  ['that is', /,? (?=(?:which|that) (?:is|was|has) )/],
  ['that are', /,? (?=(?:which|that) (?:are|were|have) )/],
  ['that can', /,? (?=(?:which|that) (?:can|may|could|will|would) )/],
];
const FEWEST_WORDS = 3;
const FEWEST_WORDS_BEFORE = 4;
const SHORTEST = 18;
const LONGEST = 130;
const LONGEST_RATIO = 2;
const SAME_ENDING = 0.2;
/** Both speak of the same things: what is said in one may hold in the other. */
const SAME_STATEMENT = 0.2;

type Ending = {
  fact: StatementFact;
  seam: string;
  before: string;
  text: string;
  roots: ReadonlySet<string>;
  /** The subject that the whole ending is said of, and its term. */
  subject: string | null;
  term: Term | undefined;
};

/** How the whole statements of the notes end, from their verb on or from a joint. */
const endingsOf = remembered((knowledge: Knowledge) => {
  const endings = knowledge.facts.flatMap((fact) =>
    fact.kind === 'statement' && standsAlone(fact.statement)
      ? [...fromVerb(knowledge, fact), ...fromJoints(fact)]
      : [],
  );
  return Map.groupBy(endings, ({ seam }) => seam);
});

const AUXILIARY = /^(?:is|are|was|were) /;
const MODAL = /^(?:can|could|may|might|will|would|must|should|do|does|did|had) /;

function fromVerb({ terms }: Knowledge, fact: StatementFact): Ending[] {
  const { clause } = fact;
  if (!clause || clause.lead || !namesItself(clause.subject) || !opensWithNoun(clause.subject)) return [];
  const text = withoutEnd(firstStatement(clause.predicate));
  if (!isTelling(text, FEWEST_WORDS, { pointsInside: true })) return [];
  const seam = `${MODAL.test(text) ? 'modal' : AUXILIARY.test(text) ? 'be' : 'verb'} ${clause.isPlural}`;
  return [
    {
      ...{ fact, seam, text, subject: clause.subject, before: clause.subject },
      term: terms.get(keyOf(clause.subject)),
      roots: new Set(rootsOf(text)),
    },
  ];
}

/** "Usually the sensor" and "If the protein" are no subjects. */
function opensWithNoun(subject: string): boolean {
  const [first] = tokensOf(subject);
  return (
    first !== undefined &&
    !['Adverb', 'Conjunction', 'Preposition', 'QuestionWord', 'Verb'].some((tag) => first.tags.has(tag))
  );
}

function fromJoints(fact: StatementFact): Ending[] {
  const statement = withoutEnd(fact.statement);
  return SEAMS.flatMap(([seam, pattern]) => {
    const joint = pattern.exec(statement);
    if (!joint) return [];
    const before = statement.slice(0, joint.index);
    const text = statement.slice(joint.index + joint[0].length);
    if (seam === 'to' && !isPurpose(before, text)) return [];
    const isWhole = text.length >= SHORTEST && text.length <= LONGEST && /\p{Ll}$/u.test(before);
    if (!isWhole || rootsOf(before).length < FEWEST_WORDS_BEFORE || rootsOf(text).length < FEWEST_WORDS)
      return [];
    return [{ fact, seam, before, text, roots: new Set(rootsOf(text)), subject: null, term: undefined }];
  });
}

/** "uses a key to open the door" says what for; "refers to the door" and "is able to open" do not. */
function isPurpose(before: string, text: string): boolean {
  const last = tokensOf(before).at(-1);
  const verb = tokensOf(text.replace(/^in order /, ''))[1];
  const isThing = last?.tags.has('Noun') === true && !last.tags.has('Pronoun');
  return isThing && verb?.tags.has('Verb') === true && !/ing$|ed$/.test(verb.text) && !OPEN_NOUN.test(before);
}
/** What these are of is said by what follows. */
const OPEN_NOUN =
  /\b(?:ability|way|ways|time|need|needs|attempt|order|opportunity|chance|reason|things?|how|what|where|them|him|us|tendency|failure|inability)$/i;

/** What is said in one statement may hold in the other: they speak of the same things, or of a kind and its kinds. */
function mayHoldFor(knowledge: Knowledge, own: Ending, other: Ending): boolean {
  const { unit, statement } = own.fact;
  if (unit === other.fact.unit || likeness(statement, other.fact.statement) > SAME_STATEMENT) return true;
  if (own.subject === null || other.subject === null) return false;
  const roots = new Set(rootsOf(own.subject));
  const theirs = rootsOf(other.fact.statement);
  if (shared(theirs, roots) > 0 || readsAlike(own.subject, other.subject)) return true;
  if (unit.keys.includes(` ${keyOf(other.subject)} `)) return true;
  if (!own.term) return false;
  if (other.term && (isBroader(own.term, other.term) || own.term.aliases.has(other.term.key))) return true;
  return isSaidOf(knowledge, own.term, other.roots);
}

/** Three other endings of the same kind, of like length, that say different things. */
function wrongEndings(knowledge: Knowledge, own: Ending): Ending[] {
  const ratioOf = ({ text }: Ending) => Math.abs(Math.log(text.length / own.text.length));
  const others = (endingsOf(knowledge).get(own.seam) ?? [])
    .filter(
      (other) =>
        other.fact.unit.passage.title === own.fact.unit.passage.title &&
        ratioOf(other) < Math.log(LONGEST_RATIO) &&
        !mayHoldFor(knowledge, own, other),
    )
    .sort((a, b) => ratioOf(a) - ratioOf(b) || a.fact.unit.order - b.fact.unit.order);
  const picked: Ending[] = [];
  for (const one of others)
    if ([own, ...picked].every(({ text }) => likeness(one.text, text) < SAME_ENDING)) picked.push(one);
  return picked.slice(0, CHOICES_BESIDE_ANSWER);
}

/** How a statement of the notes goes on; the wrong choices are how others do. */
export function writeEndings(knowledge: Knowledge, fact: StatementFact): Written[] {
  const own = [...endingsOf(knowledge).values()].flat().filter((ending) => ending.fact === fact);
  return own.map((ending) => {
    const { before, text, subject, term } = ending;
    const isTold = subject !== null && tells(text, bare(subject));
    return {
      kind: 'meaning',
      concept: subject === null ? aboutOf(before) : bare(subject),
      question:
        subject === null
          ? `How do the notes complete this sentence? “${before} …”`
          : `Which of these do the notes say of ${lowered(subject, ending)}?`,
      answer: text,
      distractors: isTold
        ? []
        : wrongEndings(knowledge, ending).map((other) => ({
            text: other.text,
            why: `This is how the notes go on after something else: “${other.before} …”`,
          })),
      difficulty: 'medium',
      worth: fact.weight + (term ? 0.6 : 0) + (subject === null ? 0 : 0.3),
    };
  });
}

/** A subject inside a question: its first word is a small one, its name is not. */
const lowered = (subject: string, { term, fact: { clause } }: Ending): string =>
  /^(?:The|An?|All|Each|Every) /.test(subject) || (term ? /^\p{Ll}/u.test(term.text) : !clause?.isName)
    ? subject.charAt(0).toLowerCase() + subject.slice(1)
    : subject;
