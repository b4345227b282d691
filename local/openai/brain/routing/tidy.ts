const EMOJI = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F)+/gu;
/** Sounds and smileys around what is said. */
const LAUGHTER =
  /(?<=^|\s)(?:lol+|lmao|haha+|hehe+|xd|omg|ugh+|imo|imho|smh|[:;]-?[)(DPpo/])(?=\s|$|[,.!?])[,.!]*/giu;

/** The sentence without pictures and sounds, and with the signs that stand for words written out. */
export function tidy(text: string): string {
  const plain = text
    .replace(EMOJI, ' ')
    .replace(/(?<=\s|^)w\/(?=\s|\p{L})/gu, 'with ')
    .replace(/(?<=\s)w (?=(?:me|my|him|her|them|us|some|a|the|\d)\b)/giu, 'with ')
    .replace(/(?<=^|\s)r (?=(?:u|you|there|they|we|my|the)\b)/gu, 'are ')
    .replace(/(?<=\p{L} )[n&](?= \p{L}{3,})/gu, 'and')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
  const sober = plain
    .replace(LAUGHTER, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return sober || plain;
}
