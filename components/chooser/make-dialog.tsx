'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { LEVEL_NAMES } from '@/components/client/level-names';
import { requestJson } from '@/components/client/request';
import type { LibraryDocument } from '@/components/library/documents';
import { useDocuments } from '@/components/library/use-documents';
import { fewerMade, type Making, makingStore } from '@/components/make/make-store';
import { Button, ButtonLink } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { Made, Section } from '@/lib/domain/make';
import { QUIZ_DIFFICULTIES, QUIZ_FORMATS, type QuizDifficulty, type QuizFormat } from '@/lib/domain/quiz';
import { MAX_CHOSEN_DOCUMENTS } from '@/lib/domain/turn';
import { type Message, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { sentenceCase } from '@/lib/study/sentence-case';
import { Choice, type Chosen, DocumentPicker, EVERYTHING } from './document-picker';
import { madePath } from './make-path';
import { MakingLine } from './making';
import { type MakeOrder, useMake } from './use-make';

const WORDS = {
  quiz: {
    title: text('Make a quiz'),
    many: text('Questions'),
    submit: text('Make the quiz'),
  },
  cards: {
    title: text('Make cards'),
    many: text('Cards'),
    submit: text('Make the cards'),
  },
} as const;
const COUNTS = [5, 10, 20] as const;
const USUAL_COUNT = 10;
/** The ways to ask, each by its name; four choices are what is made when nothing is said. */
const ASKED_AS: readonly { name: Message; formats?: QuizFormat[] }[] = [
  { name: text('choices') },
  { name: text('short answers'), formats: ['typed'] },
  { name: text('true or false'), formats: ['truth'] },
  { name: text('pairs'), formats: ['matching'] },
  { name: text('an order'), formats: ['ordering'] },
  { name: text('all of these'), formats: [...QUIZ_FORMATS] },
];

/** Chooses of what, how many and how hard, and makes it: one small box for the whole app. */
export function MakeDialog({ making }: { making: Making | null }) {
  const t = useText();
  const close = () => makingStore.set(null);
  return (
    <Dialog open={making !== null} onOpenChange={(isOpen) => !isOpen && close()}>
      {making && (
        <DialogContent
          title={t(WORDS[making.kind].title)}
          description={t('From your own notes. Each shows the words that prove it.')}
          className="max-w-lg"
        >
          <Chooser {...making} close={close} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function Chooser({ kind, docId, close }: Making & { close: () => void }) {
  const t = useText();
  const { documents, error } = useDocuments();
  if (documents === undefined) {
    return error ? (
      <Strip tone="bad">{t.fault(error)}</Strip>
    ) : (
      <LoadingLines label={t('Reading your library')} />
    );
  }
  const ready = documents.filter(({ status }) => status === 'ready');
  if (ready.length === 0) {
    const isReading = documents.some(({ status }) => status !== 'error');
    return (
      <>
        <p className="text-ink-2 text-md">
          {isReading
            ? t('I am still reading your notes. This works as soon as one of them is ready.')
            : t('Bring one file you have to learn first: a chapter, slides, a script.')}
        </p>
        <ButtonLink variant="primary" className="mt-4" href={paths.library} onClick={close}>
          {isReading ? t('Go to the library') : t('Add notes')}
        </ButtonLink>
      </>
    );
  }
  return <MakeForm kind={kind} documents={ready} docId={docId} close={close} />;
}

type FormProps = {
  kind: Made;
  documents: readonly LibraryDocument[];
  docId: string | undefined;
  close: () => void;
};

/** The parts of a document; none while they are not known, or where it has no headings. */
function useSections(docId: string | undefined): readonly Section[] {
  const { data } = useSWR(docId === undefined ? null : api.documentSections(docId), (url: string) =>
    requestJson<{ sections: Section[] }>(url),
  );
  return data?.sections ?? [];
}

/** The order for what was chosen. */
function sourcesOf(chosen: Chosen, documents: readonly LibraryDocument[], sections: readonly Section[]) {
  const [only] = chosen.docIds;
  if (only !== undefined && sections.length > 0) {
    const topic = sections.map(({ heading }) => sentenceCase(heading)).join(', ');
    return {
      topic: topic.slice(0, MAX_TITLE_CHARACTERS),
      sources: sections.map(({ from, to }) => ({ docId: only, ordRange: { from, to } })),
    };
  }
  const { course, docIds } = chosen;
  if (course === null) return docIds.length > 0 ? { sources: docIds.map((docId) => ({ docId })) } : {};
  const own = documents.filter((document) => document.course === course).slice(0, MAX_CHOSEN_DOCUMENTS);
  return { topic: course, sources: own.map(({ id }) => ({ docId: id })) };
}

function MakeForm({ kind, documents, docId, close }: FormProps) {
  const t = useText();
  const router = useRouter();
  const words = WORDS[kind];
  const first = documents.some(({ id }) => id === docId) && docId !== undefined ? [docId] : [];
  const [chosen, setChosen] = useState<Chosen>({ ...EVERYTHING, docIds: first });
  const [parts, setParts] = useState<readonly Section[]>([]);
  const [n, setN] = useState<number>(USUAL_COUNT);
  const [difficulty, setDifficulty] = useState<QuizDifficulty>('mixed');
  const [askedAs, setAskedAs] = useState(ASKED_AS[0]);
  const { make, cancel, progress, problem } = useMake((made) => {
    fewerMade.set(made.note === null ? null : made);
    close();
    router.push(madePath(made));
  });
  const sections = useSections(chosen.docIds.length === 1 ? chosen.docIds[0] : undefined);
  const order: MakeOrder = {
    kind,
    n,
    difficulty,
    ...(askedAs?.formats && { formats: askedAs.formats }),
    ...sourcesOf(chosen, documents, parts),
  };
  return (
    <Form onSend={() => make(order)} className="grid min-w-0 gap-5">
      <DocumentPicker
        documents={documents}
        chosen={chosen}
        first={first}
        onChoose={(next) => {
          setChosen(next);
          setParts([]);
        }}
      />
      {sections.length > 1 && <Sections sections={sections} chosen={parts} onChoose={setParts} />}
      <OneOf legend={t(words.many)} options={COUNTS} value={n} nameOf={String} onPick={setN} />
      {kind === 'quiz' && (
        <>
          <OneOf
            legend={t('Level')}
            options={QUIZ_DIFFICULTIES}
            value={difficulty}
            nameOf={(level) => t(LEVEL_NAMES[level])}
            onPick={setDifficulty}
          />
          <OneOf
            legend={t('Asked as')}
            options={ASKED_AS}
            value={askedAs}
            nameOf={({ name }) => t(name)}
            onPick={setAskedAs}
          />
        </>
      )}
      {/* In sight however much there is to choose. */}
      <div className="-mx-6 -mb-6 sticky -bottom-6 grid gap-3 border-rule border-t bg-page px-6 py-4">
        <Strip tone="bad">{problem}</Strip>
        {progress ? (
          <MakingLine kind={kind} progress={progress} onCancel={cancel} />
        ) : (
          <Button type="submit" variant="primary" className="w-fit">
            {t(words.submit)}
          </Button>
        )}
      </div>
    </Form>
  );
}

type SectionsProps = {
  sections: readonly Section[];
  chosen: readonly Section[];
  onChoose: (sections: readonly Section[]) => void;
};

function Sections({ sections, chosen, onChoose }: SectionsProps) {
  const t = useText();
  const toggle = (section: Section) =>
    onChoose(chosen.includes(section) ? chosen.filter((other) => other !== section) : [...chosen, section]);
  return (
    <details>
      <summary className="w-fit cursor-pointer py-1 font-semibold">
        {chosen.length > 0
          ? t('{count} of {count2} sections', { count: chosen.length, count2: sections.length })
          : t('Only some sections')}
      </summary>
      <div className="mt-1.5 max-h-[30dvh] overflow-y-auto rounded-2 border border-rule">
        {sections.map((section) => (
          <div key={section.from + section.heading} className={section.level > 1 ? 'pl-5' : ''}>
            <Choice
              isNotes
              name={sentenceCase(section.heading)}
              checked={chosen.includes(section)}
              disabled={chosen.length >= MAX_CHOSEN_DOCUMENTS && !chosen.includes(section)}
              onPick={() => toggle(section)}
            />
          </div>
        ))}
      </div>
    </details>
  );
}

type OneOfProps<Option> = {
  legend: string;
  options: readonly Option[];
  value: Option | undefined;
  nameOf: (option: Option) => string;
  onPick: (option: Option) => void;
};

/** One of a few, all of them in sight. */
const OneOf = <Option,>({ legend, options, value, nameOf, onPick }: OneOfProps<Option>): ReactNode => (
  <fieldset>
    <legend className="mb-1.5 font-semibold">{legend}</legend>
    <div className="flex flex-wrap gap-2">
      {options.map((option) => (
        <label
          key={nameOf(option)}
          className="flex min-h-11 min-w-11 cursor-pointer items-center justify-center rounded-2 border border-edge px-3.5 text-ink-2 tabular first-letter:uppercase has-checked:border-ink has-checked:bg-sunk has-checked:font-semibold has-checked:text-ink has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-pen has-[input:focus-visible]:outline-offset-2 md:min-h-10"
        >
          <input
            type="radio"
            name={legend}
            checked={option === value}
            onChange={() => onPick(option)}
            className="sr-only"
          />
          <span className="first-letter:uppercase">{nameOf(option)}</span>
        </label>
      ))}
    </div>
  </fieldset>
);
