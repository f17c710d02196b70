import { plainEnds } from './kinds/ends.js';
import { compareWithNode } from './suite.js';

describe("a plain stream of a package, beside Node's pipeline", () => compareWithNode(plainEnds));
