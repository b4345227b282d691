import type { Figure, Gap, Knowledge, Saying, Sequence, Unit } from '../facts/types.ts';
import { keyOf, keysOf, rootsOf, tells, withoutEnd } from '../facts/words.ts';
import { say } from '../phrases.ts';
import { capitalised } from '../text/plain.ts';
import { hash32 } from '../text/terms.ts';
import { all, match, says } from '../words.ts';
import {
  CHOICES_BESIDE_ANSWER,
  drawn,
  type Rival,
  readsAlike,
  rivalSayings,
  rivalTerms,
  saysOrReadsAlike,
} from './beside.ts';

export type Difficulty = 'easy' | 'medium' | 'hard';

/** A question before it is judged. */
export type Draft = {
  kind: 'definition' | 'meaning' | 'statement' | 'cloze' | 'number' | 'year' | 'sequence';
  unit: Unit;
  concept: string;
  question: string;
  answer: string;
  distractors: { text: string; why: string }[];
  explanation: string;
  difficulty: Difficulty;
  /** How good it is likely to be: what is asked, and how near the wrong choices come. */
  worth: number;
};

const BLANK = '_____';
const WORDS_OF_A_CONCEPT = 8;
const SHORTEST_PROOF = 20;
const LONG_ANSWER = 60;
/** Two words of a line explain nothing. */
const SHORTEST_CLUE = 16;

/** With the capital that a choice is shown with; "mRNA" and "x" keep their small letter. */
const begun = (text: string): string =>
  /^\p{Ll}{2,}(?![\p{Lu}\p{N}])/u.test(text) ? capitalised(text) : text;

const LONGEST_QUOTE = 330;

/** What the notes say there, as running text: the two lines of a glossary entry become one. */
const told = ({ clean, language }: Unit): string =>
  say('item.said', { quote: clean.replace(/\s+:\s+/, ': ').slice(0, LONGEST_QUOTE) }, language);

/** A question with its proof; none where it has too few wrong choices, or choices whose length tells. */
function finished(unit: Unit, written: Omit<Draft, 'unit' | 'explanation'>): Draft[] {
  const [answer, ...wrong] = [written.answer, ...written.distractors.map(({ text }) => text)].map(begun);
  if (answer === undefined || wrong.length < CHOICES_BESIDE_ANSWER) return [];
  // A word that a PDF broke at its hyphen stands nowhere as it is shown.
  const isQuoted = answer.length >= LONG_ANSWER || keysOf(unit.text).includes(keyOf(answer));
  const lengths = [answer, ...wrong].map(({ length }) => length);
  const mean = wrong.reduce((sum, { length }) => sum + length, 0) / wrong.length;
  const isLike = answer.length <= 12 || (answer.length <= mean * 1.6 && answer.length >= mean / 2.2);
  const longest = Math.max(...lengths);
  const begin = (text: string): boolean => /^\p{Lu}\p{Ll}/u.test(text);
  const isTold = /^\p{L}/u.test(answer) && wrong.filter((text) => begin(text) === begin(answer)).length < 2;
  if (
    !isLike ||
    !isQuoted ||
    isTold ||
    unit.text.length < SHORTEST_PROOF ||
    (longest > 45 && longest / Math.min(...lengths) > 2.5)
  )
    return [];
  const distractors = written.distractors.map(({ why }, i) => ({ text: wrong[i] ?? '', why }));
  return [{ ...written, answer, distractors, unit, explanation: told(unit) }];
}

const average = (rivals: readonly Rival<unknown>[]): number => {
  const near = rivals.slice(0, CHOICES_BESIDE_ANSWER);
  return near.reduce((sum, { score }) => sum + score, 0) / Math.max(1, near.length);
};

/** What a line of catchwords says was written down to be learned; a sentence may only lead on. */
const WEIGHT: Record<Saying['form'], number> = {
  meaning: 2.6,
  note: 2.3,
  being: 2.4,
  deed: 1.2,
  formula: 0,
};

/** What is asked of what the notes say of one thing: what that is, and of which thing it is said. */
export function draftsOfSaying(knowledge: Knowledge, saying: Saying): Draft[] {
  if (saying.form === 'formula') return [];
  return [...aboutThing(knowledge, saying), ...whichThing(knowledge, saying)];
}

function aboutThing(knowledge: Knowledge, saying: Saying): Draft[] {
  const { unit, name, says, form, roots } = saying;
  const rivals = rivalSayings(knowledge, saying);
  const wrong = drawn(rivals, (one) => one.says, says, saysOrReadsAlike(knowledge));
  // A word of the thing in its own saying alone points to it.
  const repeated = rootsOf(name).filter((root) => roots.has(root));
  if (!repeated.every((root) => wrong.some((one) => one.roots.has(root)))) return [];
  const key = saying.leads
    ? 'item.leads'
    : form === 'meaning'
      ? 'item.meaning'
      : `item.about.${1 + (hash32(says) % 3)}`;
  const lead = unit.list ? `${unit.list}: ` : '';
  return finished(unit, {
    kind: form === 'deed' && repeated.length === 0 ? 'statement' : 'meaning',
    concept: name,
    question: lead + say(key, { subject: name }, unit.language),
    answer: says,
    distractors: wrong.map((one) => ({ text: one.says, why: told(one.unit) })),
    difficulty: 'medium',
    worth: WEIGHT[form] + average(rivals) / 8,
  });
}

/** The thing itself, asked for by what it is, or of a person by what it did: another may do the same as a thing, which no note has to say. */
function whichThing(knowledge: Knowledge, saying: Saying): Draft[] {
  const { unit, name, says, form, roots } = saying;
  const term = knowledge.terms.get(saying.key);
  const isPerson = term?.nameKind === 'person';
  if (
    !term ||
    saying.leads ||
    says.length < SHORTEST_CLUE ||
    tells(says, name) ||
    (form === 'deed' && !(isPerson && unit.language === 'en')) ||
    (form === 'note' && unit.kind === 'prose')
  )
    return [];
  const rivals = rivalTerms(knowledge, term, unit, roots).filter(({ one }) => !tells(says, one.text));
  const wrong = drawn(
    rivals,
    ({ text }) => text,
    name,
    (a, b) => readsAlike(a.text, b.text),
  );
  const meaning = says.replace(/^(?:is|are|was|were) /, '');
  const key = form === 'being' || unit.kind === 'entry' ? 'item.describe' : 'item.which';
  return finished(unit, {
    kind: 'definition',
    concept: name,
    question:
      isPerson && form !== 'note' && form !== 'meaning'
        ? `Who ${says}?`
        : say(key, { says: meaning }, unit.language),
    answer: name,
    distractors: wrong.map(({ text, units: [place = unit] }) => ({ text, why: told(place) })),
    difficulty: 'easy',
    worth: WEIGHT[form] + 0.4 + average(rivals) / 8,
  });
}

/** Behind a verb anything may stand that is no thing of its kind, and everybody sees that it does not. */
const LIKE_ENOUGH = 3;

/** A sentence without one of its terms, beside terms that could stand there and are said to be something else. */
export function draftsOfGap(
  knowledge: Knowledge,
  { unit, term, form, before, after, isObject }: Gap,
): Draft[] {
  const roots = new Set(rootsOf(`${before} ${after}`));
  const rivals = rivalTerms(knowledge, term, unit, roots);
  if (isObject && !term.isExplained && average(rivals) < LIKE_ENOUGH) return [];
  const wrong = drawn(
    rivals,
    ({ text }) => text,
    form,
    (a, b) => readsAlike(a.text, b.text),
  );
  return finished(unit, {
    kind: 'cloze',
    concept: term.text,
    // The article would tell how the answer begins.
    question: say(
      'item.blank.term',
      { sentence: before.replace(/\b(a)n? $/i, '$1(n) ') + BLANK + after },
      unit.language,
    ),
    answer: form,
    distractors: wrong.map(({ text, units: [place = unit] }) => ({ text, why: told(place) })),
    difficulty: 'hard',
    worth: (term.isKey ? 1.3 : 0.7) + average(rivals) / 8,
  });
}

/** A year, a count or a measure, beside others that look like it. */
export function draftsOfFigure(
  { units }: Knowledge,
  { unit, kind, answer, before, after, event }: Figure,
): Draft[] {
  const sentence = before + BLANK + after;
  const isMoment = kind === 'year' || kind === 'date';
  const notes = isMoment ? units.map(({ clean }) => clean).join(' ') : '';
  const [first = '', second = '', third = '', fourth] = new Set(wrongFigures(answer, notes, unit.clean));
  // Which three of them: decided by the answer, so that the right one is not always the middle one.
  const wrong = [first, second, fourth && hash32(answer) % 2 === 1 ? fourth : third].filter(Boolean);
  const concept = event ?? `${before}${after}`.replace(/^(?:In|On|Since|By) ?,? /, '').trim();
  return finished(unit, {
    kind: isMoment ? 'year' : 'number',
    concept: withoutEnd(concept.split(/\s+/).slice(0, WORDS_OF_A_CONCEPT).join(' ')),
    question:
      event === null
        ? say(`item.blank.${kind}`, { sentence }, unit.language)
        : say('item.dated', { event }, unit.language),
    answer,
    distractors: wrong.map((text) => ({ text, why: say('item.near', {}, unit.language) })),
    difficulty: isMoment ? 'hard' : 'medium',
    worth: event === null ? 1.4 : 2,
  });
}

/** The step that follows another one in a numbered list; the steps nearest to it are the likeliest to be taken for it. */
export const draftsOfSequence = ({ title, steps }: Sequence): Draft[] =>
  steps.slice(1).flatMap(({ unit, text }, i) => {
    const before = steps[i];
    const wrong = steps
      .map((step, place) => ({ ...step, place, distance: Math.abs(place - i - 1) }))
      .filter((step) => step.unit !== unit && step.unit !== before?.unit)
      .sort((a, b) => a.distance - b.distance || a.place - b.place)
      .slice(0, CHOICES_BESIDE_ANSWER);
    return finished(unit, {
      kind: 'sequence',
      concept: `${title}: ${text}`,
      question: say('item.next', { list: title, before: before?.text }, unit.language),
      answer: text,
      distractors: wrong.map((step) => ({
        text: step.text,
        why: say('item.place', { n: step.place + 1 }, unit.language),
      })),
      difficulty: 'hard',
      worth: 2.8,
    });
  });

const NUMBER_WORDS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const LATEST_YEAR = 2026;
const NEAR_YEARS = 60;
const SHORTEST_MONTH = 28;

/** Wrong figures near the right one and written like it: others of the notes first, then neighbours. */
export function wrongFigures(answer: string, notes: string, quote: string): string[] {
  const spelled = NUMBER_WORDS.indexOf(answer.toLowerCase());
  if (spelled >= 0)
    return [-2, 1, 2, -1, 3, 4]
      .map((step) => NUMBER_WORDS[spelled + step] ?? '')
      .filter((word) => word && !new RegExp(`\\b${word}\\b`, 'i').test(quote));
  if (match('dated-day', answer)?.[0] === answer)
    return wrongDates(answer, notes).filter((date) => !quote.includes(date));
  const [, digits, unit = ''] = /^([\d,]*\.?\d+)(.*)$/.exec(answer) ?? [];
  return digits ? wrongNumbers(digits, unit, notes, quote) : [];
}

/** Other dates of the notes that are written alike, then days near the right one. */
function wrongDates(answer: string, notes: string): string[] {
  const shape = (date: string): string =>
    date.replace(/\p{L}+/u, 'M').replace(/\d+/g, (digits) => (digits.length > 2 ? 'Y' : 'D'));
  const found = all('dated-day', notes).filter((date) => date !== answer && shape(date) === shape(answer));
  const day = Number(/\b\d{1,2}\b/.exec(answer)?.[0] ?? 0);
  const near = [-4, 3, 6, -9, 10, -2]
    .map((shift) => day + shift)
    .filter((other) => other > 0 && other <= SHORTEST_MONTH)
    .map((other) => answer.replace(/\b\d{1,2}\b/, String(other)));
  return [...new Set(found)].slice(0, 2).concat(near);
}

function wrongNumbers(digits: string, unit: string, notes: string, quote: string): string[] {
  const value = Number(digits.replaceAll(',', ''));
  const decimals = digits.split('.')[1]?.length ?? 0;
  const isYear = unit === '' && !digits.includes(',') && value >= 1000 && value <= LATEST_YEAR;
  const lead = quote.slice(0, Math.max(0, quote.indexOf(digits)));
  // "More than 90%" is more than 70% as well: with such words only the other side of the figure is wrong.
  const allows = (other: number): boolean =>
    !(says('lower-bound', lead) && other < value) && !(says('upper-bound', lead) && other > value);
  const values = isYear ? wrongYears(value, notes) : neighbours(value, decimals, unit, says('roughly', lead));
  return values.flatMap((other) => {
    const isTooMuch = (isYear && other > LATEST_YEAR) || (/%|per ?cent/.test(unit) && other > 100);
    if (other <= 0 || !allows(other) || isTooMuch || (other === 1 && /\p{Ll}s$/u.test(unit))) return [];
    const fixed = other.toFixed(decimals);
    const text = (digits.includes(',') ? Number(fixed).toLocaleString('en-US') : fixed) + unit;
    return text === digits + unit || quote.includes(text) ? [] : [text];
  });
}

const wrongYears = (year: number, notes: string): number[] => [
  ...[...new Set(notes.match(/\b(?:1\d{3}|20[0-2]\d)\b/g) ?? [])]
    .map(Number)
    .filter((other) => other !== year && Math.abs(other - year) <= NEAR_YEARS)
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year))
    .slice(0, 2),
  ...[-9, -5, 4, 7, -13, 12].map((step) => year + step),
];

function neighbours(value: number, decimals: number, unit: string, isRough: boolean): number[] {
  if (value < 1) return [0.5, 2, 0.25, 3, 4].map((factor) => value * factor);
  const isCount = value <= 12 && decimals === 0 && !isRough && !/^[%°]|per ?cent|illion/.test(unit.trim());
  if (isCount) return [-2, 1, 3, -1, 2, 4].map((step) => value + step);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1) * (value % 5 === 0 ? 5 : 1);
  return [-0.4, 0.5, 1, -0.25, 0.3, -0.6, 1.5, 2].map((share) => {
    const raw = value * (1 + share);
    return decimals > 0 ? raw : Math.round(raw / step) * step;
  });
}
