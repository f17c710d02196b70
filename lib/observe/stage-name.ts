import { printable } from '../formats/printable.js';
import type { StageStats } from './run-stats.js';

/** What a stage is called, on one line. */
export const stageName = ({ stage }: StageStats): string =>
  printable(stage.name.replace(/\s+/g, ' ').trim());
