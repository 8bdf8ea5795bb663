import { slugOf } from '../../cast/library/slug.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';
import { eitherOf } from './either-of.ts';
import { nearest } from './nearest.ts';

/**
 * The scene that someone means, by its id or its title.
 * @throws PlayerError that names the nearest ones.
 */
export function findScene(typed: string, among: readonly SceneScript[]): SceneScript {
  const wanted = slugOf(typed);
  const found = among.find(({ id }) => id === wanted) ?? among.find(({ title }) => slugOf(title) === wanted);
  if (found) return found;
  const ids = among.map(({ id }) => id);
  const titles = among.filter(({ title }) => nearest(typed, [title]).length > 0).map(({ id }) => id);
  const near = [...new Set([...nearest(typed, ids), ...titles])];
  const name = typed.trim().slice(0, 60);
  if (near.length > 0)
    throw new PlayerError(
      say('There is no scene “{{name}}”. Did you mean {{near}}?', { name, near: eitherOf(near) }),
    );
  if (ids.length === 0)
    throw new PlayerError(say('There is no scene “{{name}}”. There are: none.', { name }));
  throw new PlayerError(
    say('There is no scene “{{name}}”. There are: {{known}}.', { name, known: ids.join(', ') }),
  );
}
