import { X } from 'lucide-react';
import { useText } from '#use-text';
import { paths } from '@/lib/links';
import { ButtonLink } from './button';

/** The way out of what fills the whole screen. It goes on there the next time. */
export const LeaveLink = () => {
  const t = useText();
  return (
    <ButtonLink variant="quiet" className="w-fit max-md:size-11 max-md:p-0" href={paths.practice}>
      <X aria-hidden="true" className="size-4.5" />
      <span className="max-md:sr-only">{t('Leave, keep my place')}</span>
    </ButtonLink>
  );
};
