import { create } from 'zustand';
import type { Stream } from '#shared/contract.ts';
import { keep, readChoice, readFlag, readNumber, writeFlag } from './localChoices.ts';

/** How a stream is shown: as a terminal, or record by record. */
export type View = 'terminal' | 'log';
const VIEWS: readonly View[] = ['terminal', 'log'];

/** How the time of a record is written. `run`: since its run began. */
export type TimeForm = 'written' | 'local' | 'utc' | 'run' | 'ago';
export const TIME_FORMS: readonly TimeForm[] = ['local', 'utc', 'written', 'run', 'ago'];

/** In CSS pixels. */
const FONT_SIZE = 12.5;
const FONT_SIZES = [8, 28] as const;

/** How terminals and logs look; remembered. */
export interface Display {
  views: Readonly<Record<Stream, View>>;
  wrap: boolean;
  colors: boolean;
  times: TimeForm;
  /** Of terminals and logs, in CSS pixels. */
  fontSize: number;
}

const KEY = {
  wrap: 'hotdeck.log.wrap',
  colors: 'hotdeck.log.colours',
  times: 'hotdeck.log.times',
  fontSize: 'hotdeck.font-size',
  view: (stream: Stream) => `hotdeck.view.${stream}`,
};

/** Holds how terminals and logs look. */
export const useDisplay = create<Display>()(() => ({
  views: {
    server: readChoice(KEY.view('server'), VIEWS, 'terminal'),
    build: readChoice(KEY.view('build'), VIEWS, 'terminal'),
  },
  wrap: readFlag(KEY.wrap, false),
  colors: readFlag(KEY.colors, true),
  times: readChoice(KEY.times, TIME_FORMS, 'local'),
  fontSize: readNumber(KEY.fontSize, FONT_SIZES, FONT_SIZE),
}));

const { setState: set, getState: get } = useDisplay;

/** Shows a stream as a terminal or as a log, and remembers it. */
export function showView(stream: Stream, view: View): void {
  keep(KEY.view(stream), view);
  set((now) => ({ views: { ...now.views, [stream]: view } }));
}

/** Switches a stream between terminal and log. */
export function toggleView(stream: Stream): void {
  showView(stream, get().views[stream] === 'log' ? 'terminal' : 'log');
}

/** Wraps long lines of logs or not, and remembers it. */
export function setWrap(wrap: boolean): void {
  writeFlag(KEY.wrap, wrap);
  set({ wrap });
}

/** Shows logs in their program's colors or not, and remembers it. */
export function setColors(colors: boolean): void {
  writeFlag(KEY.colors, colors);
  set({ colors });
}

/** Chooses how times are written, and remembers it. */
export function setTimes(times: TimeForm): void {
  keep(KEY.times, times);
  set({ times });
}

/**
 * Changes the size of text in terminals and logs, and remembers it.
 * @param step 1: larger; -1: smaller; 0: as it was at first.
 */
export function changeFontSize(step: -1 | 0 | 1): void {
  const [least, most] = FONT_SIZES;
  const fontSize = step === 0 ? FONT_SIZE : Math.min(most, Math.max(least, get().fontSize + step));
  keep(KEY.fontSize, String(fontSize));
  set({ fontSize });
}
