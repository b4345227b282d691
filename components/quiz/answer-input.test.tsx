// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import '@/components/ui/test-browser';
import type { AttemptAnswer } from '@/lib/domain/quiz';
import type { AskedItem } from '@/lib/study/quiz/disclose';
import { AnswerInput, Correction, type Told } from './answer-input';

const texts = (words: readonly string[]) => words.map((text, index) => ({ id: 'abcd'.charAt(index), text }));
const itemOf = (over: Partial<AskedItem>): AskedItem => ({
  id: 'q1',
  q: 'Q?',
  topic: 'T',
  difficulty: 'easy',
  kind: null,
  choices: [],
  isReported: false,
  solution: null,
  ...over,
});
const toldOf = (right: string, answer: Partial<AttemptAnswer>): Told => ({
  right,
  answer: {
    itemId: 'q1',
    optionId: null,
    confidence: null,
    correct: false,
    answeredAt: '',
    durationMs: null,
    ...answer,
  },
});
const said = vi.fn();
afterEach(cleanup);

function Asked({
  item,
  told,
  input: Input = AnswerInput,
}: {
  item: AskedItem;
  told?: Told;
  input?: typeof AnswerInput | typeof Correction;
}) {
  const [selected, setSelected] = useState<string | null>(item.format === 'truth' ? 'false' : null);
  const [text, setText] = useState('');
  return (
    <Input
      item={item}
      told={told}
      selected={selected}
      text={text}
      onAnswer={(optionId, typed) => {
        said(optionId, typed);
        setSelected(optionId);
        if (typed !== undefined) setText(typed);
      }}
    />
  );
}

describe('what is typed', () => {
  const item = itemOf({ format: 'typed' });
  test('is an answer from its first word on, and none when it is empty again', () => {
    render(<Asked item={item} />);
    const line = screen.getByLabelText(/Your answer/);
    fireEvent.change(line, { target: { value: 'storage' } });
    expect(said).toHaveBeenLastCalledWith('typed', 'storage');
    fireEvent.change(line, { target: { value: '  ' } });
    expect(said).toHaveBeenLastCalledWith(null, '  ');
  });

  test('is told word by word, with those that belong to another answer', () => {
    const told = { text: 'short encoding', there: ['short'], missed: ['storage'], astray: ['encoding'] };
    render(<Asked item={item} told={toldOf('short storage', told)} />);
    const words = within(screen.getByRole('list', { name: 'Words of the answer' })).getAllByRole('listitem');
    expect(words.map(({ textContent }) => textContent)).toEqual([
      'short, there',
      'storage, missing',
      'encoding, of another answer',
    ]);
  });

  test('corrects what was called false', () => {
    render(<Asked item={itemOf({ format: 'truth', claim: 'x' })} input={Correction} />);
    fireEvent.change(screen.getByLabelText('What is right instead?'), { target: { value: 'the other' } });
    expect(said).toHaveBeenLastCalledWith('false', 'the other');
  });
});

describe('pairs', () => {
  const item = itemOf({
    format: 'matching',
    prompts: texts(['One?', 'Two?', 'Three?']),
    choices: texts(['2', '3', '1']),
  });
  const pick = (name: string, value: string) =>
    fireEvent.change(screen.getByLabelText(name), { target: { value } });

  test('are an answer once each has its own, and one that is taken moves', () => {
    render(<Asked item={item} />);
    pick('One?', 'c');
    pick('Two?', 'a');
    expect(said).toHaveBeenLastCalledWith(null, undefined);
    pick('Three?', 'b');
    expect(said).toHaveBeenLastCalledWith('c,a,b', undefined);
    pick('One?', 'a');
    expect(said).toHaveBeenLastCalledWith(null, undefined);
    expect((screen.getByLabelText('Two?') as HTMLSelectElement).value).toBe('');
  });

  test('are told one by one', () => {
    render(<Asked item={item} told={toldOf('c,a,b', { optionId: 'c,b,a' })} />);
    expect(screen.getAllByText('Right')).toHaveLength(1);
    expect(screen.getByText('2', { selector: '.font-semibold' })).toBeTruthy();
    expect((screen.getByLabelText('One?') as HTMLSelectElement).disabled).toBe(true);
  });
});

describe('an order', () => {
  const item = itemOf({ format: 'ordering', choices: texts(['Storage', 'Encoding', 'Retrieval']) });

  test('is made by buttons, which keep the focus and stop at the ends', () => {
    render(<Asked item={item} />);
    const up = screen.getByRole('button', { name: 'Move up: Encoding' });
    fireEvent.click(up);
    expect(said).toHaveBeenLastCalledWith('b,a,c', undefined);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move up: Encoding');
    expect(screen.getByRole('status').textContent).toBe('Now 1 of 3.');
    const calls = said.mock.calls.length;
    fireEvent.click(screen.getByRole('button', { name: 'Move up: Encoding' }));
    expect(said.mock.calls.length).toBe(calls);
  });

  test('may be right as it stands', () => {
    render(<Asked item={item} />);
    fireEvent.click(screen.getByRole('button', { name: 'It is right as it stands' }));
    expect(said).toHaveBeenLastCalledWith('a,b,c', undefined);
  });

  test('is told as it is in the notes, with the places that were given', () => {
    render(<Asked item={item} told={toldOf('b,a,c', { optionId: 'a,b,c' })} />);
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '1.EncodingYou had it at 2',
      '2.StorageYou had it at 1',
      '3.Retrieval',
    ]);
  });
});
