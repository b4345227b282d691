import { useText } from '#use-text';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { OwnState } from '@/lib/db/queries/people';
import { paths } from '@/lib/links';

/** Nobody is here: what would help, and the one way to it. */
export function NobodyHere({ me, matches }: { me: OwnState; matches: number }) {
  const t = useText();
  if (me.subjects === 0) {
    return (
      <EmptyState
        title={t('Say what you study')}
        actions={
          <ButtonLink variant="primary" href={paths.subjects}>
            {t('Add subjects')}
          </ButtonLink>
        }
      >
        {t('People are matched by their subjects first, and you have named none yet.')}
      </EmptyState>
    );
  }
  if (me.windows === 0) {
    return (
      <EmptyState
        title={t('Nobody is here right now')}
        actions={
          <ButtonLink variant="primary" href={paths.freeTimes}>
            {t('Paint your week')}
          </ButtonLink>
        }
      >
        {t('Say when you are usually free, and you see here when you and others can meet.')}
      </EmptyState>
    );
  }
  return (
    <p className="text-ink-2 text-md">
      {matches > 0
        ? t('Nobody you can see is here right now. Open somebody below to find a time and ask.')
        : me.visibility === 'private'
          ? t('Nobody you can see is here. Hidden students are not matched.')
          : t('Nobody from your subjects is here yet. New students appear by themselves.')}
    </p>
  );
}
