import type { ToolSet } from 'ai';
import { searchNotes } from './search-notes.ts';

/** Every tool of the agent. What the chat, the status route and the API documentation know of tools comes from here. */
export const tools = { searchNotes } satisfies ToolSet;

export type Tools = typeof tools;
export type ToolName = keyof Tools;
