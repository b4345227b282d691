import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PERSONAL_KINDS, replacePersonal } from './find.ts';
import { isNational } from './phone.ts';

/** `text`: something that only looks like a token, and must not become an original on the way back. */
const KINDS = [...PERSONAL_KINDS, 'text'] as const;
type Kind = (typeof KINDS)[number];

/** What one thread keeps of its numbers; further originals are numbered for the turn alone. */
const MOST_KEPT = 300;
const NAMES = KINDS.join('|').toUpperCase();
const TOKEN = new RegExp(String.raw`\\?\[(${NAMES})\\?_(\d{1,4})\\?\]`, 'gi');
/** The end of a text that may go on as a token. */
const BEGUN = /\\?(?:\[(?:[a-z]{1,7}(?:\\?(?:_\d{0,4}\\?)?)?)?)?$/i;
/** What numbers are recognised by, where people name it: "the card ending in 4242". */
const ENDING =
  /(?<!\p{L})(?:end(?:s|ing)?(?: (?:in|with))?|last four(?: digits)?(?: are)?|endet(?: auf)?|endziffern|letzten vier(?: ziffern)?|termin[ea]\w*(?: (?:par|en|em|in))?|acab\w+ en|尾号|末尾) ?:? ?(\d{4})(?!\d)/giu;
const NUMBERS: readonly string[] = ['CARD', 'IBAN', 'ID', 'PHONE'];

/** The numbers of a thread's originals by kind, each known again by its fingerprint: no original is kept. */
export const maskNumbers = z.record(z.string(), z.array(z.string()));
export type MaskNumbers = z.infer<typeof maskNumbers>;

const spoken = (original: string) => JSON.stringify(original).slice(1, -1);

/**
 * Hides what stands for a person behind tokens such as `[EMAIL_1]`, and puts it back. One for each thread, so that a token
 * means the same in every turn; what was hidden is known only while the turn runs, from the texts themselves.
 */
export class Mask {
  readonly #salt: string;
  readonly #tokens = new Map<string, string>();
  readonly #originals = new Map<string, string>();
  readonly #numbers = new Map<string, Map<string, number>>();
  readonly #hidden = new Map<string, string>();
  #hasNew = false;

  constructor({ salt = '', kept = {} }: { salt?: string; kept?: MaskNumbers } = {}) {
    this.#salt = salt;
    for (const kind of KINDS) {
      this.#numbers.set(kind, new Map((kept[kind] ?? []).map((fingerprint, at) => [fingerprint, at + 1])));
    }
  }

  hide(text: string): string {
    let hidden = this.#hidden.get(text);
    if (hidden === undefined) {
      const literal = text.replace(TOKEN, (found) => this.#tokenOf('text', found));
      hidden = replacePersonal(literal, (found) => this.#tokenOf(found.kind, found.text), isNational);
      this.#hidden.set(text, hidden);
    }
    return hidden;
  }

  /** The originals again; `isJson` where they stand in a text that is parsed as JSON. */
  show(text: string, { isJson = false } = {}): string {
    if (this.#originals.size === 0) return text;
    return text.replace(TOKEN, (token, kind: string, number: string) => {
      const original = this.#originals.get(`${kind.toUpperCase()}_${Number(number)}`);
      if (original === undefined) return token;
      return isJson ? spoken(original) : original;
    });
  }

  /** Puts originals back in what comes piece by piece, also where a token is cut in two. */
  shower(options: { isJson?: boolean } = {}) {
    let held = '';
    return {
      push: (piece: string): string => {
        const text = held + piece;
        const at = this.#originals.size === 0 ? text.length : text.search(BEGUN);
        held = text.slice(at);
        return this.show(text.slice(0, at), options);
      },
      end: (): string => {
        const rest = this.show(held, options);
        held = '';
        return rest;
      },
    };
  }

  /** Of the hidden numbers those that a text names by their last four, as the model may know them: nothing else of them. */
  endings(text: string): string {
    const said = [...text.matchAll(ENDING)].map(([, digits = '']) => digits);
    if (said.length === 0) return '';
    const known = [...this.#originals].flatMap(([name, original]) => {
      const last = NUMBERS.includes(name.split('_')[0] ?? '') ? original.replace(/\D/g, '').slice(-4) : '';
      return said.includes(last) ? [`[${name}] ends in ${last}`] : [];
    });
    return known.join('; ');
  }

  /** What the thread is to keep, when there is something new. */
  kept(): MaskNumbers | null {
    if (!this.#hasNew) return null;
    let left = MOST_KEPT;
    const entries = [...this.#numbers].map(([kind, numbers]): [string, string[]] => {
      const fingerprints = [...numbers.keys()].slice(0, left);
      left -= fingerprints.length;
      return [kind, fingerprints];
    });
    return Object.fromEntries(entries.filter(([, fingerprints]) => fingerprints.length > 0));
  }

  #tokenOf(kind: Kind, original: string): string {
    const known = this.#tokens.get(original);
    if (known !== undefined) return known;
    const numbers = this.#numbers.get(kind) ?? new Map<string, number>();
    const fingerprint = createHash('sha256')
      .update(`${this.#salt}\n${original}`)
      .digest('base64url')
      .slice(0, 12);
    if (!numbers.has(fingerprint)) {
      numbers.set(fingerprint, numbers.size + 1);
      this.#hasNew = true;
    }
    const name = `${kind.toUpperCase()}_${numbers.get(fingerprint)}`;
    this.#tokens.set(original, `[${name}]`);
    this.#originals.set(name, original);
    return `[${name}]`;
  }
}

/** For what is read once and by nobody's thread, such as the meaning of a chunk. */
export const hidden = (text: string): string => new Mask().hide(text);
