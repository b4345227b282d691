import type { MessageContent } from '@/lib/agent/messages';
import { locatorText } from '@/lib/study/locator';

/** An answer for the clipboard: the text as written, then each source with its place and its words. */
export function answerWithSources({ text, citations }: MessageContent): string {
  if (citations.size === 0) return text;
  const sources = [...citations.values()].map(({ n, title, locator, quote, verdict }) => {
    const closeness = verdict === 'paraphrase' ? ', close to' : '';
    return `[${n}] ${title}, ${locatorText(locator)}${closeness}: “${quote.replace(/\s+/g, ' ').trim()}”`;
  });
  return `${text.trimEnd()}\n\nSources\n${sources.join('\n')}\n`;
}
