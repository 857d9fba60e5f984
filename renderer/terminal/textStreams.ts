import type { EngineMessage, Stream } from '#shared/contract.ts';

/** Text for a terminal: more of it, or all of it again. */
export type TerminalText = Extract<EngineMessage, { type: 'output' | 'replay' }>;

export interface TextStream {
  receive(piece: TerminalText): void;
  /** Hands everything to `sink` from now on, first what came before there was one. Returns the end of it. */
  attach(sink: (piece: TerminalText) => void): () => void;
}

/** Keeps text that comes before its terminal is drawn; a replay replaces what was kept before it. */
export function textStream(): TextStream {
  let waiting: TerminalText[] = [];
  let sink: ((piece: TerminalText) => void) | null = null;
  return {
    receive(piece) {
      if (sink !== null) return sink(piece);
      if (piece.type === 'replay') waiting = [piece];
      else waiting.push(piece);
    },
    attach(next) {
      sink = next;
      const held = waiting;
      waiting = [];
      for (const piece of held) next(piece);
      return () => {
        if (sink === next) sink = null;
      };
    },
  };
}

export const streams: Record<Stream, TextStream> = { server: textStream(), build: textStream() };
