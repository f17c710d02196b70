import { nodeStreams } from './kinds/node.js';
import { compareWithNode } from './suite.js';

describe("a stream of Node, beside Node's pipeline", () => compareWithNode(nodeStreams));
