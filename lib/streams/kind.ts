/** Keys for facts about our streams that exist only in types: nothing is stored under them. */
export const KIND: unique symbol = Symbol('sluice.kind');
export const TAKES: unique symbol = Symbol('sluice.takes');
export const GIVES: unique symbol = Symbol('sluice.gives');
export const RESULT: unique symbol = Symbol('sluice.result');
export const ANSWER: unique symbol = Symbol('sluice.answer');
