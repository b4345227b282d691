'use client';

import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight, ExternalLink, type LucideIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { readStored, writeStored } from '@/components/client/stored';
import { DocumentActs } from '@/components/make/document-acts';
import type { DrawnFormulas } from '@/components/markdown/formulas';
import { ButtonLink, IconButton, iconButtonClass } from '@/components/ui/button';
import { Form, type ReadField } from '@/components/ui/form';
import { Strip } from '@/components/ui/strip';
import { Tooltip } from '@/components/ui/tooltip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import type { ReaderDocument, ReaderPage } from '@/lib/db/queries/reader';
import type { Highlight } from '@/lib/domain/highlight';
import { kindOfName } from '@/lib/ingestion/kinds';
import { text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { accountSentences } from '@/lib/study/account';
import { unitName } from '@/lib/study/locator';
import { HighlightEditor, HighlightList } from './highlights';
import type { PassageHighlight } from './mark-pieces';
import type { OriginalKind } from './original-pane';
import { marksOnPage, pageName, printedName, type QuoteRange, sectionOf } from './page-name';
import type { BoxedQuote } from './paper';
import { formatOf } from './passage-blocks';
import { NOT_FOUND, PassageText, scrollToMark } from './passage-text';
import { countBefore } from './place-words';
import { ReadAs } from './read-as';
import { ReaderFind } from './reader-find';
import { ReaderSelection } from './reader-selection';
import { isPlayed, RecordingPlayer } from './recording-player';
import { useHighlights } from './use-highlights';
import { usePlace } from './use-place';

/** Comes with the first document that is shown as it looks; until it is there it has its place. */
const OriginalPane = dynamic(() => import('./original-pane').then((module) => module.OriginalPane), {
  ssr: false,
  loading: () => <div className="min-w-0 flex-1 border-rule bg-sunk xl:border-l" />,
});

/** How a document can be shown as it looks: drawn from its file, or as the picture that it is. */
function originalKindOf(fileName: string | null): OriginalKind | undefined {
  const reader = kindOfName(fileName ?? '')?.reader;
  if (reader === 'pdf') return 'pdf';
  if (reader === 'pptx' || reader === 'odp') return 'slide';
  return reader === 'image' ? 'picture' : undefined;
}

type Opened = { document: ReaderDocument; page: ReaderPage };

/** The addresses of the pages beside the one that is open, and the way to any. */
function usePages({ document: { id, pageCount }, page: { page, charStart } }: Opened) {
  const router = useRouter();
  const hrefOf = (target: number) => paths.passage(id, target);
  const previous = page > 1 ? hrefOf(page - 1) : undefined;
  const next = page < (pageCount ?? 1) ? hrefOf(page + 1) : undefined;
  const open = (href: string | undefined) => href && router.push(href, { scroll: false });
  useHotkeys({
    arrowleft: () => open(previous),
    arrowright: () => open(next),
    o: () => window.open(api.file(id), '_blank', 'noreferrer'),
  });
  /** Where the pages beside the text were moved or pressed. Moving them leaves no trail of pages to go back through. */
  const follow = (target: number, words?: { from: number; to: number }) => {
    if (!words) return router.replace(hrefOf(target), { scroll: false });
    open(paths.passage(id, target, { from: charStart + words.from, to: charStart + words.to }));
  };
  return { previous, next, goTo: (target: number) => open(hrefOf(target)), follow };
}

type Pages = ReturnType<typeof usePages>;

type ReaderProps = Opened & {
  /** Of the page, as the server drew them. */
  formulas: DrawnFormulas;
  range?: QuoteRange;
  /** Whether the address names a place; without one it is opened where it was left. */
  isNamed: boolean;
};

/** Whether the document is shown as it looks beside its text: as on this device the last time; pictures, where there is room. */
function useOriginal(kind: OriginalKind | undefined) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (kind === undefined) return;
    const stored = readStored(ORIGINAL);
    const isUsual = kind !== 'pdf' && window.matchMedia(TWO_COLUMNS).matches;
    setOpen(stored === null ? isUsual : stored === 'open');
  }, [kind]);
  const show = (open: boolean) => {
    setOpen(open);
    writeStored(ORIGINAL, open ? 'open' : 'closed');
  };
  return { kind, isOpen: isOpen && kind !== undefined, show };
}

const ORIGINAL = 'clerva-original';
const TWO_COLUMNS = '(min-width: 73.75rem)';

/** What is boxed on the page as it looks: the passage that led here, and what the student highlighted. */
function quotesOf(
  { content }: ReaderPage,
  proof: { start: number; end: number } | null | undefined,
  highlights: readonly PassageHighlight[],
): BoxedQuote[] {
  const quote = (key: string, { start, end }: { start: number; end: number }) => {
    const text = content.slice(start, end);
    return { key, text, nth: countBefore(content, text, start) };
  };
  return [
    ...(proof ? [quote(`${proof.start}-${proof.end}`, proof)] : []),
    ...highlights.map((one) => ({ ...quote(one.id, one), color: one.color })),
  ];
}

/** The highlights that stand on a page, as offsets into it. */
const onPage = (shown: readonly Highlight[], page: ReaderPage): PassageHighlight[] =>
  shown.flatMap(({ place, ...highlight }) => {
    const range = place && marksOnPage({ from: place.charStart, to: place.charEnd }, page);
    return range ? [{ ...highlight, ...range }] : [];
  });

/** A document page by page, in the student's serif, with the quote marked that led here. */
export function DocumentReader({ range, isNamed, formulas, ...opened }: ReaderProps) {
  const { document, page } = opened;
  const scroller = useRef<HTMLDivElement>(null);
  const pages = usePages(opened);
  usePlace(document.id, { page: page.page, isNamed, goTo: pages.goTo });
  const original = useOriginal(originalKindOf(document.fileName));
  const highlights = useHighlights(document.id);
  const [edited, setEdited] = useState<string>();
  const marks = range ? marksOnPage(range, page) : undefined;
  const here = onPage(highlights.shown, page);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top, or at its mark.
  useEffect(() => scrollToMark(scroller.current), [page.page, range?.from]);

  return (
    <div className="relative flex h-full flex-col overflow-hidden bg-page md:rounded-4 md:border md:border-rule">
      <ReaderHeader {...opened} pages={pages} original={original}>
        <HighlightList document={document} highlights={highlights} onEdit={setEdited} />
      </ReaderHeader>
      <div className="flex min-h-0 flex-1">
        <ReaderText
          {...opened}
          scroller={scroller}
          marks={marks}
          formulas={formulas}
          highlights={here}
          onHighlight={setEdited}
          className={original.isOpen ? 'max-xl:hidden' : undefined}
        />
        {original.isOpen && original.kind && (
          <OriginalPane
            key={document.id}
            kind={original.kind}
            className="border-rule xl:border-l"
            docId={document.id}
            title={document.title}
            fileName={document.fileName}
            page={page.page}
            pageCount={document.pageCount ?? 1}
            content={page.content}
            quotes={quotesOf(page, marks, here)}
            words={page.words}
            onPlace={pages.follow}
          />
        )}
      </div>
      <div className="relative">
        <ReaderSelection {...opened} view={scroller} highlights={highlights} onNote={setEdited} />
      </div>
      <HighlightEditor highlights={highlights} id={edited} onClose={() => setEdited(undefined)} />
      <ReaderFooter docId={document.id} title={document.title} pages={pages} />
    </div>
  );
}

type ReaderTextProps = Opened & {
  scroller: RefObject<HTMLDivElement | null>;
  marks: { start: number; end: number } | null | undefined;
  formulas: DrawnFormulas;
  highlights: readonly PassageHighlight[];
  onHighlight: (id: string) => void;
  className: string | undefined;
};

function ReaderText({
  document,
  page,
  scroller,
  marks,
  formulas,
  highlights,
  onHighlight,
  className,
}: ReaderTextProps) {
  const t = useText();
  const name = pageName({ ...document, ...page }, t);
  const press = ({ target }: { target: EventTarget }) => {
    const pressed = target instanceof Element && target.closest('[data-highlight]');
    if (pressed && window.getSelection()?.isCollapsed !== false)
      onHighlight(pressed.getAttribute('data-highlight') ?? '');
  };
  return (
    <section
      ref={scroller}
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the page scrolls and must be reachable by keyboard.
      tabIndex={0}
      className={clsx(
        'min-h-0 min-w-0 flex-1 overflow-y-auto [--chip-at:-2.625rem] md:[--chip-at:-3rem]',
        className,
      )}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list of highlights opens each of them by keys. */}
      <article
        onClick={press}
        className={clsx(
          'margin-line mx-auto min-h-full pt-5 pr-5 pb-10 pl-13 [--margin-at:2.375rem] md:pt-8 md:pr-10 md:pl-18 md:[--margin-at:3.25rem]',
          // A table takes the room that there is.
          formatOf(document) !== 'rows' && 'max-w-3xl',
        )}
      >
        <p className="pb-4 text-ink-3 text-xs empty:hidden">
          {sectionOf(page).join(' › ') || (document.locator === 'section' ? '' : name)}
        </p>
        {document.replacedBy !== null && (
          <Strip className="mb-5">
            {t.rich('This is an earlier version. <link>Open the one in its place</link>', {
              link: (words) => (
                <Link
                  prefetch={false}
                  href={paths.document(document.replacedBy ?? document.id)}
                  className="link"
                >
                  {words}
                </Link>
              ),
            })}
          </Strip>
        )}
        <AccountNote document={document} />
        <RecordingPlayer docId={document.id} {...document} content={page.content} from={marks?.start} />
        {marks === null && <Strip className="mb-5">{t(NOT_FOUND)}</Strip>}
        {page.content.trim() === '' ? (
          <p className="text-ink-2 text-md">{t('There is no text on this page. It may be a picture.')}</p>
        ) : (
          <PassageText
            key={page.page}
            content={page.content}
            format={formatOf(document)}
            marks={marks ? [marks] : []}
            formulas={formulas}
            highlights={highlights}
            onNote={onHighlight}
            plays={isPlayed(document.fileName)}
            draw
          />
        )}
      </article>
    </section>
  );
}

/** What of the file is not here, before anybody looks for it. */
function AccountNote({ document: { id, account, locator } }: Pick<Opened, 'document'>) {
  const sentences = accountSentences(account, locator, useText());
  if (sentences.length === 0) return null;
  return (
    <div className="pb-4 text-ink-2 text-xs">
      <p>{sentences.join(' ')}</p>
      {account.encoding !== null && <ReadAs docId={id} account={account} />}
    </div>
  );
}

type HeaderProps = Opened & { pages: Pages; original: ReturnType<typeof useOriginal>; children: ReactNode };

function ReaderHeader({ document, page, pages, original, children }: HeaderProps) {
  const t = useText();
  const unit = unitName(document.locator, t);
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-2 border-rule border-b py-1 pr-2 pl-5 md:min-h-14 md:pr-3 md:pl-6">
      <Link
        prefetch={false}
        href={paths.library}
        className="mr-1 hidden min-h-6 items-center rounded-2 text-ink-3 text-xs hover:text-ink hover:underline md:flex"
      >
        {t('Library')}
      </Link>
      <h1 className="min-w-0 flex-1 truncate font-notes max-md:basis-full font-semibold text-md leading-5.5">
        {document.title}
      </h1>
      {original.kind && <OriginalSwitch {...original} />}
      <ReaderFind docId={document.id} page={page.page} />
      {children}
      <PageForm document={document} page={page} onGo={pages.goTo} />
      <div className="ml-auto flex items-center gap-1">
        <div className="hidden items-center gap-1 md:flex">
          <Turn href={pages.previous} label={t('Previous {unit}', { unit })} keys="←" icon={ChevronLeft} />
          <Turn href={pages.next} label={t('Next {unit}', { unit })} keys="→" icon={ChevronRight} />
        </div>
        {document.sourceType === 'note' && (
          <ButtonLink variant="quiet" size="sm" href={paths.note(document.id)}>
            {t('Edit')}
          </ButtonLink>
        )}
        <Tooltip text={t('Open the original')} keys="O">
          <a
            href={api.file(document.id)}
            target="_blank"
            rel="noreferrer"
            aria-label={t('Open the original file')}
            className={iconButtonClass()}
          >
            <ExternalLink aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
          </a>
        </Tooltip>
      </div>
    </header>
  );
}

const SHOWN = {
  pdf: { beside: text('Text and page'), alone: text('Page|as it looks') },
  picture: { beside: text('Text and picture'), alone: text('Picture|as it looks') },
  slide: { beside: text('Text and slide'), alone: text('Slide|as it looks') },
} as const;

/** The text alone, or the document as it looks: instead of it on a telephone, beside it where there is room. */
function OriginalSwitch({ kind, isOpen, show }: ReturnType<typeof useOriginal>) {
  const t = useText();
  const { beside, alone } = SHOWN[kind ?? 'pdf'];
  const choice = (open: boolean, label: ReactNode) => (
    <button
      type="button"
      aria-pressed={isOpen === open}
      onClick={() => show(open)}
      className="min-h-9 rounded-2 px-3 font-medium text-ink-2 text-xs aria-pressed:bg-page aria-pressed:text-ink md:min-h-7"
    >
      {label}
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's.
    <div role="group" aria-label={t('What is shown')} className="flex rounded-2 bg-sunk p-0.5">
      {choice(false, t('Text'))}
      {choice(
        true,
        <>
          <span className="max-xl:hidden">{t(beside)}</span>
          <span className="xl:hidden">{t(alone)}</span>
        </>,
      )}
    </div>
  );
}

type FooterProps = { docId: string; title: string; pages: Pages };

function ReaderFooter({ docId, title, pages: { previous, next } }: FooterProps) {
  const t = useText();
  return (
    <footer className="flex shrink-0 flex-wrap items-center gap-2 border-rule border-t px-5 py-2 md:px-6">
      <DocumentActs docId={docId} title={title} className="-ml-2 flex" />
      <div className="ml-auto flex gap-1">
        {previous && (
          <ButtonLink variant="quiet" size="sm" href={previous} scroll={false}>
            {t('Previous')}
          </ButtonLink>
        )}
        {next && (
          <ButtonLink variant="quiet" size="sm" href={next} scroll={false}>
            {t('Next')}
          </ButtonLink>
        )}
      </div>
    </footer>
  );
}

type TurnProps = { href: string | undefined; label: string; keys: string; icon: LucideIcon };

function Turn({ href, label, keys, icon: Icon }: TurnProps) {
  const t = useText();
  const arrow = <Icon aria-hidden="true" className="size-4.5" />;
  // The first and the last page have no neighbour: the arrow stays in place and says so.
  if (href === undefined) {
    return (
      <IconButton label={t('{label}: there is none', { label })} disabled>
        {arrow}
      </IconButton>
    );
  }
  return (
    <Tooltip text={label} keys={keys}>
      <Link prefetch={false} href={href} scroll={false} aria-label={label} className={iconButtonClass()}>
        {arrow}
      </Link>
    </Tooltip>
  );
}

type PageFormProps = Opened & { onGo: (page: number) => void };

/** "page [244] of 334": the number can be typed. */
function PageForm({ document, page, onGo }: PageFormProps) {
  const t = useText();
  const { pageCount, locator } = document;
  const submit = (read: ReadField) => {
    const typed = Number(read('page'));
    if (Number.isInteger(typed) && typed >= 1) onGo(Math.min(typed, pageCount ?? typed));
  };
  if (pageCount === null || pageCount < 2) {
    return locator === 'section' ? null : (
      <p className="text-ink-3 text-xs tabular">{pageName({ ...document, ...page }, t)}</p>
    );
  }
  // What a section is called stands above its text.
  const isNamed =
    locator !== 'slide' && locator !== 'section' && page.label !== null && page.label !== String(page.page);
  const printed = isNamed && page.label !== null ? printedName(locator, page.label, t) : undefined;
  return (
    <Form key={page.page} onSend={submit} className="flex items-center gap-1.5 text-ink-3 text-xs tabular">
      {printed && <span className="text-ink-2">{printed} ·</span>}
      <label htmlFor="reader-page">{unitName(locator, t)}</label>
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
      <span className="whitespace-nowrap">{t('of {pageCount}', { pageCount })}</span>
      <button type="submit" className="sr-only focus:not-sr-only focus:rounded-2 focus:px-2 focus:text-pen">
        {t('Go')}
      </button>
    </Form>
  );
}
