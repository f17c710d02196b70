export { rejection, stageFailure } from '../../lib/testing/rejection.js';
