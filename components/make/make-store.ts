import { createStore } from '@/components/client/store';
import type { Made, MadeItems } from '@/lib/domain/make';

/** What is to be made, and of which document where it is known already. */
export type Making = { kind: Made; docId?: string };

/** The chooser stands in the shell, so that every page, menu and key opens the same one. */
export const makingStore = createStore<Making | null>(null);
export const openMaking = (making: Making) => makingStore.set(making);

/** What was made last, where the notes held fewer than were asked for. */
export const fewerMade = createStore<MadeItems | null>(null);
