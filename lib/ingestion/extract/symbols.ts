/** The letters of the font Symbol, which old equations and lists are set in. */
const SYMBOL_UPPER = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ';
const SYMBOL_LOWER = 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ';
const SYMBOLS: Readonly<Record<number, string>> = {
  163: '≤',
  179: '≥',
  177: '±',
  180: '×',
  184: '÷',
  185: '≠',
  187: '≈',
  174: '→',
  172: '←',
  171: '↔',
  165: '∞',
  206: '∈',
  214: '√',
  242: '∫',
  229: '∑',
  176: '°',
  183: '•',
  222: '⇒',
  219: '⇔',
  34: '∀',
  36: '∃',
  182: '∂',
  209: '∇',
};

/** Signs of Wingdings that stand in sentences: Word makes arrows of them while somebody types. */
const WINGDINGS: Readonly<Record<number, string>> = {
  74: '☺',
  76: '☹',
  111: '☐',
  113: '☐',
  120: '☒',
  168: '☐',
  223: '←',
  224: '→',
  225: '↑',
  226: '↓',
  231: '⇐',
  232: '⇒',
  239: '⇐',
  240: '⇒',
  243: '⇔',
  244: '⇕',
  251: '✗',
  252: '✓',
  253: '☒',
  254: '☑',
};

/** What a place in a font of signs shows, which may be named by itself or from 0xf000 on; null for any other font. */
export function signIn(font: string, code: number): string | null {
  const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  if (/^\s*wingdings\s*;?$/i.test(font)) return WINGDINGS[place] ?? '';
  if (!/^\s*symbol\s*;?$/i.test(font)) return null;
  return (
    SYMBOLS[place] ?? SYMBOL_UPPER[place - 0x41] ?? SYMBOL_LOWER[place - 0x61] ?? String.fromCharCode(place)
  );
}
