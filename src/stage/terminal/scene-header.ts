import type { SceneInfo } from '../../engine/engine-api.ts';
import { harmless, type Ink } from './ink.ts';

/** What stands above a scene: where it is, who is in it, and who plays. A terminal's scene card. */
export function sceneHeader({ title, setting, cast, model, hint }: Header, ink: Ink): string {
  return [
    ink.name(harmless(title), title),
    ...(setting ? [ink.action(harmless(setting))] : []),
    ink.aside(`With ${cast.map(harmless).join(', ') || 'nobody yet: /summon someone'}.`),
    ink.aside(playedBy(model)),
    ...(hint ? [ink.aside(hint)] : []),
    '',
  ].join('\n');
}

export type Header = {
  readonly title: string;
  readonly setting: string;
  readonly cast: readonly string[];
  readonly model: SceneInfo['model'];
  /** What one can do, for whoever sits here. */
  readonly hint?: string | undefined;
};

export function playedBy(model: SceneInfo['model']): string {
  return model
    ? `${harmless(model)} plays the cast.`
    : 'The scripted demo plays the cast: it reads from a script. A model is connected by MODEL and OPENAI_BASE_URL.';
}
