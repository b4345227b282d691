import { useText } from '#use-text';
import { ButtonLink } from '@/components/ui/button';
import { paths } from '@/lib/links';

/** Nobody by this id, somebody who hides, and somebody who blocked the student look the same. */
export function PersonGone() {
  const t = useText();
  return (
    <div className="px-5 py-6 md:px-7">
      <h2 className="font-semibold text-lg">{t('There is nobody here to see')}</h2>
      <p className="mt-1 mb-4 text-ink-2 text-md">
        {t('They may be hidden now, or this link was never a person.')}
      </p>
      <ButtonLink variant="primary" href={paths.people}>
        {t('Back to People')}
      </ButtonLink>
    </div>
  );
}
