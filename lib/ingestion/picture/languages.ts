import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** From the app's own folder, so that a build leaves engine and data where they are installed. */
export const requireInstalled = createRequire(join(process.cwd(), 'package.json'));

/** Where the data of a language lies; undefined when its package is not installed. */
export function languageFile(language: string): string | undefined {
  try {
    const folder = dirname(requireInstalled.resolve(`@tesseract.js-data/${language}/package.json`));
    const file = join(folder, '4.0.0_best_int', `${language}.traineddata.gz`);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing is fetched while a page is read: a language without its package is told at the start, and left out. */
export const installedOf = (languages: readonly string[]): string[] => {
  const installed = languages.filter((language) => languageFile(language) !== undefined);
  return installed.length > 0 ? installed : ['eng'];
};

/** What an operator has to do for all languages to be read; undefined when nothing is missing. */
export function languagesFault(languages: readonly string[]): string | undefined {
  const missing = languages.filter((language) => languageFile(language) === undefined);
  if (missing.length === 0) return undefined;
  const packages = missing.map((language) => `@tesseract.js-data/${language}`).join(' ');
  return `Print in ${missing.join(', ')} is not read on scans (OCR_LANGUAGES): npm install ${packages}.`;
}
