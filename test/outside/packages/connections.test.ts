import { http } from './kinds/http.js';
import { http2 } from './kinds/http2.js';
import { sockets } from './kinds/sockets.js';
import { compareWithNode } from './suite.js';

describe("a stream of a connection, beside Node's pipeline", () =>
  compareWithNode([...sockets, ...http, ...http2]));
