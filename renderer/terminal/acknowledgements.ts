/** Small enough for the engine to go on long before it runs dry, large enough not to chatter. */
const ACK_EVERY = 5000;

export interface AckCounter {
  /** Characters came in. */
  took(chars: number): void;
  /** Characters are on the screen. */
  drew(chars: number): void;
  /** The terminal goes: nobody will draw what is left, and nobody should wait for it. */
  close(): void;
}

/**
 * Counts the characters that were drawn and reports them in batches.
 * @param send gets the characters drawn since it was called last: `every` or more.
 */
export function ackCounter(send: (chars: number) => void, every = ACK_EVERY): AckCounter {
  let pending = 0;
  let drawn = 0;
  let open = true;
  const tell = () => {
    if (drawn > 0) send(drawn);
    drawn = 0;
  };
  return {
    took(chars) {
      pending += chars;
    },
    drew(chars) {
      if (!open) return;
      pending -= chars;
      drawn += chars;
      if (drawn >= every) tell();
    },
    close() {
      open = false;
      drawn += pending;
      pending = 0;
      tell();
    },
  };
}

/** Cuts text into parts of at most `size` UTF-16 units, never through a surrogate pair. */
export function cut(text: string, size: number): string[] {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    let to = Math.min(text.length, from + size);
    const unit = text.charCodeAt(to - 1);
    if (to < text.length && unit >= 0xd800 && unit <= 0xdbff && to - 1 > from) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
