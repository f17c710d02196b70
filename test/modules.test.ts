import { readdirSync } from 'node:fs';

const lib = new URL('../lib/', import.meta.url);
const modules = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js') && path !== 'cli/main.js')
  .sort();

// This also makes modules with only types appear as loaded in the coverage report.
describe('modules', () => {
  for (const path of modules) {
    it(`lib/${path} loads`, async () => {
      await import(new URL(path, lib).href);
    });
  }
});
