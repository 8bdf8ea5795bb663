import type { WireScene } from '../../wire-shapes.ts';
import type { Connection } from '../connection.ts';
import { openDialog } from '../dialog.ts';
import { button, type Child, el, fill } from '../dom.ts';
import { type Faces, nameOf } from '../faces.ts';
import { segmentsElement } from '../message.ts';
import { createTree, type TreeItem } from '../tree.ts';
import { keyOf, type Story, type StoryItem, storyItems } from './story-items.ts';

/**
 * The story of a scene as a tree: what was left behind and the other versions of its lines, too. Each place can be
 * looked at as it was; from there the scene goes back, or another one goes on.
 */
export async function openStoryDialog(options: {
  readonly connection: Connection;
  readonly faces: Faces;
  readonly scene: WireScene;
  readonly onRewind: (beat: number) => void;
  /** Another scene goes on; open it. */
  readonly onBranched: (scene: string) => void;
  readonly onProblem: (error: unknown) => void;
}): Promise<void> {
  const { connection, faces, scene, onRewind, onBranched, onProblem } = options;
  let byKey: ReadonlyMap<string, StoryItem> = new Map();
  let tip: number | undefined;
  let wanted: StoryItem | undefined;
  const hint = el('p', { class: 'hint' });
  const look = el('section', { class: 'story-look', 'aria-label': 'How it was there', tabindex: 0 });
  const actions = el('div', { class: 'dialog-actions' });
  const tree = createTree('The story', (key) => {
    const item = byKey.get(key);
    if (item) show(item).catch(onProblem);
  });
  const dialog = openDialog(
    'The story so far',
    hint,
    el('div', { class: 'story' }, tree.root, el('div', { class: 'story-side' }, look, actions)),
  );
  dialog.root.classList.add('wide-dialog', 'story-dialog');
  await draw();

  async function draw(): Promise<void> {
    const story = await connection.ask({ type: 'story' }, 'story');
    const items = storyItems(story);
    byKey = new Map(allOf(items).map((item) => [keyOf(item), item]));
    tip = story.moments.findLast(({ now }) => now)?.n;
    hint.textContent = hintFor(story);
    const newest = items.findLast(({ moment }) => moment.n === tip);
    tree.set(items.map(treeItem), newest && keyOf(newest));
    if (!newest) return fill(look, el('p', { class: 'hint' }, 'Nothing has happened yet.'));
    const here = tree.root.querySelector<HTMLElement>('[aria-selected=true]');
    here?.scrollIntoView({ block: 'center' });
    here?.focus();
    await show(newest);
  }

  function treeItem(item: StoryItem): TreeItem {
    const { kind, moment, words, saves, stands, children } = item;
    const who = moment.speaker && nameOf(moment.speaker);
    const content: Child[] =
      kind === 'left'
        ? [el('em', {}, `Left behind, ${lines(children.length)}: `), words]
        : kind === 'version'
          ? [el('em', {}, stands ? 'The version that stands: ' : 'Another version: '), words]
          : [who && el('strong', {}, `${who} `), wordsFor(moment.kind, words)];
    if (kind === 'moment' && moment.n === tip) content.push(el('small', {}, ' now'));
    for (const name of saves) content.push(el('small', { class: 'saved' }, ` 🔖 ${name}`));
    const isPast = kind === 'left' || !moment.now;
    return {
      key: keyOf(item),
      class: isPast ? 'left-behind' : '',
      content,
      children: children.map(treeItem),
      open: kind === 'moment',
    };
  }

  async function show(item: StoryItem): Promise<void> {
    wanted = item;
    fill(actions);
    const { beats } = await connection.ask({ type: 'story-look', beat: item.beat }, 'story-look');
    // Meanwhile another place may have been chosen.
    if (wanted !== item) return;
    fill(
      look,
      ...beats.map(({ kind, speaker, segments }) =>
        el(
          'p',
          {},
          speaker && el('strong', {}, `${faces.of(speaker).name} `),
          segments.length > 0 ? segmentsElement(segments, []) : wordsFor(kind, ''),
        ),
      ),
    );
    look.scrollTop = look.scrollHeight;
    const { n, now } = item.moment;
    const isPlaying = scene.status === 'playing';
    fill(
      actions,
      now &&
        item.kind === 'moment' &&
        n !== tip &&
        isPlaying &&
        button('Go back to here', () => leave(() => onRewind(n)), { class: 'primary' }),
      item.kind !== 'version' &&
        button('Go on from here in another scene', () => void branch(item.beat), { class: 'secondary' }),
      n === tip && item.kind === 'moment' && isPlaying && saveForm(),
    );
  }

  function saveForm(): HTMLElement {
    const name = el('input', {
      'aria-label': 'Name of the save',
      placeholder: 'Name',
      maxlength: 80,
      required: true,
    });
    return el(
      'form',
      {
        class: 'save-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            connection.ask({ type: 'save', name: name.value }, 'saved').then(draw).catch(onProblem);
          },
        },
      },
      name,
      el('button', { type: 'submit', class: 'secondary' }, '🔖 Save this moment'),
    );
  }

  async function branch(beat: number): Promise<void> {
    try {
      const { scene: id } = await connection.ask({ type: 'branch', beat }, 'branched');
      leave(() => onBranched(id));
    } catch (error) {
      onProblem(error);
    }
  }

  function leave(then: () => void): void {
    dialog.close();
    then();
  }
}

function allOf(items: readonly StoryItem[]): StoryItem[] {
  return items.flatMap((item) => [item, ...allOf(item.children)]);
}

function hintFor({ moments }: Story): string {
  const left = moments.filter(({ now }) => !now).length;
  const behind = left === 0 ? 'Nothing of it was left behind.' : `${lines(left)} of it were left behind.`;
  return `Choose a place to see how it was there. ${behind}`;
}

function lines(count: number): string {
  return count === 1 ? 'one line' : `${count} lines`;
}

function wordsFor(kind: Story['moments'][number]['kind'], words: string): string {
  if (words !== '') return words;
  if (kind === 'entrance') return 'comes in.';
  return kind === 'exit' ? 'leaves the stage.' : '…';
}
