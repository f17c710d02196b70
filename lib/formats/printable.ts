/** What would break a line, or move the cursor. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** A text that stays on one line of a terminal. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '\ufffd');
