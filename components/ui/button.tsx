import { clsx } from 'clsx';
import Link from 'next/link';
import type { ButtonHTMLAttributes, ComponentProps, ReactNode, Ref } from 'react';
import { type ButtonStyle, buttonClass, iconButtonClass } from './button-look';
import { Spinner } from './spinner';

export {
  type ButtonSize,
  type ButtonStyle,
  type ButtonVariant,
  buttonClass,
  iconButtonClass,
} from './button-look';

/** A way to another page that looks like a button. */
export const ButtonLink = ({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof Link> & ButtonStyle) => (
  <Link prefetch={false} {...rest} className={buttonClass({ variant, size, className })} />
);

/** Something to press that reads as part of a sentence. */
export const TextButton = ({ className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) => (
  <button type="button" {...rest} className={clsx('link reach', className)} />
);

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  ButtonStyle & {
    /** Shows that the press is being worked on and ignores further presses, without losing focus. */
    busy?: boolean;
    ref?: Ref<HTMLButtonElement>;
  };

export function Button({
  variant,
  size,
  className,
  busy = false,
  type = 'button',
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        // `aria-disabled` keeps the focus on the button; a second submit has to be stopped by hand.
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={buttonClass({ variant, size, className })}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> & {
  /** What pressing it does; the only name a screen reader hears. */
  label: string;
  children: ReactNode;
};

export function IconButton({ label, type = 'button', className, children, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type} aria-label={label} className={iconButtonClass('quiet', className)}>
      {children}
    </button>
  );
}
