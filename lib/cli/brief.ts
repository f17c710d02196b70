/** What a text of the help begins with, as completions have room for no more. */
export const brief = (text: string): string => text.split(/[;:(]|, or |, which /)[0]?.trim() ?? '';
