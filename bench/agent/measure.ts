/** When the parts of a streamed turn arrived, in milliseconds after the request was sent. */
export type TurnTiming = { firstPartMs: number; firstTextMs: number; endMs: number; ok: boolean };

/** Sends one turn and reads its stream to the end. */
export async function timeTurn(
  url: string,
  headers: Record<string, string>,
  message: string,
  onFirstPart: () => void = () => undefined,
): Promise<TurnTiming> {
  const begin = performance.now();
  const timing: TurnTiming = {
    firstPartMs: Number.NaN,
    firstTextMs: Number.NaN,
    endMs: Number.NaN,
    ok: false,
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message }),
  });
  if (!response.ok || !response.body) {
    console.error(`A turn was answered ${response.status}: ${await response.text()}`);
    return timing;
  }
  let buffered = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const now = performance.now() - begin;
    buffered += text;
    if (Number.isNaN(timing.firstPartMs) && buffered.includes('data:')) {
      timing.firstPartMs = now;
      onFirstPart();
    }
    if (Number.isNaN(timing.firstTextMs) && buffered.includes('"type":"text-delta"'))
      timing.firstTextMs = now;
  }
  timing.endMs = performance.now() - begin;
  timing.ok = !Number.isNaN(timing.firstTextMs) && !buffered.includes('"type":"error"');
  return timing;
}

/**
 * Every student asks at a fixed pace, starting at an even spread over the first interval, whether or not earlier turns
 * are finished: a slow server is not spared by slow callers.
 */
export async function atPace(
  students: number,
  turnsEach: number,
  intervalMs: number,
  turn: (student: number, index: number) => Promise<TurnTiming>,
): Promise<TurnTiming[]> {
  const begin = performance.now();
  const all: Promise<TurnTiming>[] = [];
  const schedule = Array.from({ length: students * turnsEach }, (_, position) => {
    const student = position % students;
    const index = Math.floor(position / students);
    return { student, index, at: index * intervalMs + (student / students) * intervalMs };
  });
  for (const { student, index, at } of schedule) {
    const wait = at - (performance.now() - begin);
    if (wait > 0) await new Promise((next) => setTimeout(next, wait));
    all.push(turn(student, index));
  }
  return Promise.all(all);
}
