/**
 * A title of a book to compare by: letters and digits, whatever apostrophes, dashes, accents, case and blanks
 * it is written with (her-spec 9.4 T3). Two titles too many that are one cost a few samples; one that is two
 * puts a test set into training.
 */
export function bookName(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\p{M}'’‘ʼ´`"“”]+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
