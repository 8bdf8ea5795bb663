import type { Chip, WireLibrary, WirePlaying, WireScene } from '../wire-shapes.ts';
import { createCardDrop } from './card-drop.ts';
import { createCardRoom } from './card-room.ts';
import { createCastList } from './cast-list.ts';
import { createChannel } from './channel.ts';
import { createChips } from './chips.ts';
import { createComposer } from './composer.ts';
import { createConnection, Lost } from './connection.ts';
import { button, el } from './dom.ts';
import { cardIdOf, createFaces, isPlayer, nameOf } from './faces.ts';
import { createHousePanel } from './house-panel.ts';
import { createLayout } from './layout.ts';
import { openMindDialog } from './mind-dialog.ts';
import { createMindsBar } from './minds-bar.ts';
import { openNameDialog } from './name-dialog.ts';
import { createNotices } from './notices.ts';
import { createRatings } from './ratings.ts';
import { filesElement } from './reply-files.ts';
import { createSceneList } from './scene-list.ts';
import { openSettingsDialog } from './settings-dialog.ts';
import { shareScene } from './share-scene.ts';
import { createStageLink } from './stage-link.ts';
import { openStartDialog } from './start-dialog.ts';
import { openStoryDialog } from './story/story-dialog.ts';
import { createTheme } from './theme.ts';
import { createToasts } from './toast.ts';
import { createTour } from './tour.ts';
import { createTypingLine } from './typing-line.ts';

// The one place where the parts of the page meet.

/** A gap between two turns is not yet rest. */
const REST_MS = 700;

let scene: WireScene | undefined;
let library: WireLibrary = { characters: [], scenes: [], problems: [] };
let playing: WirePlaying = [];
/** The room of the scene where the player speaks; absent: its main place. */
let place: string | undefined;
let xrayOn = false;
let resting: ReturnType<typeof setTimeout> | undefined;
let making = false;

const connection = createConnection();
const toasts = createToasts();
const faces = createFaces();
const ratings = createRatings(connection, {
  onUncounted: () =>
    toasts.say('Not counted: nothing is kept of what you choose, unless you say so.', {
      label: 'Count my choices…',
      run: () => composer.offer('/privacy opt-in choices: yes'),
    }),
  onProblem: complain,
});
const channel = createChannel(connection, faces, {
  ratings,
  onSwipe: (beat, step) => connection.ask({ type: 'swipe', beat, step }, 'done').catch(complain),
  onReword: (beat, text) => attempt(connection.ask({ type: 'reword', beat, text }, 'done')),
  onRewind: (beat) => attempt(connection.ask({ type: 'rewind', beat }, 'done')),
  onUndo: (beat) => attempt(connection.ask({ type: 'undo', beat }, 'done')),
});
const notices = createNotices(channel, () => attempt(connection.ask({ type: 'retry' }, 'done')));
const link = createStageLink(connection, opened, complain);
const chips = createChips(takeChip, startAnother);
const typing = createTypingLine(
  () => attempt(connection.ask({ type: 'stop' }, 'done')),
  () => attempt(connection.ask({ type: 'next' }, 'done')),
);
const mindsBar = createMindsBar(connection, (model) => {
  channel.aside(el('span', {}, `From here on, ${model} plays. Same scene, same line.`));
  attempt(connection.ask({ type: 'next' }, 'done'));
});
const onMind = (member: WireScene['cast'][number]) => {
  attempt(openMindDialog(connection, faces, member));
};
const tour = createTour({ connection, channel, mindsBar, onMind });
const composer = createComposer({
  connection,
  onLine: speak,
  onRename: () => openNameDialog(scene?.you ?? '', (name) => attempt(link.playAs(name))),
  onProblem: (message) => toasts.say(message),
});
const setPresent = (character: string, present: boolean) =>
  attempt(connection.ask({ type: 'cast', character, present }, 'done'));
const castList = createCastList({
  onSummon: summonSomeone,
  onMind,
  onNext: ({ id }) => attempt(connection.ask({ type: 'next', who: id }, 'done')),
  onDismiss: ({ id }) => setPresent(id, false),
  onReturn: ({ id }) => setPresent(id, true),
});
const cards = createCardDrop({
  connection,
  onProblem: (message) => toasts.say(message),
  onBrought: ({ characters, worlds, warnings, moved }) => {
    for (const warning of warnings.slice(0, 2)) toasts.say(warning);
    if (moved !== undefined) attempt(link.open({ scene: moved }));
    for (const { name } of worlds) toasts.say(`The world ${name} is in the gallery.`);
    const [first, ...others] = characters;
    if (!first) return;
    if (others.length > 0) return toasts.say(`${characters.length} characters are in the gallery.`);
    toasts.say(`${first.name} is in the gallery.`, {
      label: 'Summon now',
      run: () => setPresent(first.id, true),
    });
  },
});
const cardRoom = createCardRoom({
  connection,
  library: () => library,
  scene: () => scene,
  onSummon: (id) => setPresent(id, true),
  onFile: (file) => attempt(cards.bring(file)),
  onProblem: complain,
});
const sceneList = createSceneList((id) => {
  layout.closeDrawers();
  attempt(link.open({ scene: id }));
});
const house = createHousePanel(() => attempt(mindsBar.openDialog()));
const layout = createLayout({
  left: [
    sceneList.root,
    button('+ Start another scene', startAnother, { class: 'quiet-button wide' }),
    el('div', { class: 'spring' }),
    button('⚙ Settings', () => attempt(showSettings()), { class: 'quiet-button wide' }),
    createTheme((light) => channel.setLight(light)),
    house.root,
  ],
  channel: channel.root,
  foot: [mindsBar.root, chips.root, composer.root, typing.root],
  cast: castList.root,
  over: [cards.root, toasts.root],
  onXray: () => attempt(setXray(!xrayOn)),
  onStory: () => attempt(showStory()),
  onShare: () => attempt(shareScene(connection).then((words) => toasts.say(words))),
  onMinds: () => attempt(mindsBar.openDialog()),
});

connection.onState((online) => layout.setOnline(online));
connection.on('hello', (hello) => {
  setLibrary(hello.library);
  playing = hello.playing;
  house.setFacts(hello.house);
});
connection.on('scene', (message) => setScene(message.scene));
connection.on('beat', ({ beat }) => {
  link.noteBeat(beat.n);
  const shown = channel.add(beat);
  if (shown) tour.noteBeat(shown);
});
connection.on('update', ({ n, beat }) => channel.update(n, beat));
connection.on('partial', (partial) => channel.partial(partial));
connection.on('withdraw', ({ turn }) => channel.withdraw(turn));
connection.on('whisper', ({ whisper }) => {
  channel.whisper(whisper);
  if (scene) tour.noteWhisper(whisper, scene);
});
connection.on('typing', ({ who, why, place: where }) => {
  making = who !== undefined;
  if (!who) notices.settle();
  typing.set(who && { name: nameOf(who), why, room: roomName(where) });
  castList.setMaking(cardIdOf(who));
  if (who) chips.setBusy(true);
  else restSoon();
});
connection.on('notice', (notice) => notices.show(notice));
connection.on('draft', ({ draft }) => {
  if (xrayOn) channel.draft(draft);
});
connection.on('judged', ({ judged }) => {
  if (xrayOn) channel.judged(judged);
});
connection.on('library', (message) => setLibrary(message.library));
connection.on('playing', (message) => {
  playing = message.playing;
  sceneList.set(playing, scene, place);
});
connection.on('house', (message) => house.setFacts(message.house));
connection.on('error', ({ re, message }) => {
  if (re === undefined) toasts.say(message);
});
addEventListener('keydown', (event) => {
  const typingSomewhere = event.target instanceof Element && event.target.closest('input, textarea, dialog');
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typingSomewhere) return;
  event.preventDefault();
  composer.offer('/');
});
connection.start();

function opened(message: Parameters<typeof channel.open>[0]): void {
  if (message.reset) tour.begin();
  making = false;
  place = message.place;
  faces.learn(message.scene.cast);
  typing.set(undefined);
  channel.open(message);
  setScene(message.scene);
  for (const shown of channel.shown()) tour.noteBeat(shown);
  const lastWhisper = message.reset ? message.whispers.at(-1) : undefined;
  const playedSince = channel
    .shown()
    .some(({ beat }) => isPlayer(beat.speaker) && beat.n > (lastWhisper?.n ?? 0));
  if (lastWhisper && !playedSince) tour.noteWhisper(lastWhisper, message.scene);
  // A socket of its own begins without x-ray.
  if (xrayOn) attempt(setXray(true));
  restSoon();
}

function setLibrary(now: WireLibrary): void {
  library = now;
  faces.learn(now.characters);
  cardRoom.libraryChanged();
}

function setScene(now: WireScene): void {
  scene = now;
  faces.learn(now.cast);
  channel.setScene(now);
  layout.setScene(now);
  castList.setScene(now);
  chips.setScene(now);
  typing.setScene(now);
  composer.setScene(now, place);
  sceneList.set(playing, now, place);
  mindsBar.setScene(now);
}

function restSoon(): void {
  clearTimeout(resting);
  resting = setTimeout(rest, REST_MS);
}

function rest(): void {
  if (making) return;
  chips.setBusy(false);
  if (scene) tour.noteRest(scene);
}

async function setXray(on: boolean): Promise<void> {
  xrayOn = on;
  layout.setXray(on);
  channel.clearXray();
  await connection.ask({ type: 'xray', on }, 'done');
}

async function speak(text: string): Promise<void> {
  if (!text.startsWith('/')) {
    await link.say({ type: 'say', text });
    return;
  }
  const reply = await connection.ask({ type: 'command', text }, 'reply');
  if (reply.moved !== undefined) await link.open({ scene: reply.moved });
  if (!reply.text && !reply.files) return;
  channel.aside(
    el('span', { class: 'reply' }, reply.text),
    reply.files && filesElement(reply.files),
    el('small', {}, 'Only you can see this.'),
  );
}

async function showSettings(): Promise<void> {
  layout.closeDrawers();
  if (scene) await openSettingsDialog(connection, scene);
}

async function showStory(): Promise<void> {
  if (!scene) return;
  await openStoryDialog({
    connection,
    faces,
    scene,
    onRewind: (beat) => attempt(connection.ask({ type: 'rewind', beat }, 'done')),
    onBranched: (id) => attempt(link.open({ scene: id })),
    onProblem: complain,
  });
}

function roomName(id: string | undefined): string | undefined {
  return scene?.rooms.find((room) => room.id === id)?.name;
}

function takeChip(chip: Chip): void {
  chips.setBusy(true);
  // The chip is gone now; on a touch screen the text box would bring up its keyboard.
  if (matchMedia('(pointer: fine)').matches) composer.focus();
  const { text, to } = chip;
  const said =
    chip.do === 'whisper'
      ? link.say({ type: 'whisper', text, to: to === undefined ? [] : [to] })
      : link.say({ type: chip.do, text });
  attempt(said.finally(restSoon));
}

function summonSomeone(): void {
  layout.closeDrawers();
  cardRoom.openGallery();
}

function startAnother(): void {
  layout.closeDrawers();
  openStartDialog(library, (start) => attempt(link.open({ start })));
}

/** Says so where it does not work. */
function attempt(work: Promise<unknown>): void {
  work.catch(complain);
}

function complain(error: unknown): void {
  if (error instanceof Lost) toasts.say('The stage does not answer just now. Try it again in a moment.');
  else toasts.say(error instanceof Error ? error.message : 'That did not work.');
}
