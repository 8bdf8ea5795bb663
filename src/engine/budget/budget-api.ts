import type { ModelUsage } from '../../model/chat-model.ts';
import type { Text } from '../../words/text.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { SettingPlace } from '../settings/settings-api.ts';

/** One budget of one period: of a player's hour, a scene's day, a server's day. */
export type Meter = {
  readonly name:
    | 'linesPerPlayerHour'
    | 'turnsPerPlayerHour'
    | 'tokensPerPlayerHour'
    | 'turnsPerSceneDay'
    | 'tokensPerSceneDay'
    | 'turnsPerServerDay'
    | 'tokensPerServerDay';
  readonly used: number;
  readonly most: number;
  /** Milliseconds since the epoch at which it begins anew; absent while nothing of it is used. */
  readonly opensAt?: number;
};

export type Stop = {
  readonly meter: Meter;
  readonly text: Text;
  /** True where it is asked for the first time in this period, so that it is told once; moderators read it then. */
  first(): boolean;
};

/** What a server spent: per model, in tokens, and in money at the operator's prices of today. */
export type Spent = {
  readonly turns: number;
  readonly byModel: readonly {
    readonly model: string;
    readonly promptTokens: number;
    readonly cachedTokens: number;
    readonly completionTokens: number;
    /** In the currency of `Usage`; absent for a model without a price (local). */
    readonly cost?: number;
  }[];
  /** Part of the above; absent while nothing was judged. */
  readonly judging?: SpentJudging;
};

/** What choosing among candidates cost beyond the turns themselves: the drafts that lost, and the judge. */
export type SpentJudging = {
  /** Turns that were chosen so, drafts that were made for them, pairs that were judged. */
  readonly turns: number;
  readonly drafts: number;
  readonly pairs: number;
  /** Milliseconds that it added, all turns together. */
  readonly ms: number;
  readonly tokens: number;
  /** Absent where none of the models has a price. */
  readonly cost?: number;
};

export type Usage = {
  readonly today: Spent;
  /** Today and the 29 days before it. */
  readonly month: Spent;
  /** That the operator's prices are in. */
  readonly currency: string;
};

/** `usage`: of the drafts that lost and of the judge. */
export type JudgedTurn = {
  readonly drafts: number;
  readonly pairs: number;
  readonly ms: number;
  readonly usage: readonly ModelUsage[];
};

/** Budgets of turns and tokens. Outside Discord nothing is counted and nothing stops. */
export type Budgets = {
  /**
   * Takes one of a player's lines for this hour; a stop where none is left, and nothing is counted then.
   */
  takeLine(record: SceneRecord, player: string): Promise<Stop | undefined>;
  /** Why no turn may be made now; undefined where one may. `player`: whose line it answers. */
  stopOf(record: SceneRecord, player: string | undefined): Promise<Stop | undefined>;
  /** Counts a turn that was taken into the log. Warnings at 80 % go to the room and the moderators' log. */
  countTurn(record: SceneRecord, player: string | undefined): Promise<void>;
  /** Counts what a request of a scene used: of every part, of drafts that were thrown away too. Never throws. */
  countTokens(record: SceneRecord, player: string | undefined, usage: ModelUsage): Promise<void>;
  /** Counts what choosing a turn among candidates added; its tokens are counted by `countTokens` as well. Never throws. */
  countJudging(record: SceneRecord, judged: JudgedTurn): Promise<void>;
  /** How much of everything is used, for one person in one place, and what time it is. */
  quota(
    place: SettingPlace,
    player: string,
  ): Promise<{ readonly meters: readonly Meter[]; readonly now: number }>;
  /** In days that begin at midnight UTC. */
  usage(server: string): Promise<Usage>;
};
