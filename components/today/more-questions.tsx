import Link from 'next/link';
import { paths } from '@/lib/links';
import type { StarterQuestion } from '@/lib/today/starter-questions';

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
              href={paths.asking(question)}
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
