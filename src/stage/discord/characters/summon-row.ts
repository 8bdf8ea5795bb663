import { type ButtonInteraction, ButtonStyle, ComponentType } from 'discord.js';
import type { Character } from '../../../cast/character.ts';
import { presentIn } from '../../../engine/command/scene-here.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { SceneId } from '../../../engine/scene-record.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say } from '../../../words/text.ts';
import { button } from '../card/scene-card.ts';
import type { Row } from '../interactions/answering.ts';
import { carriedBy, LONGEST_ID } from '../interactions/carried-ids.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { CARD_IDS } from './part-ids.ts';
import { clipped } from './preview.ts';

const MOST = 5;
const LONGEST_LABEL = 80;

/** Buttons that summon these into the scene that plays here, as far as they are not on stage; else none. */
export async function summonRows(
  characters: readonly Pick<Character, 'id' | 'name'>[],
  scene: SceneId,
  engine: Pick<Engine, 'info'>,
  locale: Locale,
): Promise<readonly Row[]> {
  const info = await engine.info(scene);
  if (!info || info.record.status === 'ended') return [];
  const present = new Set(presentIn(info).map(({ id }) => id));
  const buttons = characters
    .filter(({ id }) => !present.has(id) && CARD_IDS.summon.length + id.length <= LONGEST_ID)
    .slice(0, MOST)
    .map(({ id, name }) =>
      button(
        CARD_IDS.summon + id,
        clipped(render(say('Summon {{name}} now', { name }), locale), LONGEST_LABEL),
        ButtonStyle.Primary,
      ),
    );
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }];
}

/** `/summon` at a press; whether it was one. */
export async function pressSummon(
  asked: ButtonInteraction<'cached'>,
  runner: CommandRunner,
): Promise<boolean> {
  const id = carriedBy(CARD_IDS.summon, asked.customId);
  if (id === undefined) return false;
  await runner.run(asked, 'summon', runner.actionOf('summon', null), { name: id });
  return true;
}
