/** Tells the user something, on stderr: each line says who talks. */
export function say(text: string): void {
  process.stderr.write(`${text.replace(/^(?! )/gm, 'sluice: ')}\n`);
}
