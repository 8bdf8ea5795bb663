import type { Character } from '../../../../cast/character.ts';
import type { SceneScript, ScriptStep } from '../../../../cast/scene-script.ts';
import { ENVIRONMENT } from '../../../../scene/beat.ts';
import { leftOf, type RawConversation, type RawTurn } from '../raw-conversation.ts';
import { sheetOfCard } from './card-sheet.ts';

/**
 * The authored turns of a scene that ships: its opening, and each way on as a conversation of its own that begins
 * with what the player says to get there. (Every turn once: openings are not told again before each way.)
 *
 * @param cardOf a card by its id
 */
export function fromSceneScript(
  script: SceneScript,
  cardOf: (id: string) => Character | undefined,
): readonly RawConversation[] {
  const nameOf = (id: string) => cardOf(id)?.name ?? id;
  const base = {
    source: 'scene',
    origin: 'local',
    topic: script.title,
    scenario: script.setting,
    characters: [
      ...script.cast.map((id) => sheetOfCard(nameOf(id), cardOf(id), script.secrets[id] ?? '')),
      { name: script.player.name, profile: script.player.sheet },
    ],
  } as const;
  const conversation = (
    part: string,
    turns: readonly Omit<RawTurn, 'from'>[],
    at: number,
    left: RawConversation['left'] = [],
  ): RawConversation => ({
    ...base,
    left,
    id: `${script.id}-${part}`,
    key: { book: script.id, conversation: at },
    turns: turns.map((turn, place) => ({ ...turn, from: [place] })),
  });
  const leads = new Map(
    [script, ...Object.values(script.ways)].flatMap(({ chips }) => chips.map((chip) => [chip.leads, chip])),
  );
  const ways = Object.entries(script.ways).map(([name, { steps }], at) => {
    const chip = leads.get(name);
    const turns = steps.map((step) => turnOf(step, nameOf));
    if (!chip) return conversation(name, turns, at + 1);
    // A whisper is heard by one alone, and a record knows no ears.
    return chip.do === 'whisper'
      ? conversation(name, turns, at + 1, [leftOf('whisper', `before the way ${name}`, chip.text)])
      : conversation(name, [playerTurn(script.player.name, chip), ...turns], at + 1);
  });
  const opening = script.opening.map((step) => turnOf(step, nameOf));
  return opening.length > 0 ? [conversation('opening', opening, 0), ...ways] : ways;
}

function playerTurn(
  speaker: string,
  { do: how, text }: { readonly do: string; readonly text: string },
): Omit<RawTurn, 'from'> {
  return { speaker, text: how === 'act' ? `<role_action>${text}</role_action>` : text, format: 'her' };
}

function turnOf(step: ScriptStep, nameOf: (id: string) => string): Omit<RawTurn, 'from'> {
  if ('narrator' in step) return { speaker: ENVIRONMENT.name, text: step.narrator, format: 'her' };
  return { speaker: nameOf(step.speaker), text: step.turn, format: 'her' };
}
