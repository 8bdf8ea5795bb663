/**
 * What the bot's buttons, menus and forms send back. The scene is known by where they are pressed. One
 * that ends in a colon is followed by what it is about: `undo` by a beat's number, `hearWhisper` by a
 * player's id, `confirm` by a word of its own.
 */
export const BUTTONS = {
  join: 'dramatis:join',
  pause: 'dramatis:pause',
  goOn: 'dramatis:continue',
  cast: 'dramatis:cast',
  end: 'dramatis:end',
  endForGood: 'dramatis:end-for-good',
  retry: 'dramatis:retry',
  previous: 'dramatis:previous',
  following: 'dramatis:following',
  again: 'dramatis:again',
  next: 'dramatis:next',
  more: 'dramatis:more',
  stop: 'dramatis:stop',
  letThem: 'dramatis:let-them',
  someoneElse: 'dramatis:someone-else',
  narrator: 'dramatis:narrator',
  hold: 'dramatis:hold',
  moreMenu: 'dramatis:more-menu',
  someoneMenu: 'dramatis:someone-menu',
  undo: 'dramatis:undo:',
  hearWhisper: 'dramatis:hear:',
  confirm: 'dramatis:confirm:',
} as const;

const ANSWER = 'dramatis:answer:';

/** The form in which a line of a character is answered; it carries that message's id. */
export function answerFormId(messageId: string): string {
  return ANSWER + messageId;
}

/** The message that a form answers, or undefined where the form is another. */
export function answeredMessage(formId: string): string | undefined {
  return formId.startsWith(ANSWER) ? formId.slice(ANSWER.length) : undefined;
}
