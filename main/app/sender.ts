import { appOrigin, isOwnUrl } from './policy.ts';

/** What is asked of the frame that sent a message; Electron's WebFrameMain has it. */
export interface SenderFrame {
  readonly url: string;
  readonly origin: string;
  readonly frameTreeNodeId: number;
}

/** Whether a message comes from the page itself: the main frame of one of the app's windows, on the app's origin. */
export function isOwnPage(frame: SenderFrame | null, mainFrames: readonly SenderFrame[]): boolean {
  if (frame === null || frame.origin !== appOrigin || !isOwnUrl(frame.url)) return false;
  return mainFrames.some((own) => own.frameTreeNodeId === frame.frameTreeNodeId);
}
