import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { fieldPath } from './cards/field-path.ts';
import { parseYaml } from './cards/unpack-card.ts';
import { CastFileError } from './cast-file-error.ts';
import { type SceneScript, type ScriptChip, type ScriptStep, sceneScriptSchema } from './scene-script.ts';

/** Whether a card of this id is there to play. */
export type IsCharacter = (id: string) => boolean;

/**
 * Reads a scene script (YAML or JSON) and checks that it holds together: everyone who speaks is in
 * the cast, the cast can be played, chips lead somewhere.
 * @throws CastFileError naming the file and the field.
 */
export function readScene(text: string, fileName: string, isCharacter: IsCharacter): SceneScript {
  const file = basename(fileName.replaceAll('\\', '/'));
  const result = sceneScriptSchema.safeParse(parse(text, file));
  if (!result.success) throw new CastFileError(file, describe(result.error));
  const [problem] = problemsOf(result.data, isCharacter);
  if (problem) throw new CastFileError(file, problem);
  return result.data;
}

/** A scene from a file of its own, for `--scene FILE`. */
export async function readSceneFile(path: string, isCharacter: IsCharacter): Promise<SceneScript> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CastFileError(basename(path), 'cannot be read: check the path and who may read it', error);
  }
  return readScene(text, path, isCharacter);
}

function parse(text: string, file: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new CastFileError(file, error instanceof Error ? error.message : String(error), error);
  }
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  return `field \`${fieldPath(issue?.path ?? [])}\`: ${issue?.message ?? 'is wrong'}`;
}

/** Everything that is wrong inside, in the order of the file. */
function problemsOf(scene: SceneScript, isCharacter: IsCharacter): string[] {
  const problems: string[] = [];
  const problem = (field: string, what: string) => problems.push(`field \`${field}\`: ${what}`);
  const checkCast = (id: string, field: string) => {
    if (!scene.cast.includes(id)) problem(field, `"${id}" is not in the cast`);
  };
  const checkSteps = (steps: readonly ScriptStep[], field: string) => {
    for (const [index, step] of steps.entries()) {
      if ('speaker' in step) checkCast(step.speaker, `${field}[${index}].speaker`);
    }
  };
  const checkChips = (chips: readonly ScriptChip[], field: string) => {
    for (const [index, chip] of chips.entries()) {
      const at = `${field}[${index}]`;
      if (!Object.hasOwn(scene.ways, chip.leads)) problem(`${at}.leads`, `there is no way "${chip.leads}"`);
      if (chip.do === 'whisper' && chip.to === undefined) problem(`${at}.to`, 'whom is it whispered to?');
      if (chip.to !== undefined) checkCast(chip.to, `${at}.to`);
    }
  };

  for (const id of scene.cast) if (!isCharacter(id)) problem('cast', `there is no character "${id}"`);
  for (const id of Object.keys(scene.secrets)) checkCast(id, `secrets.${id}`);
  checkSteps(scene.opening, 'opening');
  checkChips(scene.chips, 'chips');
  for (const [id, way] of Object.entries(scene.ways)) {
    checkSteps(way.steps, `ways.${id}.steps`);
    checkChips(way.chips, `ways.${id}.chips`);
  }
  return problems;
}
