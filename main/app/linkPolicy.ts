import type { Failure } from '#shared/contract.ts';

/** Longer than any link in a log that someone means to follow. */
const maxLength = 2048;

export type LinkVerdict = { ok: true; url: string } | { ok: false; failure: Failure };

/**
 * Whether a link may be handed to the system's browser: http or https, without a name or password in it, of a sane
 * length. The URL given back is the parsed one, so that what was judged is what is opened.
 */
export function judgeLink(text: string): LinkVerdict {
  if (text.length > maxLength) return refuse('it is too long');
  if (!URL.canParse(text)) return refuse('it is not a complete URL');
  const url = new URL(text);
  if (!['https:', 'http:'].includes(url.protocol)) return refuse('only http and https links are opened');
  if (url.username !== '' || url.password !== '') return refuse('it contains a user name or password');
  if (url.href.length > maxLength) return refuse('it is too long');
  return { ok: true, url: url.href };
}

function refuse(why: string): LinkVerdict {
  return {
    ok: false,
    failure: {
      kind: 'refused-link',
      message: `The link was not opened: ${why}.`,
      remedy: 'Copy it and open it yourself if you trust it.',
    },
  };
}
