type CardText = { front: string; back: string };

const MOST_CARDS = 100;

/** "front | back", "front - back", "Q: … A: …", "front = back": one a line, or separated by semicolons. */
export function readCards(text: string): CardText[] {
  const labelled = [
    ...text.matchAll(
      /(?:\bq|question|front)\s*[:=]\s*"?(.+?)"?[\s,;|]*\b(?:a|answer|back)\s*[:=]\s*"?(.+?)"?(?=\s*(?:[;\n]|\b(?:q|question|front)\s*[:=]|$))/gis,
    ),
  ];
  const matches =
    labelled.length > 0
      ? labelled
      : text
          .split(/\n|;\s/)
          .map((line) =>
            /^\s*(?:[-*•]|\d+[.)])?\s*(.{1,200}?)\s*(?:\||\t|=>|->|→|::| [-–—=] |: )\s*(.{1,600}?)\s*$/.exec(
              line,
            ),
          );
  return matches
    .map((match) => ({ front: (match?.[1] ?? '').trim(), back: (match?.[2] ?? '').trim() }))
    .filter((card) => card.front !== '' && card.back !== '')
    .slice(0, MOST_CARDS);
}

const LISTED =
  /\b(?:(?:flash)?cards?|(?:kartei)?karten?|cartes?|fiches?|tarjetas?)\b(?:(?!front|back)[^:\n]){0,20}:\s*(.+)$/i;
const QUOTED =
  /"([^"]{1,300})"[^"]{0,40}?(?:=|\b(?:answer|back|means?|is)\b|->|–|-)[^"]{0,12}"([^"]{1,600})"/i;

/** A card dictated inside a sentence: 'new card with front "A" and back "B"', "add a card: A - B". */
export function readDictatedCards(text: string): CardText[] {
  const isLabelled = /front ?[:=]|\bq(?:uestion)?:.*\ba(?:nswer)?:/is.test(text);
  const cards = readCards(LISTED.exec(text)?.[1] ?? (isLabelled ? text : ''));
  const [, front, back] = (cards.length === 0 && QUOTED.exec(text)) || [];
  return front && back ? [{ front, back }] : cards;
}
