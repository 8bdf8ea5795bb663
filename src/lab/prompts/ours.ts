import { actorPrompt } from './ours/actor.ts';
import { criticPrompt, playedText } from './ours/critic.ts';
import { directorPrompt } from './ours/director.ts';
import { narratorPrompt } from './ours/narrator.ts';
import { promptsHash } from './prompts-hash.ts';
import type { ScenePrompts } from './scene-prompts.ts';

/** Our own sentences in the references’ layout (her-spec 3.1, 3.8, 3.9, 5.1). */
export function ourPrompts(): ScenePrompts {
  const texts = {
    actor: actorPrompt,
    narrator: narratorPrompt,
    director: directorPrompt,
    critic: criticPrompt,
    played: playedText,
  };
  return { source: 'ours', hash: promptsHash(texts), ...texts };
}
