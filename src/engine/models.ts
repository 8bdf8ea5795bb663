import type { ChatModel } from '../model/chat-model.ts';
import type { EmbeddingModel } from '../model/embedding-model.ts';

/** Who plays: a part without a model is the understudy's (actor, narrator) or the rules' (director). */
export type Models = {
  readonly actor?: ChatModel;
  readonly director?: ChatModel;
  readonly narrator?: ChatModel;
  readonly judge?: ChatModel;
  /** What characters recall by, beside the words; without it the words alone count. */
  readonly embed?: EmbeddingModel;
};
