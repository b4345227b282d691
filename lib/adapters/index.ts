import { calculate } from './calculate.ts';
import { hasWebSearch, webSearch } from './web-search.ts';

/** What can be called beside the tools of the agent, and whether this server is set up for it. */
export const adapters = {
  calculate: { tool: calculate, isConfigured: () => true },
  webSearch: { tool: webSearch, isConfigured: hasWebSearch },
};
