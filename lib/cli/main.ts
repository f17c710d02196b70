#!/usr/bin/env node
import { command } from './command.js';

process.exitCode = await command(process.argv.slice(2));
// Nothing is left to be done by then, but Node would take its heap apart: a fiftieth of a short run.
process.on('exit', (code) => process.exit(code));
