import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { isLanguage, wantedLanguage } from '../domain/language.ts';
import { inFragment } from './fragment.ts';
import { inEnglish, translator } from './text.ts';

const german = translator('de', {
  Sign: 'Zeichen',
  '{due, plural, one {# card} other {# cards}}': '{due, plural, one {# Karte} other {# Karten}}',
  'You have one? <link>Sign in</link>': 'Du hast eins? <link>Anmelden</link>',
  'Try again': 'Noch einmal versuchen',
  'error.conflict': 'Das wurde inzwischen geändert.',
  '{pages}: {found}. Type it.': '{pages}: {found}. Tippe es ab.',
  'nothing (at all)': 'gar nichts',
});

test('a text is said in the language, with its plural, and in English where a page was not sent it', () => {
  expect(german('Try again')).toBe('Noch einmal versuchen');
  expect([0, 1, 2].map((due) => german('{due, plural, one {# card} other {# cards}}', { due }))).toEqual([
    '0 Karten',
    '1 Karte',
    '2 Karten',
  ]);
  expect(german('Cancel')).toBe('Cancel');
  expect(inEnglish('From|network')).toBe('From');
  expect(
    inEnglish('With Good you see it {times, plural, =2 {twice} other {# times}} more before the exam.', {
      times: 2,
    }),
  ).toBe('With Good you see it twice more before the exam.');
});

test('elements stand where the sentence of the language has them', () => {
  const link = (words: string) => createElement('a', { href: '/' }, words);
  const html = (node: ReactNode) => renderToStaticMarkup(node);
  expect(html(german.rich('You have one? <link>Sign in</link>', { link }))).toBe(
    'Du hast eins? <a href="/">Anmelden</a>',
  );
  expect(html(translator('en', {}, inFragment).rich('You have one? <link>Sign in</link>', { link }))).toBe(
    'You have one? <a href="/">Sign in</a>',
  );
});

test('a fault is said as exactly as the language can, and as the API says it in English', () => {
  const problem = { code: 'conflict', message: 'Somebody else was faster.' };
  expect(german.fault(problem)).toBe('Das wurde inzwischen geändert.');
  expect(german.fault({ ...problem, message: 'Try again' })).toBe('Noch einmal versuchen');
  expect(german.fault({ ...problem, code: 'new_code' })).toBe(problem.message);
  expect(inEnglish.fault(problem)).toBe(problem.message);
});

test('a fault that tells what it is made of is said from that, whatever its values look like', () => {
  const text = (words: string, values = {}) => ({ text: words, values });
  const message = 'Page 2: nothing (at all). Type it.';
  const values = { pages: 'Page 2', found: 'nothing (at all)' };
  const said = {
    [message]: text('{pages}: {found}. Type it.', values),
    'nothing (at all)': text('nothing (at all)'),
  };
  expect(german.fault({ code: 'conflict', message, said })).toBe('Page 2: gar nichts. Tippe es ab.');
  expect(inEnglish.fault({ code: 'conflict', message, said })).toBe(message);
  // What is known of other sentences says nothing of this one.
  expect(german.fault({ code: 'conflict', message: 'Page 3.', said })).toBe('Das wurde inzwischen geändert.');
});

test('a browser gets the language of ours that it wants most', () => {
  const wanted = [
    null,
    '',
    'pt-BR,pt',
    'de-AT,de;q=0.9,en;q=0.8',
    'it,fr;q=0.4,es;q=0.5',
    'es;q=0,en;q=0.1',
    '*',
  ];
  expect(wanted.map(wantedLanguage)).toEqual(['en', 'en', 'en', 'de', 'es', 'en', 'en']);
  expect(['de', 'pt', undefined, 'constructor'].map(isLanguage)).toEqual([true, false, false, false]);
});
