/** What others see of a student who lets themselves be found, and what nobody ever sees. */
export function SeenByOthers() {
  return (
    <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
      <dt className="font-medium">They see</dt>
      <dd className="text-ink-2">
        your name, level, subjects, way of learning and time zone, when you are usually free, and whether you
        are here and what you do
      </dd>
      <dt className="font-medium">Those who fit you also see</dt>
      <dd className="text-ink-2">
        topics you could explain to them, those they could explain to you, and those in which both are unsure
      </dd>
      <dt className="font-medium">Nobody sees</dt>
      <dd className="text-ink-2">your email, scores, notes, goals, plans or conversations</dd>
    </dl>
  );
}
