'use client';

import { useRouter } from 'next/navigation';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import type { Account } from '@/lib/domain/account';
import { api } from '@/lib/links';
import { encodingsNamed } from '@/lib/study/account';

type ReadAsProps = { docId: string; account: Pick<Account, 'encoding' | 'rivalEncoding'> };

/** A text whose encoding was guessed is read again as another: the file itself is as it was. */
export function ReadAs({ docId, account: { encoding, rivalEncoding } }: ReadAsProps) {
  const t = useText();
  const router = useRouter();
  const { run, pending, problem } = useAction(async (chosen: string) => {
    await requestJson(api.readAs(docId, chosen), { method: 'POST' });
    router.refresh();
  });
  const options = encodingsNamed(t);
  const first = options.find(({ stored }) => stored === (rivalEncoding ?? encoding));
  return (
    <details open={rivalEncoding !== null}>
      <summary className="w-fit cursor-pointer rounded-2 py-3 hover:text-ink md:py-1.5">
        {t('Do letters look wrong?')}
      </summary>
      <Form onSend={(read) => run(read('encoding'))} className="flex flex-wrap items-center gap-2 py-1">
        <label className="flex min-w-0 items-center gap-2 whitespace-nowrap">
          {t('Read it as')}
          <select
            name="encoding"
            defaultValue={first?.value}
            className="h-11 min-w-0 max-w-56 rounded-2 border border-edge bg-page px-2 text-ink text-sm md:h-9"
          >
            {options.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" size="sm" busy={pending}>
          {t('Read again')}
        </Button>
      </Form>
      {problem && <ProblemText problem={problem} />}
    </details>
  );
}
