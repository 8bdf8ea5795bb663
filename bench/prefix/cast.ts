import type { Character } from '../../src/cast/character.ts';
import { smallBook } from '../../test/support/small-book.ts';
import { smallCharacter } from '../../test/support/small-library.ts';
import { TOPICS } from './lines.ts';

const PEOPLE = [
  ['wenna', 'Old Wenna', 'keeps the inn above the cove and has buried two husbands from it'],
  ['tom', 'Tom Reddick', 'rows whatever is put into his boat and asks for the money first'],
  ['ines', 'Ines Carne', 'mends nets by day and reads other people’s letters by night'],
  ['hal', 'Hal Trevose', 'came back from the wars with a limp and a very good horse'],
  ['mary', 'Mary Penrose', 'teaches the school and writes down in a small hand what she sees'],
] as const;

/** Five people with private cards of a common length, each with lore that the talk calls up now and then. */
export function benchCast(): Character[] {
  return PEOPLE.map(([id, name, does], index) =>
    smallCharacter(id, name, {
      description: `${name} ${does}. Known to everyone on this coast and understood by nobody on it; slow to promise, slower to forget, and never seen to run.`,
      personality: 'Watchful, dry, generous in small coin. Answers a question with a better one.',
      background: `Born within sound of the bar. What happened in the winter of the great wreck ${name} has told three times, and each time there was one boat fewer in it.`,
      motivation: `${name} means to be the last one in the room who still has something to sell, and would like, against all habit, to be trusted by one other person in it.`,
      manner: 'Short sentences with a long one after them. Swears by the weather. Never says a number twice.',
      publicSheet: `${name} ${does}. Weathered, plainly dressed, civil to strangers.`,
      book: smallBook(
        ...TOPICS.filter((_, topic) => topic % PEOPLE.length === index || topic % 4 === index).map(
          (topic) => ({
            keys: [topic],
            text: `Of the ${topic} ${name} knows one thing more than is said aloud: who touched it last, on which night, and what they were promised for keeping quiet about it.`,
          }),
        ),
      ),
    }),
  );
}
