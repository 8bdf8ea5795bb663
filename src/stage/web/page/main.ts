import type { WireLibrary, WirePlaying } from '../wire-shapes.ts';
import { createCardDrop } from './card-drop.ts';
import { createCardRoom } from './card-room.ts';
import { type Asks, Lost } from './connection.ts';
import { createDesk } from './desk/desk.ts';
import type { Opening, Pane } from './desk/pane.ts';
import { button, el } from './dom.ts';
import { createFaces } from './faces.ts';
import { createHousePanel } from './house-panel.ts';
import { createLayout } from './layout.ts';
import { createSceneList } from './scene-list.ts';
import { openSettingsDialog } from './settings-dialog.ts';
import { openStartDialog } from './start-dialog.ts';
import { createTheme } from './theme.ts';
import { createToasts } from './toast.ts';

// The one place where the parts of the page meet; those of one open scene meet in its pane.

let library: WireLibrary = { characters: [], scenes: [], problems: [] };
let playing: WirePlaying = [];

const toasts = createToasts();
const faces = createFaces();
/** Whatever belongs to no scene goes over the socket of the one that has the keyboard. */
const connection: Asks = {
  ask: (message, answer) => desk.active().connection.ask(message, answer),
};
const cards = createCardDrop({
  connection,
  onProblem: (message) => toasts.say(message),
  onBrought: ({ characters, worlds, warnings, moved }) => {
    for (const warning of warnings.slice(0, 2)) toasts.say(warning);
    if (moved !== undefined) desk.show({ scene: moved });
    for (const { name } of worlds) toasts.say(`The world ${name} is in the gallery.`);
    const [first, ...others] = characters;
    if (!first) return;
    if (others.length > 0) return toasts.say(`${characters.length} characters are in the gallery.`);
    toasts.say(`${first.name} is in the gallery.`, {
      label: 'Summon now',
      run: () => desk.active().setPresent(first.id, true),
    });
  },
});
const cardRoom = createCardRoom({
  connection,
  library: () => library,
  scene: () => desk.active().now().scene,
  onSummon: (id) => desk.active().setPresent(id, true),
  onFile: (file) => attempt(cards.bring(file)),
  onProblem: complain,
});
const sceneList = createSceneList({
  open: (id) => show({ scene: id }),
  beside: (id) => show({ scene: id }, 'beside'),
});
const house = createHousePanel(() => desk.active().connectModel());
const desk = createDesk(
  {
    faces,
    toasts,
    firstThought: { shown: false },
    attempt,
    complain,
    onSummon: () => {
      layout.closeDrawers();
      cardRoom.openGallery();
    },
    onStartAnother: startAnother,
    onDrawer: (name) => layout.drawer(name),
  },
  listenTo,
  switched,
);
const layout = createLayout({
  left: [
    sceneList.root,
    button('+ Start another scene', startAnother, { class: 'quiet-button wide' }),
    el('div', { class: 'spring' }),
    button('⚙ Settings', () => attempt(showSettings()), { class: 'quiet-button wide' }),
    createTheme((light) => desk.setLight(light)),
    house.root,
  ],
  middle: desk.root,
  cast: el('aside', { class: 'cast', 'aria-label': 'Cast' }),
  over: [cards.root, toasts.root],
});
desk.start(inAddress());

addEventListener('keydown', (event) => {
  const typingSomewhere = event.target instanceof Element && event.target.closest('input, textarea, dialog');
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typingSomewhere) return;
  event.preventDefault();
  desk.active().offer('/');
});

/** What is told of the whole stage comes over every socket. */
function listenTo({ connection: socket }: Pane): void {
  socket.on('hello', (hello) => {
    setLibrary(hello.library);
    setPlaying(hello.playing);
    house.setFacts(hello.house);
  });
  socket.on('library', (message) => setLibrary(message.library));
  socket.on('playing', (message) => setPlaying(message.playing));
  socket.on('house', (message) => house.setFacts(message.house));
  socket.start();
}

function setLibrary(now: WireLibrary): void {
  library = now;
  faces.learn(now.characters);
  cardRoom.libraryChanged();
}

function setPlaying(now: WirePlaying): void {
  playing = now;
  drawScenes();
}

function switched(active: Pane): void {
  const { scene } = active.now();
  layout.setCast(active.cast);
  if (scene) {
    document.title = `${scene.title} · Dramatis`;
    history.replaceState(null, '', `#${desk.address()}`);
  }
  drawScenes();
}

function drawScenes(): void {
  const { scene: active, place } = desk.active().now();
  const { inSight } = desk;
  sceneList.set(playing, {
    active,
    place,
    inSight,
    unseen: (id) => desk.paneOf(id)?.now().unseen ?? 0,
  });
}

function show(what: Opening, how?: 'beside'): void {
  layout.closeDrawers();
  desk.show(what, how);
}

function startAnother(): void {
  layout.closeDrawers();
  openStartDialog(library, (start) => desk.show({ start }));
}

async function showSettings(): Promise<void> {
  layout.closeDrawers();
  const { scene } = desk.active().now();
  if (scene) await openSettingsDialog(connection, scene);
}

/** The scenes that were in sight here last. */
function inAddress(): Opening[] {
  const scenes = decodeURIComponent(location.hash.slice(1)).split(',');
  return scenes.filter((scene) => scene.startsWith('web:')).map((scene) => ({ scene }));
}

/** Says so where it does not work. */
function attempt(work: Promise<unknown>): void {
  work.catch(complain);
}

function complain(error: unknown): void {
  if (error instanceof Lost) toasts.say('The stage does not answer just now. Try it again in a moment.');
  else toasts.say(error instanceof Error ? error.message : 'That did not work.');
}
