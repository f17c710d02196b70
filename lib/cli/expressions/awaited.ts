/** Waits for a promise. Throws when nothing is left that could settle it: the process would end without a message. */
export async function awaited(value: unknown): Promise<unknown> {
  let stuck = (): void => {};
  const never = new Promise((_resolve, reject) => {
    stuck = () => reject(new Error('waits for something that can never come'));
    process.once('beforeExit', stuck);
  });
  try {
    return await Promise.race([value, never]);
  } finally {
    process.off('beforeExit', stuck);
  }
}
