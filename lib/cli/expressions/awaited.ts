/** What a promise resolves to. Where nothing is left that could settle it, the process would end without a word. */
export async function awaited(value: unknown): Promise<unknown> {
  let stuck = (): void => {};
  const never = new Promise((_resolve, reject) => {
    stuck = () => reject(new Error('waits for what can never come'));
    process.once('beforeExit', stuck);
  });
  try {
    return await Promise.race([value, never]);
  } finally {
    process.off('beforeExit', stuck);
  }
}
