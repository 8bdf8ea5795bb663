import type { Library } from '../../cast/library/library-api.ts';
import type { CliIo } from '../cli-command.ts';

/** Names the scenes and characters that can be played; with `json` one object a line. */
export function listPlayable(library: Library, json: boolean, { stdout }: CliIo): void {
  const scenes = library.scenes();
  const characters = library.characters();
  if (json) {
    for (const { id, title, tagline, cast } of scenes) {
      stdout.write(`${JSON.stringify({ scene: id, title, tagline, cast })}\n`);
    }
    for (const { id, name, source } of characters) {
      stdout.write(`${JSON.stringify({ character: id, name, source })}\n`);
    }
    return;
  }
  const width = Math.max(...scenes.map(({ id }) => id.length), ...characters.map(({ id }) => id.length), 0);
  const row = (id: string, text: string) => stdout.write(`  ${id.padEnd(width)}  ${text}\n`);
  stdout.write('Scenes (the first one plays by itself):\n');
  for (const { id, title, tagline } of scenes) row(id, tagline ? `${title}: ${tagline}` : title);
  stdout.write('Characters:\n');
  for (const { id, name, source } of characters) row(id, source === 'own' ? `${name} (your own)` : name);
}
