import { sentence, type Text } from '../language/text.ts';

/** What cannot be read, and what to save it as. */
const SAVED_AS: readonly (readonly [RegExp, Text])[] = [
  [
    /^(?:doc|dot|wps|wpd)$/,
    sentence('I cannot read the old Word format. Save it as .docx and add it again.'),
  ],
  [
    /^(?:ppt|pps|pot)$/,
    sentence('I cannot read the old PowerPoint format. Save it as .pptx and add it again.'),
  ],
  [/^(?:xls|xlt|xlsb)$/, sentence('I cannot read the old Excel format. Save it as .xlsx and add it again.')],
  [/^pages$/, sentence('I cannot read files of Pages. Export it as Word (.docx) or PDF and add that.')],
  [/^key$/, sentence('I cannot read files of Keynote. Export it as PowerPoint (.pptx) or PDF and add that.')],
  [/^numbers$/, sentence('I cannot read files of Numbers. Export it as Excel (.xlsx) or CSV and add that.')],
  [/^(?:mobi|azw\d?|kfx)$/, sentence('I cannot read books for Kindle. Convert it to .epub and add that.')],
  [/^(?:heic|heif|avif)$/, sentence('I cannot read this kind of photo. Save it as JPEG and add it again.')],
  [/^(?:gif|bmp)$/, sentence('I cannot read this kind of picture. Save it as PNG and add it again.')],
  [
    /^(?:aac|wma|amr|aiff?|caf|ra)$/,
    sentence('I cannot read this kind of recording. Save it as .mp3 or .m4a and add it again.'),
  ],
  [
    /^(?:mov|avi|mkv|wmv|flv)$/,
    sentence('I cannot read this kind of video. Save its sound as .mp3 or .m4a and add that.'),
  ],
  [/^(?:djvu?|xps|ps|eps)$/, sentence('I cannot read this format. Save it as PDF and add that.')],
];

/** What a student can do about a kind that is known and not read. */
export const savedAs = (extension: string | undefined): Text | undefined => {
  const advice = SAVED_AS.find(([endings]) => endings.test(extension ?? ''))?.[1];
  return advice;
};
