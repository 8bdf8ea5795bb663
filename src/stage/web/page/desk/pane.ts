import type { ClientMessageOf } from '../../protocol.ts';
import type { ServerMessageOf } from '../../server-message.ts';
import type { Chip, WireBeat, WireScene } from '../../wire-shapes.ts';
import { createCastList } from '../cast-list.ts';
import { createChannel } from '../channel.ts';
import { createChips } from '../chips.ts';
import { createComposer } from '../composer.ts';
import { type Connection, createConnection } from '../connection.ts';
import { el } from '../dom.ts';
import { cardIdOf, type Faces, isPlayer, nameOf } from '../faces.ts';
import { openMindDialog } from '../mind-dialog.ts';
import { createMindsBar } from '../minds-bar.ts';
import { openNameDialog } from '../name-dialog.ts';
import { createNotices } from '../notices.ts';
import { createRatings } from '../ratings.ts';
import { filesElement } from '../reply-files.ts';
import { shareScene } from '../share-scene.ts';
import { createStageLink } from '../stage-link.ts';
import { openStoryDialog } from '../story/story-dialog.ts';
import type { Toasts } from '../toast.ts';
import { createTour } from '../tour.ts';
import { createTypingLine } from '../typing-line.ts';
import { openWhyDialog } from '../why-dialog.ts';
import { createPaneHead } from './pane-head.ts';

/** A gap between two turns is not yet rest. */
const REST_MS = 700;

export type Opening = Pick<ClientMessageOf<'open'>, 'scene' | 'start'>;

/** One scene that is open, over a socket of its own. */
export type Pane = {
  readonly root: HTMLElement;
  readonly cast: HTMLElement;
  readonly connection: Connection;
  /** The scene, the room of it where the player speaks (absent: its main place), and lines that nobody has seen yet. */
  now(): {
    /** Its id; known before it is open where it was asked for by it. */
    readonly id: string | undefined;
    readonly scene: WireScene | undefined;
    readonly place: string | undefined;
    readonly unseen: number;
  };
  /** Opens another place of the scene. */
  open(what: Opening): Promise<void>;
  setPresent(character: string, present: boolean): void;
  connectModel(): void;
  /** It is the one that the keyboard plays in. */
  setActive(active: boolean, beside: boolean): void;
  setLight(light: boolean): void;
  /** It came into sight. */
  seen(): void;
  /** Puts text into its text box, unless something is being written. */
  offer(text: string): void;
  focus(): void;
  close(): void;
};

/** What all open scenes of the page have in common. */
export type Shared = {
  readonly faces: Faces;
  readonly toasts: Toasts;
  /** Thoughts that opened by themselves: on the whole page one does. */
  readonly firstThought: { shown: boolean };
  /** Says so where it does not work. */
  readonly attempt: (work: Promise<unknown>) => void;
  readonly complain: (error: unknown) => void;
  readonly onSummon: () => void;
  readonly onStartAnother: () => void;
  /** Another scene is to be seen in place of this one. */
  readonly onOpen: (what: Opening) => void;
  readonly onDrawer: (name: 'show-scenes' | 'show-cast') => void;
  /** Scene, place or what is unseen of it changed. */
  readonly onChanged: () => void;
};

/** Where the parts of one open scene meet. `first`: what it opens. */
export function createPane(
  shared: Shared,
  first: Opening,
  on: { readonly active: () => void; readonly away: () => void },
): Pane {
  const { faces, toasts, attempt, complain } = shared;
  let scene: WireScene | undefined;
  let place: string | undefined;
  let xrayOn = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let making = false;
  let unseen = 0;

  const connection = createConnection();
  const did = (message: Parameters<Connection['ask']>[0]) => attempt(connection.ask(message, 'done'));
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
    onReword: (beat, text) => did({ type: 'reword', beat, text }),
    onRewind: (beat) => did({ type: 'rewind', beat }),
    onWhy: (beat) => attempt(openWhyDialog(connection, beat)),
    onUndo: (beat) => did({ type: 'undo', beat }),
  });
  const notices = createNotices(channel, () => did({ type: 'retry' }));
  const link = createStageLink(connection, first, opened, complain);
  const chips = createChips(takeChip, shared.onStartAnother);
  const typing = createTypingLine(
    () => did({ type: 'stop' }),
    () => did({ type: 'next' }),
  );
  const mindsBar = createMindsBar(connection, (model) => {
    channel.aside(el('span', {}, `From here on, ${model} plays. Same scene, same line.`));
    did({ type: 'next' });
  });
  const onMind = (member: WireScene['cast'][number]) => attempt(openMindDialog(connection, faces, member));
  const tour = createTour({ connection, channel, mindsBar, onMind, firstThought: shared.firstThought });
  const composer = createComposer({
    connection,
    onLine: speak,
    onRename: () => openNameDialog(scene?.you ?? '', (name) => attempt(link.playAs(name))),
    onProblem: (message) => toasts.say(message),
  });
  const setPresent = (character: string, present: boolean) => did({ type: 'cast', character, present });
  const castList = createCastList({
    onSummon: shared.onSummon,
    onMind,
    onNext: ({ id }) => did({ type: 'next', who: id }),
    onDismiss: ({ id }) => setPresent(id, false),
    onReturn: ({ id }) => setPresent(id, true),
  });
  const connectModel = () => attempt(mindsBar.openDialog());
  const head = createPaneHead({
    xray: () => attempt(setXray(!xrayOn)),
    story: () => attempt(showStory()),
    share: () => attempt(shareScene(connection).then((words) => toasts.say(words))),
    minds: connectModel,
    scenes: () => shared.onDrawer('show-scenes'),
    cast: () => shared.onDrawer('show-cast'),
    away: on.away,
  });
  const offline = el(
    'div',
    { class: 'offline', role: 'status', hidden: true },
    'The stage does not answer. Reconnecting…',
  );
  const root = el(
    'section',
    { class: 'scene-pane', on: { focusin: on.active, pointerdown: on.active } },
    head.root,
    offline,
    channel.root,
    el('footer', { class: 'foot' }, mindsBar.root, chips.root, composer.root, typing.root),
  );

  connection.onState((online) => {
    offline.hidden = online;
  });
  connection.on('scene', (message) => setScene(message.scene));
  connection.on('beat', ({ beat }) => {
    link.noteBeat(beat.n);
    const shown = channel.add(beat);
    if (shown) tour.noteBeat(shown);
    if (shown) noteUnseen(beat);
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
  connection.on('error', ({ re, message }) => {
    if (re === undefined) toasts.say(message);
  });

  function opened(message: ServerMessageOf<'opened'>): void {
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

  function setScene(now: WireScene): void {
    scene = now;
    faces.learn(now.cast);
    root.setAttribute('aria-label', now.title);
    head.setScene(now);
    channel.setScene(now);
    castList.setScene(now);
    chips.setScene(now);
    typing.setScene(now);
    composer.setScene(now, place);
    mindsBar.setScene(now);
    shared.onChanged();
  }

  /** Lines that come while it is out of sight. */
  function noteUnseen({ kind }: WireBeat): void {
    if (root.checkVisibility() || (kind !== 'line' && kind !== 'narration')) return;
    unseen += 1;
    shared.onChanged();
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

  async function setXray(isOn: boolean): Promise<void> {
    xrayOn = isOn;
    head.setXray(isOn);
    root.classList.toggle('xray-on', isOn);
    channel.clearXray();
    await connection.ask({ type: 'xray', on: isOn }, 'done');
  }

  async function speak(text: string): Promise<void> {
    if (!text.startsWith('/')) {
      await link.say({ type: 'say', text });
      return;
    }
    const reply = await connection.ask({ type: 'command', text }, 'reply');
    if (reply.moved !== undefined) shared.onOpen({ scene: reply.moved });
    if (!reply.text && !reply.files) return;
    channel.aside(
      el('span', { class: 'reply' }, reply.text),
      reply.files && filesElement(reply.files),
      el('small', {}, 'Only you can see this.'),
    );
  }

  async function showStory(): Promise<void> {
    if (!scene) return;
    await openStoryDialog({
      connection,
      faces,
      scene,
      onRewind: (beat) => did({ type: 'rewind', beat }),
      onBranched: (id) => shared.onOpen({ scene: id }),
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

  return {
    root,
    cast: castList.root,
    connection,
    now: () => ({ id: scene?.id ?? first.scene, scene, place, unseen }),
    open: link.open,
    setPresent,
    connectModel,
    setActive(active, beside) {
      root.classList.toggle('active', active);
      head.setBeside(beside);
    },
    setLight: channel.setLight,
    seen() {
      unseen = 0;
      channel.toNewest();
    },
    offer: composer.offer,
    focus: composer.focus,
    close() {
      clearTimeout(resting);
      connection.stop();
    },
  };
}
