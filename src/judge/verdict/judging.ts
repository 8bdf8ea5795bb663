import type { ChatModel } from '../../model/chat-model.ts';
import type { Principle } from '../principles/principle.ts';
import type { Candidate, JudgeContext } from './verdict.ts';

/** What a request must know of the judge's model; batch files have no more of it. */
export type JudgeModel = Pick<ChatModel, 'name' | 'contextSize' | 'maxTokens'>;

/** Two candidates for one turn, and by what they are told apart. */
export type Comparing = {
  readonly model: JudgeModel;
  readonly context: JudgeContext;
  readonly principles: readonly Principle[];
  readonly first: Candidate;
  readonly second: Candidate;
  /** What the fences and names of the candidates are drawn from: nobody who writes a line can know it. */
  readonly secret: string;
  /** Left out: `her-rm` where the model's name says so. */
  readonly layout?: Layout;
};

/** `her-rm`: as the released reward model was trained to read and answer (her-spec 7.3). */
export type Layout = 'plain' | 'her-rm';

export type Judging = Comparing & { readonly model: ChatModel };
