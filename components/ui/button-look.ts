import { clsx } from 'clsx';

export type ButtonVariant = 'primary' | 'line' | 'quiet' | 'brick';
export type ButtonSize = 'sm' | 'md' | 'lg';

const base =
  'reach inline-flex max-w-full shrink-0 items-center justify-center gap-2 text-balance rounded-2 py-1 text-center border no-underline transition-colors md:whitespace-nowrap disabled:opacity-60 aria-disabled:opacity-60';

const variants: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-ink font-semibold text-on-ink hover:bg-[color-mix(in_srgb,var(--ink)_88%,var(--page))]',
  line: 'border-edge bg-page font-semibold text-ink hover:bg-sunk',
  quiet: 'border-transparent font-medium text-ink-2 hover:bg-sunk hover:text-ink',
  brick: 'border-transparent font-medium text-brick hover:bg-brick-wash',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'min-h-10 px-3 text-xs md:min-h-8',
  md: 'min-h-11 px-4 text-sm md:min-h-10',
  lg: 'min-h-12 px-5.5 text-md',
};

export type ButtonStyle = { variant?: ButtonVariant; size?: ButtonSize; className?: string };

/** The look of a button for anything that is not one: a link, a radix trigger. */
export const buttonClass = ({ variant = 'line', size = 'md', className }: ButtonStyle = {}) =>
  clsx(base, variants[variant], sizes[size], className);

export const iconButtonClass = (variant: ButtonVariant = 'quiet', className?: string) =>
  clsx(base, variants[variant], 'size-11 p-0 md:size-9', className);
