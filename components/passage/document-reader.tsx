'use client';

import { ChevronLeft, ChevronRight, ExternalLink, MessageSquareText } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { buttonClass, IconButton, iconButtonClass } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { Tooltip } from '@/components/ui/tooltip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import type { ReaderDocument, ReaderPage } from '@/lib/db/queries/reader';
import { api, paths } from '@/lib/links';
import { marksOnPage, pageName, type QuoteRange } from './page-name';
import { PassageText } from './passage-text';

type DocumentReaderProps = { document: ReaderDocument; page: ReaderPage; range?: QuoteRange };

const hrefOf = (docId: string, page: number) => paths.passage(docId, page);

/** A document page by page, in the student's serif, with the quote marked that led here. */
export function DocumentReader({ document, page, range }: DocumentReaderProps) {
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const { id, title, pageCount } = document;
  const previous = page.page > 1 ? page.page - 1 : undefined;
  const next = page.page < (pageCount ?? 1) ? page.page + 1 : undefined;
  const original = api.file(id);
  const marks = range ? marksOnPage(range, page) : undefined;
  const name = pageName({ ...document, ...page });

  const goTo = (target: number | undefined) => {
    if (target !== undefined) router.push(hrefOf(id, target), { scroll: false });
  };
  useHotkeys({
    arrowleft: () => goTo(previous),
    arrowright: () => goTo(next),
    o: () => window.open(original, '_blank', 'noreferrer'),
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top, or at its mark.
  useEffect(() => {
    const view = scroller.current;
    const first = view?.querySelector('mark');
    if (!view) return;
    const top = first
      ? first.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop
      : 0;
    view.scrollTop = Math.max(0, top - view.clientHeight / 3);
  }, [page.page, range?.from]);

  return (
    <div className="flex h-full flex-col overflow-hidden bg-page md:rounded-4 md:border md:border-rule">
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 border-rule border-b py-1 pr-2 pl-5 md:min-h-14 md:pr-3 md:pl-6">
        <Link
          href={paths.library}
          className="mr-1 hidden rounded-2 text-ink-3 text-xs hover:text-ink hover:underline md:block"
        >
          Library
        </Link>
        <h1 className="min-w-0 flex-1 truncate font-notes font-semibold text-md leading-5.5">{title}</h1>
        <PageForm document={document} page={page} onGo={goTo} />
        <div className="ml-auto flex items-center gap-1">
          <div className="hidden items-center gap-1 md:flex">
            <Turn
              href={previous === undefined ? undefined : hrefOf(id, previous)}
              label={`Previous ${unitOf(document)}`}
              keys="←"
            >
              <ChevronLeft aria-hidden="true" className="size-4.5" />
            </Turn>
            <Turn
              href={next === undefined ? undefined : hrefOf(id, next)}
              label={`Next ${unitOf(document)}`}
              keys="→"
            >
              <ChevronRight aria-hidden="true" className="size-4.5" />
            </Turn>
          </div>
          <Tooltip text="Open the original" keys="O">
            <a
              href={original}
              target="_blank"
              rel="noreferrer"
              aria-label="Open the original file"
              className={iconButtonClass()}
            >
              <ExternalLink aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
            </a>
          </Tooltip>
        </div>
      </header>
      <section
        ref={scroller}
        aria-label={name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the page scrolls and must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto [--chip-at:-2.625rem] md:[--chip-at:-3rem]"
      >
        <article className="margin-line mx-auto min-h-full max-w-3xl pt-5 pr-5 pb-10 pl-13 [--margin-at:2.375rem] md:pt-8 md:pr-10 md:pl-18 md:[--margin-at:3.25rem]">
          <p className="pb-4 text-ink-3 text-xs">{[...page.headingPath].join(' › ') || name}</p>
          {marks === null && (
            <Strip className="mb-5">I found the page, not the exact words, so nothing is marked.</Strip>
          )}
          {page.content.trim() === '' ? (
            <p className="text-ink-2 text-md">There is no text on this page. It may be a picture.</p>
          ) : (
            <PassageText
              key={page.page}
              content={page.content}
              format={document.locator === 'section' ? 'markdown' : 'text'}
              marks={marks ? [marks] : []}
              draw
            />
          )}
        </article>
      </section>
      <footer className="flex shrink-0 flex-wrap items-center gap-2 border-rule border-t px-5 py-2 md:px-6">
        <Link
          href={paths.asking(`What are the main points of “${title}”?`)}
          className={buttonClass({ variant: 'line', size: 'sm' })}
        >
          <MessageSquareText aria-hidden="true" className="size-4" strokeWidth={1.75} />
          Ask for its main points
        </Link>
        <div className="ml-auto flex gap-1">
          {previous && (
            <Link
              href={hrefOf(id, previous)}
              scroll={false}
              className={buttonClass({ variant: 'quiet', size: 'sm' })}
            >
              Previous
            </Link>
          )}
          {next && (
            <Link
              href={hrefOf(id, next)}
              scroll={false}
              className={buttonClass({ variant: 'quiet', size: 'sm' })}
            >
              Next
            </Link>
          )}
        </div>
      </footer>
    </div>
  );
}

const unitOf = ({ locator }: ReaderDocument) => (locator === 'row' ? 'part' : locator);

type TurnProps = { href: string | undefined; label: string; keys: string; children: ReactNode };

function Turn({ href, label, keys, children }: TurnProps) {
  // The first and the last page have no neighbour: the arrow stays in place and says so.
  if (href === undefined) {
    return (
      <IconButton label={`${label}: there is none`} disabled>
        {children}
      </IconButton>
    );
  }
  return (
    <Tooltip text={label} keys={keys}>
      <Link href={href} scroll={false} aria-label={label} className={iconButtonClass()}>
        {children}
      </Link>
    </Tooltip>
  );
}

type PageFormProps = { document: ReaderDocument; page: ReaderPage; onGo: (page: number) => void };

/** "page [244] of 334": the number can be typed. */
function PageForm({ document, page, onGo }: PageFormProps) {
  const { pageCount, locator } = document;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = Number(new FormData(event.currentTarget).get('page'));
    if (Number.isInteger(typed) && typed >= 1) onGo(Math.min(typed, pageCount ?? typed));
  };
  if (pageCount === null || pageCount < 2) {
    return <p className="text-ink-3 text-xs tabular">{pageName({ ...document, ...page })}</p>;
  }
  const printed = page.label !== null && page.label !== String(page.page) ? page.label : undefined;
  return (
    <form key={page.page} onSubmit={submit} className="flex items-center gap-1.5 text-ink-3 text-xs tabular">
      {printed && (
        <span className="text-ink-2">{locator === 'row' ? printed : `${locator} ${printed}`} ·</span>
      )}
      <label htmlFor="reader-page">{unitOf(document)}</label>
      <input
        id="reader-page"
        name="page"
        type="text"
        inputMode="numeric"
        pattern="[0-9]*"
        defaultValue={page.page}
        autoComplete="off"
        onFocus={(event) => event.target.select()}
        className="h-8 w-13 rounded-2 border border-edge bg-page px-1.5 text-center text-ink text-sm"
      />
      <span>of {pageCount}</span>
      <button type="submit" className="sr-only focus:not-sr-only focus:rounded-2 focus:px-2 focus:text-pen">
        Go
      </button>
    </form>
  );
}
