import type { CoserScene } from '../../coser/scene.ts';
import { ENVIRONMENT_NAME } from '../../gca/decide.ts';
import { END_CHAT, RANDOM } from '../../gca/reference-next-speaker.ts';
import { recordText, recordWords } from './record-text.ts';

/** The system prompt of the director, who says who acts next (her-spec 3.9). @param speaking the Environment among them */
export function directorPrompt(scene: CoserScene, speaking: readonly string[]): string {
  return [
    `You direct a scene that others play. After each turn, say who acts next, going by what has just happened. ${ENVIRONMENT_NAME} is no person: it tells what changes around them.`,
    `===Who can be next===\n${speaking.map((name) => `- ${recordWords(name)}`).join('\n')}`,
    `===The scenario is as follows===\n${recordText(scene.scenario, scene)}`,
    `===Output Format===\n${FORM}`,
  ].join('\n\n');
}

const FORM = `Answer in two lines:
Reasoning: one short sentence
Next Speaker: one name of the list, exactly as it is written there

Never the one who has just acted. Where it could be anyone, the name is ${RANDOM}. Where the scene has come to its end, it is ${END_CHAT}.`;
