const MB = 1024 * 1024;

/** How many bytes of a file are taken: a `.charx` holds pictures beside its card. */
export function mostBytesOf(fileName: string): number {
  return (/\.charx$/iu.test(fileName) ? 32 : 10) * MB;
}

/** That limit as people read it. */
export function mostInWords(fileName: string): string {
  return `${mostBytesOf(fileName) / MB} MB`;
}
