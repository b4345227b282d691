import { describe, expect, it } from 'vitest';
import { queryUnits } from './rerank.ts';
import type { RetrievedChunk } from './search.ts';
import { lexicalQuery } from './sparse-bm25.ts';
import { onTopic, topicOf } from './topic.ts';

const CHUNKS = 100;

function passage(text: string, ...headingPath: string[]): RetrievedChunk {
  const locator = { kind: 'section', index: 1, total: 1, label: null } as const;
  const place = { page: null, pageEnd: null, locator, charStart: 0, charEnd: text.length };
  const found = { similarity: 0, score: 0, course: null, title: 'notes.md', ord: 0, chunkId: 1, docId: 'a' };
  return { ...found, ...place, text, headingPath };
}

/** A topic of words that stand in so many of the chunks; what is not named stands in none. */
function topic(text: string, held: Record<string, number>) {
  const query = lexicalQuery(text);
  const idf = query.terms.map((term) => {
    const df = Object.entries(held).find(([word]) => lexicalQuery(word).terms[0] === term)?.[1];
    return df === undefined ? 0 : Math.log(1 + (CHUNKS - df + 0.5) / (df + 0.5));
  });
  return topicOf(text, queryUnits(query, idf, CHUNKS));
}

describe('passages to make study items from', () => {
  const government = [
    passage('The school board of the town is a government body. It takes many forms.'),
    passage('Forms were filled in.'),
  ];

  it('are none for a subject whose rare word stands nowhere', () => {
    const french = [passage('French is spoken there. French bread is white.'), passage('French wine.')];
    expect(onTopic(french, topic('the French Revolution', { french: 9 }))).toEqual([]);
  });

  it('are none for a subject that is only named in passing', () => {
    expect(onTopic(government, topic('Forms of Government', { forms: 30, government: 2 }))).toEqual([]);
  });

  it('are none where the words stand far apart in different sentences', () => {
    const scattered = passage(
      'The stock of the soup is clear. It rains. Nobody came to the market, and so it ended. The car did crash. It rains.',
    );
    expect(
      onTopic([scattered, scattered], topic('stock market crash', { stock: 3, market: 4, crash: 2 })),
    ).toEqual([]);
  });

  it('are those under a heading that names it, with nothing of others', () => {
    const under = passage('It moves water.', 'Transport', 'Osmosis');
    const other = passage('The plant needs light.', 'Light');
    expect(onTopic([other, under], topic('osmosis', { osmosis: 1 }))).toEqual([under]);
  });

  it('are those that speak of it more than once', () => {
    const said = [
      passage('Working memory holds four items.'),
      passage('The items of working memory decay. Tea is hot.'),
      passage('It is hot.'),
    ];
    expect(onTopic(said, topic('working memory', { working: 5, memory: 20 }))).toEqual(said.slice(0, 2));
  });
});

describe('the section that is a topic', () => {
  const chunk = passage('It moves water.', 'Transport', '3.2 Osmosis in Cells', 'Examples');

  it('is found by its heading', () => {
    expect(topic('osmosis in cells', { osmosis: 2, cells: 30 }).headingIn(chunk)).toEqual({
      at: 1,
      widest: 1,
      share: 1,
    });
  });

  it('is not a section of which the topic is one word of many', () => {
    const wide = passage('', 'How memory of faces differs');
    expect(topic('memory', { memory: 20 }).headingIn(wide)).toBeNull();
  });
});
