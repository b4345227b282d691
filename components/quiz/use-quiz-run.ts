'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '#use-text';
import { ConnectionError, RequestError } from '@/components/client/request';
import { useOnline } from '@/components/client/use-online';
import type { AttemptAnswer, Confidence, GivenAnswer } from '@/lib/domain/quiz';
import { sentence, type Translate } from '@/lib/language/text';
import { type AskedQuiz, itemIdsOf } from '@/lib/study/quiz/disclose';
import { sendAnswer, startAttempt } from './requests';

type Problem = { text: string; isOffline: boolean; traceId?: string | undefined };

const OFFLINE: Problem = {
  text: sentence('You are offline. Your choice is kept here and is sent when the connection is back.'),
  isOffline: true,
};

function problemOf(error: unknown, t: Translate): Problem {
  if (error instanceof ConnectionError) return OFFLINE;
  if (error instanceof RequestError)
    return { text: t.fault(error), isOffline: false, traceId: error.traceId };
  return { text: t('That did not work, and it is our fault. Your choice is kept.'), isOffline: false };
}

/** The first question without an answer, in the order of the attempt. */
const firstOpen = (order: readonly string[], answers: readonly AttemptAnswer[]) =>
  order.find((id) => !answers.some(({ itemId }) => itemId === id));

/** Sends an answer, once however often it is pressed. One that did not arrive goes out when the connection is back. */
function useSending(send: (given: GivenAnswer) => Promise<void>) {
  const t = useText();
  const [waiting, setWaiting] = useState<GivenAnswer>();
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setSending] = useState(false);
  const isBusy = useRef(false);
  const isOnline = useOnline();

  const run = async (given: GivenAnswer) => {
    // A double click is one answer; the server would say so too.
    if (isBusy.current) return;
    isBusy.current = true;
    setSending(true);
    setWaiting(given);
    setProblem(undefined);
    try {
      await send(given);
      setWaiting(undefined);
    } catch (error) {
      setProblem(problemOf(error, t));
    } finally {
      isBusy.current = false;
      setSending(false);
    }
  };
  const retry = () => {
    if (waiting) void run(waiting);
  };
  const forget = () => {
    setWaiting(undefined);
    setProblem(undefined);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the return of the connection that sends again.
  useEffect(() => {
    if (isOnline && problem?.isOffline) retry();
  }, [isOnline]);

  return { run, retry, forget, problem, isSending, isBusy };
}

/**
 * One go at a quiz: which question is open, what is chosen, and what was told. What is stored decides where it goes on,
 * so a reload, another tab or another device is at the same question. The attempt begins with its first answer.
 */
export function useQuizRun(quiz: AskedQuiz) {
  const [attempt, setAttempt] = useState(quiz.attempt);
  const [solutions, setSolutions] = useState(
    () => new Map(quiz.items.flatMap(({ id, solution }) => (solution ? [[id, solution] as const] : []))),
  );
  const order = useMemo(() => itemIdsOf(quiz.items, attempt), [quiz.items, attempt]);
  const answers = attempt?.answers ?? [];
  const [openId, setOpenId] = useState(() => firstOpen(order, answers));
  const [selected, setSelected] = useState<string | null>(null);
  const [text, setText] = useState('');
  const shownAt = useRef(0);
  const begin = async () => {
    const running = attempt?.finishedAt === null ? attempt : await startAttempt(quiz.id);
    setAttempt(running);
    return running;
  };
  const { run, retry, forget, problem, isSending, isBusy } = useSending(async (given) => {
    const running = await begin();
    const {
      correct: _correct,
      graded: _graded,
      attempt: after,
      ...solution
    } = await sendAnswer(running.id, given);
    setSolutions((known) => new Map(known).set(given.itemId, solution));
    setAttempt(after);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts the clock again.
  useEffect(() => {
    shownAt.current = performance.now();
  }, [openId]);

  const item = quiz.items.find(({ id }) => id === openId);
  const answer = answers.find(({ itemId }) => itemId === openId);

  return {
    attempt,
    order,
    answers,
    item,
    /** How the open question was answered, once it is. */
    answer,
    solution: openId === undefined ? undefined : solutions.get(openId),
    solutions,
    selected,
    text,
    /** What is chosen so far, and what was typed with it. */
    select: (optionId: string | null, typed?: string) => {
      if (answer || isBusy.current) return;
      setSelected(optionId);
      if (typed !== undefined) setText(typed);
    },
    commit: (optionId: string | null, confidence: Confidence | null) => {
      if (!item || answer) return;
      const durationMs = Math.max(0, Math.round(performance.now() - shownAt.current));
      const typed = optionId === 'typed' || optionId === 'false' ? text.trim() : '';
      void run({ itemId: item.id, optionId, confidence, durationMs, ...(typed !== '' && { text: typed }) });
    },
    /** A question that is called unsound leaves the next attempt, not the one it is seen in. */
    begin,
    retry,
    next: () => {
      setOpenId(firstOpen(order, answers));
      setSelected(null);
      setText('');
      forget();
    },
    problem,
    isSending,
    isLast: firstOpen(order, answers) === undefined,
  };
}

export type QuizRun = ReturnType<typeof useQuizRun>;
