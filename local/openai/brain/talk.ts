import { whatICanDo } from './abilities.ts';
import type { Talk } from './routing/types.ts';

/** The brain's own sentences: short, and never more than it is. */
export function talk(about: Talk, offered: ReadonlySet<string>): string {
  switch (about) {
    case 'greeting':
      return `Hello. ${whatICanDo(offered)} What are you studying?`;
    case 'thanks':
      return 'You are welcome. Ask on whenever you like.';
    case 'bye':
      return 'Goodbye, and good luck with your studies.';
    case 'yes':
    case 'maybe':
      return 'All right. Tell me in a sentence what I should do, for example a question about your notes.';
    case 'no':
      return 'All right, I leave it. What would you like instead?';
    case 'stop':
      return 'Stopped. Nothing more happens until you ask.';
    case 'repeat':
      return 'My last answer stands above. Ask it in other words, and I will look again.';
    case 'self':
      return `I am the local study brain: I work without a model key, find and quote your notes word for word, and do not think along. ${whatICanDo(offered)}`;
    case 'off-topic':
      return `That is outside what I do. ${whatICanDo(offered)}`;
    case 'review':
      return 'Your cards wait under Practice: there you review what is due, and change or delete cards. Here I can make new ones.';
    case 'own-plan':
      return 'Your plan stands under Plan, with what is due today. Here I can make a new one: name the goals, the minutes a day and the date.';
    case 'low':
      return 'That sounds hard. A short break is part of studying. When you are ready, I can quiz you on one small topic or plan the days that are left.';
    case 'empty':
      return 'Your message is empty. What would you like to know?';
    case 'unclear':
      return `I did not understand what you want. ${whatICanDo(offered)}`;
  }
}
