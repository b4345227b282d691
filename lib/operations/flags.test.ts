import { afterEach, expect, test, vi } from 'vitest';
import { FLAGS, flagWarning, parseFlags } from './flags.ts';

afterEach(() => vi.unstubAllEnvs());

test.each<[string | undefined, string[], string[]]>([
  [undefined, [], []],
  ['', [], []],
  [' , ,', [], []],
  ['adapters.dry_run', ['adapters.dry_run'], []],
  [' adapters.dry_run , brand_guard.precheck ', ['adapters.dry_run', 'brand_guard.precheck'], []],
  [Object.keys(FLAGS).join(','), Object.keys(FLAGS), []],
  ['adapters.dry_run,adapters.dry_run', ['adapters.dry_run'], []],
  ['Adapters.dry_run', [], ['Adapters.dry_run']],
  ['adapters.dry_run=false', [], ['adapters.dry_run=false']],
  ['adapters.dry_run;brand_guard.precheck', [], ['adapters.dry_run;brand_guard.precheck']],
  ['adapters.*,constructor', [], ['adapters.*', 'constructor']],
])('%s switches on what it names exactly', (list, on, unknown) => {
  const read = parseFlags(list);
  expect([...read.on]).toEqual(on);
  expect(read.unknown).toEqual(unknown);
  const warning = flagWarning(list);
  if (unknown.length === 0) expect(warning).toBeUndefined();
  for (const name of [...unknown, ...(unknown.length > 0 ? Object.keys(FLAGS) : [])])
    expect(warning).toContain(name);
});
