/** Keys of the type-level facts about our streams. Nothing is stored under them: they exist for inference. */
export const KIND: unique symbol = Symbol('sluice.kind');
export const TAKES: unique symbol = Symbol('sluice.takes');
export const GIVES: unique symbol = Symbol('sluice.gives');
export const RESULT: unique symbol = Symbol('sluice.result');
export const ANSWER: unique symbol = Symbol('sluice.answer');
