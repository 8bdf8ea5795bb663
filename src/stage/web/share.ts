import { html, raw } from 'hono/html';
import type { SceneInfo } from '../../engine/engine-api.ts';
import { PlayerError } from '../../errors.ts';
import type { ThoughtSegment, VisibleSegment } from '../../format/segments.ts';
import { ENVIRONMENT, isCharacterId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import { initials, type Picture, pictureOf } from './avatar.ts';
import { roleColorOf } from './role-colors.ts';
import { SHARE_STYLE } from './share-style.ts';
import type { StageHouse } from './stage-house.ts';

/**
 * One self-contained page of a scene: what the room perceived, and the thoughts, each folded away
 * until it is opened. The person at this machine chose to give the thoughts away; system thinking
 * and whispers are not in what this is made from.
 *
 * @returns a file name and the document: no script, no address outside it
 */
export async function shareScene(house: StageHouse, id: string): Promise<{ name: string; html: string }> {
  const { engine } = house;
  const info = await engine.info(id);
  const beats = await engine.replay(id);
  if (!info || beats.length === 0)
    throw new PlayerError('Nothing has happened here yet that could be shared.');

  // Each face is in the file once, as a class of its style sheet.
  const faces = new Map<string, string>();
  let style = SHARE_STYLE;
  for (const { speaker, kind } of beats) {
    if (kind !== 'line' || !speaker || faces.has(speaker.id)) continue;
    const face = `face-${faces.size}`;
    faces.set(speaker.id, face);
    style += `.${face}{background-image:url(${dataUri(await pictureFor(house, speaker.id, speaker.name))})}\n`;
  }
  const parts = [];
  for (const beat of beats) {
    const thoughts = beat.kind === 'line' ? await engine.backstage.thoughts(id, beat.n) : [];
    parts.push(
      beat.kind === 'line' ? spoken(beat, thoughts, faces.get(beat.speaker?.id ?? '') ?? '') : told(beat),
    );
  }
  return { name: `${fileNameOf(info.record.title)}.html`, html: String(await page(info, style, parts)) };
}

function page({ record, setting }: SceneInfo, style: string, parts: readonly unknown[]) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${record.title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>${record.title}</h1>
<p class="setting">${setting}</p>
<p class="hint">Open a 💭 to read what someone thought and did not say. Nobody in the scene could.</p>
${parts}
<footer>Played with Dramatis: characters who think before they speak.</footer>
</main>
</body>
</html>
`;
}

function spoken({ speaker, segments }: StageBeat, thoughts: readonly ThoughtSegment[], face: string) {
  const name = nameOf(speaker);
  return html`<article class="beat">
<i class="face ${face}"></i>
<div><div class="name">${name}</div>
<div class="said">${segments.map(visible)}</div>
${
  thoughts.length === 0
    ? ''
    : html`<details><summary>💭 what ${name} thought</summary>${thoughts.map(
        ({ text }) => html`<blockquote>${text}</blockquote>`,
      )}</details>`
}</div>
</article>
`;
}

function visible({ kind, text }: VisibleSegment, i: number) {
  const space = i === 0 ? '' : ' ';
  return kind === 'action' ? html`${space}<i>${text}</i>` : html`${space}${text}`;
}

function told({ kind, speaker, segments }: StageBeat) {
  const text = segments.map((segment) => segment.text).join(' ');
  if (kind === 'entrance' || kind === 'exit') {
    const what = kind === 'entrance' ? 'comes in' : 'leaves';
    return html`<p class="told">${text || `${nameOf(speaker)} ${what}.`}</p>\n`;
  }
  return html`<p class="told">${text}</p>\n`;
}

function nameOf(speaker: StageBeat['speaker']): string {
  if (!speaker) return '';
  return speaker.id === ENVIRONMENT.id ? 'Narrator' : speaker.name;
}

async function pictureFor({ library }: StageHouse, id: string, name: string): Promise<Picture> {
  const card = isCharacterId(id) ? library.character(id.slice('character:'.length)) : undefined;
  const color = roleColorOf(card?.id ?? name, library.characters());
  return card ? pictureOf(card, color) : initials(name, color);
}

function dataUri({ mime, bytes }: Picture): string {
  return `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`;
}

function fileNameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name || 'scene';
}
