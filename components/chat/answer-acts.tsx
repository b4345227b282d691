'use client';

import { Check, CircleHelp, FilePlus2, Layers } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useText } from '#use-text';
import { madePath } from '@/components/chooser/make-path';
import { MakingLine } from '@/components/chooser/making';
import { useMake } from '@/components/chooser/use-make';
import { useAction } from '@/components/client/use-action';
import { saveNote } from '@/components/library/save-note';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import type { MessageContent } from '@/lib/agent/messages';
import { MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { Made, MadeItems } from '@/lib/domain/make';
import { MAX_CHOSEN_DOCUMENTS } from '@/lib/domain/turn';
import { paths } from '@/lib/links';
import { answerWithSources } from './answer-text';

const ITEMS = 5;
/** What stands right beside a cited passage is about the same. */
const BESIDE = 1;

/** The passages that an answer stands on, as what items are made of. */
function sourcesOf({ citations }: MessageContent) {
  const places = new Map(
    [...citations.values()].map(({ docId, chunkOrd }) => [
      `${docId} ${chunkOrd}`,
      { docId, ordRange: { from: Math.max(0, chunkOrd - BESIDE), to: chunkOrd + BESIDE } },
    ]),
  );
  return [...places.values()].slice(0, MAX_CHOSEN_DOCUMENTS);
}

/** What can be made of an answer: questions and cards of the passages it stands on, and a note of its words. */
export function AnswerActs({ content, asked }: { content: MessageContent; asked: string }) {
  const t = useText();
  const router = useRouter();
  const [kind, setKind] = useState<Made>('quiz');
  const [made, setMade] = useState<MadeItems>();
  const { make, cancel, progress, problem } = useMake((items) => {
    if (items.kind === 'quiz') router.push(madePath(items));
    else setMade(items);
  });
  const [isSaved, setSaved] = useState(false);
  const title = asked.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_CHARACTERS) || t('An answer');
  const note = useAction(async () => {
    const markdown = `# ${title}\n\n${answerWithSources(content, t)}`;
    await saveNote({ title, markdown, sourceType: 'upload' });
    setSaved(true);
  });
  const begin = (what: Made) => {
    setKind(what);
    void make({ kind: what, n: ITEMS, topic: title, sources: sourcesOf(content) });
  };
  const act = { size: 'sm', variant: 'quiet', className: 'px-2!' } as const;
  const doneClass = 'link inline-flex min-h-10 items-center gap-1 px-2 text-xs md:min-h-8';
  const done = <Check aria-hidden="true" className="size-4 text-moss" />;
  if (progress) return <MakingLine kind={kind} progress={progress} onCancel={cancel} />;
  return (
    <>
      <div className="-ml-2 flex flex-wrap items-center gap-x-1">
        {content.citations.size > 0 && (
          <>
            <Button {...act} onClick={() => begin('quiz')}>
              <CircleHelp aria-hidden="true" className="size-4" /> {t('Quiz me on this')}
            </Button>
            {made ? (
              <Link prefetch={false} href={madePath(made)} className={doneClass}>
                {done} {t('{made, plural, one {# new card} other {# new cards}}', { made: made.made })}
              </Link>
            ) : (
              <Button {...act} onClick={() => begin('cards')}>
                <Layers aria-hidden="true" className="size-4" /> {t('{value} cards', { value: ITEMS })}
              </Button>
            )}
          </>
        )}
        {isSaved ? (
          <Link prefetch={false} href={paths.library} className={doneClass}>
            {t.rich('{done} In your library', { done })}
          </Link>
        ) : (
          <Button {...act} busy={note.pending} onClick={() => void note.run()}>
            {!note.pending && <FilePlus2 aria-hidden="true" className="size-4" />} {t('Save as note')}
          </Button>
        )}
      </div>
      <p role="status" className="text-ink-3 text-xs empty:hidden">
        {made?.note}
      </p>
      <ProblemText problem={problem ?? note.problem} />
    </>
  );
}
