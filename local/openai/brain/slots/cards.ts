import { match, patterns } from '../words.ts';

type CardText = { front: string; back: string };

const MOST_CARDS = 100;

/** "front | back", "front - back", "Q: … A: …", "front = back": one a line, or separated by semicolons. */
export function readCards(text: string): CardText[] {
  const labelled = patterns('card-labels').flatMap(({ pattern }) => [...text.matchAll(pattern)]);
  const matches =
    labelled.length > 0 ? labelled : text.split(/\n|;\s/).map((line) => match('card-line', line));
  return matches
    .map((card) => ({ front: (card?.[1] ?? '').trim(), back: (card?.[2] ?? '').trim() }))
    .filter((card) => card.front !== '' && card.back !== '')
    .slice(0, MOST_CARDS);
}

/** A card dictated inside a sentence: 'new card with front "A" and back "B"', "add a card: A - B". */
export function readDictatedCards(text: string): CardText[] {
  const cards = readCards(match('cards-behind', text)?.[1] ?? (match('cards-labelled', text) ? text : ''));
  const [, front, back] = (cards.length === 0 && match('cards-quoted', text)) || [];
  return front && back ? [{ front, back }] : cards;
}
