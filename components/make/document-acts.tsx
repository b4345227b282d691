'use client';

import { CircleHelp, Layers, MessageSquareText, ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useText } from '#use-text';
import { buttonClass } from '@/components/ui/button';
import { MenuItem } from '@/components/ui/menu';
import type { Translate } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { openMaking } from './make-store';

type ActsProps = { docId: string; title: string };

const actsOf = ({ docId, title }: ActsProps, t: Translate) =>
  [
    { label: t('Guide'), icon: ScrollText, href: paths.guide(docId, title) },
    { label: t('Quiz'), icon: CircleHelp, open: () => openMaking({ kind: 'quiz', docId }) },
    { label: t('Cards'), icon: Layers, open: () => openMaking({ kind: 'cards', docId }) },
    { label: t('Ask'), icon: MessageSquareText, href: paths.askingIn(docId) },
  ] as const;

/** What can be made of a document, or asked of it, beside its name. */
export function DocumentActs({ className, ...of }: ActsProps & { className?: string }) {
  const t = useText();
  const look = buttonClass({ variant: 'quiet', size: 'sm', className: 'px-2!' });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's.
    <div role="group" aria-label={t('Study {title}', { title: of.title })} className={className}>
      {actsOf(of, t).map((act) =>
        'href' in act ? (
          <Link prefetch={false} key={act.label} href={act.href} className={look}>
            {act.label}
          </Link>
        ) : (
          <button key={act.label} type="button" onClick={act.open} className={look}>
            {act.label}
          </button>
        ),
      )}
    </div>
  );
}

/** The same in a menu, where there is no room beside the name. */
export function DocumentActItems(of: ActsProps) {
  const t = useText();
  const router = useRouter();
  return actsOf(of, t).map((act) => (
    <MenuItem
      key={act.label}
      icon={act.icon}
      className="md:hidden"
      onSelect={() => ('href' in act ? router.push(act.href) : act.open())}
    >
      {act.label}
    </MenuItem>
  ));
}
