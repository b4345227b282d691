/** Where something stands on a slide, in whatever unit the file counts. */
export type Box = { x: number; y: number; width: number; height: number };
export type Placed = { html: string; box: Box | undefined };

type Standing = { box: Box };
type Axis = { from: (box: Box) => number; length: (box: Box) => number };
const ACROSS: Axis = { from: ({ x }) => x, length: ({ width }) => width };
const DOWN: Axis = { from: ({ y }) => y, length: ({ height }) => height };
/**
 * Boxes may touch, and reach a little into each other, without standing on the same line. Where nothing can be cut apart then,
 * they may reach further: a box is often wider than its words.
 */
const OVERLAPS = [0.1, 0.3];

/** What stands closer than half of the widest room is not cut apart yet. */
const NARROW = 0.5;

/** The groups that stand furthest apart along an axis, and the widest room between two of them. */
function cut<Some extends Standing>(
  placed: readonly Some[],
  { from, length }: Axis,
  overlap: number,
): { groups: Some[][]; room: number } {
  const parts: { group: Some[]; before: number }[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const one of placed.toSorted((left, right) => from(left.box) - from(right.box))) {
    const begin = from(one.box);
    const last = parts.at(-1);
    if (last && begin < end - overlap * length(one.box)) last.group.push(one);
    else parts.push({ group: [one], before: begin - end });
    end = Math.max(end, begin + length(one.box));
  }
  const room = Math.max(...parts.slice(1).map(({ before }) => before));
  const groups: Some[][] = [];
  for (const { group, before } of parts) {
    const last = groups.at(-1);
    // Those that reach into each other are the nearer, the further they do.
    if (last && before < (room > 0 ? NARROW * room : room / NARROW)) last.push(...group);
    else groups.push(group);
  }
  return { groups, room };
}

/** What stands somewhere in the order it is read in. */
export function inOrder<Some extends Standing>(placed: readonly Some[], isLeftward: boolean): Some[] {
  if (placed.length < 2) return [...placed];
  const found = OVERLAPS.map((overlap) => ({
    columns: cut(placed, ACROSS, overlap),
    rows: cut(placed, DOWN, overlap),
  })).find(({ columns, rows }) => columns.groups.length > 1 || rows.groups.length > 1);
  if (!found) return placed.toSorted((one, other) => one.box.y - other.box.y || one.box.x - other.box.x);
  const { columns, rows } = found;
  // What stands further apart belongs less together: columns are read down where more room is between them than within.
  const byColumns = columns.groups.length > 1 && columns.room >= rows.room;
  const { groups } = byColumns ? columns : rows;
  const ordered = byColumns && isLeftward ? groups.toReversed() : groups;
  return ordered.flatMap((group) => inOrder(group, isLeftward));
}

const LEFTWARD = /[\p{Script=Hebrew}\p{Script=Arabic}]/gu;
const LETTER = /\p{L}/gu;
const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * What stands on a slide in the order it is read in, which need not be the order it was drawn in. What has no place of its
 * own stays behind what was drawn before it.
 */
export function readingOrder(drawn: readonly Placed[]): string {
  const standing: (Standing & { html: string })[] = [];
  let html = '';
  for (const one of drawn) {
    if (one.html === '') continue;
    const before = standing.at(-1);
    if (one.box) standing.push({ html: one.html, box: one.box });
    else if (before) before.html += one.html;
    else html += one.html;
  }
  const said = standing.map((one) => one.html.replace(/<[^>]*>/g, '')).join('');
  const isLeftward = countOf(said, LEFTWARD) * 2 > countOf(said, LETTER);
  return (
    html +
    inOrder(standing, isLeftward)
      .map((one) => one.html)
      .join('')
  );
}
