import { transforms } from './kinds/transforms.js';
import { compareWithNode } from './suite.js';

describe("a transform of a package, beside Node's pipeline", () => compareWithNode(transforms));
