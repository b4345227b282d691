import type { ToolView } from './tool-view';

/** A search has no card: its passages are shown by the answer's citations. */
export const searchNotes: ToolView<'searchNotes'> = {
  verbs: {
    running: 'Searching your notes',
    done: 'Searched your notes',
    failed: 'Could not search your notes',
  },
};
