import { expect, test } from 'vitest';
import { translatorOf } from './catalogues.ts';

test('one is said as one, also where English says it like many', () => {
  const [spanish, french] = [translatorOf('es'), translatorOf('fr')];
  const right = (correct: number) => french('{correct} of {total} right', { correct, total: 3 });
  expect([0, 1, 2].map(right)).toEqual(['0 juste sur 3', '1 juste sur 3', '2 justes sur 3']);
  const left = (minutesLeft: number) => spanish('about {minutesLeft} min left', { minutesLeft });
  expect([1, 2].map(left)).toEqual(['queda cerca de 1 min', 'quedan cerca de 2 min']);
});

test('hours are not given the gender of minutes', () => {
  const about = translatorOf('es')('About {free} stay free for what the quizzes show.', { free: '8 horas' });
  expect(about).not.toContain('unos');
});
