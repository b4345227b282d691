'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { TextField } from '@/components/ui/text-field';
import { ERASE_WORD } from '@/lib/domain/erasure';
import { api } from '@/lib/links';

/** The account and all that belongs to it, after the word and the password. It leads to the receipt. */
export function EraseAccount() {
  const t = useText();
  const [word, setWord] = useState('');
  const erase = useAction(
    async (password: string) => {
      const { page } = await requestJson<{ page: string }>(api.account, {
        method: 'DELETE',
        body: { confirm: word, ...(password && { password }) },
      });
      // A whole new page, so that nothing of this student stays in memory.
      window.location.replace(page);
    },
    { leaves: true },
  );
  const isTyped = word === ERASE_WORD;
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="brick" className="mt-6 border-edge">
          {t('Erase me')}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t('Erase your account?')}
        description={t(
          'Everything goes: notes and files, conversations, cards, quizzes, plans, messages to and from others, and what is remembered of you. Nobody can bring it back.',
        )}
      >
        <Form className="grid gap-4" onSend={(read) => isTyped && erase.run(read('password'))}>
          <TextField
            label={t('Type the word {value}', { value: ERASE_WORD })}
            name="word"
            data-unkept=""
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={word}
            onChange={(event) => setWord(event.target.value.trim().toLowerCase())}
          />
          <TextField
            label={t('Your password')}
            name="password"
            type="password"
            autoComplete="current-password"
            hint={t('Not needed within ten minutes of signing in.')}
          />
          <ProblemText problem={erase.problem} />
          <Button
            type="submit"
            variant="brick"
            className="border-brick"
            disabled={!isTyped}
            busy={erase.pending}
          >
            {t('Erase everything')}
          </Button>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
