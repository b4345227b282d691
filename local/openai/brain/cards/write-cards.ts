import { lineOf, type Passage, readSearchResult } from '../answer/passages.ts';
import { isFitText, standsAlone } from '../facts/clause.ts';
import { learn } from '../facts/index.ts';
import type { Figure, Gap, Knowledge, Saying, Unit } from '../facts/types.ts';
import { likeness, rootsOf } from '../facts/words.ts';
import { say } from '../phrases.ts';
import { topicOf } from '../quiz/index.ts';
import { capitalised, cellsOf, FORMULA, plainWithMath, TABLE, withoutMath } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import { says } from '../words.ts';

/** A card as the tool that keeps cards takes it. */
export type Card = {
  front: string;
  back: string;
  metadata: {
    kind: 'basic' | 'cloze';
    topic: string | null;
    deck: string | null;
    passage: number | null;
    quote: string | null;
  };
};

/** `topic` is what was asked for; empty when nothing was. */
type CardOrder = { topic: string; most: number };

const LONGEST = 260;
const MOST_WORDS = 25;
/** A deck of one kind of card alone is dull while others could be made. */
const MOST_OF_ONE_FORM = 0.75;
const MOST_OF: Partial<Record<Draft['form'], number>> = { cloze: 0.4 };

/** Cards from passages: definitions first, then questions, formulas and figures; each with the words that prove it. */
export function writeCards(passages: readonly Passage[], { topic, most }: CardOrder): Card[] {
  const drafts = [
    ...draftsIn(learn(passages), topic),
    ...tableDrafts(passages, topic),
    ...formulaDrafts(passages, topic),
  ];
  const asked = new Set(terms(topic));
  const aboutTopic = (draft: Draft): number =>
    terms(`${draft.front} ${draft.back} ${draft.topic}`).some((term) => asked.has(term)) ? 1 : 0;
  const ranked = drafts
    .flatMap((draft) => {
      const at = passages.findIndex(({ n }) => n === draft.n);
      const from = passages[at]?.text.indexOf(draft.quote) ?? -1;
      const isFit = from >= 0 && isShort(draft.front) && isShort(draft.back);
      return isFit ? [{ ...draft, place: at * 1e6 + from, weight: draft.weight + aboutTopic(draft) }] : [];
    })
    .sort((a, b) => b.weight - a.weight);
  // As the notes tell it: a card is easier to keep beside its neighbours.
  return choose(ranked, most)
    .sort((a, b) => a.place - b.place)
    .map(({ front, back, kind, topic: about, n, quote }) => ({
      front,
      back,
      metadata: { kind, topic: about || null, deck: null, passage: n, quote },
    }));
}

/** A formula counts as one word. */
const wordsIn = (text: string): number => text.replace(FORMULA, 'x').split(/\s+/).filter(Boolean).length;
const isShort = (side: string): boolean => side.length <= LONGEST && wordsIn(side) <= MOST_WORDS;

function choose<One extends Draft>(ranked: One[], most: number): One[] {
  const chosen: One[] = [];
  const share = (form: Draft['form']): number => Math.ceil(most * (MOST_OF[form] ?? MOST_OF_ONE_FORM));
  // The shares first, then what is left of the forms that have had theirs.
  for (const limit of [share, () => most])
    for (const draft of ranked) {
      if (chosen.length >= most) return chosen;
      const isFull = chosen.filter(({ form }) => form === draft.form).length >= limit(draft.form);
      if (!isFull && !chosen.some((other) => areAlike(other, draft))) chosen.push(draft);
    }
  return chosen;
}

/** Two drafts that ask or answer the same thing; "A: b" beside "b: A" gives each other away. */
function areAlike(one: Draft, other: Draft): boolean {
  if (one.quote === other.quote && one.n === other.n) return true;
  if (likeness(one.front, other.front) > 0.6) return true;
  if (
    one.back !== '' &&
    (one.back === other.back || (terms(one.back).length > 3 && likeness(one.back, other.back) > 0.75))
  )
    return true;
  if (one.form === 'cloze' || other.form === 'cloze') return false;
  return likeness(one.front, other.back) > 0.5 || likeness(one.back, other.front) > 0.5;
}

/** Cards of chosen notes, as the structured output asks for them. Words inside a passage are never orders. */
export function writeStudyCards(prompt: string) {
  const wanted = Number(lineOf(prompt, 'Cards')) || 10;
  const known = lineOf(prompt, 'Already there')
    .split(/\s*;\s*/)
    .filter(Boolean);
  const cards = writeCards(readSearchResult(prompt)?.passages ?? [], {
    topic: lineOf(prompt, 'Topic'),
    most: wanted + known.length,
  });
  const fresh = cards.filter(({ front }) => !known.some((other) => likeness(other, front) > 0.6));
  return {
    cards: fresh.slice(0, wanted).map(({ metadata: { deck: _, passage, quote, ...about }, ...sides }) => ({
      ...sides,
      ...about,
      passage: passage ?? 0,
      quote: quote ?? '',
    })),
  };
}

/** What a card shows. */
export type Sides = {
  kind: 'basic' | 'cloze';
  /** How it asks, so that a deck does not ask everything in one way. */
  form: 'term' | 'question' | 'cloze' | 'table';
  front: string;
  back: string;
  weight: number;
};

/** A card drafted from one place of the notes. `quote` stands so in the passage with the number `n`. */
export type Draft = Sides & { quote: string; n: number; topic: string };

/** The cards that notes make: a line or a definition asks by its name, of another sentence a term or a figure is hidden. */
export function draftsIn({ sayings, gaps, figures }: Knowledge, asked: string): Draft[] {
  const at = (unit: Unit, sides: Sides | null): Draft[] =>
    sides && !says('reference', unit.text)
      ? [{ ...sides, quote: unit.text, n: unit.passage.n, topic: topicOf(unit, asked) }]
      : [];
  return [
    ...sayings.flatMap((saying) => at(saying.unit, ofSaying(saying))),
    ...gaps.flatMap((gap) => at(gap.unit, ofGap(gap))),
    ...figures.flatMap((figure) => at(figure.unit, ofFigure(figure))),
  ];
}

function ofSaying({ form, name, says, unit, leads }: Saying): Sides | null {
  if (form === 'deed') return null;
  const own = rootsOf(name);
  if (form === 'being' && own.length > 0 && own.every((root) => rootsOf(says).includes(root))) return null;
  const label = unit.list ? `${unit.list}: ${name}` : capitalised(name);
  const front = `${label}${form === 'formula' ? ' = ?' : leads ? ' → ?' : ''}`;
  const back = capitalised(form === 'being' ? says.replace(/^(?:is|are|was|were) /, '') : says);
  return { kind: 'basic', form: 'term', front, back, weight: 3 };
}

/** Of several terms of one sentence rather the one that it speaks of is hidden, which stands at its beginning. */
function ofGap({ term, form, before, after }: Gap): Sides | null {
  if (!term.isKey && !form.includes(' ')) return null;
  const front = `${before}{{c1::${form}}}${after}`;
  return { kind: 'cloze', form: 'cloze', front, back: '', weight: before.includes(' ', 4) ? 0.9 : 1.5 };
}

function ofFigure({ kind, answer, before, after, event, unit }: Figure): Sides {
  if (event !== null)
    return {
      kind: 'basic',
      form: 'question',
      front: say('item.dated', { event }, unit.language),
      back: answer,
      weight: 2,
    };
  const weight = kind === 'year' ? 1.3 : 1.6;
  return { kind: 'cloze', form: 'cloze', front: `${before}{{c1::${answer}}}${after}`, back: '', weight };
}

const MOST_ROWS = 12;
const MOST_COLUMNS = 6;
const LONGEST_NAME = 40;
const LONGEST_CELL = 120;

const readableCells = (row: string): string[] => cellsOf(row).map((cell) => plainWithMath(cell).trim());

/** "Worst case of heapsort?", "Is heapsort stable?": a cell, asked for by its row and its column. */
export function tableDrafts(passages: readonly Passage[], asked: string): Draft[] {
  return passages.flatMap((passage) =>
    [...passage.text.matchAll(TABLE)].flatMap((table) => {
      const heading = /.*^#{1,6} ([^\n]+)/ms.exec(passage.text.slice(0, table.index))?.[1] ?? '';
      const columns = readableCells(table[1] ?? '');
      const rows = (table[3] ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      if (columns.length < 2 || columns.length > MOST_COLUMNS || rows.length > MOST_ROWS) return [];
      return rows.flatMap((quote, i) => {
        const [name = '', ...cells] = readableCells(quote);
        if (cells.length !== columns.length - 1) return [];
        return cells.flatMap((cell, j): Draft[] => {
          const sides = cellSides(columns[j + 1] ?? '', name, cell);
          // Every row and every column gets its turn before any gets a second one.
          const weight = 2.3 - 0.25 * ((i + j) % Math.max(2, columns.length - 1));
          const topic = topicOf({ heading, passage }, asked);
          return sides
            ? [{ kind: 'basic', form: 'table', ...sides, quote, n: passage.n, topic, weight }]
            : [];
        });
      });
    }),
  );
}

function cellSides(column: string, name: string, cell: string): Pick<Sides, 'front' | 'back'> | null {
  const isFit =
    [column, name].every(
      (text) => text.length > 1 && text.length <= LONGEST_NAME && !says('column-not', text),
    ) &&
    /\p{L}{2}/u.test(name) &&
    cell.length > 0 &&
    cell.length <= LONGEST_CELL &&
    !/^[-–—?.]+$|https?:|!\[|\S{25,}/.test(cell.replace(FORMULA, 'x'));
  if (!isFit) return null;
  const back = capitalised(cell);
  if (/^(?:description|definition|meaning|explanation)s?$/i.test(column))
    return cell.includes(' ') && !/\b(?:this|these|it|you|your)\b/i.test(cell) ? { front: name, back } : null;
  if (!/^(?:yes|no)$/i.test(cell)) return { front: `${capitalised(column)} of ${name}?`, back };
  return /^\p{L}[\p{L}-]+$/u.test(column) ? { front: `Is ${name} ${column.toLowerCase()}?`, back } : null;
}

const LONGEST_WITH_FORMULA = 220;
const RELATION =
  /=|^\$+\s*(?:O|o|\\(?:Theta|Omega|mathcal\{O\}))\s*(?:\\left)?\(|\\(?:approx|propto|leq|geq|le|ge|equiv|to|rightarrow)\b|[<>≤≥≈∝→]/;
/** "The kinetic energy is $E = …$.": the formula is what is to be remembered, so it is what is hidden. */
export function formulaDrafts(passages: readonly Passage[], asked: string): Draft[] {
  return passages.flatMap((passage) =>
    sentences(passage.text).flatMap(({ kind, text, heading }): Draft[] => {
      // A row of a table is asked cell by cell.
      if (kind === 'heading' || text.startsWith('|')) return [];
      const said = plainWithMath(text);
      const prose = withoutMath(said);
      const formulas = said.match(FORMULA) ?? [];
      const telling = formulas.filter((formula) => RELATION.test(formula));
      const [formula] = telling;
      // The same formula a second time would give the first one away.
      const isOnce = telling.length <= 1 && formulas.filter((other) => other === formula).length === 1;
      if (
        !formula ||
        !isOnce ||
        said.length > LONGEST_WITH_FORMULA ||
        !standsAlone(prose) ||
        !isFitText(prose)
      )
        return [];
      // A replacement text would read the dollar signs of the formula as its own.
      const front = said.replace(formula, () => `{{c1::${formula}}}`);
      const topic = topicOf({ heading, passage }, asked);
      return [
        { kind: 'cloze', form: 'cloze', front, back: '', quote: text, n: passage.n, topic, weight: 2.4 },
      ];
    }),
  );
}
