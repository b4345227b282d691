import { clsx } from 'clsx';
import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { TextButton } from './button';

type StripProps = {
  /** `bad` needs the student's hand and is announced at once; `calm` is said politely. */
  tone?: 'calm' | 'bad';
  icon?: LucideIcon;
  /** One verb that mends it. */
  action?: ReactNode;
  /** The verb where trying again mends it. */
  onRetry?: () => unknown;
  className?: string;
  children: ReactNode;
};

/** A line in place: what happened, what is kept, one way out. Nothing while there is nothing to say. */
export function Strip({ tone = 'calm', icon, action, onRetry, className, children }: StripProps) {
  const t = useText();
  if (children === undefined) return null;
  const Icon = icon ?? (tone === 'bad' ? CircleAlert : undefined);
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={clsx(
        'flex flex-wrap items-center gap-x-3 gap-y-1 rounded-3 px-4 py-3 text-sm',
        tone === 'bad' ? 'bg-brick-wash' : 'bg-sunk',
        className,
      )}
    >
      {Icon && (
        <Icon aria-hidden="true" className={clsx('size-4.5 shrink-0', tone === 'bad' && 'text-brick')} />
      )}
      <div className="min-w-0 flex-1 basis-48">{children}</div>
      {action}
      {onRetry && (
        <TextButton className="min-h-6 font-semibold" onClick={() => void onRetry()}>
          {t('Try again')}
        </TextButton>
      )}
    </div>
  );
}
