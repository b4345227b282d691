import type { Dictionary } from './dictionary.ts';
import type { DefinitionFact, Fact } from './types.ts';

/** Sentences from one explained item to the next. */
const LONGEST_ITEM = 4;
const FEWEST_ITEMS = 3;

/**
 * Items that one list explains one after the other are siblings. A single "Word: text" explains nothing more often than
 * not, so a plain word has to have siblings, or to come again, to be a term.
 */
export function relateItems(facts: readonly Fact[], dictionary: Dictionary): Fact[] {
  const alone = new Set<Fact>();
  for (const list of listsOf(facts)) {
    dictionary.relate(list.map(({ term }) => term));
    if (list.length >= FEWEST_ITEMS) continue;
    for (const fact of list) {
      const { isKey, isName, text, units } = fact.term;
      if (!isKey && !isName && !text.includes(' ') && units.size < 2) alone.add(fact);
    }
  }
  return facts.filter((fact) => !alone.has(fact));
}

function listsOf(facts: readonly Fact[]): DefinitionFact[][] {
  const lists: DefinitionFact[][] = [];
  for (const fact of facts) {
    if (fact.kind !== 'definition' || fact.unit.kind !== 'item') continue;
    const list = lists.at(-1);
    const last = list?.at(-1)?.unit;
    const continues =
      last !== undefined &&
      last.passage === fact.unit.passage &&
      last.heading === fact.unit.heading &&
      fact.unit.order - last.order <= LONGEST_ITEM;
    if (list && continues) list.push(fact);
    else lists.push([fact]);
  }
  return lists;
}
