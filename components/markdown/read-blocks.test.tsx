// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it, test } from 'vitest';
import { answer, citation, citationPart, textPart } from '@/components/chat/fixtures';
import type { ClervaMessage } from '@/lib/agent/messages';
import { contentOf } from '@/lib/agent/messages';
import { Markdown, type ReadBlocks, ReadBlocksContext } from './markdown';
import { treeOf } from './parse';
import { isPlain, plainTree } from './plain';
import { ProofContext } from './proof-context';
import { readBlocks, withoutPlaces } from './read-blocks';

afterEach(cleanup);

function html({ parts }: ClervaMessage, read: ReadBlocks): string {
  const { text, citations, unsupported } = contentOf(parts);
  return render(
    <ProofContext value={{ citations, active: undefined, open: () => undefined }}>
      <ReadBlocksContext value={read}>
        <Markdown text={text} known={citations} unsupported={unsupported} />
      </ReadBlocksContext>
    </ProofContext>,
  ).container.innerHTML;
}

const CLAIM = { type: 'data-unsupported', data: { text: 'It is blue.', start: 0, end: 11 } } as const;

test.each([
  [
    'words and a citation',
    [citationPart(citation(1)), textPart('It holds **seven** items [1].\n\n- one\n- two [1]')],
  ],
  ['a table and code', [textPart('| a | b |\n| - | :-: |\n| 1 | `x` |\n\n```ts\nlet a = 1;\n```')]],
  ['a claim without proof', [CLAIM, textPart('It is blue. It is big.')]],
  [
    'tasks, a footnote and HTML',
    [textPart('- [x] done\n\nA note.[^1] <b onclick="x">b</b>\n\n[^1]: The note.')],
  ],
  ['a script that runs the other way', [textPart('1. مرحبا **بك**\n2. x')]],
])('%s stands as the server read it, with nothing fetched to read it', (_, parts) => {
  const message = answer(parts as ClervaMessage['parts']);
  const read = readBlocks([message]);
  expect(Object.keys(read).length).toBeGreaterThan(0);
  expect(JSON.stringify(read)).not.toContain('position');
  const drawn = html(message, read);
  cleanup();
  expect(drawn.replace(/_r_\w+_/g, '')).toBe(html(message, {}).replace(/_r_\w+_/g, ''));
});

describe('a text that is one paragraph of words', () => {
  it.each([
    'It holds about seven items.',
    'A first, a second; a third: 5 % (of 20) - and "so" on/off, isn’t it?',
    'Über 100 Zellen … teilen sich!',
    '記憶は七つの項目を保持する。',
    'x = 3 + 4, a | b, no. 1',
  ])('is read without Markdown as with it: %s', (text) => {
    expect(isPlain(text)).toBe(true);
    expect(plainTree(text)).toEqual(withoutPlaces(treeOf(text)));
  });

  it.each([
    ...['', '# Title', '- one', '+ one', '1. one', '2) two', '> quote', '    code', '=== '],
    ...['a *b*', 'a _b_', '`c`', '~~d~~', 'a\nb', '[1]', '![x](y)', '<b>', 'a & b', '$x$', 'a\\*b'],
    ...['www.example.org', 'see https://example.org', 'a@b.org', 'mailto:a'],
  ])('is no other: %j', (text) => {
    expect(isPlain(text)).toBe(false);
  });
});
