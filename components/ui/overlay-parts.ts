export { Dialog } from 'radix-ui';
export { Menu, Popper } from 'radix-ui/internal';
