/** What a page draws over a time, frame by frame. */
import type { CDPSession, Page } from 'playwright-core';

export interface Frame {
  /** A PNG. */
  readonly image: Buffer;
  /** How long it stays, in ms. */
  readonly ms: number;
}

/** Frames nearer to each other than this are one. */
const SHORTEST_MS = 50;
/** A picture that stands still longer is cut short. */
const LONGEST_MS = 2600;

interface Drawn {
  readonly image: Buffer;
  /** In ms, by the page's own clock. */
  readonly at: number;
}

export class Screencast {
  readonly #session: CDPSession;
  readonly #drawn: Drawn[] = [];

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      this.#drawn.push({ image: Buffer.from(data, 'base64'), at: (metadata.timestamp ?? 0) * 1000 });
      // A session that was detached meanwhile wants no more frames.
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
    });
  }

  static async start(window: Page): Promise<Screencast> {
    const session = await window.context().newCDPSession(window);
    const screencast = new Screencast(session);
    await session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
    return screencast;
  }

  /** Ends it and gives its frames. */
  async stop(): Promise<Frame[]> {
    await this.#session.send('Page.stopScreencast');
    await this.#session.detach();
    const kept = this.#drawn.filter((frame, index, all) => {
      const next = all[index + 1];
      return next === undefined || next.at - frame.at >= SHORTEST_MS;
    });
    return kept.map(({ image, at }, index) => {
      const next = kept[index + 1];
      return { image, ms: Math.round(Math.min(LONGEST_MS, next === undefined ? LONGEST_MS : next.at - at)) };
    });
  }
}
