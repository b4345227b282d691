import { describe, expect, test } from 'vitest';
import { PresenceBook } from './presence.ts';

function book() {
  let last = 0;
  return new PresenceBook(() => {
    last += 1;
    return `r${last}`;
  });
}
const [laptop, phone] = [{}, {}];

describe('a presence book', () => {
  test('tells each change once', () => {
    const presence = book();
    presence.track(laptop, 'ana', {});
    expect(presence.takeDiff()).toEqual({ joins: { ana: { metas: [{ phx_ref: 'r1' }] } }, leaves: {} });
    expect(presence.takeDiff()).toBeNull();
    presence.untrack(laptop);
    presence.untrack(laptop);
    expect(presence.takeDiff()).toEqual({ joins: {}, leaves: { ana: { metas: [{ phx_ref: 'r1' }] } } });
    expect(presence.size).toBe(0);
  });

  test('a second track replaces the first and names it', () => {
    const presence = book();
    presence.track(laptop, 'ana', { n: 1 });
    presence.takeDiff();
    presence.track(laptop, 'ana', { n: 2 });
    expect(presence.takeDiff()).toEqual({
      joins: { ana: { metas: [{ phx_ref: 'r2', phx_ref_prev: 'r1', n: 2 }] } },
      leaves: { ana: { metas: [{ phx_ref: 'r1', n: 1 }] } },
    });
  });

  test('leaves out what came and went before anybody was told', () => {
    const presence = book();
    presence.track(laptop, 'ana', {});
    presence.untrack(laptop);
    expect(presence.takeDiff()).toBeNull();
    presence.track(phone, 'ben', { n: 1 });
    presence.takeDiff();
    presence.track(phone, 'ben', { n: 2 });
    presence.track(phone, 'ben', { n: 3 });
    expect(presence.takeDiff()).toEqual({
      joins: { ben: { metas: [{ phx_ref: 'r4', phx_ref_prev: 'r3', n: 3 }] } },
      leaves: { ben: { metas: [{ phx_ref: 'r2', n: 1 }] } },
    });
  });

  test('a client chooses neither its reference nor harm by its key', () => {
    const presence = book();
    presence.track(laptop, '__proto__', { phx_ref: 'forged', phx_ref_prev: 'forged' });
    expect(JSON.stringify(presence.state())).toBe('{"__proto__":{"metas":[{"phx_ref":"r1"}]}}');
  });
});
