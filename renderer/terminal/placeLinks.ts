import type { ILink, ILinkProvider, Terminal } from '@xterm/xterm';
import { PLACE } from '#shared/contract.ts';
import { ask } from '../state/actions.ts';
import { modifierKey } from '../ui/modifierKey.ts';
import { lineAround } from './wrappedLine.ts';

/** Turns source locations into links: the engine decides which file that is, and opens it in the editor. */
export function placeLinks(terminal: Terminal, host: HTMLElement): ILinkProvider {
  return {
    provideLinks(y, callback) {
      const { text, cells } = lineAround(terminal.buffer.active, y - 1);
      const links = [...text.matchAll(PLACE)].flatMap((match): ILink[] => {
        const [place] = match;
        const start = cells[match.index];
        const end = cells[match.index + place.length - 1];
        if (start === undefined || end === undefined) return [];
        return [
          {
            text: place,
            range: {
              start: { x: start.column + 1, y: start.row + 1 },
              end: { x: end.column + 1, y: end.row + 1 },
            },
            activate: (event) => {
              if (event.ctrlKey || event.metaKey) void ask('openPlace', { text: place });
            },
            hover: () => {
              host.title = `${modifierKey()}+click opens ${place} in the editor`;
            },
            leave: () => host.removeAttribute('title'),
          },
        ];
      });
      callback(links.length === 0 ? undefined : links);
    },
  };
}
