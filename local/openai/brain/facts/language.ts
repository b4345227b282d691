const ENGLISH = new Set(
  'the of and to in is that it for on with as are by be this an or at from which not has have was were can when their'.split(
    ' ',
  ),
);
/** Small words of other languages; none of them is an English word. */
const OTHERS = new Set(
  (
    'der die das und ist nicht ein eine den dem mit von auf für sich werden wird le la les des est une que dans pour pas sur el los las ' +
    'una del por con para y og det som til er på het een van che di il per sono são uma não'
  ).split(' '),
);

const LEAST_SHARE = 0.05;
const LEAST_LEAD = 3;

/**
 * Notes in catchwords have few small words, so few are asked for; but then hardly any may be of another language. The
 * rules here know English only.
 */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const others = words.filter((word) => OTHERS.has(word)).length;
  return english >= LEAST_SHARE * words.length && english >= LEAST_LEAD * others;
}
