/** "algebra, geometry and trigonometry" as three topics. */
export function splitList(text: string): string[] {
  return text
    .split(/\s*(?:,|;|\band\b|&|\+|\bplus\b|\bas well as\b|\n\s*[-*•]?)\s*/i)
    .map((part) =>
      part
        .replace(/^(?:the|also|my|for|on|to)\s+/i, '')
        .replace(/[.?!:]+$/, '')
        .trim(),
    )
    .filter((part) => part.length > 1 && part.length < 120);
}

const WEAK =
  /\b(?:weak(?:est)?(?: spots?| areas?| points?| topics?)?(?: is| are| in| on| at| with|:)+|struggl(?:e|es|ing) (?:with|in|on)|(?:bad|terrible|worst|poor) (?:at|in|with)|having trouble with|trouble with|difficulty with|confused (?:by|about)|don'?t (?:get|understand)|especially|extra (?:time|focus|attention) (?:on|to|for)|more time on|focus(?:ing)? (?:more )?on)\s+([^.;?!\n]+)/i;

export function readWeakSpots(text: string): string[] {
  const said = WEAK.exec(text)?.[1];
  if (!said) return [];
  const [spots = ''] = said.split(
    /\b(?:so|but|because|by|before|until|with an?|in \d|for my|please|i (?:have|can|want|need|study)|my exam|the exam|exam is)\b|,\s*(?:i|my|exam|\d)/i,
  );
  return splitList(spots);
}
