import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import type { Stream } from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';
import { useDisplay } from '../state/display.ts';
import { readFlag } from '../state/localChoices.ts';
import { ackCounter } from './acknowledgements.ts';
import { batchedWriter } from './batchedWriter.ts';
import { placeLinks } from './placeLinks.ts';
import { limitRepeatCounts } from './repeatLimits.ts';
import { SCREEN_READER, type TerminalHandle } from './terminalRegistry.ts';
import { terminalTheme } from './terminalTheme.ts';
import { streams } from './textStreams.ts';
import { hints, namedLinks, openLink } from './webLinks.ts';

/** Back to a fresh screen, in order with the text around it. */
const RESET = '\x1bc';
const HIDE_CURSOR = '\x1b[?25l';

export interface TerminalEvents {
  /** The user typed or pasted; null makes the terminal read-only. */
  readonly input: ((data: string) => void) | null;
  /** The engine, perhaps a new one, sends everything again. */
  replayed(): void;
}

/** Creates a terminal in `host` that draws the stream and acknowledges what it drew. */
export function createTerminal(
  host: HTMLElement,
  stream: Stream,
  isDark: boolean,
  events: TerminalEvents,
): TerminalHandle {
  const readOnly = events.input === null;
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily: getComputedStyle(host).fontFamily,
    fontSize: useDisplay.getState().fontSize,
    lineHeight: 1.2,
    scrollback: 10_000,
    theme: terminalTheme(isDark),
    minimumContrastRatio: 4.5,
    cursorStyle: 'bar',
    cursorInactiveStyle: readOnly ? 'none' : 'outline',
    disableStdin: readOnly,
    convertEol: readOnly,
    linkHandler: namedLinks(host),
    screenReaderMode: readFlag(SCREEN_READER, false),
    // It would write a line to the console for each odd byte that a program prints.
    logLevel: 'off',
  });
  const fitter = new FitAddon();
  const search = new SearchAddon({ highlightLimit: 1000 });
  terminal.loadAddon(fitter);
  terminal.loadAddon(search);
  terminal.loadAddon(new WebLinksAddon(openLink, hints(host)));
  terminal.registerLinkProvider(placeLinks(terminal, host));
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  limitRepeatCounts(terminal);
  terminal.open(host);
  drawByGpu(terminal);

  // What is replayed may hold questions to the terminal that were answered long ago: the answers of now must
  // not reach the server as if someone had typed them.
  let replaying = 0;
  terminal.onData((data) => {
    if (replaying === 0) events.input?.(data);
  });

  const acks = ackCounter((chars) => bridge().ack(stream, chars));
  const pace = batchedWriter((text, done) =>
    terminal.write(text, () => {
      acks.drew(text.length);
      done();
    }),
  );
  const detach = streams[stream].attach(({ type, data }) => {
    acks.took(data.length);
    if (type === 'output') return pace.push(data);
    pace.flush();
    events.replayed();
    replaying += 1;
    terminal.write(`${RESET}${readOnly ? HIDE_CURSOR : ''}${data}`, () => {
      replaying -= 1;
      acks.drew(data.length);
    });
  });

  return {
    terminal,
    search,
    fit() {
      const size = fitter.proposeDimensions();
      if (size !== undefined && size.cols > 1 && size.rows > 0) fitter.fit();
    },
    dispose() {
      detach();
      pace.close();
      acks.close();
      terminal.dispose();
    },
  };
}

/** Draws by the GPU where there is a real one; xterm's own way of drawing is the fallback, now or later. */
function drawByGpu(terminal: Terminal): void {
  if (!hasGpu()) return;
  try {
    const addon = new WebglAddon();
    addon.onContextLoss(() => addon.dispose());
    terminal.loadAddon(addon);
  } catch (error) {
    console.info('Terminal drawn without the GPU:', error);
  }
}

const IN_SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let gpu: boolean | null = null;

/** Asked once: each question costs a drawing context. */
function hasGpu(): boolean {
  gpu ??= probeGpu();
  return gpu;
}

function probeGpu(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (probe === null) return false;
  const info = probe.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = info === null ? '' : probe.getParameter(info.UNMASKED_RENDERER_WEBGL);
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return !IN_SOFTWARE.test(String(renderer));
}
