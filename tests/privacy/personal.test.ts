import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isCard, isIban } from '../../lib/privacy/check-digits.ts';
import { type Found, findPersonal } from '../../lib/privacy/find.ts';
import { isNational } from '../../lib/privacy/phone.ts';
import { below, MADE } from './made-numbers.ts';

const linesOf = (name: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);

const made = (name: string, ...given: string[]): string =>
  (MADE as Record<string, (...given: string[]) => string>)[name]?.(...given) ?? '';

/** A sentence with its originals, made numbers put in. */
function positive(line: string) {
  const [kind = '', marked = ''] = line.split('\t');
  const originals: string[] = [];
  const text = marked.replace(/\{\{ ?(.*?)\}\}/g, (_, inside: string) => {
    const [name = '', ...given] = inside.slice(1).split(' ');
    const original = inside.startsWith('=') ? made(name, ...given) : inside;
    originals.push(original);
    return original;
  });
  return { kind, text, originals };
}

/** How many originals are found whole and by their kind, and what else is. */
function score(personal: string[], lookAlikes: string[]) {
  const missed: string[] = [];
  const wrong: string[] = [];
  let hits = 0;
  const look = (text: string) => findPersonal(text, isNational);
  const shown = ({ kind, text }: Found) => `${kind} ‹${text}›`;
  for (const { kind, text, originals } of personal.map(positive)) {
    const found = look(text);
    for (const original of originals) {
      const at = found.findIndex((one) => one.kind === kind && one.text.includes(original));
      if (at === -1) missed.push(`${kind}: ${text} → ${found.map(shown)}`);
      else found.splice(at, 1);
      hits += Number(at !== -1);
    }
    wrong.push(...found.map((one) => `${text} → ${shown(one)}`));
  }
  for (const text of lookAlikes) wrong.push(...look(text).map((one) => `${text} → ${shown(one)}`));
  return { recall: hits / (hits + missed.length), precision: hits / (hits + wrong.length), missed, wrong };
}

describe('what stands for a person', () => {
  test.each([
    ['personal.txt', 'look-alikes.txt', 300, 0.98],
    // Written after the rules and scored before any rule was changed for it: .969 and .969.
    ['personal-held-out.txt', 'look-alikes-held-out.txt', 80, 0.96],
  ])('is found in %s and nowhere in %s', (personal, lookAlikes, least, floor) => {
    const lines = { personal: linesOf(personal), lookAlikes: linesOf(lookAlikes) };
    expect(lines.personal.length).toBeGreaterThanOrEqual(least);
    expect(lines.lookAlikes.length).toBeGreaterThanOrEqual(least);
    const { recall, precision, missed, wrong } = score(lines.personal, lines.lookAlikes);
    const account = `recall ${recall.toFixed(4)}, precision ${precision.toFixed(4)}\n${[...missed, '—', ...wrong].join('\n')}`;
    expect(recall, account).toBeGreaterThanOrEqual(floor);
    expect(precision, account).toBeGreaterThanOrEqual(floor);
  });

  const CHECKED = Object.keys(MADE).filter((name) => name !== 'pan');
  test.each(CHECKED)('%s: one wrong digit and it is nobody’s', (name) => {
    const words =
      { cpfb: 'CPF ', cnpjb: 'CNPJ ', aadhaar: 'aadhaar ', nhs: 'NHS ', nhss: 'NHS ', dnil: 'dni ' }[name] ??
      'x ';
    const numbers = ['card', 'iban', 'id'];
    let changed = 0;
    for (let round = 0; round < 60; round += 1) {
      const number = made(name);
      const kindsOf = (text: string) =>
        findPersonal(words + text, isNational).filter(({ kind }) => numbers.includes(kind));
      expect(kindsOf(number), number).toHaveLength(1);
      const places = [...number].flatMap((sign, at) => (/\d/.test(sign) ? [at] : []));
      const at = places[places.length - 1 - below(4)] ?? 0;
      const other = (Number(number[at]) + 1 + below(8)) % 10;
      changed += kindsOf(`${number.slice(0, at)}${other}${number.slice(at + 1)}`).length;
    }
    // Another scheme may hold by chance; the one that was made may not.
    expect(changed).toBeLessThanOrEqual(/card|amex|iban/.test(name) ? 0 : 4);
  });

  test('card and account numbers hold for exactly one check digit in their place', () => {
    for (let round = 0; round < 300; round += 1) {
      const card = MADE.card16();
      const fitting = [...'0123456789'].filter((last) => isCard(card.slice(0, -1) + last));
      expect(fitting).toEqual([card.at(-1)]);
      const iban = MADE.iban();
      const pairs = Array.from({ length: 97 }, (_, at) => String(at + 2).padStart(2, '0'));
      expect(pairs.filter((pair) => isIban(`DE${pair}${iban.slice(4)}`))).toEqual([iban.slice(2, 4)]);
    }
  });

  test('a long text costs little', () => {
    for (const piece of [
      'a',
      '1',
      '+',
      ':',
      'a:',
      '1 ',
      '.',
      'é.',
      '1.',
      'A ',
      '12 A',
      'Am B',
      '一',
      '0 ',
      '-1',
      '@a',
    ]) {
      const startedAt = performance.now();
      findPersonal(piece.repeat(50_000 / piece.length), isNational);
      expect(performance.now() - startedAt, piece).toBeLessThan(2_000);
    }
  });
});
