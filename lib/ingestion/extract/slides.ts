import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { notesOf } from '../../study/account.ts';
import { cleanText, readableLength } from './clean.ts';
import { headingsOf } from './sections.ts';
import { checkLength } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

type Slide = { text: string; pictures: number; hidden: number; isHidden: boolean };

/** One slide that is damaged takes nothing from the others. */
function slideOrDamage(read: () => Slide): Slide | 'damaged' {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'file_damaged') return 'damaged';
    throw error;
  }
}

/** Slides as pages of their own, counted as the program counts them. */
export function slidePages(
  slides: readonly (() => Slide)[],
  { pageFrom, pageTo, limits }: FormatRequest,
): ReadPages {
  if (slides.length > limits.maxPages) {
    throw new AppError('file_too_many_pages', {
      message: () =>
        say('This file has {slides} slides, and {most} is the limit. Split it and add the parts.', {
          slides: slides.length,
          most: limits.maxPages,
        }),
    });
  }
  const account = { droppedPictures: 0, hiddenText: 0 };
  const hidden: number[] = [];
  const undecodable: number[] = [];
  const emptyPages: number[] = [];
  let characters = 0;
  const pages = slides.flatMap((read, index) => {
    const page = index + 1;
    if (page < pageFrom || page > pageTo) return [];
    const slide = slideOrDamage(read);
    if (slide === 'damaged') {
      undecodable.push(page);
      return [{ page, label: null, content: '' }];
    }
    const { text, pictures, hidden: unseen, isHidden } = slide;
    account.droppedPictures += pictures;
    account.hiddenText += unseen;
    if (isHidden) hidden.push(page);
    const content = cleanText(isHidden && text !== '' ? `(This slide is hidden.)\n\n${text}` : text);
    characters += content.length;
    checkLength(characters, limits);
    // A slide without anything is no picture, and nothing of it is lost.
    if (readableLength(text) === 0 && pictures > 0) emptyPages.push(page);
    return [{ page, label: headingsOf(content)[0]?.title ?? null, content }];
  });
  if (undecodable.length > 0 && undecodable.length === slides.length) throw new AppError('file_damaged');
  const notes = notesOf(() =>
    hidden.length > 0
      ? [say('Hidden in the presentation: slides {list}.', { list: hidden.slice(0, 20).join(', ') })]
      : [],
  );
  return { pages, pageCount: slides.length, emptyPages, account: { ...account, ...notes, undecodable } };
}
