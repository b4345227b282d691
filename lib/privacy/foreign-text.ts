/** Letters nobody sees that a model reads: tags, turned directions, widths of nothing. Joiners of scripts and emoji stay. */
const UNSEEN = /[\u{E0000}-\u{E007F}\u200B\u2060-\u2064\uFEFF\u202A-\u202E\u2066-\u2069\u00AD\u180E]/gu;
/** The signs by which templates of models tell who speaks. Some servers read them wherever they stand. */
const TURN_SIGNS = /<(?=\|[a-z_]{2,24}\|>|\/?start_of_turn>|end_of_turn>|<\/?SYS>>)|\[(?=\/?INST\])/gi;

/**
 * Text as a model may read it, whoever wrote it: what cannot be seen is not there, and a sign that would open somebody
 * else's turn is only its letters.
 */
export const plainForModel = (text: string): string =>
  text.replace(UNSEEN, '').replace(TURN_SIGNS, (sign) => `${sign} `);
