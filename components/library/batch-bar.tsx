'use client';

import { FolderInput, type LucideIcon, PencilLine, RotateCw, Tags, Trash2, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button, IconButton, TextButton } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form, type ReadField } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import {
  MAX_DOCUMENTS_AT_ONCE,
  MAX_LABEL_CHARACTERS,
  MAX_QUERY_CHARACTERS,
  MAX_TAG_CHARACTERS,
} from '@/lib/domain/bounds';
import type { Batch, Filed } from '@/lib/domain/document';
import { type Message, text } from '@/lib/language/text';
import { tagsOf } from './documents';
import { batchDelete, batchKey, refreshDocuments, requestBatch } from './stores';

type Change = Omit<Extract<Batch, { do: 'change' }>, 'do' | 'ids'>;
type Form_ = 'course' | 'tags' | 'names';
export type Done = { sentence: string; before: Filed[] };

type BatchBarProps = {
  ids: readonly string[];
  courses: readonly string[];
  tags: readonly string[];
  onAll: () => void;
  onEnd: () => void;
  onDone: (done: Done | undefined) => void;
};

/** What can be done with all that is selected, each by one request. */
export function BatchBar({ ids, courses, tags, onAll, onEnd, onDone }: BatchBarProps) {
  const t = useText();
  const [form, setForm] = useState<Form_>();
  const isTooMany = ids.length > MAX_DOCUMENTS_AT_ONCE;
  const isNone = ids.length === 0 || isTooMany;
  const many = t('{count, plural, one {# document} other {# documents}}', { count: ids.length });
  const change = useAction(async (asked: Change, sentence: string) => {
    const { before } = await requestBatch({ do: 'change', ids: [...ids], ...asked });
    onDone({ sentence, before });
    setForm(undefined);
    refreshDocuments();
  });
  const reread = useAction(async () => {
    const { count } = await requestBatch({ do: 'reread', ids: [...ids] });
    onDone({
      sentence: t(
        '{count, plural, one {# document} other {# documents}} will be read again, one after the other.',
        { count },
      ),
      before: [],
    });
    refreshDocuments();
  });
  const button = (label: string, Icon: LucideIcon, act: () => void) => (
    <Button size="sm" variant="quiet" disabled={isNone} onClick={act} aria-label={label}>
      <Icon aria-hidden="true" className="size-4" />
      <span className="max-sm:hidden">{label}</span>
    </Button>
  );
  return (
    <div
      role="toolbar"
      aria-label={t('What to do with the selected documents')}
      className="sticky bottom-2 z-20 flex flex-wrap items-center gap-1 rounded-3 border border-rule bg-page p-1.5 shadow-float"
    >
      <p role="status" className="px-2 text-sm tabular">
        {isTooMany ? t('{many}: {value} at a time', { many, value: MAX_DOCUMENTS_AT_ONCE }) : many}
      </p>
      <TextButton className="min-h-10 px-1 text-sm md:min-h-8" onClick={onAll}>
        {t('Select all')}
      </TextButton>
      <span className="ml-auto flex flex-wrap items-center">
        {button(t('Move'), FolderInput, () => setForm('course'))}
        {button(t('Tag'), Tags, () => setForm('tags'))}
        {button(t('Rename'), PencilLine, () => setForm('names'))}
        {button(t('Read again'), RotateCw, () => void reread.run())}
        {button(t('Delete'), Trash2, () => {
          batchDelete.schedule(batchKey(ids));
          onEnd();
        })}
        <IconButton label={t('End selecting')} onClick={onEnd}>
          <X aria-hidden="true" className="size-4.5" />
        </IconButton>
      </span>
      {reread.problem && <ProblemText problem={reread.problem} />}
      <BatchForm
        form={form}
        many={many}
        courses={courses}
        tags={tags}
        change={change}
        onClose={() => setForm(undefined)}
      />
    </div>
  );
}

type BatchFormProps = {
  form: Form_ | undefined;
  many: string;
  courses: readonly string[];
  tags: readonly string[];
  change: {
    run: (asked: Change, sentence: string) => Promise<boolean>;
    pending: boolean;
    problem: string | undefined;
  };
  onClose: () => void;
};

const TITLES: Record<Form_, Message> = {
  course: text('Move to a course'),
  tags: text('Tag'),
  names: text('Rename'),
};

function BatchForm({ form, many, courses, tags, change, onClose }: BatchFormProps) {
  const t = useText();
  const send = (read: ReadField) => {
    if (form === 'course') {
      const course = read('course') || null;
      return change.run(
        { course },
        course
          ? t('{many} moved to {course}.', { many, course })
          : t('{many} taken out of their course.', { many }),
      );
    }
    if (form === 'tags') {
      const [addTags, removeTags] = [tagsOf(read('add')), tagsOf(read('remove'))];
      if (addTags.length + removeTags.length === 0) return onClose();
      return change.run({ addTags, removeTags }, t('{many} tagged.', { many }));
    }
    const find = read('find');
    return find === ''
      ? onClose()
      : change.run({ find, replace: read('replace') }, t('{many} renamed.', { many }));
  };
  return (
    <Dialog open={form !== undefined} onOpenChange={(open) => !open && onClose()}>
      {form && (
        <DialogContent title={t(TITLES[form])} description={many}>
          <Form onSend={send} className="grid gap-4">
            <BatchFields form={form} courses={courses} tags={tags} problem={change.problem} />
            <Button type="submit" variant="primary" busy={change.pending}>
              {t(TITLES[form])}
            </Button>
          </Form>
        </DialogContent>
      )}
    </Dialog>
  );
}

type FieldsProps = Pick<BatchFormProps, 'courses' | 'tags'> & { form: Form_; problem: string | undefined };

function BatchFields({ form, courses, tags, problem }: FieldsProps) {
  const t = useText();
  const fields: Record<Form_, ReactNode> = {
    course: (
      <TextField
        label={t('Course')}
        name="course"
        options={courses}
        hint={t('Empty takes them out of theirs')}
        maxLength={MAX_LABEL_CHARACTERS}
        autoFocus
        autoComplete="off"
        error={problem}
      />
    ),
    tags: (
      <>
        <TextField
          label={t('Add')}
          name="add"
          options={tags}
          hint={t('With commas between them')}
          maxLength={MAX_TAG_CHARACTERS * 20}
          autoFocus
          autoComplete="off"
          error={problem}
        />
        <TextField
          label={t('Take away')}
          name="remove"
          options={tags}
          maxLength={MAX_TAG_CHARACTERS * 20}
          autoComplete="off"
        />
      </>
    ),
    names: (
      <>
        <TextField
          label={t('Words in the titles')}
          name="find"
          maxLength={MAX_QUERY_CHARACTERS}
          autoFocus
          autoComplete="off"
          error={problem}
        />
        <TextField
          label={t('In their place')}
          name="replace"
          hint={t('Notes keep their first heading as title')}
          maxLength={MAX_QUERY_CHARACTERS}
          autoComplete="off"
        />
      </>
    ),
  };
  return fields[form];
}

/** What was done to many, until something else is; it can be taken back. */
export function BatchDone({
  done,
  onDone,
}: {
  done: Done | undefined;
  onDone: (done: Done | undefined) => void;
}) {
  const t = useText();
  const undo = useAction(async () => {
    await requestBatch({ do: 'restore', documents: done?.before ?? [] });
    onDone(undefined);
    refreshDocuments();
  });
  if (!done) return null;
  const canUndo = done.before.length > 0;
  return (
    <Strip
      action={
        <TextButton
          className="min-h-6 font-semibold"
          onClick={() => (canUndo ? void undo.run() : onDone(undefined))}
        >
          {canUndo ? t('Undo') : t('Close')}
        </TextButton>
      }
    >
      {done.sentence} {undo.problem}
    </Strip>
  );
}
