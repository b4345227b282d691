'use client';

import { useText } from '#use-text';
import './chat.css';
import { useId, useMemo } from 'react';
import { chipShape } from '@/components/markdown/citation-chip';
import { Markdown } from '@/components/markdown/markdown';
import { ProofContext } from '@/components/markdown/proof-context';
import { formatOf } from '@/components/passage/passage-blocks';
import { PassageText } from '@/components/passage/passage-text';
import type { Citation } from '@/lib/domain/citation';
import type { Snapshot, TranscriptMessage } from '@/lib/domain/transcript';
import { told } from '@/lib/language/told';
import { locatorText } from '@/lib/study/locator';
import { bubble } from './question';

/** A copy of a conversation, to be read and nothing else. */
export function SharedConversation({ snapshot: { messages } }: { snapshot: Snapshot }) {
  const t = useText();
  // Messages of a copy never change, nor do their places.
  const placed = messages.map((message, place) => ({ message, place }));
  return placed.map(({ message, place }) =>
    message.role === 'user' ? (
      <article key={place} aria-label={t('You asked')} className="mt-2 mb-7">
        <p dir="auto" className={bubble}>
          {message.text}
        </p>
      </article>
    ) : (
      <SharedAnswer key={place} message={message} />
    ),
  );
}

function SharedAnswer({
  message: { text, sources, tools, unsupported, imported },
}: {
  message: TranscriptMessage;
}) {
  const t = useText();
  const id = useId();
  const proof = useMemo(() => {
    // Where the words stand in a document is for its owner; the chip leads to the words themselves.
    const citations = new Map(
      sources.map((source): [number, Citation] => [
        source.n,
        { ...source, docId: '', chunkOrd: 0, quoteStart: 0, quoteEnd: 0 },
      ]),
    );
    const open = (n: number) => document.getElementById(`${id}-${n}`)?.focus();
    return { citations, active: undefined, open };
  }, [sources, id]);
  return (
    <article aria-label={t('Answer')} className="mb-10">
      {imported && <p className="tag mb-2 w-fit">{t('imported')}</p>}
      {tools.map(({ said, lines, madeOf }) => (
        <div key={said} className="mb-3 text-ink-2 text-sm [overflow-wrap:anywhere]">
          <p>{told(said, madeOf, t)}</p>
          {lines.length > 0 && (
            <ul className="mt-1 list-disc pl-5">
              {[...new Set(lines)].map((line) => (
                <li key={line}>{told(line, madeOf, t)}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
      <ProofContext value={proof}>
        <div className="answer">
          <Markdown text={text} known={proof.citations} />
        </div>
      </ProofContext>
      {unsupported.length > 0 && (
        <p className="mt-3 text-ink-3 text-xs">
          {t('Not in the notes: {unsupported}', { unsupported: unsupported.join(' · ') })}
        </p>
      )}
      {sources.length > 0 && (
        <ol className="mt-4 grid gap-2 border-rule border-t pt-3 text-sm">
          {sources.map(({ n, title, locator, quote, verdict }) => (
            <li key={n} id={`${id}-${n}`} tabIndex={-1} className="flex gap-2.5 rounded-1">
              <span className={`${chipShape(verdict)} mt-0.5 shrink-0`}>{n}</span>
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <PassageText
                  content={quote.trim()}
                  format={formatOf({ locator: locator.kind })}
                  className="text-[0.9375rem]! leading-5.75!"
                />
                <p className="text-ink-3 text-xs">
                  {title}, {locatorText(locator, t)}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}
