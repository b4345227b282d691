import type { InferUITools } from 'ai';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { ChatToolName as ToolName, ChatTools as Tools } from '@/lib/agent/chat-tools';
import type { Message } from '@/lib/language/text';
import type { ToolFailure } from '@/lib/tools/tool-failure';

export type ToolOutput<Name extends ToolName> = Exclude<InferUITools<Tools>[Name]['output'], ToolFailure>;

export type ToolCardProps<Name extends ToolName> = {
  part: { toolCallId: string; input: InferUITools<Tools>[Name]['input']; output: ToolOutput<Name> };
  threadId: string | undefined;
};

/** What the page shows of a tool. The names the program uses never reach it. */
export type ToolView<Name extends ToolName> = {
  /** What it does, in words. */
  verbs: { running: Message; done: Message; failed: Message };
  /** For an act that was done before and was not done again: it ended well, but nothing happened. */
  notAgain?: Message;
  /** What it made, as something to act on. */
  Card?: LazyExoticComponent<ComponentType<ToolCardProps<Name>>>;
  /** For a tool that asks first. */
  confirmation?: { title: Message; yes: Message; no: Message };
};
