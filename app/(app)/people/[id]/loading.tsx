import { OpeningPerson } from '@/components/people/people-frame';

export default OpeningPerson;
