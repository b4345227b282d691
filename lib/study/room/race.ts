import type { Race, Racer } from '../../domain/room.ts';

export type Standing = Racer & {
  /** 1 is ahead; who cannot be told apart shares a place. */
  place: number;
};

const lastRightMs = ({ lastRightAt }: Racer) =>
  lastRightAt === null ? Number.MAX_VALUE : Date.parse(lastRightAt);

/** Right answers decide; of equal ones whoever had them first, so that being slow at what one gets wrong costs nothing. */
const ahead = (a: Racer, b: Racer) => b.right - a.right || lastRightMs(a) - lastRightMs(b);

/** Everybody who races by their place. */
export function standings({ racers }: Pick<Race, 'racers'>): Standing[] {
  return racers
    .toSorted((a, b) => ahead(a, b) || (a.userId < b.userId ? -1 : 1))
    .map((racer, _, sorted) => ({
      ...racer,
      place: sorted.findIndex((other) => ahead(other, racer) === 0) + 1,
    }));
}

/** Who won; nobody while nothing was right. */
export const winners = (race: Pick<Race, 'racers'>): Standing[] =>
  standings(race).filter(({ place, right }) => place === 1 && right > 0);
