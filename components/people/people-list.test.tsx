// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { messagesOf } from '@/lib/language/catalogues';
import { TextProvider } from '@/lib/language/use-text';
import { PeopleList } from './people-list';
import { INES, ines, JONAS, jonas, view } from './test-people';

const NOW = Date.parse('2026-11-21T12:00:00Z');
afterEach(cleanup);

const show = (people = view(), openId: string | null = null) =>
  render(<PeopleList people={people} openId={openId} now={NOW} />);
const rows = () => screen.getAllByRole('link').filter((link) => link.hasAttribute('data-person'));

describe('the list of people', () => {
  test('says what each does in words, and for how long', () => {
    show();
    const here = within(screen.getByRole('region', { name: 'Here now' }));
    expect(here.getByRole('link').textContent).toContain('Free for 40 min · You both study Psychology.');
    expect(here.getByRole('link').textContent).toContain('82%');
  });

  test('writes a share as the language does', () => {
    render(
      <TextProvider language="fr" messages={messagesOf('fr', ['people'])}>
        <PeopleList people={view()} openId={null} now={NOW} />
      </TextProvider>,
    );
    expect(screen.getAllByText(/^82\s%/)).toHaveLength(1);
  });

  test('offers a time for those who are not here, else says when they were', () => {
    const nextTime = { whenISO: '', whenMine: 'Sat 21 Nov, 18:30', confidence: 0.5 };
    show(
      view({
        matches: [
          { ...jonas, nextTime },
          { ...jonas, userId: INES.replace('2', '9'), displayName: 'Amara' },
        ],
      }),
    );
    const away = screen.getByRole('region', { name: 'Good matches, not here' });
    expect(away.textContent).toContain('free Sat 21 Nov, 18:30, maybe');
    expect(away.textContent).toContain('last here 2 hours ago');
  });

  test('names somebody who is here and fits only once', () => {
    show(view({ matches: [{ ...jonas, userId: INES, displayName: ines.displayName }] }));
    expect(rows()).toHaveLength(1);
  });

  test('is walked with the arrows from one end to the other', () => {
    show();
    fireEvent.keyDown(window, { key: 'ArrowDown' });
    expect(document.activeElement?.getAttribute('href')).toBe(`/people/${INES}`);
    fireEvent.keyDown(window, { key: 'ArrowDown' });
    fireEvent.keyDown(window, { key: 'ArrowDown' });
    expect(document.activeElement?.getAttribute('href')).toBe(`/people/${JONAS}`);
    fireEvent.keyDown(window, { key: 'ArrowUp' });
    expect(document.activeElement?.getAttribute('href')).toBe(`/people/${INES}`);
  });

  test('marks the person who is open', () => {
    show(view(), JONAS);
    expect(rows().map((row) => row.getAttribute('aria-current'))).toEqual([null, 'true']);
  });

  test('says what would help when nobody is there', () => {
    const nobody = { matches: [], here: { total: 0, users: [] } };
    const me = view().me;
    const { rerender } = show(view({ ...nobody, me: { ...me, subjects: 0 } }));
    expect(screen.getByRole('link', { name: 'Add subjects' }).getAttribute('href')).toBe('/you#subjects');
    rerender(<PeopleList people={view({ ...nobody, me: { ...me, windows: 0 } })} openId={null} now={NOW} />);
    expect(screen.getByRole('link', { name: 'Paint your week' })).toBeTruthy();
    rerender(<PeopleList people={view(nobody)} openId={null} now={NOW} />);
    expect(screen.getByText(/New students appear by themselves/)).toBeTruthy();
  });
});
