/**
 * A text in which no address can be clicked: links lose their protocol, without which Discord links
 * nothing but its own invitations; those are broken up. (That a link hides its address behind other
 * words is undone wherever a turn is read: format/perceptible.ts.)
 */
export function withPlainAddresses(text: string): string {
  return (
    text
      .replace(/<(https?:\/\/[^<>\s]{1,2000})>/giu, '$1')
      .replace(/\bhttps?:\/\//giu, '')
      // What is left of other protocols, or came together when those were taken out.
      .replaceAll('://', ': //')
      .replace(/<(mailto|tel|sms):/giu, '$1: ')
      .replace(/\b(discord(?:app)?\.(?:gg|com\/invite)|dsc\.gg)\/(?=\S)/giu, '$1 /')
  );
}
