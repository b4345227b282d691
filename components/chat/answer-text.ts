import type { MessageContent } from '@/lib/agent/messages';
import { inEnglish } from '@/lib/language/text';
import { locatorText } from '@/lib/study/locator';

/** An answer for the clipboard: the text as written, then each source with its place and its words. */
export function answerWithSources({ text, citations }: MessageContent, t = inEnglish): string {
  if (citations.size === 0) return text;
  const sources = [...citations.values()].map(({ n, title, locator, quote, verdict }) => {
    const place = `[${n}] ${title}, ${locatorText(locator, t)}`;
    const where = verdict === 'paraphrase' ? t('{place}, close to', { place }) : place;
    return `${where}: “${quote.replace(/\s+/g, ' ').trim()}”`;
  });
  return `${text.trimEnd()}\n\n${t('Sources')}\n${sources.join('\n')}\n`;
}
