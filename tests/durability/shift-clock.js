/** Loaded before everything: each SIGUSR2 moves this process's clock on, then back behind the real one, then to it. */
const JUMPS_MS = [0, 45 * 60_000, -45 * 60_000];
const RealDate = Date;
let jumps = 0;
const now = () => RealDate.now() + JUMPS_MS[jumps % JUMPS_MS.length];

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};
process.on('SIGUSR2', () => {
  jumps += 1;
});
