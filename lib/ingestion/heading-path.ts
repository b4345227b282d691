import type { Heading } from './extract/sections.ts';

/** The last of some starts in ascending order that is at or before an offset; -1 when all are behind it. */
export function lastAtOrBefore(places: readonly { start: number }[], offset: number): number {
  let [low, high] = [-1, places.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((places[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export type PlacedHeading = Heading & { parent: PlacedHeading | null };

/** Each heading with the one it stands under. */
export function withParents(headings: readonly Heading[]): PlacedHeading[] {
  let last: PlacedHeading | null = null;
  return headings.map((heading) => {
    let parent: PlacedHeading | null = last;
    while (parent && parent.level >= heading.level) parent = parent.parent;
    last = { ...heading, parent };
    return last;
  });
}

function pathOf(heading: PlacedHeading | undefined): string[] {
  const path: string[] = [];
  for (let at: PlacedHeading | null | undefined = heading; at; at = at.parent) path.unshift(at.title);
  return path;
}

/** The headings above the part of a chunk that holds most of its text. */
export function dominantPath(
  headings: readonly PlacedHeading[],
  start: number,
  end: number,
  tokens: (start: number, end: number) => number,
): string[] {
  let index = lastAtOrBefore(headings, start);
  let best = index;
  let most = -1;
  for (let from = start; from < end; index++) {
    const to = Math.min(end, headings[index + 1]?.start ?? end);
    if (tokens(from, to) > most) {
      most = tokens(from, to);
      best = index;
    }
    from = to;
  }
  return pathOf(headings[best]);
}
