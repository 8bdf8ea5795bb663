import type { WireJudged } from '../judged-shape.ts';
import type { ServerMessageOf } from '../server-message.ts';
import type { WireBeat, WireDraft, WireScene, WireWhisper } from '../wire-shapes.ts';
import { type BeatSetting, beatEntry, entryElement, type ShownBeat, settingAfter } from './beat-entry.ts';
import type { Connection } from './connection.ts';
import { button, type Child, el, fill } from './dom.ts';
import { type Faces, isPlayer } from './faces.ts';
import { inlineText } from './inline-text.ts';
import type { LineTools } from './line-tools.ts';
import { messageElement, segmentsElement } from './message.ts';
import { sceneCard } from './scene-card.ts';
import { createScroller } from './scroller.ts';
import { createSwipeBars, type SwipeStep } from './swipe-bar.ts';
import { createXrayLayer } from './xray-layer.ts';

/** The messages of one scene. */
export type Channel = {
  readonly root: HTMLElement;
  open(opened: ServerMessageOf<'opened'>): void;
  setScene(scene: WireScene): void;
  add(beat: WireBeat): ShownBeat | undefined;
  update(n: number, beat: WireBeat | undefined): void;
  partial(partial: ServerMessageOf<'partial'>): void;
  withdraw(turn: string): void;
  whisper(whisper: WireWhisper): void;
  draft(draft: WireDraft): void;
  judged(judged: WireJudged): void;
  clearXray(): void;
  /** A line outside the story. */
  aside(...content: Child[]): HTMLElement;
  /** Puts something of one's own below the newest line, or moves it there. */
  toEnd(root: HTMLElement): void;
  setLight(light: boolean): void;
  /** The newest line comes into sight. */
  toNewest(): void;
  readonly shown: () => readonly ShownBeat[];
};

/** What a person does at a line. Nothing of it rejects. */
export type LineActions = LineTools & {
  readonly onSwipe: (n: number, step: SwipeStep) => Promise<unknown>;
};

export function createChannel(connection: Connection, faces: Faces, actions: LineActions): Channel {
  const list = el('discord-messages', {
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'The scene',
    'no-background': true,
  });
  const scroller = createScroller(list);
  const shown = new Map<number, ShownBeat>();
  let scene: WireScene | undefined;
  let streaming: { turn: string; root: HTMLElement; segments: WireBeat['segments'] } | undefined;
  let last: WireBeat | undefined;
  let lastPlace: string | undefined;
  const xray = createXrayLayer(shown, (root) => list.append(root));
  const bars = createSwipeBars(actions.onSwipe);

  const names = () => [...(scene?.cast ?? []), ...(scene?.players ?? [])].map(({ name }) => name);

  function place(root: HTMLElement): void {
    scroller.keep(() => list.append(root));
  }

  function placeName(place: string | undefined): string {
    if (place === undefined) return scene?.title ?? 'Main place';
    return scene?.rooms.find(({ id }) => id === place)?.name ?? 'Elsewhere';
  }

  function render(beat: WireBeat, setting: BeatSetting): ShownBeat {
    return beatEntry(beat, setting, {
      connection,
      faces,
      tools: actions,
      names: names(),
      placeName: placeName(beat.place),
    });
  }

  function add(beat: WireBeat): ShownBeat | undefined {
    if (shown.has(beat.n)) return undefined;
    dropStreaming();
    const one = render(beat, settingAfter(last, lastPlace, beat));
    shown.set(beat.n, one);
    last = beat;
    lastPlace = beat.place;
    place(one.root);
    xray.drawn(one);
    return one;
  }

  /** A beat as it reads now, in the element's own place; what was open in it or had the keyboard still does. */
  function redraw(old: ShownBeat, beat: WireBeat, setting: BeatSetting): void {
    const one = render(beat, setting);
    shown.set(beat.n, one);
    xray.drawn(one, old.root);
    scroller.keep(() => old.root.before(one.root));
    if (old.thought?.isOpen()) void one.thought?.open();
    drawBars();
    old.root.remove();
  }

  function update(n: number, beat: WireBeat | undefined): void {
    const old = shown.get(n);
    if (!old) return;
    const setting: BeatSetting = {
      continues: !old.root.classList.contains('starts'),
      labelled: old.root.querySelector('.room-label') !== null,
    };
    if (beat) {
      redraw(old, beat, setting);
      return;
    }
    old.root.remove();
    shown.delete(n);
    // What stood under its head now has its own.
    const next = inOrder().find((one) => one.beat.n > n);
    if (next) {
      const labelled = setting.labelled && next.beat.place === old.beat.place;
      const isLabelled = next.root.querySelector('.room-label') !== null;
      redraw(next, next.beat, { continues: false, labelled: labelled || isLabelled });
    }
    if (last?.n === n) last = undefined;
  }

  function inOrder(): ShownBeat[] {
    return [...shown.values()].sort((a, b) => a.beat.n - b.beat.n);
  }

  function drawBars(): void {
    const swipes = scene?.swipes ?? [];
    bars.draw(swipes, (n) => shown.get(n)?.root);
    xray.setSwipes(swipes);
  }

  function dropStreaming(): void {
    streaming?.root.remove();
    streaming = undefined;
  }

  function partial({ turn, speaker, segment, place: where }: ServerMessageOf<'partial'>): void {
    if (streaming && streaming.turn !== turn) dropStreaming();
    if (!streaming) {
      const root = entryElement(undefined, false);
      root.classList.add('streaming');
      root.classList.toggle('in-room', where !== undefined);
      streaming = { turn, root, segments: [] };
      place(root);
    }
    const { root, segments } = streaming;
    segments.push(segment);
    const body = [segmentsElement(segments, names())];
    const face = faces.of(speaker);
    scroller.keep(() => fill(root, messageElement({ face, at: Date.now(), continues: false, body })));
  }

  function whisper({ n, from, to, text }: WireWhisper): void {
    const sent = isPlayer(from);
    const heard = to.map(({ name }) => name).join(' and ');
    const after = [...shown.values()].findLast(({ beat }) => beat.n < n);
    const next = after ? after.root.nextElementSibling : list.firstElementChild?.nextElementSibling;
    const message = messageElement({
      face: faces.of(from),
      at: (next && after?.beat.at) || Date.now(),
      continues: false,
      body: [
        el('div', { class: 'said' }, el('span', { class: 'speech' }, ...inlineText(text, names()))),
        el(
          'small',
          { class: 'whisper-note' },
          sent ? `🤫 Whispered: only ${heard} heard this.` : '🤫 Whispered to you alone.',
        ),
      ],
    });
    const root = entryElement(undefined, false, message);
    root.classList.add('whispered');
    root.dataset['whisper'] = String(n);
    last = undefined;
    scroller.keep(() => (next ? next.before(root) : list.append(root)));
  }

  function open(opened: ServerMessageOf<'opened'>): void {
    scene = opened.scene;
    if (opened.reset) {
      shown.clear();
      streaming = undefined;
      last = undefined;
      lastPlace = undefined;
      list.replaceChildren(sceneCard(opened.scene));
      if (opened.earlier) list.append(earlierButton());
      scroller.toEnd();
    }
    dropStreaming();
    const known = new Set(
      [...list.querySelectorAll<HTMLElement>('[data-whisper]')].map((e) => e.dataset['whisper']),
    );
    for (const beat of opened.beats) add(beat);
    for (const one of opened.whispers) if (!known.has(String(one.n))) whisper(one);
    drawBars();
  }

  function earlierButton(): HTMLElement {
    const more = button('Show what came before', () => void showEarlier(more), {
      class: 'quiet-button earlier',
    });
    return more;
  }

  async function showEarlier(more: HTMLElement): Promise<void> {
    const first = Math.min(...shown.keys());
    const { beats, earlier } = await connection.ask({ type: 'history', before: first }, 'history');
    const rendered = beats.map((beat, i) =>
      render(beat, settingAfter(beats[i - 1], beats[i - 1]?.place, beat)),
    );
    scroller.hold(() => more.after(...rendered.map(({ root }) => root)));
    for (const one of rendered) shown.set(one.beat.n, one);
    if (!earlier) more.remove();
  }

  return {
    root: scroller.root,
    open,
    setScene(now) {
      scene = now;
      const card = list.querySelector('.scene-card');
      const redrawn = sceneCard(now);
      if (card && !card.isEqualNode(redrawn)) scroller.hold(() => card.replaceWith(redrawn));
      drawBars();
    },
    add,
    update,
    partial,
    withdraw(turn) {
      if (streaming?.turn === turn) dropStreaming();
    },
    whisper,
    draft: (one) => scroller.keep(() => xray.draft(one)),
    judged: (one) => scroller.keep(() => xray.judged(one)),
    clearXray: xray.clear,
    aside(...content) {
      const root = el('div', { class: 'aside' }, ...content);
      last = undefined;
      place(root);
      return root;
    },
    toEnd(root) {
      root.classList.add('aside');
      last = undefined;
      if (list.lastElementChild !== root) place(root);
    },
    setLight(light) {
      list.toggleAttribute('light-theme', light);
    },
    toNewest: scroller.toEnd,
    shown: inOrder,
  };
}
