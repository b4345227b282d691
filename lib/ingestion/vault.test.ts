import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { PICTURE_MARK, readVault } from './vault.ts';

const vaultOf = (files: Record<string, string>) =>
  readVault(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
const contentOf = (files: Record<string, string>, path: string) =>
  vaultOf(files).notes.find((note) => note.path === path)?.content;

describe('a vault', () => {
  it.each([
    ['see [[Other]]', 'see [[Other]]'],
    ['see [[folder/Other|it]]', 'see [[Other|it]]'],
    ['see [[other#Part]]', 'see [[Other#Part|other]]'],
    ['see [it](Other.md)', 'see [[Other|it]]'],
    ['`[[Other]]` and ![[Other]]', '`[[Other]]` and [[Other]]'],
    [
      '![[gone.png]] and ![far](https://example.org/a.png)',
      '*gone.png* and ![far](https://example.org/a.png)',
    ],
    ['```\n[[folder/Other]]\n```', '```\n[[folder/Other]]\n```'],
  ])('keeps the links of %s', (text, expected) => {
    expect(contentOf({ 'A.md': text, 'folder/Other.md': 'x', 'b.md': 'y' }, 'A.md')).toBe(
      `# A\n\n${expected}`,
    );
  });

  it('gives the outermost folder as course, those within as tags, and tells names apart', () => {
    const { notes } = vaultOf({
      'Bio/Index.md': '#exam now',
      'Chem/Lab/Index.md': 'see [[Index]]',
      'Top.md': '# Top\n\nx',
    });
    expect(notes.map(({ title, course, tags }) => ({ title, course, tags }))).toEqual([
      { title: 'Index', course: 'Bio', tags: ['exam'] },
      { title: 'Index (Lab)', course: 'Chem', tags: ['Lab'] },
      { title: 'Top', course: null, tags: [] },
    ]);
    expect(notes[2]?.content).toBe('# Top\n\nx');
  });

  it('takes a picture once, however often it is shown, and names it by its place', () => {
    const vault = vaultOf({ 'A.md': '![[a b.png|200]] ![x](pics/a%20b.png)', 'pics/a b.png': 'png' });
    expect(vault.pictures.map(({ path }) => path)).toEqual(['pics/a b.png']);
    expect([...(vault.notes[0]?.content ?? '').matchAll(PICTURE_MARK)]).toHaveLength(2);
  });

  it.each([
    [{ 'readme.txt': 'x' }, /no Markdown notes/],
    [{ '../../etc/passwd.md': 'x' }, /no Markdown notes/],
  ])('refuses %j', (files, message) => expect(() => vaultOf(files)).toThrow(message));

  it('refuses what unpacks to more than a person writes', () => {
    expect(() => vaultOf({ 'A.md': ' '.repeat(40_000_000) })).toThrow(/unpacks to more/);
  });
});
