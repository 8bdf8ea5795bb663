import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Swiped } from '../../../engine/past/past-api.ts';
import { isCharacterId } from '../../../scene/beat.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { BUTTONS } from './buttons.ts';
import { button } from './scene-card.ts';

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

const FIRST = { version: 1, versions: 1 };

/** What can be done with the newest line of a character. After its last version comes one that is drafted anew. */
export function controlRow(
  { version, versions }: Pick<Swiped, 'version' | 'versions'> = FIRST,
  locale?: Locale,
): ButtonRow[] {
  const count = versions > 1 ? ` ${version}/${versions}` : '';
  const buttons = [
    { ...quiet(BUTTONS.previous, `◀${count}`), disabled: version <= 1 },
    quiet(BUTTONS.following, version < versions ? '▶' : '↻'),
    quiet(BUTTONS.next, render('Next', locale)),
    quiet(BUTTONS.stop, render('Stop', locale)),
    quiet(BUTTONS.more, '⋯'),
  ];
  return [{ type: ComponentType.ActionRow, components: buttons }];
}

/** What a beat is posted with: a character's line can be swiped, a coming that was told of can be undone. */
export function rowWith(beat: StageBeat, locale?: Locale): ButtonRow[] {
  if (isCharacterLine(beat)) return controlRow(FIRST, locale);
  if (!beat.inferred) return [];
  return [
    { type: ComponentType.ActionRow, components: [quiet(BUTTONS.undo + beat.n, render('Undo', locale))] },
  ];
}

export function isCharacterLine({ kind, speaker }: StageBeat): boolean {
  return kind === 'line' && speaker !== undefined && isCharacterId(speaker.id);
}

function quiet(id: string, label: string): APIButtonComponentWithCustomId {
  return button(id, label, ButtonStyle.Secondary);
}
