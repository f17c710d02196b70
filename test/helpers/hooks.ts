import { stopWarm } from './warm-command.js';

/** Loaded before the tests: what is done around all of them. */
export const mochaHooks = {
  afterAll: stopWarm,
};
