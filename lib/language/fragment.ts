import { createElement, Fragment, type ReactNode } from 'react';

/** The parts of a rich text as what a page can draw. */
export const inFragment = (parts: readonly ReactNode[]): ReactNode => createElement(Fragment, null, ...parts);
