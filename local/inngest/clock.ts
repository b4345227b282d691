/** The executor's idea of the time: the real clock, plus whatever a test has advanced it by. */
export type Clock = {
  now(): number;
  advance(milliseconds: number): void;
};

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}
