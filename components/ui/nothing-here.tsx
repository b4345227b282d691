import { useText } from '#use-text';
import { paths } from '@/lib/links';
import { buttonClass } from './button-look';

/** One page for what does not exist and for what belongs to somebody else: it must not tell them apart. */
export function NothingHere() {
  const t = useText();
  return (
    <div className="grid min-h-full place-items-center px-5 py-16">
      <div className="max-w-measure">
        <h1 className="font-semibold text-xl">{t('There is nothing here, or it is not yours')}</h1>
        <p className="mt-2 mb-6 text-ink-2 text-md">
          {t('Your notes and questions are where you left them.')}
        </p>
        {/* Comes with every page, which a link of the router would make heavier. */}
        <a href={paths.today} className={buttonClass({ variant: 'primary' })}>
          {t('Go to Today')}
        </a>
      </div>
    </div>
  );
}
