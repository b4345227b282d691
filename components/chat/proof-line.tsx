'use client';

import { clsx } from 'clsx';
import { useText } from '#use-text';
import type { MessageContent } from '@/lib/agent/messages';
import { VERDICTS, type Verdict } from '@/lib/domain/citation';
import { inEnglish, type Message, text } from '@/lib/language/text';

type ProofCounts = Record<Verdict, number>;

export function countProof({ citations, unsupported }: MessageContent): ProofCounts {
  const counts: ProofCounts = { verified: 0, paraphrase: 0, unsupported: unsupported.length };
  for (const { verdict } of citations.values()) counts[verdict] += 1;
  return counts;
}

const PROOF_WORDS: Record<Verdict, Message> = {
  verified: text('{count, plural, one {# verified} other {# verified}}'),
  paraphrase: text('{count, plural, one {# paraphrase} other {# paraphrases}}'),
  unsupported: text('{count, plural, one {# not in your notes} other {# not in your notes}}'),
};

/** "5 verified, 1 paraphrase", or nothing where nothing was cited. */
export function describeProof(counts: ProofCounts, t = inEnglish): string {
  return VERDICTS.filter((kind) => counts[kind] > 0)
    .map((kind) => t(PROOF_WORDS[kind], { count: counts[kind] }))
    .join(', ');
}

const SHAPES: Record<Verdict, string> = {
  verified: 'size-3 rounded-[3px] bg-mark forced-colors:border',
  paraphrase: 'size-3 rounded-full shadow-[inset_0_0_0_1px_var(--edge)] forced-colors:border',
  unsupported: 'w-3 border-edge border-b-2 border-dotted',
};

const HINTS: Record<Verdict, Message> = {
  verified: text('Show only these passages'),
  paraphrase: text('Show only these passages'),
  unsupported: text('Go to the statement'),
};

type ProofLineProps = {
  counts: ProofCounts;
  /** The part that previous and next walk now, while the panel is open. */
  filter: Verdict | undefined;
  onPick: (kind: Verdict, button: HTMLElement) => void;
};

/** "5 verified · 1 paraphrase · 1 not in your notes", with the same shapes as in the text. */
export function ProofLine({ counts, filter, onPick }: ProofLineProps) {
  const t = useText();
  const kinds = VERDICTS.filter((kind) => counts[kind] > 0);
  if (kinds.length === 0) return null;
  return (
    <ul className="flex min-w-0 flex-1 flex-wrap gap-x-2 text-ink-2 text-xs" aria-label={t('Proof')}>
      {kinds.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            aria-pressed={kind === 'unsupported' ? undefined : filter === kind}
            title={t(HINTS[kind])}
            onClick={(event) => onPick(kind, event.currentTarget)}
            className={clsx(
              '-ml-2 flex min-h-11 items-center gap-1.5 rounded-2 px-2 hover:bg-sunk md:min-h-8',
              filter === kind && 'font-semibold text-ink underline underline-offset-4',
            )}
          >
            <span aria-hidden="true" className={SHAPES[kind]} />
            {t(PROOF_WORDS[kind], { count: counts[kind] })}
          </button>
        </li>
      ))}
    </ul>
  );
}
