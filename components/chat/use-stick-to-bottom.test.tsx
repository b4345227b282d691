// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useStickToBottom } from './use-stick-to-bottom';

const SHOWN = 500;
let contentHeight = 0;
let shownHeight = SHOWN;
let resized: () => void = () => undefined;

beforeEach(() => {
  contentHeight = 400;
  shownHeight = SHOWN;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: () => void) {
        resized = callback;
      }
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Page({ isGrowing }: { isGrowing: boolean }) {
  const { scroller, content, isAtBottom, onScroll } = useStickToBottom(isGrowing);
  return (
    <div
      data-testid="scroller"
      onScroll={onScroll}
      ref={(element) => {
        scroller.current = element;
        if (!element) return;
        Object.defineProperty(element, 'scrollHeight', { configurable: true, get: () => contentHeight });
        Object.defineProperty(element, 'clientHeight', { configurable: true, get: () => shownHeight });
      }}
    >
      <div ref={content}>
        <button type="button">Steps</button>
        {isAtBottom ? 'at the end' : 'further up'}
      </div>
    </div>
  );
}

const scroller = () => screen.getByTestId('scroller');
const toHeight = (pixels: number) =>
  act(() => {
    contentHeight = pixels;
    resized();
  });
const distance = () => contentHeight - scroller().scrollTop - shownHeight;

describe('useStickToBottom', () => {
  it('stays at the end while an answer grows, and when its cards come after its last word', () => {
    const { rerender } = render(<Page isGrowing />);
    toHeight(1_200);
    expect(distance()).toBeLessThanOrEqual(0);
    rerender(<Page isGrowing={false} />);
    toHeight(1_900);
    expect(distance()).toBeLessThanOrEqual(0);
    expect(screen.getByText(/at the end/)).toBeTruthy();
  });

  it('does not take the scroll event of its own jump, which comes when more has arrived, for a way up', () => {
    render(<Page isGrowing />);
    toHeight(1_200);
    contentHeight = 1_400;
    fireEvent.scroll(scroller());
    toHeight(1_400);
    expect(distance()).toBeLessThanOrEqual(0);
  });

  it('does not move what a student reads further up', () => {
    render(<Page isGrowing />);
    toHeight(1_200);
    scroller().scrollTop = 300;
    fireEvent.scroll(scroller());
    toHeight(1_900);
    expect(scroller().scrollTop).toBe(300);
    expect(screen.getByText(/further up/)).toBeTruthy();
  });

  it('lets what a student opens grow below their hand', () => {
    render(<Page isGrowing={false} />);
    toHeight(1_200);
    const before = scroller().scrollTop;
    fireEvent.pointerDown(screen.getByRole('button', { name: 'Steps' }));
    toHeight(1_500);
    expect(scroller().scrollTop).toBe(before);
  });

  it('keeps the end in sight when the box below grows', () => {
    render(<Page isGrowing={false} />);
    toHeight(1_200);
    fireEvent.pointerDown(scroller());
    shownHeight = 400;
    toHeight(1_200);
    expect(distance()).toBeLessThanOrEqual(0);
  });
});
