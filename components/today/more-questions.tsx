import Link from 'next/link';
import type { StarterQuestion } from './starter-questions';
import { askHref } from './today-item';

/** Quiet alternatives to the first question. */
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
