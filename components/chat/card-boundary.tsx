'use client';

import { Component, type ReactNode } from 'react';

/** An old conversation may hold a result of an older shape. Its card is left out; the answer's words stay. */
export class CardBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children;
  }
}
