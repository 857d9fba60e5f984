import { assetResponse } from './assetResponse.ts';
import { mayLoad } from './policy.ts';

/** Where the page's files come from, and what the page may load at all. */
export interface PageSource {
  /** Answers a request for `app://hotdeck/…`. */
  respond(request: Request): Promise<Response>;
  /** Whether a request, to whatever scheme, may leave the page. */
  mayLoad(url: string): boolean;
}

/** The files below a folder, under the policy of the shipped app. */
export const filesBelow = (folder: string): PageSource => ({
  respond: (request) => assetResponse(request, folder),
  mayLoad,
});
