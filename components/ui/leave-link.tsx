import { X } from 'lucide-react';
import Link from 'next/link';
import { paths } from '@/lib/links';
import { buttonClass } from './button';

/** The way out of what fills the whole screen. It goes on there the next time. */
export const LeaveLink = () => (
  <Link
    href={paths.practice}
    className={buttonClass({ variant: 'quiet', className: 'w-fit max-md:size-11 max-md:p-0' })}
  >
    <X aria-hidden="true" className="size-4.5" />
    <span className="max-md:sr-only">Leave, keep my place</span>
  </Link>
);
