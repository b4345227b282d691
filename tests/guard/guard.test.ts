import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkMessage } from '../../lib/agent/guard/guard.ts';
import { GUARD_KINDS, GUARD_LANGUAGES } from '../../lib/agent/guard/rules.ts';

const linesOf = (name: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);
const stopped = linesOf('stopped.txt').map((line) => line.split('\t'));
const study = linesOf('study.txt');
const look = (text: string) => checkMessage(text, { timezone: 'Europe/Berlin', guardsBrands: true });

describe('the rules for messages', () => {
  test('the tables hold every kind in every language', () => {
    expect(stopped.length).toBeGreaterThanOrEqual(120);
    expect(study.length).toBeGreaterThanOrEqual(120);
    for (const kind of GUARD_KINDS) {
      for (const language of GUARD_LANGUAGES) {
        expect(
          stopped.filter(([k, l]) => k === kind && l === language),
          `${kind} ${language}`,
        ).not.toEqual([]);
      }
    }
  });

  test('stop what is to be stopped, by its kind', () => {
    const missed = stopped.filter(([kind, , text = '']) => look(text)?.kind !== kind);
    const account = missed.map(
      ([kind, language, text = '']) => `${kind} ${language}: ${text} → ${look(text)?.kind}`,
    );
    expect(missed.length / stopped.length, account.join('\n')).toBeLessThanOrEqual(0.05);
    // Nobody in need is met with nothing.
    expect(account.filter((line) => line.startsWith('self_harm'))).toEqual([]);
  });

  test('never refuse what students ask of hard subjects', () => {
    expect(study.flatMap((text) => (look(text) ? [`${text} → ${look(text)?.kind}`] : []))).toEqual([]);
  });
});
