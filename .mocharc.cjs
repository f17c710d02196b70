const { availableParallelism } = require('node:os');

module.exports = {
  require: ['./dist/test/helpers/seed.js', './dist/test/helpers/hooks.js'],
  forbidOnly: true,
  forbidPending: true,
  timeout: 60_000,
  // Of runs with --parallel: files side by side, each worker one after another.
  jobs: availableParallelism(),
  'node-option': ['enable-source-maps'],
};
