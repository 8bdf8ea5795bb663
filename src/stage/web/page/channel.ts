import type { ServerMessageOf } from '../server-message.ts';
import type { WireBeat, WireDraft, WireScene, WireWhisper } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';
import { button, type Child, el, fill } from './dom.ts';
import { type Faces, isPlayer, sameSpeaker } from './faces.ts';
import { inlineText } from './inline-text.ts';
import { breakElement, messageElement, passageElement, segmentsElement } from './message.ts';
import { sceneCard } from './scene-card.ts';
import { createScroller } from './scroller.ts';
import { createThought, type Thought } from './thought.ts';
import { xrayPanel } from './xray-panel.ts';

export type ShownBeat = {
  readonly beat: WireBeat;
  readonly root: HTMLElement;
  readonly thought: Thought | undefined;
};

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
  clearDrafts(): void;
  /** A line outside the story. */
  aside(...content: Child[]): HTMLElement;
  /** Puts something of one's own below the newest line, or moves it there. */
  toEnd(root: HTMLElement): void;
  setLight(light: boolean): void;
  readonly shown: () => readonly ShownBeat[];
};

const GROUPED_MS = 7 * 60_000;

export function createChannel(connection: Connection, faces: Faces): Channel {
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

  const names = () => [...(scene?.cast ?? []), ...(scene?.players ?? [])].map(({ name }) => name);

  function place(root: HTMLElement): void {
    scroller.keep(() => list.append(root));
  }

  function entry(n: number | undefined, continues: boolean, ...content: Child[]): HTMLElement {
    return el('div', { class: `entry${continues ? '' : ' starts'}`, 'data-beat': n }, ...content);
  }

  function render(beat: WireBeat, before: WireBeat | undefined): ShownBeat {
    const face = beat.speaker && faces.of(beat.speaker);
    if (beat.kind === 'setting' || beat.kind === 'time') {
      return { beat, root: entry(beat.n, false, breakElement(beat)), thought: undefined };
    }
    if (beat.kind === 'entrance' || beat.kind === 'exit') {
      const root = entry(beat.n, false, passageElement(beat.kind, face?.name ?? '', beat));
      return { beat, root, thought: undefined };
    }
    const spoke = before?.kind === 'line' || before?.kind === 'narration';
    const continues = spoke && sameSpeaker(before, beat) && beat.at - (before?.at ?? 0) < GROUPED_MS;
    const thought = beat.thoughts ? createThought(connection, beat.n, face?.name ?? '') : undefined;
    const said = segmentsElement(beat.segments, names());
    if (thought) said.append(' ', thought.button);
    const message = messageElement({
      face: face ?? { name: '', avatar: '/narrator.svg', color: undefined, isPlayer: false },
      at: beat.at,
      continues,
      narrated: beat.kind === 'narration',
      body: [said, thought?.panel],
    });
    return { beat, root: entry(beat.n, continues, message), thought };
  }

  function add(beat: WireBeat): ShownBeat | undefined {
    if (shown.has(beat.n)) return undefined;
    dropStreaming();
    const one = render(beat, last);
    shown.set(beat.n, one);
    last = beat;
    place(one.root);
    return one;
  }

  function dropStreaming(): void {
    streaming?.root.remove();
    streaming = undefined;
  }

  function partial({ turn, speaker, segment }: ServerMessageOf<'partial'>): void {
    if (streaming && streaming.turn !== turn) dropStreaming();
    if (!streaming) {
      const root = entry(undefined, false);
      root.classList.add('streaming');
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
    const root = entry(undefined, false, message);
    root.classList.add('whispered');
    root.dataset['whisper'] = String(n);
    last = undefined;
    scroller.keep(() => (next ? next.before(root) : list.append(root)));
  }

  function draft(one: WireDraft): void {
    const panel = xrayPanel(one);
    const beat = one.beat === undefined ? undefined : shown.get(one.beat);
    scroller.keep(() => (beat ? beat.root.append(panel) : list.append(panel)));
  }

  function open(opened: ServerMessageOf<'opened'>): void {
    scene = opened.scene;
    if (opened.reset) {
      shown.clear();
      streaming = undefined;
      last = undefined;
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
    const rendered = beats.map((beat, i) => render(beat, beats[i - 1]));
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
    },
    add,
    update(n, beat) {
      const old = shown.get(n);
      if (!old) return;
      if (!beat) {
        old.root.remove();
        shown.delete(n);
        return;
      }
      const one = render(beat, undefined);
      shown.set(n, one);
      old.root.replaceWith(one.root);
    },
    partial,
    withdraw(turn) {
      if (streaming?.turn === turn) dropStreaming();
    },
    whisper,
    draft,
    clearDrafts() {
      for (const panel of list.querySelectorAll('.xray-panel')) panel.remove();
    },
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
    shown: () => [...shown.values()].sort((a, b) => a.beat.n - b.beat.n),
  };
}
