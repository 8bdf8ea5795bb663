/** A number as it stands in a picture: whole, or with one digit. */
const short = (n: number): string => String(Math.round(n * 10) / 10);

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; attributes that are undefined are left out. Texts are escaped, `inside` is a picture already. */
export function element(name: string, attributes: Attributes, inside = ''): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeText(typeof value === 'number' ? short(value) : value)}"`],
  );
  return inside === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inside}</${name}>`;
}

export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(words));
}

/** A whole picture, with a title that is read to those who do not see it. */
export function picture(of: {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly style: string;
  readonly parts: readonly string[];
}): string {
  const { width, height, title, style, parts } = of;
  const head = element('title', {}, escapeText(title)) + element('style', {}, style);
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${short(width)} ${short(height)}`,
    width,
    height,
    role: 'img',
  };
  return `${element('svg', attributes, [head, ...parts, ''].join('\n'))}\n`;
}

/** Lines of at most so many characters, broken between words. */
export function wrap(words: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(/\s+/u)) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

export function escapeText(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

export const FONT = 'font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif';
