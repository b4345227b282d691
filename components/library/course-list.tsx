'use client';

import { DeletedRow } from '@/components/ui/deleted-row';
import { DocumentRow } from './document-row';
import { groupByCourse, type LibraryDocument } from './documents';
import { deferredDelete } from './stores';

type CourseListProps = {
  documents: readonly LibraryDocument[];
  pending: ReadonlySet<string>;
  failed: ReadonlySet<string>;
};

/** The shelves: one per course, and one for what has none. */
export function CourseList({ documents, pending, failed }: CourseListProps) {
  const groups = groupByCourse(documents);
  const courses = groups.flatMap(({ course }) => (course === null ? [] : [course]));
  return groups.map(({ course, documents: members }) => (
    <section key={course ?? ''} aria-label={course ?? 'Without a course'}>
      <h2 className="pb-2 font-semibold">{course ?? (courses.length > 0 ? 'Without a course' : 'Ready')}</h2>
      <ul>
        {members.map((document) =>
          pending.has(document.id) ? (
            <DeletedRow
              key={document.id}
              name={document.title}
              whatElse="passages"
              onUndo={() => deferredDelete.undo(document.id)}
            />
          ) : (
            <DocumentRow
              key={document.id}
              document={document}
              courses={courses}
              deleteFailed={failed.has(document.id)}
            />
          ),
        )}
      </ul>
    </section>
  ));
}
