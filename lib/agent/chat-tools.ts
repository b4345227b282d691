import type { ToolSet } from 'ai';
import { adapters } from '../adapters/index.ts';
import { tools } from '../tools/index.ts';

/** What the model may call in a conversation: the tools, and of what stands beside them what reads and makes nothing. */
export const chatTools = {
  ...tools,
  calculate: adapters.calculate.tool,
  webSearch: adapters.webSearch.tool,
} satisfies ToolSet;

export type ChatTools = typeof chatTools;
export type ChatToolName = keyof ChatTools;

/** Those of them that this server is set up for. */
export const offeredTools = (): ChatToolName[] =>
  (Object.keys(chatTools) as ChatToolName[]).filter(
    (name) => (name !== 'calculate' && name !== 'webSearch') || adapters[name].isConfigured(),
  );
