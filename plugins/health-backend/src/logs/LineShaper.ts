import type { LogChunk } from '@ghostlight/plugin-clusters-node';
import type { LogLine } from '@ghostlight/plugin-health-common';
import { detectLevel } from './detectLevel';
import { KeyBlockFilter } from './redact/KeyBlockFilter';
import { redact } from './redact/redact';

/** Terminal colours and other control characters, which no log viewer shows. */
const CONTROL =
  // eslint-disable-next-line no-control-regex
  /\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Makes lines for people: numbered, with their level, without secrets. */
export class LineShaper {
  #n: number;
  readonly #keyBlocks = new Map<string, KeyBlockFilter>();

  /** @param last - the number of the last line before */
  constructor(last = 0) {
    this.#n = last;
  }

  shape(chunk: LogChunk): LogLine {
    this.#n += 1;
    const plain = chunk.text.replace(CONTROL, '');
    const text = redact(this.#keyBlock(chunk.pod).next(plain));
    return {
      pod: chunk.pod,
      at: chunk.at,
      level: detectLevel(plain),
      text,
      n: this.#n,
      ...(chunk.truncated && { truncated: true }),
    };
  }

  #keyBlock(pod: string): KeyBlockFilter {
    let filter = this.#keyBlocks.get(pod);
    if (!filter) {
      filter = new KeyBlockFilter();
      this.#keyBlocks.set(pod, filter);
    }
    return filter;
  }
}
