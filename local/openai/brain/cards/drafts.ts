import type { Figure, Gap, Knowledge, Saying, Unit } from '../facts/types.ts';
import { rootsOf } from '../facts/words.ts';
import { say } from '../phrases.ts';
import { topicOf } from '../quiz/index.ts';
import { capitalised } from '../text/plain.ts';
import { says } from '../words.ts';

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
    ...ofLists(sayings, asked),
  ];
}

function ofSaying({ form, name, says, unit, leads }: Saying): Sides | null {
  if (form === 'listed' || form === 'deed') return null;
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

/** What stands below one line, as one card: "Prokaryotic cells" and all that is listed of them. */
function ofLists(sayings: readonly Saying[], asked: string): Draft[] {
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
    const front = `${capitalised(first.list)}?`;
    return [
      { kind: 'basic', form: 'question', front, back, weight: 2, quote, n, topic: topicOf(first, asked) },
    ];
  });
}
