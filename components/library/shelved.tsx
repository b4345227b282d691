'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { useDeletions } from '@/components/client/deferred-delete';
import { requestJson } from '@/components/client/request';
import { DeletedRow } from '@/components/ui/deleted-row';
import { ProblemText } from '@/components/ui/problem-text';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import type { Usage } from '@/lib/db/queries/operations';
import type { Translate } from '@/lib/language/text';
import { api } from '@/lib/links';
import { BatchBar, BatchDone, type Done } from './batch-bar';
import { CourseColorMenu } from './course-colors';
import { DocumentRow, type RowSelection } from './document-row';
import { groupByCourse, type LibraryDocument, type Shown, shownAmong } from './documents';
import { formatBytes } from './file-check';
import { FilterBar } from './filter-bar';
import { batchDelete, idsOfBatch } from './stores';

/** Rows that are drawn at first, and with each screen that is scrolled to: thousands at once would take a second. */
const ROWS_AT_ONCE = 60;

type ShelvedProps = {
  documents: readonly LibraryDocument[];
  shown: Shown;
  onShown: (change: Partial<Shown>) => void;
};

const distinct = (words: readonly string[]) =>
  [...new Set(words)].sort((left, right) => left.localeCompare(right));

/** What is ready, by course: ordered, filtered, and selected to be changed together. */
export function Shelved({ documents, shown, onShown }: ShelvedProps) {
  const t = useText();
  const { pending, failed } = useDeletions(batchDelete);
  const [done, setDone] = useState<Done>();
  const leaving = useMemo(() => new Set([...pending].flatMap(idsOfBatch)), [pending]);
  const found = useMemo(
    () => groupByCourse(shownAmong(documents, shown).filter(({ id }) => !leaving.has(id))),
    [documents, shown, leaving],
  );
  const order = found.flatMap((shelf) => shelf.documents.map(({ id }) => id));
  const selecting = useSelecting(order);
  const courses = useMemo(() => distinct(documents.flatMap(({ course }) => course ?? [])), [documents]);
  const tags = useMemo(() => distinct(documents.flatMap((document) => document.tags)), [documents]);
  // With files of conversations, recordings and pictures in notes, as they are counted where one more is let in or not.
  const { data: usage } = useSWR<Usage>(api.usage, requestJson, { revalidateIfStale: false });
  const used = usage?.storedBytes;
  return (
    <>
      <FilterBar
        shown={shown}
        onShown={onShown}
        courses={courses}
        tags={tags}
        isSelecting={selecting.isOn}
        onSelecting={selecting.turn}
        kept={`${t('{count, plural, one {# document} other {# documents}}', { count: documents.length })}${
          used === undefined
            ? ''
            : t(', {used} of {limit} used', {
                used: formatBytes(used.used, t),
                limit: formatBytes(used.limit, t),
              })
        }`}
      />
      <BatchDone done={done} onDone={setDone} />
      {[...pending].map((key) => (
        <DeletedRow key={key} as="div" onUndo={() => batchDelete.undo(key)}>
          {t('{count, plural, one {# document} other {# documents}} and their passages are deleted.', {
            count: idsOfBatch(key).length,
          })}
        </DeletedRow>
      ))}
      {failed.size > 0 && (
        <ProblemText problem={t('They could not be deleted. They are all still here; try again.')} />
      )}
      <Shelves shelves={found} courses={courses} all={documents} selectionOf={selecting.of} />
      {found.length === 0 && leaving.size === 0 && (
        <p className="text-ink-2 text-md">{nothingSentence(shown, t)}</p>
      )}
      {selecting.isOn && (
        <BatchBar
          ids={selecting.ids}
          courses={courses}
          tags={tags}
          onAll={selecting.all}
          onEnd={selecting.end}
          onDone={(what) => {
            setDone(what);
            selecting.end();
          }}
        />
      )}
    </>
  );
}

const nothingSentence = ({ q, course, tag }: Shown, t: Translate) =>
  q.trim() !== '' && course === null && tag === null
    ? t('No title has “{q}” in it.', { q: q.trim() })
    : t('Nothing here is like that.');

/** Which documents are selected, in the order they are shown. */
function useSelecting(order: readonly string[]) {
  const [isOn, setIsOn] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const end = () => {
    setIsOn(false);
    setSelected(new Set());
    last.current = undefined;
  };
  const all = () => {
    setIsOn(true);
    setSelected(new Set(order));
  };
  useHotkeys({ escape: () => isOn && end(), 'mod+a': all, x: () => setIsOn(true) });
  const select = (id: string, isRange: boolean) => {
    const from = isRange && last.current !== undefined ? order.indexOf(last.current) : -1;
    const to = order.indexOf(id);
    const among = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
    const isAdding = !selected.has(id);
    const next = new Set(selected);
    for (const one of among) {
      if (isAdding) next.add(one);
      else next.delete(one);
    }
    setSelected(next);
    last.current = id;
  };
  return {
    isOn,
    // What was filtered away meanwhile is not acted on unseen.
    ids: order.filter((id) => selected.has(id)),
    of: (id: string): RowSelection | undefined =>
      isOn ? { isSelected: selected.has(id), onSelect: (isRange) => select(id, isRange) } : undefined,
    turn: () => (isOn ? end() : setIsOn(true)),
    all,
    end,
  };
}

type ShelvesProps = {
  shelves: ReturnType<typeof groupByCourse>;
  courses: readonly string[];
  all: readonly LibraryDocument[];
  selectionOf: (id: string) => RowSelection | undefined;
};

/** One shelf per course, and one for what has none; as many rows as were scrolled to. */
function Shelves({ shelves, courses, all, selectionOf }: ShelvesProps) {
  const t = useText();
  const byId = useMemo(() => new Map(all.map((document) => [document.id, document])), [all]);
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const total = shelves.reduce((sum, { documents }) => sum + documents.length, 0);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || most >= total) return;
    const watch = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && setMost((many) => many + ROWS_AT_ONCE),
      { rootMargin: '600px' },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [most, total]);
  let room = most;
  return (
    <>
      {shelves.map(({ course, documents }) => {
        const drawn = documents.slice(0, room);
        room -= drawn.length;
        if (drawn.length === 0) return null;
        return (
          <section key={course ?? ''} aria-label={course ?? t('Without a course')}>
            <h2 className="flex items-center pb-2 font-semibold">
              {course !== null && <CourseColorMenu course={course} />}
              {course ?? (courses.length > 0 ? t('Without a course') : t('Ready'))}
              <span className="ml-2 font-normal text-ink-3 text-xs tabular">{documents.length}</span>
            </h2>
            <ul>
              {drawn.map((document) => (
                <DocumentRow
                  key={document.id}
                  document={document}
                  courses={courses}
                  earlier={document.earlierId === null ? undefined : byId.get(document.earlierId)}
                  selection={selectionOf(document.id)}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {most < total && (
        <div ref={end} className="text-ink-3 text-xs">
          {t('{total, plural, one {# more document} other {# more documents}}', { total: total - most })}
        </div>
      )}
    </>
  );
}
