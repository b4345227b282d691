import type { Persona } from '../domain/persona.ts';
import { AppError } from '../errors.ts';
import { say } from '../language/said.ts';
import { sentence, type Text } from '../language/text.ts';

/** What no style may hold, and what is said of a line that does. Written for the folded line: small letters, no accents. */
type Rule = { why: Text; finds: readonly RegExp[] };

const RULES: readonly Rule[] = [
  {
    why: sentence('it sets aside the rules every answer keeps'),
    finds: [
      /\b(?:ignore|disregard|forget|override|bypass|drop|discard)\b.{0,40}\b(?:instructions?|rules?|orders?|prompts?|guidelines?|above|previous|everything)\b/,
      /\b(?:ignorier\w*|vergiss|vergesse\w*|missacht\w*|umgeh\w*|uberschreib\w*)\b.{0,40}\b(?:anweisung\w*|regel\w*|befehl\w*|vorgaben?|oben|vorherig\w*|alles)\b/,
      /\b(?:ignore[zr]?|oublie[zr]?|neglige[zr]?|contourne[zr]?)\b.{0,40}\b(?:instructions?|regles?|ordres?|consignes?|ci-dessus|precedente?s?|tout)\b/,
      /\b(?:ignora\w*|olvida\w*|omit[ea]\w*|desobedece\w*|salta(?:te)?)\b.{0,40}\b(?:instruccion\w*|reglas?|ordenes|indicacion\w*|anterior\w*|todo)\b/,
      /\b(?:ignor[aei]\w*|dimentica\w*|esquec\w*|desconsider\w*)\b.{0,40}\b(?:istruzion\w*|regol[ae]|ordini|instruc\w*|regras|ordens|precedent\w*|anterior\w*|tutto|tudo)\b/,
      /(?:игнорируй|забудь|не обращай внимания).{0,40}(?:инструкци|правил|указани|приказ)/,
      /(?:忽略|无视|無視|忘记|忘掉).{0,20}(?:指令|指示|规则|規則|提示|以上|之前)/,
      /(?:無視|忘れ).{0,20}|(?:指示|ルール|命令).{0,12}(?:無視|忘れ)/,
    ],
  },
  {
    why: sentence('it makes the tutor somebody without rules'),
    finds: [
      /\b(?:jailbreak|dan mode|do anything now|developer mode|god mode|unrestricted|uncensored|no (?:rules|limits|restrictions|filters?))\b/,
      /\byou are (?:no longer|not) (?:clerva|a study|a tutor|bound)\b/,
      /\b(?:ohne (?:regeln|einschrankungen|filter|grenzen)|entwicklermodus|du bist (?:nicht mehr|kein) )/,
      /\b(?:sans (?:regles?|limites?|restrictions?|filtres?)|mode developpeur|tu n.es plus )/,
      /\b(?:sin (?:reglas|limites|restricciones|filtros)|modo desarrollador|ya no eres )/,
    ],
  },
  {
    why: sentence('it asks for the tutor’s own orders'),
    finds: [
      /\b(?:reveal|print|show|repeat|output|tell|leak|display)\b.{0,40}\b(?:system prompt|your (?:instructions|orders|rules|prompt)|these (?:instructions|orders))\b/,
      /\b(?:zeig\w*|verrat\w*|gib|nenn\w*|wiederhol\w*)\b.{0,40}\b(?:systemprompt|system-prompt|deine (?:anweisungen|regeln|befehle))\b/,
      /\b(?:revele|montre|affiche|repete)\w*\b.{0,40}\b(?:prompt systeme|tes (?:instructions|regles|ordres|consignes))\b/,
      /\b(?:revela|muestra|repite|imprime)\b.{0,40}\b(?:prompt del sistema|tus (?:instrucciones|reglas|ordenes))\b/,
    ],
  },
  {
    why: sentence('it gives the tutor powers only you have, one yes at a time'),
    finds: [
      /\b(?:without|never|don.t|do not|no need to|skip)\b.{0,24}\b(?:ask(?:ing)?|approval|permission|confirm\w*)\b.{0,40}\b(?:send|message|nudge|invite|tool|call|share)|\b(?:send|message|nudge|invite|call|use|share)\b.{0,50}\bwithout\b.{0,16}\b(?:asking|approval|permission|confirm\w*)/,
      /\b(?:sende|schick\w*|schreib\w*|nutze|benutze)\b.{0,50}\bohne\b.{0,20}\b(?:frag\w*|nachfrag\w*|zustimmung|erlaubnis|bestatigung)/,
      /\b(?:envoie|ecris|utilise|partage)\w*\b.{0,50}\bsans\b.{0,20}\b(?:demander|autorisation|accord|permission|confirmation)/,
      /\b(?:envia|manda|escribe|usa|comparte)\w*\b.{0,50}\bsin\b.{0,20}\b(?:preguntar|permiso|aprobacion|confirmar|confirmacion)/,
      /\b(?:sendnudge|searchnotes|generatequiz|addflashcards|summarizesession|createstudyplan|buildlearningprofile|matchcandidates|matchinsight|getonlineusers|getavailability)\b/,
      /\b(?:call|use|run|execute)\b.{0,20}\b(?:any|every|all|other|new) tools?\b/,
    ],
  },
  {
    why: sentence('it takes away the proof'),
    finds: [
      /\b(?:never|don.t|do not|stop|avoid|without|omit|leave out|no)\b.{0,24}\b(?:cit(?:e|ing|ations?)|sources?|references?|proof|page numbers?|markers?)\b/,
      /\b(?:invent|make up|fabricate|fake)\b.{0,30}\b(?:sources?|quot\w*|citations?|pages?|references?|facts?)\b/,
      /\b(?:keine|ohne|nie|niemals|erfinde\w*|verzichte\w*)\b.{0,24}\b(?:quellen\w*|zitat\w*|beleg\w*|seitenzahl\w*|nachweis\w*)\b/,
      /\b(?:sans|jamais|n.\w+ pas|ne \w+ (?:pas|jamais)|invente\w*|aucune?)\b.{0,24}\b(?:sources?|citations?|preuves?|references?)\b/,
      /\b(?:sin|nunca|no|inventa\w*|ninguna?)\b.{0,24}\b(?:cit(?:es|ar|as)|fuentes?|pruebas?|referencias?)\b/,
    ],
  },
  {
    why: sentence('it holds marks that only this program writes'),
    finds: [
      /<\/?\s*(?:system|assistant|user|passage|tool|instructions?|turn)\b|\[\/?inst\]|<\|[^|]{0,40}\|>|^\s*(?:system|assistant|developer)\s*:/,
    ],
  },
];

/** Letters that look like others, and spaces between letters, hide a word from a reader that goes by letters alone. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
  ո: 'n',
  ɡ: 'g',
  ı: 'i',
  ο: 'o',
  α: 'a',
};

const folded = (line: string): string => {
  const plain = line
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin}\p{M}*)\p{M}/gu, '')
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/’/g, "'");
  const isMixed = /[a-z]/.test(plain);
  return (isMixed ? plain.replace(/[^\p{ASCII}]/gu, (sign) => LOOK_ALIKE[sign] ?? sign) : plain)
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}[ ._*-]){3,}\p{L}(?![\p{L}\p{N}])/gu, (spread) =>
      spread.replace(/[ ._*-]/g, ''),
    )
    .replace(/\s+/g, ' ');
};

const ruleAgainst = (text: string): Rule | undefined => {
  const plain = folded(text);
  return RULES.find(({ finds }) => finds.some((find) => find.test(plain)));
};

/** The first line that would take the tutor over rather than say how it speaks; an order may be broken over two. */
export function takeoverIn(text: string): { line: string; why: Text } | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pairs = lines.slice(1).map((line, index) => `${lines[index]} ${line}`);
  for (const line of [...lines, ...pairs]) {
    const rule = ruleAgainst(line);
    if (rule) return { line, why: rule.why };
  }
  return null;
}

const SHOWN_CHARACTERS = 80;

/** Refuses a style that is more than one, and says which line it is about. */
export function lintPersona({ title, style, instructions }: Partial<Persona>): void {
  const found = [title, style, instructions].map((text) => takeoverIn(text ?? '')).find(Boolean);
  if (!found) return;
  const line =
    found.line.length > SHOWN_CHARACTERS ? `${found.line.slice(0, SHOWN_CHARACTERS)}…` : found.line;
  throw new AppError('invalid_request', {
    message: () =>
      say(
        'A persona says how the tutor speaks, and “{line}” is more than that: {why}. Leave that line out.',
        { line, why: say(found.why) },
      ),
  });
}

/** A short name made of a title; of one without Latin letters, a made-up one. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return slug === '' ? `style-${crypto.randomUUID().slice(0, 8)}` : slug;
}

type Choice = { persona?: string | null | undefined; personas?: readonly Persona[] | undefined };

/** The persona of a conversation: the one it chose while there is one of that name, else the server's. */
export const personaOf = ({ persona, personas = [] }: Choice, fallback: string): Persona | undefined =>
  personas.find(({ slug }) => slug === persona) ??
  personas.find(({ slug }) => slug === fallback) ??
  personas.find(({ slug }) => slug === 'mentor');
