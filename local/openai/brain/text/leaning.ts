/** Words that stand for something named outside the text. */
export const POINTS_BACK =
  /\b(?:it|its|itself|they|them|their|themselves|he|him|his|she|her|this|these|those|such|here|there|another|both|former|latter)\b/i;

/** Openings of sentences whose sense needs the sentence before. */
export const OPENS_LOOSELY =
  /^(?:This|That|These|Those|It|Its|They|Their|He|She|His|Her|Such|There|Here|One|Two|Three|Another|Others?|Some|Many|Most|Several|Each|Both|Neither|Either|All|Any|Few|No|Not|As|If|When|While|Where|Although|Though|Because|Since|What|Which|Who|How|Why|And|But|Or|So|Once|Even|Just|Only|Also|Using|Based|Given|Besides|Perhaps|Maybe|Let|Note|However|Therefore|Thus|Then|Now|Until|Unless|Despite|Unlike|That[’']s|It[’']s|There[’']s)\b/;
