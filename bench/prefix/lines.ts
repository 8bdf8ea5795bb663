import { chance, pick } from '../../src/scene/chance.ts';
import { countTokens } from './tokens.ts';

/** Words that call up lore of a card; each stands in the sentence at its place below. */
export const TOPICS = [
  'ledger',
  'lighthouse',
  'cellar',
  'lantern',
  'brandy',
  'parson',
  'widow',
  'cutter',
  'chapel',
  'map',
  'oars',
  'fiddle',
] as const;

const NEWS = [
  'The ledger says forty casks, and I have counted them twice by candle.',
  'Nobody has climbed the lighthouse since the glass was broken in March.',
  'Whoever locked the cellar took the key home in a wet pocket.',
  'I saw a lantern go along the shingle, low, as if it were ashamed.',
  'You cannot tell me the brandy walked up from the cove by itself.',
  'The parson dines with the customs men and preaches to the rest of us.',
  'Ask the widow at the mill; she hears whatever the wind has heard.',
  'There is a cutter lying off the point with all its canvas furled.',
  'They will ring the chapel bell once for fog and twice for soldiers.',
  'My uncle drew that map, and he left out whatever he loved best.',
  'Somebody has greased the oars, and it was not for a christening.',
  'He put the fiddle down in the middle of the tune and listened.',
] as const;

const TALK = [
  'It rained on the thatch all night, and I slept no better than the hens.',
  'I have known mornings like this one, and none of them ended at noon.',
  'If you want the truth of it, you will have to wait until it is cheaper.',
  'That was the third knock, and the third knock is never the wind.',
  'We were poor before they came, but we were poor in our own way.',
  'A man who says he has nothing to hide has usually hidden it well.',
  'You may sit there as long as you like; the tide will not be hurried.',
  'I would sooner owe you money than owe you an answer, and I owe both.',
  'Put another turf on the fire and let us hear the rest of it slowly.',
  'My mother used to say that salt keeps everything except a secret.',
  'It is a long road to the town, and longer for whoever is expected there.',
  'Do not look at the door; look at the hands of whoever comes through it.',
  'I counted seven of them, and there were eight shadows on the wall.',
  'There are things a person may only say while washing a glass.',
  'The dog knew it before any of us, and the dog has not eaten since.',
  'We shall need rope, and somebody who can keep quiet while holding it.',
  'He paid in coins so new that they still stuck to one another.',
  'I do not say it was wrong; I say it was done on a Sunday.',
] as const;

const GESTURES = [
  'turns the cup a quarter round on the table',
  'draws the shutter to and leaves it on the latch',
  'warms both hands and looks at neither of them',
  'lays a coin down, heads under, and waits',
  'listens to the stairs before going on',
  'rubs the window clear with a sleeve',
] as const;

const THOUGHTS = [
  'They know less than they fear, and more than I like',
  'If I laugh now it will pass for an answer',
  'That is the second time tonight somebody has looked at my boots',
  'I must be out of here before the bell',
] as const;

/**
 * One turn in HER format, from a seed and its number: a plan, a thought, an action, and speech until
 * what the others read of it takes some `tokens`. One in two speaks of something that there is lore
 * on. It names nobody, so that it calls nobody.
 */
export function writeTurn(seed: number, n: number, tokens: number): string {
  const action = `<role_action>${pick(GESTURES, seed, n, 1)}</role_action>`;
  const said = chance(seed, n, 4) < 0.5 ? [pick(NEWS, seed, n, 5) ?? ''] : [];
  // As near as whole sentences come to it.
  while (countTokens(`Someone Else: ${action}${said.join(' ')}`) < tokens - SENTENCE_TOKENS / 2) {
    const at = Math.floor(chance(seed, n, 2, said.length) * TALK.length);
    said.push(
      TALK.slice(at)
        .concat(TALK)
        .find((other) => !said.includes(other)) ?? '',
    );
  }
  const plan = 'The last line was meant for somebody. An evasive answer, then one that is not.';
  return `<system_thinking>${plan}</system_thinking><role_thinking>${pick(THOUGHTS, seed, n, 3)}</role_thinking>${action}${said.join(' ')}`;
}

const SENTENCE_TOKENS = 16;
