/** So much is looked at in one piece: moderation models take no more. Characters. */
const LONGEST = 20_000;

/** All that somebody wrote in a card or a world, whatever field it is in, in pieces that can be looked at. */
export function textsOf(value: unknown): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const text of textsIn(value)) {
    if (piece.length + text.length > LONGEST) pieces.push(piece);
    piece = piece.length + text.length > LONGEST ? text : `${piece}\n${text}`;
    while (piece.length > LONGEST) {
      pieces.push(piece.slice(0, LONGEST));
      piece = piece.slice(LONGEST);
    }
  }
  return [...pieces, piece].map((one) => one.trim()).filter(Boolean);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) yield* textsIn(child);
  }
}
