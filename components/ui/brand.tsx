/** The page with its margin line and one marked line: the idea, drawn. */
import { useText } from '#use-text';

function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className="size-6 shrink-0">
      <rect
        x="3"
        y="2"
        width="18"
        height="20"
        rx="4"
        fill="var(--page)"
        stroke="var(--ink)"
        strokeWidth="1.75"
      />
      <path d="M8 2v20" stroke="var(--margin)" strokeWidth="1.75" />
      <rect x="9.5" y="9.4" width="9" height="5" rx="1.6" fill="var(--mark)" />
      <path d="M11 12h5.5" stroke="var(--mark-ink)" strokeWidth="1.75" strokeLinecap="round" />
    </svg>
  );
}

/** Mark and name. */
export function Brand({ compact = false }: { compact?: boolean }) {
  const t = useText();
  return (
    <span className="flex items-center gap-2.5 font-[650] text-ink text-notes leading-6 tracking-[-0.02em]">
      <BrandMark />
      <span className={compact ? 'sr-only xl:not-sr-only' : undefined}>{t('Clerva')}</span>
    </span>
  );
}
