export { rejection, stageFailure } from '../../lib/testing/harness/rejection.js';
