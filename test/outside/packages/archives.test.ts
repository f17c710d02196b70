import { archives } from './kinds/archives.js';
import { compareWithNode } from './suite.js';

describe("a stream that packs or unpacks, beside Node's pipeline", () => compareWithNode(archives));
