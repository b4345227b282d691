import type { InferUITools } from 'ai';
import type { ToolName, Tools } from '@/lib/tools/index';
import type { ToolFailure } from '@/lib/tools/tool-failure';

export type ToolOutput<Name extends ToolName> = Exclude<InferUITools<Tools>[Name]['output'], ToolFailure>;

export type ToolCardProps<Name extends ToolName> = {
  part: { toolCallId: string; input: InferUITools<Tools>[Name]['input']; output: ToolOutput<Name> };
  threadId: string | undefined;
};
