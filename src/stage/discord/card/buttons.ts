/** What the bot's buttons and forms send back. The scene is known by where they are pressed. */
export const BUTTONS = {
  join: 'dramatis:join',
  pause: 'dramatis:pause',
  goOn: 'dramatis:continue',
  cast: 'dramatis:cast',
  end: 'dramatis:end',
  endForGood: 'dramatis:end-for-good',
  retry: 'dramatis:retry',
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
