import { describe, expect, it } from 'vitest';
import { type TerminalText, textStream } from '../../../../renderer/terminal/textStreams.ts';

describe('a stream', () => {
  const output = (data: string): TerminalText => ({ type: 'output', stream: 'server', data });
  const replay = (data: string): TerminalText => ({ type: 'replay', stream: 'server', data });

  it('keeps what comes before its terminal, from the last replay on', () => {
    const stream = textStream();
    for (const piece of [output('a'), replay('b'), output('c')]) stream.receive(piece);
    const seen: string[] = [];
    stream.attach((piece) => seen.push(piece.data));
    stream.receive(output('d'));
    expect(seen).toEqual(['b', 'c', 'd']);
  });

  it('waits again after its terminal went', () => {
    const stream = textStream();
    const seen: string[] = [];
    stream.attach(() => {})();
    stream.receive(output('e'));
    stream.attach((piece) => seen.push(piece.data));
    expect(seen).toEqual(['e']);
  });

  it('is not taken from a later terminal when an earlier one goes', () => {
    const stream = textStream();
    const seen: string[] = [];
    const leave = stream.attach(() => {});
    stream.attach((piece) => seen.push(piece.data));
    leave();
    stream.receive(output('f'));
    expect(seen).toEqual(['f']);
  });
});
