export { nodeRun } from '../../lib/testing/node-run.js';
