import { useText } from '#use-text';
import { Kbd } from '@/components/ui/kbd';
import type { CardRating } from '@/lib/domain/card';
import { type Message, text } from '@/lib/language/text';

const RATINGS: readonly { rating: CardRating; name: Message }[] = [
  { rating: 1, name: text('Again') },
  { rating: 2, name: text('Hard') },
  { rating: 3, name: text('Good') },
  { rating: 4, name: text('Easy') },
];

type RatingButtonsProps = { intervals: readonly string[]; onRate: (rating: CardRating) => void };

/** Four answers of the same weight, each with the day the card then comes back. */
export function RatingButtons({ intervals, onRate }: RatingButtonsProps) {
  const t = useText();
  return (
    <fieldset className="settle mt-4 grid grid-cols-4 gap-1.5 md:gap-2">
      <legend className="sr-only">{t('How did it go?')}</legend>
      {RATINGS.map(({ rating, name }, index) => (
        <button
          key={rating}
          type="button"
          aria-keyshortcuts={String(rating)}
          onClick={() => onRate(rating)}
          className="relative grid min-h-16 content-center justify-items-center rounded-3 border border-edge bg-page px-1 hover:bg-sunk"
        >
          <span className="font-semibold text-[0.9375rem] leading-5">{t(name)}</span>
          <span className="text-ink-3 text-xs tabular">{intervals[index]}</span>
          <span aria-hidden="true" className="absolute top-1.5 right-1.5 hidden md:block">
            <Kbd className="border-transparent bg-transparent">{rating}</Kbd>
          </span>
        </button>
      ))}
    </fieldset>
  );
}
