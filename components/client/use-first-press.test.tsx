// @vitest-environment happy-dom
import { render } from '@testing-library/react';
import { useRef } from 'react';
import { expect, test, vi } from 'vitest';
import { DOUBLE_PRESS_MS, useSettledRows } from './use-first-press';

function Rows({ names }: { names: readonly string[] }) {
  const list = useRef<HTMLUListElement>(null);
  useSettledRows(list, names.length);
  return (
    <ul ref={list}>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}

test('rows that are left settle when one of them went, and not when one came or changed', () => {
  const animate = vi.fn();
  Object.assign(HTMLElement.prototype, { animate });
  const { rerender } = render(<Rows names={['a', 'b', 'c']} />);
  rerender(<Rows names={['a', 'b', 'd']} />);
  rerender(<Rows names={['a', 'b', 'd', 'e']} />);
  expect(animate).not.toHaveBeenCalled();
  rerender(<Rows names={['b', 'd', 'e']} />);
  expect(animate).toHaveBeenCalledExactlyOnceWith(expect.anything(), DOUBLE_PRESS_MS);
});
