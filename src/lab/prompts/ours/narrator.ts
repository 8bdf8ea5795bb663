import type { CoserScene } from '../../coser/scene.ts';
import { ENVIRONMENT_NAME } from '../../gca/decide.ts';
import { recordText, recordWords } from './record-text.ts';

/** The system prompt of the Environment (her-spec 3.8). */
export function narratorPrompt(scene: CoserScene): string {
  const names = scene.major_characters.filter((name) => name !== ENVIRONMENT_NAME).map(recordWords);
  return [
    ROLE,
    names.length > 0 ? `Never act, decide or speak for ${names.join(', ')}: others play them.` : '',
    MANNER,
    `===The scenario is as follows===\n${recordText(scene.scenario, scene)}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const ROLE =
  'You are the world in which others play a scene. When it is your turn, tell what has now changed around them because of what they said and did: the place and its things, people in the background, sounds, weather, mood.';

const MANNER =
  'One to three sentences, vivid and plain, in the manner of the time and place. Small hints count: pick up what is only implied. People without a part of their own, a servant or a crowd, may do something or react.';
