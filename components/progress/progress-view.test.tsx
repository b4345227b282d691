// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import { stubResizeObserver } from '@/components/ui/test-browser';
import type { TopicEvidence } from '@/lib/db/queries/topic-evidence';
import { type LearningProfile, learningProfileOf } from '@/lib/study/mastery/profile';
import { answers, daysAgo, evidence, NOW } from '@/lib/study/mastery/test-evidence';
import { chartData } from './chart-rows';
import { ProgressView } from './progress-view';
import { calibrationSentence, headline, historyHeadline, lede } from './wording';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), refresh: vi.fn() }) }));

const exam = {
  kind: 'exam' as const,
  title: 'Midterm',
  date: '2026-12-02',
  minutes: 0,
  topics: [],
  text: '',
};
const task = {
  ...exam,
  kind: 'task' as const,
  title: 'Quiz: amnesia',
  date: '2026-11-22',
  minutes: 60,
  text: 'amnesia',
};
const given = evidence({
  answers: [
    ...answers(9, 1, { topic: 'Storage' }),
    ...answers(2, 6, { topic: 'Amnesia', confidence: 'certain', atMs: daysAgo(9) }),
  ],
  upcoming: [exam, task],
  topics: ['Retrieval'],
});
const profile = learningProfileOf(given, NOW);
const contested = learningProfileOf({ ...given, contests: [{ topic: 'Amnesia', atMs: NOW.getTime() }] }, NOW);

const source = {
  docId: '11111111-1111-4111-8111-111111111111',
  ord: 0,
  title: 'Psychology',
  page: 244,
  locator: { kind: 'page' as const, index: 244, total: 334, label: null },
  headingPath: [],
  quote: 'words',
  quoteStart: 10,
  quoteEnd: 15,
};
const behind: TopicEvidence = {
  topic: 'Amnesia',
  contestedAt: null,
  answers: [
    {
      quizId: 'q',
      itemId: 'i/1',
      question: 'What is amnesia?',
      chosen: 'A song',
      right: 'A loss of memory',
      correct: false,
      confidence: 'certain',
      at: NOW.toISOString(),
      source,
    },
  ],
  reviews: [],
  older: 3,
};

const api = fakeApi(({ path }) =>
  path.startsWith('/api/profile/topics/') ? Response.json(behind) : Response.json(contested),
);
beforeEach(stubResizeObserver);

const studied = {
  today: '2026-11-20',
  days: [
    { date: '2025-12-24', minutes: 90, questions: 0, reviews: 300 },
    { date: '2026-11-03', minutes: 12, questions: 10, reviews: 0 },
    { date: '2026-11-20', minutes: 1, questions: 1, reviews: 2 },
  ],
};

const view = (shown: LearningProfile = profile) =>
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <ProgressView profile={shown} studied={studied} />
    </SWRConfig>,
  );
const press = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('the progress page', () => {
  it('begins with what was found, in one sentence', () => {
    view();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(
      /^\d\d% on exam day, if you keep to the plan$/,
    );
  });

  it('carries the figures of the chart in a table, with how sure they are', () => {
    view();
    const table = screen.getByRole('table', { name: 'Average by topic' });
    const storage = within(table).getByRole('rowheader', { name: 'Storage' }).closest('tr');
    expect(storage?.textContent).toMatch(/^Storage83%\d\d%\d\d% and \d\d%10071%$/);
  });

  it('carries every day studied in a table, questions and reviews apart, and names its months', () => {
    view();
    const table = screen.getByRole('table', { name: 'Days studied' });
    const rows = within(table)
      .getAllByRole('row')
      .map(({ textContent }) => textContent);
    expect(rows).toEqual([
      'DayMinutesQuestionsReviews',
      'Wednesday 24 December 2025900300',
      'Tuesday 3 November12100',
      'Friday 20 November112',
    ]);
    expect(
      screen.getByRole('heading', { name: '2 days and 13 minutes in the last four weeks' }),
    ).toBeTruthy();
    expect(screen.getByText('11 questions answered and 302 cards reviewed in a year.')).toBeTruthy();
    expect(screen.getByTitle('Friday 20 November: 1 minute, 1 question, 2 reviews').className).toContain(
      'bg-ink/20',
    );
    expect(screen.getByTitle('Thursday 19 November: nothing').className).toContain('bg-sunk');
    expect(screen.queryByTitle(/21 November/)).toBeNull();
    expect(['Dec', 'Jul', 'Nov'].map((month) => screen.getAllByText(month).length)).toEqual([1, 1, 1]);
  });

  it('shows what the cards hold on the day of the exam, what fades most first, thin topics folded', () => {
    const card = (topic: string, stabilityDays: number) => ({
      cardId: topic,
      topic,
      stabilityDays,
      lastReviewMs: daysAgo(1),
    });
    const cards = [card('Storage', 60), card('Amnesia', 4), card('Encoding', 9)];
    const thin = answers(1, 0, { topic: 'Encoding' });
    view(learningProfileOf({ ...given, answers: [...given.answers, ...thin], cards }, NOW));
    expect(
      screen.getByRole('heading', { name: /^Without reviews, \d\d% of Amnesia is left on 2 December$/ }),
    ).toBeTruthy();
    const names = within(screen.getByRole('table', { name: 'Recalled on 2 December' })).getAllByRole(
      'rowheader',
    );
    expect(names.map(({ textContent }) => textContent)).toEqual(['Amnesia', 'Storage', 'Encoding']);
    expect(screen.getByText('Encoding (1 card)')).toBeTruthy();
  });

  it('says plainly what is not practised yet, without a zero', () => {
    view();
    expect(screen.getByText('Retrieval')).toBeTruthy();
    const link = screen.getByRole('link', { name: 'Five questions would tell' });
    expect(link.getAttribute('href')).toBe('/ask?q=Quiz%20me%20on%20Retrieval%2C%205%20questions');
    expect(screen.queryByText('0%')).toBeNull();
  });

  it('puts what was certain and wrong first, with the way to the question', () => {
    view();
    const list = screen.getByRole('heading', { name: 'Certain, and wrong' }).parentElement;
    expect(list?.querySelector('a')?.getAttribute('href')).toMatch(/^\/practice\/quiz\/quiz\?item=item-/);
  });

  it('opens the answers behind a belief, with the quiz and the words in the notes', async () => {
    view();
    press(/see the answers on amnesia/i);
    const sheet = await screen.findByRole('dialog', { name: 'Amnesia' });
    await within(sheet).findByText('What is amnesia?');
    expect(within(sheet).getByText('You chose “A song”.')).toBeTruthy();
    expect(within(sheet).getByText('Right is “A loss of memory”.')).toBeTruthy();
    const hrefs = within(sheet)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href'));
    expect(hrefs).toEqual(['/practice/quiz/q?item=i%2F1', `/library/${source.docId}?p=244&from=10&to=15`]);
    expect(within(sheet).getByText(/3 older ones count less/)).toBeTruthy();
  });

  it('takes "That is wrong" once, shows it as contested, and takes it back on Undo', async () => {
    view();
    press(/that is wrong about amnesia/i);
    press(/that is wrong about amnesia/i);
    await screen.findByText('You told me I was wrong about Amnesia');
    expect(api.calls).toEqual([
      { path: '/api/profile/contests', method: 'POST', body: { topic: 'Amnesia' } },
    ]);
    api.answer = () => Response.json(profile);
    press(/undo.*amnesia/i);
    await screen.findByText(/^You are certain about Amnesia/);
    expect(api.calls.at(-1)).toMatchObject({ method: 'DELETE', body: { topic: 'Amnesia' } });
  });

  it('says when a contest could not be stored, and changes nothing', async () => {
    api.answer = () => refusal(503, 'The database does not answer.');
    view();
    press(/that is wrong about amnesia/i);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The database does not answer. Nothing was changed.');
    await waitFor(() => press(/that is wrong about amnesia/i));
    expect(screen.queryByText(/you told me/i)).toBeNull();
  });
});

describe('the words of the progress page', () => {
  const { analytics } = profile;
  const forecast = analytics.forecast;
  if (!forecast) throw new Error('No forecast.');

  it('change with what is known', () => {
    expect(headline({ forecast: null })).toBe('Too early for a forecast');
    expect(headline({ forecast: { ...forecast, exam: null } })).toMatch(/^You would get \d\d% right today$/);
    expect(headline({ forecast: { ...forecast, plan: null } })).toMatch(/if you do what is due$/);
    expect(lede({ forecast: null, topicBreakdown: [] }, 0.8)).toMatch(
      /^No answers count so far\. From 10 on/,
    );
    const topicBreakdown = analytics.topicBreakdown.map((topic) => ({ ...topic, answers: 3, reviews: 1 }));
    expect(lede({ forecast: null, topicBreakdown }, 0.8)).toMatch(/^4 questions and 2 reviews so far\./);
    expect(lede(analytics, 0.8)).toMatch(
      /^\d\d% if you only do what is due\. The aim is 80%\. From 18 questions, every topic counting the same\.$/,
    );
  });

  it('say how well the student knows what they know, and nothing on too little', () => {
    const none = { ...analytics.calibration, certainTotal: 4, certainWrong: 4, guessingTotal: 0 };
    expect(calibrationSentence(none)).toMatch(/^Too few/);
    expect(calibrationSentence(analytics.calibration)).toContain('75% is wrong');
    const lucky = { ...none, certainTotal: 0, guessingTotal: 10, guessingRight: 6 };
    expect(calibrationSentence(lucky)).toMatch(/more than you think/);
  });

  it('compare weeks only when there are two', () => {
    const week = (questions: number | null, reviews: number | null = null) => ({
      weekOf: '2026-11-02',
      average: 0.5,
      answers: 5,
      reviewed: 0,
      questions,
      reviews,
    });
    expect(historyHeadline([week(0.5)])).toBeNull();
    expect(historyHeadline([week(0.5), week(null, 0.9)])).toBeNull();
    expect(historyHeadline([week(0.52), week(0.71)])).toBe('Questions up from 52% to 71% right');
    expect(historyHeadline([week(0.71, 0.2), week(null, 0.9), week(0.7)])).toBe(
      'Questions steady at 70% right',
    );
    expect(historyHeadline([week(null, 0.9), week(0.7, 0.8)])).toBe('Reviews down from 90% to 80% recalled');
  });
});

describe('the rows of the chart', () => {
  it('fold topics of one or two answers, unless there are no others', () => {
    const thin = answers(1, 1, { topic: 'Encoding' });
    const {
      rows,
      thin: folded,
      hasExam,
    } = chartData(learningProfileOf({ ...given, answers: [...given.answers, ...thin] }, NOW).analytics);
    expect(hasExam).toBe(true);
    expect(rows.map(({ topic }) => topic)).toEqual(['Storage', 'Amnesia']);
    expect(folded.map(({ topic }) => topic)).toEqual(['Encoding']);
    const alone = chartData(learningProfileOf(evidence({ answers: thin }), NOW).analytics);
    expect([alone.rows.length, alone.thin.length]).toEqual([1, 0]);
  });

  it('leave out topics without answers, and count those beyond the room', () => {
    const many = learningProfileOf(
      evidence({ answers: Array.from({ length: 40 }, (_, n) => answers(1, 0, { topic: `T${n}` })).flat() }),
      NOW,
    );
    const data = chartData(many.analytics);
    expect(data.rows).toHaveLength(24);
    expect(data).toMatchObject({ more: 16, hasExam: false });
    expect(data.rows[0]).toMatchObject({ examDay: null, isUnsure: true });
    expect(chartData(contested.analytics).rows.map(({ topic }) => topic)).toEqual(['Storage']);
  });
});
