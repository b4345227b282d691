'use client';

import { getToolName } from 'ai';
import type { ComponentType } from 'react';
import type { ToolPart } from '@/lib/agent/messages';
import type { ToolName } from '@/lib/tools/index';
import { isToolFailure } from '@/lib/tools/tool-failure';
import { CardBoundary } from './card-boundary';
import { AddFlashcardsCard } from './cards/add-flashcards-card';
import { BuildLearningProfileCard } from './cards/build-learning-profile-card';
import type { ToolCardProps } from './cards/card-props';
import { CreateStudyPlanCard } from './cards/create-study-plan-card';
import { GenerateQuizCard } from './cards/generate-quiz-card';
import { GetAvailabilityCard } from './cards/get-availability-card';
import { GetOnlineUsersCard } from './cards/get-online-users-card';
import { MatchCandidatesCard } from './cards/match-candidates-card';
import { MatchInsightCard } from './cards/match-insight-card';
import { SendNudgeCard } from './cards/send-nudge-card';
import { SummarizeSessionCard } from './cards/summarize-session-card';

/** What a tool made, as something to act on. A search shows its passages through the answer's citations instead. */
const CARDS: { [Name in ToolName]?: ComponentType<ToolCardProps<Name>> } = {
  generateQuiz: GenerateQuizCard,
  summarizeSession: SummarizeSessionCard,
  addFlashcards: AddFlashcardsCard,
  buildLearningProfile: BuildLearningProfileCard,
  createStudyPlan: CreateStudyPlanCard,
  matchCandidates: MatchCandidatesCard,
  matchInsight: MatchInsightCard,
  getOnlineUsers: GetOnlineUsersCard,
  getAvailability: GetAvailabilityCard,
  sendNudge: SendNudgeCard,
};

/** The cards of an answer, in the order their tools ran. */
export function ToolCards({ tools, threadId }: { tools: readonly ToolPart[]; threadId: string | undefined }) {
  return tools.map((part) => {
    if (part.state !== 'output-available' || isToolFailure(part.output)) return null;
    // Name, input and output belong together in a tool part, which a lookup by name cannot tell the compiler.
    const Card = CARDS[getToolName(part) as ToolName] as ComponentType<{
      part: unknown;
      threadId: string | undefined;
    }>;
    if (!Card) return null;
    return (
      <CardBoundary key={part.toolCallId}>
        <Card part={part} threadId={threadId} />
      </CardBoundary>
    );
  });
}
