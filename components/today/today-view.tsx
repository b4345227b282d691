import Link from 'next/link';
import { extentOf } from '@/components/library/documents';
import type { NextAction } from './next-action';
import { ReadingAction } from './reading-action';
import { StartLink } from './start-link';
import type { StarterQuestion } from './starter-questions';
import { TodayFrame } from './today-frame';

const askHref = (question: string) => `/ask?q=${encodeURIComponent(question)}`;

type TodayActionProps = { action: NextAction; questions: readonly StarterQuestion[] };

/** The next action in the shape of what there is: nothing yet, being read, refused, or ready to be asked. */
export function TodayAction({ action, questions }: TodayActionProps) {
  switch (action.kind) {
    case 'bring':
      return (
        <TodayFrame
          lead="Do this now"
          title="Bring one file you have to learn"
          why={<p>A chapter, a lecture, your own notes. You can ask it something in about 10 seconds.</p>}
          actions={<StartLink href="/library">Add notes</StartLink>}
        />
      );
    case 'reading':
      return <ReadingAction document={action.document} others={action.others} />;
    case 'mend':
      return (
        <TodayFrame
          lead="Needs your hand"
          title={
            <span className="font-medium font-notes">
              {action.document.fileName ?? action.document.title}
            </span>
          }
          why={<p>{action.document.errorMessage ?? 'Reading broke off.'}</p>}
          actions={<StartLink href="/library">Go to the library</StartLink>}
        />
      );
    case 'ask': {
      const first = questions[0];
      const { document } = action;
      const extent = extentOf(document);
      return (
        <TodayFrame
          figure={document.pageCount ?? undefined}
          figureNote={extent?.replace(/^\d+ /, '')}
          lead="Do this now"
          title={first?.question ?? 'Ask your notes something'}
          why={<p>It is the newest in your library. The answer opens at the words it stands on.</p>}
          source={
            <>
              From{' '}
              <Link
                href={`/library/${document.id}`}
                className="font-notes text-ink-2 text-sm hover:underline hover:underline-offset-3"
              >
                {document.title}
              </Link>
              {first && first.subject !== document.title && <> · {first.subject}</>}
            </>
          }
          actions={<StartLink href={first ? askHref(first.question) : '/ask'}>Ask this</StartLink>}
        />
      );
    }
  }
}

/** Quiet alternatives to the next action. */
export function MoreQuestions({ questions }: { questions: readonly StarterQuestion[] }) {
  if (questions.length === 0) return null;
  return (
    <section>
      <h2 className="pb-2.5 font-semibold">Or start with</h2>
      <ul>
        {questions.map(({ question }) => (
          <li key={question} className="border-rule border-t last:border-b">
            <Link
              href={askHref(question)}
              className="block py-3 font-medium text-[0.9375rem] hover:underline hover:underline-offset-3"
            >
              {question}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
