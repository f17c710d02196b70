import { loadPackage } from '../text/load-package.js';

/** Where a text stops being valid JSON, in UTF-16 code units from its beginning, and why. */
export interface JsonFault {
  readonly unit: number;
  readonly problem: string;
}

const PREFIX = /^.*?Verifier (?:cannot parse input: |has )/;

/**
 * Finds where JSON documents are malformed. The parser of stream-json does not say where, and drops the values that it
 * has read from the same text.
 */
export class JsonCheck {
  readonly #verify: (text: string | symbol) => unknown;
  readonly #none: symbol;

  constructor() {
    const { none } = loadPackage('stream-chain/core') as { none: symbol };
    const { jsonVerifier } = loadPackage('stream-json/utils/verifier.js') as {
      jsonVerifier: (options: object) => (text: string | symbol) => unknown;
    };
    this.#none = none;
    this.#verify = jsonVerifier({ jsonStreaming: true });
  }

  read(text: string): JsonFault | undefined {
    return this.#find(text);
  }

  end(): JsonFault | undefined {
    return this.#find(this.#none);
  }

  #find(text: string | symbol): JsonFault | undefined {
    try {
      this.#verify(text);
      return undefined;
    } catch (error) {
      if (!(error instanceof Error && 'offset' in error)) throw error;
      return { unit: Number(error.offset), problem: error.message.replace(PREFIX, '') };
    }
  }
}
