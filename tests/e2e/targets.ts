import type { Page } from '@playwright/test';

/**
 * What is too small for a pointer: around each control that is in sight there has to be a square of 24 pixels that leads
 * to it. Links within a sentence are as high as its lines and are left out.
 */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const SIDE = 24;
    const CONTROLS =
      'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [role^=menuitem], [role=tab], [role=option]';
    const isInSentence = (one: Element) => {
      if (getComputedStyle(one).display !== 'inline') return false;
      let around = one.parentElement;
      while (around && getComputedStyle(around).display.startsWith('inline')) around = around.parentElement;
      const lead = [...(around?.querySelectorAll(CONTROLS) ?? [])].map((other) => other.textContent ?? '');
      return /\p{L}/u.test(lead.reduce((text, words) => text.replace(words, ''), around?.textContent ?? ''));
    };
    const leadsTo = (one: Element, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (one.contains(hit) || hit.closest('label')?.control === one);
    };
    const hasSquare = (one: Element) => {
      const shown = 'labels' in one ? (one as HTMLInputElement).labels?.[0]?.contains(one) : false;
      const box = (shown ? (one as HTMLInputElement).labels?.[0] : one)?.getBoundingClientRect();
      if (!box) return true;
      const half = SIDE / 2 - 0.5;
      const middle = (from: number, size: number, share: number) =>
        from + Math.min(Math.max(size * share, SIDE / 2), Math.max(size - SIDE / 2, size / 2));
      return [0.5, 0, 1].some((across) =>
        [0.5, 0, 1].some((down) => {
          const [x, y] = [middle(box.x, box.width, across), middle(box.y, box.height, down)];
          return [-half, half].every((dx) => [-half, half].every((dy) => leadsTo(one, x + dx, y + dy)));
        }),
      );
    };
    const small: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>(CONTROLS)) {
      const seen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!seen || one.matches(':disabled, [inert] *, [aria-hidden=true] *') || isInSentence(one)) continue;
      one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = one.getBoundingClientRect();
      // Some ways come into sight with the focus alone, and a file is chosen by a button.
      const isUnseen = box.bottom < 0 || (box.width <= 1 && box.height <= 1);
      if (isUnseen || hasSquare(one)) continue;
      const name = (one.ariaLabel ?? one.textContent ?? '').trim().slice(0, 40);
      small.push(`${one.tagName} “${name}” ${Math.round(box.width)} × ${Math.round(box.height)}`);
    }
    return small;
  });
