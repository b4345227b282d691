import type { ToolSet } from 'ai';
import { calculate } from '../adapters/calculate.ts';
import { hasWebSearch, webSearch } from '../adapters/web-search.ts';
import { isEnabled } from '../operations/flags.ts';
import { tools } from '../tools/index.ts';

/** What the model may call in a conversation: the tools, and of what stands beside them what reads and makes nothing. */
export const chatTools = {
  ...tools,
  calculate,
  webSearch,
} satisfies ToolSet;

export type ChatTools = typeof chatTools;
export type ChatToolName = keyof ChatTools;

export const chatToolNames = Object.keys(chatTools) as ChatToolName[];

/** Those of them that this server is set up for. */
export const offeredTools = (): ChatToolName[] =>
  chatToolNames.filter((name) => {
    if (name === 'calculate') return !isEnabled('adapters.calculate.off');
    return name !== 'webSearch' || (!isEnabled('adapters.webSearch.off') && hasWebSearch());
  });
