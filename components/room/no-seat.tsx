import { useText } from '#use-text';
import { ButtonLink } from '@/components/ui/button';
import { text } from '@/lib/language/text';
import { paths } from '@/lib/links';

const WORDS = {
  full: {
    title: text('This room is full'),
    text: text('All five seats are taken. Load this page again when somebody has left.'),
  },
  closed: {
    title: text('This room is closed'),
    text: text('It was left, or its time was over. Open a new one, or ask for its code.'),
  },
} as const;

type NoSeatProps = { reason: keyof typeof WORDS } | { reason: 'limited'; retryAfterSeconds: number };

/** Why there is no seat, and the way on. */
export function NoSeat(props: NoSeatProps) {
  const t = useText();
  const { title, text } =
    props.reason === 'limited'
      ? {
          title: t('Ten codes were wrong'),
          text: t('Try again in {value} min. Rooms you sit in stay open to you.', {
            value: Math.max(1, Math.ceil(props.retryAfterSeconds / 60)),
          }),
        }
      : { title: t(WORDS[props.reason].title), text: t(WORDS[props.reason].text) };
  return (
    <div className="grid min-h-full place-items-center px-5 py-16">
      <div className="max-w-measure">
        <h1 className="font-semibold text-xl">{title}</h1>
        <p className="mt-2 mb-6 text-ink-2 text-md">{text}</p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink variant="primary" href={paths.room}>
            {t('Open a room')}
          </ButtonLink>
          <ButtonLink variant="quiet" href={paths.people}>
            {t('See who is here')}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}
