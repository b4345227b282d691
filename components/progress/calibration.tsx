import Link from 'next/link';
import { useText } from '#use-text';
import { Bar } from '@/components/ui/progress-bar';
import { percent } from '@/lib/calendar/words';
import { paths } from '@/lib/links';
import type { Analytics } from '@/lib/study/mastery/profile';
import { calibrationSentence, confidenceName } from './wording';

type Calibration = Analytics['calibration'];

const ITEMS_SHOWN = 5;

function ItemList({ title, items }: { title: string; items: Calibration['items'] }) {
  const t = useText();
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className="font-semibold">{title}</h3>
      <ul className="mt-2">
        {items.slice(0, ITEMS_SHOWN).map(({ quizId, itemId, topic, q }) => (
          <li key={`${quizId} ${itemId}`} className="border-rule border-t py-2 last:border-b">
            <Link
              href={paths.quizItem(quizId, itemId)}
              className="line-clamp-2 font-notes text-[0.9375rem] leading-6 hover:underline hover:underline-offset-3"
            >
              {q}
            </Link>
            <p className="text-ink-3 text-xs">{topic}</p>
          </li>
        ))}
      </ul>
      {items.length > ITEMS_SHOWN && (
        <p className="mt-2 text-ink-3 text-xs">
          {t('{count} more after these.', { count: items.length - ITEMS_SHOWN })}
        </p>
      )}
    </section>
  );
}

/** How well the student knows what they know: first what they were certain of and wrong, then lucky guesses. */
export function CalibrationPanel({ calibration }: { calibration: Calibration }) {
  const t = useText();
  const said = calibration.byConfidence.filter(({ total }) => total > 0);
  if (said.length === 0) return null;
  return (
    <>
      <ItemList title={t('Certain, and wrong')} items={calibration.items} />
      <section aria-labelledby="calibration">
        <h2 id="calibration" className="font-semibold">
          {t('When you say')}
        </h2>
        <table className="mt-2 w-full">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('Confidence')}</th>
              <th scope="col">{t('Right')}</th>
            </tr>
          </thead>
          <tbody>
            {said.map(({ confidence, right, total }) => (
              <tr key={confidence} className="border-rule border-t">
                <th scope="row" className="py-1.75 text-left font-normal">
                  {confidenceName(confidence, t)}
                  <Bar share={right / total} className="mt-1 h-1 w-full bg-sunk" />
                </th>
                <td className="whitespace-nowrap py-1.75 pl-4 text-right align-top tabular">
                  <span className="font-semibold">
                    {t('{percent} right', { percent: percent(right / total, t.language) })}
                  </span>
                  <span className="block text-ink-3 text-xs">
                    {t('{right} of {total}', { right, total })}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mt-2.5 text-ink-3 text-xs">{calibrationSentence(calibration, t)}</p>
      </section>
      <ItemList title={t('Right, by a guess')} items={calibration.guessed} />
    </>
  );
}
