import { expect, test } from 'vitest';
import { writeFacts } from './memory.ts';

type Fact = { kind: string; about: string | null; value: string; until: string | null };
const facts = (said: string): Fact[] => {
  const prompt = `Today is 2026-11-20.\n[m1] student: ${said}\n[m2] tutor: My name is Tutor.`;
  return (writeFacts(prompt) as { facts: Fact[] }).facts;
};

test.each([
  ['My chemistry exam is on 12 December.', '12 December', '2026-12-12'],
  ['My chemistry exam is on January 3rd at 9.30.', 'January 3rd at 9.30', '2027-01-03'],
  ['I have a chemistry test on Friday', 'Friday', '2026-11-20'],
  ['My chemistry final is in May.', 'May', '2027-05-31'],
  ['My chemistry exam is on 3/4/2027.', '3/4/2027', '2027-04-03'],
  ['My chemistry exam is hard.', 'hard', null],
  ['Meine Chemieprüfung ist am 12. Dezember. Ich bin müde.', '12. Dezember', '2026-12-12'],
  ['Meine Chemie-Klausur ist am 3.2.', '3.2', '2027-02-03'],
  ['Ich habe am 12. Januar eine Chemieprüfung.', '12. Januar', '2027-01-12'],
  ['Meine Chemieprüfung ist im Mai.', 'Mai', '2027-05-31'],
  ['Mon examen de chimie est le 12 décembre.', '12 décembre', '2026-12-12'],
  ['J’ai un examen de chimie en février.', 'février', '2027-02-28'],
  ['Mi examen de química es el 3 de febrero de 2027.', '3 de febrero de 2027', '2027-02-03'],
  ['Tengo un examen de química el lunes.', 'lunes', '2026-11-23'],
])('an exam is known until its day: %s', (said, value, until) => {
  expect(facts(said)[0]).toMatchObject({ kind: 'exam', value, until });
  expect(facts(said)[0]?.about).toMatch(/^ch[ie]mi|^química/);
});

test('what has a day and is no exam is kept as long as its kind, and what a tutor says is no fact', () => {
  expect(facts('My birthday is 3 March. My name is Ada Lovelace.')).toMatchObject([
    { kind: 'about', value: '3 March', until: null },
    { kind: 'name', value: 'Ada Lovelace', until: null },
  ]);
});
