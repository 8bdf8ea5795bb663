import type { Text } from '../../words/text.ts';
import type { SettingPlace } from '../settings/settings-api.ts';

/** What a surface knows of a person without asking anyone. */
export type PersonFacts = {
  /** Stage user id. */
  readonly id: string;
  /** Ids of their roles, where the surface has such. */
  readonly roles?: readonly string[];
  /** Manage Server, or the person at the local stage. */
  readonly manager?: boolean;
  readonly operator?: boolean;
};

/** What a person may in a place, beside what they may as the owner of a scene. */
export type Standing = {
  /** Manage Server, a moderators' role, or the operator. */
  readonly moderator: boolean;
  /** May bring characters of their own: moderators, and whoever has a creators' role. */
  readonly creator: boolean;
  /** Why they may not play here (blocked, role, channel), for them; absent where they may. */
  readonly refusal?: Text;
  /** What the moderator who blocked them gave as reason: for their eyes alone. */
  readonly reason?: Text;
};

export type Block = {
  /** Stage user id of the moderator. */
  readonly by: string;
  readonly at: number;
  /** Milliseconds since the epoch; absent: until it is lifted. */
  readonly until?: number;
  readonly reason?: string;
};

export type NewBlock = Pick<Block, 'by' | 'reason'> & { readonly lasts?: number };

/** Who may do what in a server: its lists of roles, people and channels, and blocks. */
export type Access = {
  standing(place: SettingPlace, person: PersonFacts): Promise<Standing>;
  /** Why no scene may be opened in a place, whoever asks; undefined where one may. */
  closed(place: SettingPlace): Promise<Text | undefined>;
  /** From now on, for so many milliseconds or until it is lifted; in the place of what blocked them before. */
  block(server: string, person: string, block: NewBlock): Promise<Block>;
  /** False where they were not blocked. */
  unblock(server: string, person: string): Promise<boolean>;
  blocked(server: string, person: string): Promise<Block | undefined>;
  blocks(server: string): Promise<readonly { readonly person: string; readonly block: Block }[]>;
  /**
   * Counts something that a person asked for: at the 15th in 30 s they are warned, and who goes on all
   * the same is held off for some minutes. Moderators are never held off.
   *
   * @param at when they did, where that is not now; milliseconds since the epoch
   */
  act(server: string | undefined, person: PersonFacts, at?: number): Promise<'fine' | 'warned' | 'held-off'>;
};
