/** What others see of a student who lets themselves be found, and what nobody ever sees. */
import { useText } from '#use-text';
export function SeenByOthers() {
  const t = useText();
  return (
    <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
      <dt className="font-medium">{t('They see')}</dt>
      <dd className="text-ink-2">
        {t(
          'your name, level, subjects, way of learning and time zone, when you are usually free, and whether you are here and what you do',
        )}
      </dd>
      <dt className="font-medium">{t('Those who fit you also see')}</dt>
      <dd className="text-ink-2">
        {t(
          'topics you could explain to them, those they could explain to you, and those in which both are unsure',
        )}
      </dd>
      <dt className="font-medium">{t('Nobody sees')}</dt>
      <dd className="text-ink-2">{t('your email, scores, notes, goals, plans or conversations')}</dd>
    </dl>
  );
}
