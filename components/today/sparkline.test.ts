import { expect, it } from 'vitest';
import { sparkline } from './sparkline';

it('the line of the forecast stays inside its picture, whatever the shares', () => {
  for (const measured of [[0.5], [0, 1], [0.7, 0.7, 0.7], [1, 0.2, 0.9]]) {
    const line = sparkline({ measured, ahead: 0.8 }, 240, 56);
    for (const { x, y } of [line.today, line.exam]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(240);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(56);
    }
    expect(line.measured).not.toContain('NaN');
  }
});
