export { nodeRun } from '../../lib/testing/harness/node-run.js';
