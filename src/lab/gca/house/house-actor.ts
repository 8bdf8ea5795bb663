import type { Character } from '../../../cast/character.ts';
import { contextOf } from '../../../judge/context/context-of.ts';
import type { JudgeContext } from '../../../judge/verdict/verdict.ts';
import type { ChatRequest, ModelProfile } from '../../../model/chat-model.ts';
import { createActorPrompt } from '../../../performer/actor-prompt.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';
import type { View } from '../../../scene/view.ts';
import { MOST_READ } from '../best-of.ts';
import type { TurnReading } from '../read-turn.ts';
import type { TroupeOptions } from '../troupe-options.ts';
import type { HouseCast, HousePerson } from './house-cast.ts';

/** Names that nobody’s turn may be spoken under. */
const WORLD_NAMES = [ENVIRONMENT.name, 'Narrator'];
/** Characters of lines for each token that a judge is given to read. */
const LEAST_LINES = 1500;

/** One character, as the engine asks for its turns and reads them. */
export type HouseActor = {
  readonly reading: TurnReading;
  request(secondTry: boolean): ChatRequest;
  /** What a judge of its turn reads: its own view. @param contextSize tokens that the judge can read */
  context(contextSize: number): JudgeContext;
};

export function createHouseActor(
  person: HousePerson,
  { setting, people }: HouseCast,
  view: View,
  { models, rules, ablation }: TroupeOptions,
): HouseActor {
  const { model } = models.actor;
  const { plan, thoughts, dialect } = ablation;
  const planning = plan ? model.planning : 'off';
  const macros = { char: person.name, user: '' };
  const others = people.filter(({ id }) => id !== person.id);
  const prompt = createActorPrompt({
    ...{ model, planning, view, form: { thoughts, dialect } },
    maxTokens: rules.maxTokens ?? model.maxTokens,
    temperature: rules.temperature ?? model.temperature,
    head: { setting, people },
    sheet: { character: inPrompt(person, model.profile), macros, secret: '', arrival: '' },
    // All of them are there from the start: the head tells of them.
    people: { publicSheet: () => '', inOpening: () => true },
    loreRoom: 0,
  });
  const names = others.map(({ name }) => name);
  const strangers = [...others.flatMap((other) => other.names), ...WORLD_NAMES];
  return {
    reading: {
      ...{ plan: planning !== 'off', dialect, echoes: prompt.echoes },
      parser: {
        speaker: { name: person.name, aliases: person.names },
        others: strangers.filter((name) => !person.names.includes(name)),
        ...(model.profile === 'her' && planning !== 'off' ? { startInside: 'plan' as const } : {}),
      },
    },
    request: (secondTry) => prompt.build({ others: [...names, ENVIRONMENT.name], secondTry }),
    context: (contextSize) =>
      contextOf({
        ...{ character: person.character, macros, setting, view },
        others: others.map(({ name, publicSheet: sheet }) => ({ name, sheet })),
        budget: Math.max(LEAST_LINES, Math.min(contextSize, MOST_READ)),
      }),
  };
}

/**
 * A record has one text of each character, which all may know: where all of them stand in the head of the
 * prompt, which a cast shares in a server’s prefix cache, its own is not there twice.
 */
function inPrompt({ character, publicSheet }: HousePerson, profile: ModelProfile): Character {
  if (profile === 'her' || !publicSheet) return character;
  return { ...character, description: `Who ${character.name} is, stands above, among the people.` };
}
