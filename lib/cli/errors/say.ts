/** Prints a message to stderr. Each line that is not indented begins with the name of the command. */
export function say(text: string): void {
  process.stderr.write(`${text.replace(/^(?! )/gm, 'sluice: ')}\n`);
}
