import type { PersonaView } from '@/lib/domain/persona';
import { sentence, type Translate } from '@/lib/language/text';

/** The styles that everybody has; a student's own stands as they wrote it. */
export const SHARED_STYLES = [
  sentence('Patient; asks before it tells'),
  sentence('Brisk and encouraging; always names a next step'),
  sentence('Exact and sober; tests rather than teaches'),
];
export function styleOf({ isOwn, style }: PersonaView, t: Translate): string {
  const shared = isOwn ? undefined : SHARED_STYLES.find((one) => one === style);
  return shared === undefined ? style : t(shared);
}
