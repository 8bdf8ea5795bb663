import type { DiscordDouble } from '../../../doubles/discord/discord-double.ts';
import type { Interaction } from '../../../doubles/discord/interactions/interaction.ts';
import type { Channel, User } from '../../../doubles/discord/world/entities.ts';

/** Something that a player wrote in the channel, as it reads now. */
export type Written = { readonly id: string; readonly by: User; text: string; deleted: boolean };
/** Something that was said by command: the bot may have died before it answered. */
export type Commanded = { readonly text: string; readonly asked: Interaction };

/** One scene in one server: its people, and the book of what they said. */
export type Act = {
  readonly channel: Channel;
  readonly written: readonly Written[];
  readonly commanded: readonly Commanded[];
  /** Whispers, which nobody but their addressee may ever read. */
  readonly whispered: readonly string[];
  /** What people wrote who take no part. */
  readonly overheard: readonly string[];
  /** Starts the scene; the bot must be there. */
  open(): Promise<void>;
  /** A player calls a character, who is to answer; or someone who was not there before. */
  call(newcomer: boolean): void;
  /** A player calls a character and waits for the answer. The bot must be there. */
  converse(): Promise<void>;
  /** Someone speaks by command. The bot must be there. */
  command(): void;
  /** Somebody does something. Without the bot, only what does not need it. */
  move(botIsThere: boolean): void;
  /** Asks for an answer, waits for it, and holds the scene: all that was to be played stands then. */
  close(): Promise<void>;
};

export const CAST = ['Sherlock Holmes', 'Dr. Watson', 'Mrs. Hudson'] as const;

/** @param chance 0 to 1 */
export function createAct(
  double: DiscordDouble,
  { name, preset }: { readonly name: string; readonly preset: 'conversation' | 'called-only' },
  chance: () => number,
): Act {
  const server = double.addServer({ name });
  const channel = double.addChannel(server, { name: 'baker-street' });
  const manager = double.addRole(server, { permissions: ['ManageGuild'] });
  const [alice, bob, carol, dave] = ['Alice', 'Bob', 'Carol', 'Dave'].map((one) =>
    double.addUser({ username: `${one.toLowerCase()}-${name}`, globalName: one }),
  ) as [User, User, User, User];
  double.addMember(server, alice, { roles: [manager] });
  for (const one of [bob, carol, dave]) double.addMember(server, one);
  const players = [alice, bob, carol];

  const written: Written[] = [];
  const commanded: Commanded[] = [];
  const whispered: string[] = [];
  const overheard: string[] = [];
  let words = 0;

  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const word = (kind: string) => `${kind}-${name}-${++words}`;

  /** Their last words that they may still change. */
  const changeable: Written[] = [];

  function write(by: User, text: string): Written {
    const { id } = double.say(channel, by, text);
    const one = { id, by, text, deleted: false };
    written.push(one);
    return one;
  }

  function ask(by: User, title: string, text: string, more: Record<string, string> = {}): void {
    commanded.push({ text, asked: double.slash(channel, by, title, { ...more, text }) });
  }

  function joinServer(): User {
    const newcomer = double.addUser({ username: `guest-${name}-${words}`, globalName: `Guest ${words}` });
    double.addMember(server, newcomer);
    players.push(newcomer);
    return newcomer;
  }

  function command(): void {
    const roll = chance();
    if (roll < 0.35) {
      ask(pick(players), 'say', `Mark ${word('SAID')}, Watson.`);
    } else if (roll < 0.65) {
      ask(alice, 'narrate', `The clock strikes ${word('TOLD')}.`);
    } else {
      whispered.push(word('WHISPER'));
      ask(pick(players), 'whisper', `Between us, ${whispered.at(-1)}.`, { to: 'Dr. Watson' });
    }
  }

  async function converse(): Promise<void> {
    const { id } = write(alice, `Mrs. Hudson, ${word('CALLED')}?`);
    const isAnswer = ({ author }: { readonly author: string }) => author === 'Mrs. Hudson';
    await double.nextMessage(channel, isAnswer, { after: id, timeoutMs: 30_000 });
  }

  return {
    channel,
    written,
    commanded,
    whispered,
    overheard,
    async open() {
      const asked = double.slash(channel, alice, 'scene start', {
        cast: CAST.join(', '),
        setting: 'Baker Street, after supper.',
        preset,
      });
      await double.replied(asked, undefined, { timeoutMs: 20_000 });
      for (const one of [bob, carol]) {
        const joined = double.slash(channel, one, 'scene enter');
        await double.replied(joined, undefined, { timeoutMs: 20_000 });
      }
    },
    call(newcomer) {
      const by = newcomer ? joinServer() : pick(players);
      const one = write(by, `${pick(['Holmes', 'Watson', 'Mrs. Hudson'])}, ${word('WROTE')}?`);
      // A newcomer is heard because of what they call, so it stands as it is.
      if (!newcomer) changeable.push(one);
    },
    command,
    move(botIsThere) {
      const roll = chance();
      const standing = changeable.filter(({ deleted }) => !deleted).slice(-3);
      if (roll < 0.1) {
        overheard.push(word('BYSTANDER'));
        double.say(channel, dave, `${overheard.at(-1)}, did anyone see my keys?`);
      } else if (botIsThere && roll < 0.4) {
        command();
      } else if (roll < 0.48 && standing.length > 0) {
        const one = pick(standing);
        one.text = `I meant to say ${word('AMENDED')}.`;
        double.edit(one.id, one.by, one.text);
      } else if (roll < 0.54 && standing.length > 0) {
        const one = pick(standing);
        one.deleted = true;
        double.remove(one.id);
      } else {
        changeable.push(write(pick(players), `So, ${word('WROTE')}.`));
      }
    },
    converse,
    async close() {
      await converse();
      const paused = double.slash(channel, alice, 'scene pause');
      await double.replied(paused, undefined, { timeoutMs: 30_000 });
    },
  };
}
