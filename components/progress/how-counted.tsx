/** How the figures come about, for those who want to know before they believe them. */
export function HowCounted() {
  return (
    <details className="mt-10 border-rule border-t pt-3 text-ink-2">
      <summary className="w-fit cursor-pointer py-1 font-medium text-ink">How this is counted</summary>
      <ul className="mt-2 grid max-w-132 list-disc gap-2 pl-5">
        <li>
          A topic starts in the middle, knowing nothing, and moves with every answer. Skipped questions and
          those you reported do not count; a right guess counts half.
        </li>
        <li>
          An answer counts half after a month. Cards count half an answer, and hardly at all when seen twice
          in one sitting.
        </li>
        <li>
          The grey bar is the range the topic lies in nine times out of ten. More answers make it shorter.
        </li>
        <li>
          Until the exam, topics with cards hold when you do what is due; others fade to nine tenths in a
          month. For the plan, an hour on a topic is taken to halve what is missing there. That is a rule of
          thumb, not a promise.
        </li>
        <li>“That is wrong” leaves out everything before it on that topic. Undo brings it back.</li>
      </ul>
    </details>
  );
}
