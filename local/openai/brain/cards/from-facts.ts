import { isInstruction } from '../facts/figures.ts';
import type { Saying } from '../facts/sayings.ts';
import { WHEN } from '../facts/statements.ts';
import { infinitiveOf } from '../facts/tags.ts';
import type {
  DefinitionFact,
  Fact,
  FigureFact,
  Knowledge,
  Link,
  ReasonFact,
  StatementFact,
  SubjectFact,
  Term,
  Unit,
} from '../facts/types.ts';
import { statementOf } from '../facts/units.ts';
import { bare, keyOf, rootsOf, tells, withoutEnd } from '../facts/words.ts';
import { POINTS_BACK } from '../text/leaning.ts';
import { capitalised } from '../text/plain.ts';
import { terms } from '../text/terms.ts';
import { type Draft, type Sides, topicFor } from './draft.ts';
import { gapsIn, standsAlone } from './gaps.ts';

const BLANK = '_____';
/** A line of a list of sources: "Lastname, A. B. (1999). Title. Journal, 12(3), 4–5." */
const REFERENCE =
  /\p{Lu}\p{L}+, \p{Lu}\.|\(\d{4}[a-z]?\)\.|\b\d+\(\d+\)|\bdoi\b|\b(?:Press|Erlbaum|Academic|Publishers?|Journal of|Ed\.|Eds\.|Retrieved from)\b|\bvolume \d/u;

/** The card that a fact makes, or none where it would puzzle rather than ask. */
export function draftFrom(knowledge: Knowledge, fact: Fact, asked: string): Draft | null {
  const { unit } = fact;
  const sides = REFERENCE.test(unit.text) ? null : sidesOf(knowledge, fact);
  return sides && { ...sides, quote: unit.text, n: unit.passage.n, topic: topicFor(unit, asked) };
}

/** A line of catchwords asks by its name; of a sentence the thing is hidden that it speaks of. */
export function draftOfSaying(saying: Saying, asked: string): Draft | null {
  const { unit } = saying;
  const sides = REFERENCE.test(unit.text) ? null : sayingSides(saying);
  return sides && { ...sides, quote: unit.text, n: unit.passage.n, topic: topicFor(unit, asked) };
}

/** What stands below one line, as one card: "Prokaryotic cells" and all that is listed of them. */
export function draftsOfLists(sayings: readonly Saying[], asked: string): Draft[] {
  const lists = Map.groupBy(
    sayings.filter(({ form }) => form === 'listed'),
    ({ unit }) => `${unit.passage.n} ${unit.list}`,
  );
  return [...lists.values()].flatMap((list): Draft[] => {
    const [first, last] = [list[0]?.unit, list.at(-1)?.unit];
    if (!first || !last || list.length < 2) return [];
    const { text, n } = first.passage;
    const quote = text.slice(text.indexOf(first.text), text.indexOf(last.text) + last.text.length);
    const back = capitalised(list.map(({ says }) => says).join('; '));
    const sides: Sides = {
      kind: 'basic',
      form: 'question',
      front: `${capitalised(first.list)}?`,
      back,
      weight: 2,
    };
    return [{ ...sides, quote, n, topic: topicFor(first, asked) }];
  });
}

const FEWEST_ROOTS_AROUND = 4;

function sayingSides(saying: Saying): Sides | null {
  const { form, name, subject, says, unit, roots } = saying;
  const { list, clean, language } = unit;
  if (form === 'listed') return null;
  if (form !== 'deed') {
    const front = `${list ? `${list}: ` : ''}${list ? name : capitalised(name)}${form === 'formula' ? ' = ?' : saying.leads ? ' → ?' : ''}`;
    return { kind: 'basic', form: 'term', front, back: capitalised(says), weight: 3 };
  }
  const isSure = roots.size >= FEWEST_ROOTS_AROUND || /\p{Lu}|\d/u.test(says);
  if (!isSure || tells(says, name) || /^the \p{Ll}+$/u.test(subject)) return null;
  const at = language === 'en' ? -1 : clean.indexOf(name);
  if (language !== 'en' && (at < 0 || clean.length > LONGEST_HIDING)) return null;
  const hidden = `{{c1::${name}}}`;
  const article = subject.endsWith(name) ? capitalised(subject.slice(0, subject.length - name.length)) : '';
  const front =
    language === 'en'
      ? `${article}${article ? hidden : `{{c1::${capitalised(name)}}}`} ${says}.`
      : clean.slice(0, at) + hidden + clean.slice(at + name.length);
  return { kind: 'cloze', form: 'cloze', front, back: '', weight: 1.5 };
}

const LONGEST_HIDING = 160;

/** A term of several words that the notes speak of more than once, hidden in a sentence that stands alone. */
function fromStatement(knowledge: Knowledge, { unit, statement }: StatementFact): Sides | null {
  if (!standsAlone(statement)) return null;
  const gap = gapsIn(knowledge, unit, statement).find(
    ({ term, form, before, after }) =>
      (term.text.includes(' ') || term.isKey) &&
      (term.units.size > 1 || term.isHeading) &&
      !tells(`${before} ${after}`, form),
  );
  if (!gap) return null;
  return {
    kind: 'cloze',
    form: 'cloze',
    front: `${gap.before}{{c1::${gap.before === '' ? capitalised(gap.form) : gap.form}}}${gap.after}`,
    back: '',
    weight: 0.9,
  };
}

function sidesOf(knowledge: Knowledge, fact: Fact): Sides | null {
  switch (fact.kind) {
    case 'definition':
      return fromDefinition(fact);
    case 'subject':
      return fromSubject(fact);
    case 'year':
    case 'number':
      return fromFigure(fact);
    case 'reason':
      return fromReason(fact);
    case 'short form':
      return {
        ...question(`What does ${fact.short} stand for?`, fact.long, fact.weight),
        form: 'short form',
      };
    case 'statement':
      return fromStatement(knowledge, fact);
    case 'sequence':
      return null;
  }
}

export const question = (front: string, back: string, weight: number): Sides => ({
  kind: 'basic',
  form: 'question',
  front,
  back: capitalised(withoutEnd(back)),
  weight,
});

function fromDefinition({ form, meaning, weight }: DefinitionFact): Sides | null {
  const isPhrase = /^(?:After|Before|During|In|On|At|By|For|With|From|Under)\b|^\w+ly$|s[’']s /i.test(form);
  const own = terms(form);
  const isTold = own.length > 0 && own.every((word) => terms(meaning).includes(word));
  if (isPhrase || isTold || POINTS_BACK.test(meaning.slice(0, 60))) return null;
  return {
    kind: 'basic',
    form: 'term',
    front: capitalised(form),
    back: capitalised(meaning),
    weight: weight + 1,
  };
}

function fromFigure({ kind, question: asked, blanked, answer, weight }: FigureFact): Sides | null {
  if (!blanked) return question(asked, answer, kind === 'year' ? weight : weight + 0.1);
  const front = blanked.replace(BLANK, () => `{{c1::${answer}}}`);
  return { kind: 'cloze', form: 'cloze', front, back: '', weight: weight - 0.3 };
}

const ASKS: Record<Link, string> = {
  because: 'Why is this so',
  when: 'When is this so',
  by: 'How does this happen',
};
const FEWEST_WORDS_OF_A_CLAIM = 4;

function fromReason({ link, claim, reason, weight }: ReasonFact): Sides | null {
  // "The notes were sour because …" names nothing that could be known, and "Most was lost" does not say of what.
  const isOpen = /^(?:Most|Some|All|Many|Few|None|Several|One|Others?)\b(?! of\b| \w+s\b)/.test(claim);
  if (
    isOpen ||
    isInstruction(claim) ||
    /, \w+$|\b(?:called|known as)\b/.test(claim) ||
    POINTS_BACK.test(claim) ||
    terms(claim).length < FEWEST_WORDS_OF_A_CLAIM
  )
    return null;
  return question(`${ASKS[link]}: “${withoutEnd(claim)}”?`, reason, weight);
}

const PASSIVE =
  /^(is|are) (?:mainly |mostly |usually |often |also |typically |primarily |generally )?(made(?: up)? of|composed of|comprised of|formed (?:by|from)|caused by|produced by|responsible for|surrounded by|covered (?:by|with)|controlled by|determined by|measured (?:in|by)|synthesi[sz]ed (?:by|from|in)|derived from|connected to|attached to|divided into|driven by|encoded by|held together by|named after|stored (?:in|as)|transmitted (?:by|through)|spread by|treated with|powered by|used (?:to|for)|found (?:in|on)|located (?:in|on|at|near)) ([^;:]+)$/;
/** Verbs whose object alone is the answer. */
const OBJECT =
  /^(holds?|needs?|requires?|contains?|stores?|measures?|lacks?|produces?|secretes?|causes?|prevents?|(?:consists?|depends?|relies?|rely|leads?|belongs?|results?) (?:of|on|to|in|from)) ((?!that\b|to\b|for\b|by\b|with\b|in\b|on\b)[^;:]+)$/;
const MOST_PLACES = 8;

/** What the subject of a sentence is asked for, by the form of its verb: when, of what, what it holds, what it does. */
function fromSubject({ term, subject, form, predicate, isPlural, unit }: SubjectFact): Sides | null {
  if (term.nameKind !== '' || /\b(?:and|or)\b|,/.test(subject) || /^The .* of /.test(subject)) return null;
  // What is said of half a sentence is no fact: the rest may turn it round.
  if (
    !statementOf(unit)
      .replace(/\s*\([^()]*\)/g, '')
      .includes(predicate)
  )
    return null;
  const name = `${/^(?:an?|the) /i.exec(subject)?.[0].toLowerCase() ?? ''}${form}`;
  const does = isPlural ? 'do' : 'does';
  if (!isToldApart(subject, term, unit) && !(WHEN.test(predicate) && subject === bare(subject))) return null;
  const [, event, time] = WHEN.exec(predicate) ?? [];
  if (event && time) {
    const [be = '', ...rest] = event.split(' ');
    const asked =
      rest.length > 0
        ? `When ${be} ${name} ${rest.join(' ')}?`
        : `When ${does} ${name} ${be.replace(/s$/, '')}?`;
    return question(asked, time, 2.6);
  }
  const [, be, how = '', what = ''] = PASSIVE.exec(predicate) ?? [];
  if (be && rootsOf(what).length >= 2 && !/\band (?:is|are|was|were|has|have|can)\b/.test(what)) {
    const [first = '', last = ''] = how.split(' ');
    if (/^(?:found|located)/.test(how))
      return question(`Where ${be} ${name} ${first}?`, `${last} ${what}`, 2.2);
    return question(
      `What ${be} ${name} ${how === 'used to' ? 'used for' : how}?`,
      how === 'used to' ? `to ${what}` : what,
      2.2,
    );
  }
  const [verb = ''] = predicate.split(' ');
  const base = isPlural ? (/^[a-z]+[^s]$/.test(verb) ? verb : null) : presentBase(verb);
  if (!base || DULL.test(predicate) || tells(predicate, form)) return null;
  const [, phrase = '', object = ''] = OBJECT.exec(predicate) ?? [];
  const particle = phrase.split(' ')[1];
  if (object && !/, | and (?:\p{L}+ly )?\p{L}+s (?:the|an?|it|them|its)\b/u.test(object))
    return question(`What ${does} ${name} ${particle ? `${base} ${particle}` : base}?`, object, 2.2);
  // Of what the notes speak of everywhere there is too much to be told in one answer.
  if (term.units.size > MOST_PLACES && !term.isHeading) return null;
  return question(`What ${does} ${name} do?`, predicate, 2);
}

/** No deed of its own. */
const DULL =
  /^(?:ha(?:s|ve|d)|is|are|was|were|do|does|did|can|could|may|might|must|will|would|should|plays?|seems?|appears?|becomes?|remains?|tends?|comes?|goes|gets?|looks?|varies|continues?|serves?|exists?|differs?|belongs?|works?|involves?|takes?|describes?|refers?|means?|suggests?|states?|presents?|shows?|ranges?|includes?|combines?|implements?|also|often|usually)\b/;

/** The dictionary form of a verb in the singular; null for what is not surely one. */
function presentBase(verb: string): string | null {
  if (!/^[a-z]+[^s]s$/.test(verb)) return null;
  const base = infinitiveOf(verb, 'PresentTense');
  return base && /^[a-z]+$/.test(base) && base.slice(0, 2) === verb.slice(0, 2) ? base : null;
}

/** "The free tier" is told apart only by what stands before it, unless the notes make a term of it. */
const isToldApart = (subject: string, term: Term, unit: Unit): boolean =>
  term.isKey ||
  term.isHeading ||
  term.definition !== null ||
  keyOf(unit.heading) === term.key ||
  (!/^(?:The|An?) | of /.test(subject) && term.units.size > 1);
