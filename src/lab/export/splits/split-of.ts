import { createHmac } from 'node:crypto';
import type { SampleSource, Split } from '../sample.ts';
import { bookName } from './book-name.ts';

export type SplitRule = {
  readonly seed: number;
  /** Shares of all conversations, 0 to 1. */
  readonly val: number;
  readonly test: number;
  /** `book`: all conversations of a book are in one split. */
  readonly by: 'conversation' | 'book';
};

const DIGITS = 12;

/** The split of a sample: of its conversation alone, or of its book, so that nothing need be remembered. */
export function splitOf(
  { conversation, key }: Pick<SampleSource, 'conversation' | 'key'>,
  { seed, val, test, by }: SplitRule,
): Split {
  const book = by === 'book' && key ? bookName(key.book) : '';
  const unit = book === '' ? `conversation ${conversation}` : `book ${book}`;
  const digest = createHmac('sha256', `split ${seed}`).update(unit).digest('hex');
  const lot = Number.parseInt(digest.slice(0, DIGITS), 16) / 16 ** DIGITS;
  if (lot < test) return 'test';
  return lot < test + val ? 'val' : 'train';
}
