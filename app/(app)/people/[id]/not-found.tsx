import { PersonGone } from '@/components/people/person-gone';

export default function PersonNotFound() {
  return <PersonGone />;
}
