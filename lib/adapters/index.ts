import { type Flag, isEnabled } from '../operations/flags.ts';
import { analyzeImage, seesImages } from './analyze-image.ts';
import { calculate } from './calculate.ts';
import { exportSheet } from './export-sheet.ts';
import { hearsAudio, transcribeAudio } from './transcribe-audio.ts';
import { hasWebSearch, webSearch } from './web-search.ts';

const unless = (flag: Flag, isConfigured: () => boolean | Promise<boolean>) => ({
  isConfigured: async () => !isEnabled(flag) && (await isConfigured()),
});

/** What can be called beside the tools of the agent, and whether this server is set up for it. */
export const adapters = {
  calculate: { tool: calculate, ...unless('adapters.calculate.off', () => true) },
  webSearch: { tool: webSearch, ...unless('adapters.webSearch.off', hasWebSearch) },
  analyzeImage: { tool: analyzeImage, ...unless('adapters.analyzeImage.off', seesImages) },
  transcribeAudio: { tool: transcribeAudio, ...unless('adapters.transcribeAudio.off', hearsAudio) },
  exportSheet: { tool: exportSheet, ...unless('adapters.exportSheet.off', () => true) },
};
