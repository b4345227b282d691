/** The product in one picture: an answer, and the words of the notes it stands on. Decoration for sighted readers. */
import { useText } from '#use-text';
export function ProofSample() {
  const t = useText();
  return (
    <div
      aria-hidden="true"
      className="margin-line relative hidden content-center overflow-hidden border-rule border-l bg-page pr-12 pl-32 [--margin-at:6rem] md:grid xl:pr-24"
    >
      <p className="mb-9 max-w-lg text-[1.0625rem] leading-7">
        {t('You can hold about seven things in mind at')}{' '}
        <span className="whitespace-nowrap">
          {t('once')} <Chip ring />
        </span>
      </p>
      <p className="relative max-w-lg font-notes text-lg leading-9">
        <span className="absolute top-2 -left-14.5 leading-none">
          <Chip />
        </span>
        {t.rich(
          'Without rehearsal it lasts about twenty seconds. In 1956 George Miller found that <mark>most people can hold about seven items,</mark> give or take two. Grouping items into larger units is called chunking.',
          { mark: (words) => <mark className="mark-draw">{words}</mark> },
        )}
      </p>
    </div>
  );
}

function Chip({ ring = false }: { ring?: boolean }) {
  return (
    <span
      className={`inline-grid h-[19px] min-w-[19px] place-items-center rounded-1 bg-mark px-1.25 font-semibold font-voice text-chip text-mark-ink leading-none ${ring ? 'ml-1.5 outline-2 outline-pen outline-offset-2' : ''}`}
    >
      1
    </span>
  );
}

/** The same idea in one line, for phones. */
export function ProofPeek() {
  const t = useText();
  return (
    <div
      aria-hidden="true"
      className="margin-line relative mb-7 overflow-hidden rounded-3 border border-rule bg-page py-3.5 pr-4.5 pl-9.5 [--margin-at:1.25rem] md:hidden"
    >
      <p className="font-notes text-md leading-7">
        {t.rich('… that <mark>most people can hold about seven items,</mark> give or take two.', {
          mark: (words) => <mark>{words}</mark>,
        })}
      </p>
    </div>
  );
}
