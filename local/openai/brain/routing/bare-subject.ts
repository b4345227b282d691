import { isEnglishQuery, terms } from '../text/terms.ts';

const TALKATIVE =
  /\b(?:wow|omg|lol|haha|impressive|awesome|sad|happy|angry|hungry|sleepy|funny|wrong|merry|christmas|evening|morning|fair|enough|story|poor|secret|sleep|nothing|else|browsing|lovely|alright|testing|test|just|slowly|louder|faster|top|long|page|phone|news|game|chat|app|link|bug|weird|sorry|food|pizza|coffee|weekend|party|forget|recommend|suggest|tell|give|write|find|help|want|need|yesterday|i|i'm|im|me|my|mine|we|us|you|your|you're|he|she|please|let|lets|let's|don't|gonna|wanna|lol|ok|okay|hi|hello|thanks|yes|no|today|tomorrow|turn|open|close|start|stop|set|play|call|send|book|order|buy|add|remove|delete|create|make|show|go)\b/i;
const MOST_WORDS = 7;

/** A bare subject ("krebs cycle", "la fotosíntesis") is a search, the one thing that cannot do harm when misread. */
export function looksLikeSubject(say: string): boolean {
  const plain = say.replace(/[.!]+$/, '').trim();
  if (TALKATIVE.test(plain)) return false;
  const words = plain.split(/\s+/);
  const content = terms(plain).filter((term) => term.length > 3 || !/^[a-z]+$/.test(term));
  if (content.length === 0) return false;
  if (/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(plain)) return true;
  if (isEnglishQuery(plain))
    return words.length <= MOST_WORDS && /\b(?:of|the|and|vs|versus|in)\b/i.test(plain);
  return words.length <= MOST_WORDS * 2 && words.some((word) => word.length >= 5);
}
