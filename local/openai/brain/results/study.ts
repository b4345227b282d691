import { namesIn } from '../follow-plan.ts';
import { isRecord } from '../parse-json.ts';
import { countOf, listed, numberOf, plural, type Result, sentence, textOf, textsOf } from './read.ts';

export function describeQuiz(result: Result, args: Result): string {
  const made = numberOf(result, 'made') ?? countOf(result, 'items');
  const asked = numberOf(result, 'asked') ?? numberOf(args, 'n') ?? made;
  const topic = textOf(result, 'topic') || textOf(args, 'topic');
  const about = topic ? ` on ${topic}` : '';
  if (made === 0)
    return `Your notes hold nothing${about} that makes a sound question. Try a broader topic, or add notes.`;
  const minutes = numberOf(result, 'minutes');
  const takes = minutes ? `, about ${plural(minutes, 'minute')}` : '';
  if (made >= asked) return `Your quiz${about} is ready: ${plural(made, 'question')}${takes}.`;
  return `Your quiz${about} is ready with ${made} of ${asked} questions${takes}: your notes hold no more sound ones.`;
}

export function describeCards(result: Result): string {
  const count = numberOf(result, 'count') ?? countOf(result, 'flashcardIds');
  const known = numberOf(result, 'alreadyThereCount') ?? countOf(result, 'duplicates');
  if (count === 0)
    return known > 0
      ? `Nothing new: ${known === 1 ? 'that card is' : `all ${known} cards are`} in your deck already.`
      : 'No card came of it. Give me front and back, or name a topic of your notes.';
  const deck = textsOf(result, 'decks')[0];
  const where = deck && textsOf(result, 'decks').length === 1 ? ` for the deck “${deck}”` : '';
  const skipped = known > 0 ? ` ${plural(known, 'card was', 'cards were')} in your deck already.` : '';
  return `I made ${plural(count, 'card')}${where}. Keep, change or drop each of them.${skipped}`;
}

export function describeSummary(result: Result): string {
  const parts = [
    [countOf(result, 'keyPoints'), 'key point'],
    [countOf(result, 'tasks'), 'task'],
    [countOf(result, 'flashcards'), 'flashcard'],
  ] as const;
  const told = parts.flatMap(([count, noun]) => (count > 0 ? [plural(count, noun)] : []));
  const summary = textOf(result, 'summary');
  const beside = told.length > 0 ? `Beside it: ${listed(told)}. Nothing is saved until you save it.` : '';
  return [sentence(summary) || 'The summary is ready.', beside].filter(Boolean).join(' ');
}

export function describePlan(result: Result): string {
  const title = textOf(result, 'title') || 'your study plan';
  const weeks = numberOf(result, 'weekCount') ?? countOf(result, 'weekBlocks');
  const until = textOf(result, 'deadline') || textOf(result, 'endsOn');
  const minutes = numberOf(result, 'timePerDayMin');
  const days = numberOf(result, 'daysPerWeek');
  if (weeks === 0)
    return sentence(textsOf(result, 'warnings')[0] ?? 'There is no day left to plan. Choose a later date');
  const span = `${plural(weeks, 'week')}${until ? ` until ${until}` : ''}`;
  const pace = minutes && days ? `, ${plural(minutes, 'minute')} on ${plural(days, 'day')} a week` : '';
  const [warning] = textsOf(result, 'warnings');
  const isTight = isRecord(result.fits) && result.fits.ok === false;
  const drop = isTight ? textOf(result, 'dropFirst') : '';
  return [`Your plan is ready: ${title}, ${span}${pace}.`, sentence(warning ?? ''), sentence(drop)]
    .filter(Boolean)
    .join(' ');
}

export function describeProfile(result: Result): string {
  const summary = textOf(result, 'summary');
  if (summary) return sentence(summary);
  const strong = listed(namesIn(result.strengths));
  const weak = listed(namesIn(result.weaknesses));
  if (!strong && !weak) return 'There is too little to judge yet. Take a quiz or review some cards first.';
  return [strong && `Strong so far: ${strong}.`, weak && `To work on: ${weak}.`].filter(Boolean).join(' ');
}
