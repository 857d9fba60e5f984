/**
 * The lines by which servers say that they serve, in the phrasings of common frameworks: pure. What the user or a family's
 * profile says instead is a regular expression of its own.
 */

import { textsIn } from '../logs/search/pattern.ts';

/** How the ready line of a server is found. */
export interface ReadyLine {
  /** Texts of which one is in every such line; null: none are known. */
  words: readonly string[] | null;
  /** @param line without colors. */
  is(line: string): boolean;
}

/** @param set what was set for it; null: the common phrasings. */
export const readyLine = (set: RegExp | null): ReadyLine =>
  set === null
    ? { words: READY_WORDS, is: saysReady }
    : { words: textsIn(set), is: (line) => set.test(line) };

/** An address, in any form that logs have: a URL, host and port, a port alone, a socket's path. */
const ADDRESS = String.raw`(?:["'\x60(\[<]*(?:[a-z][a-z\d+.-]*:\/\/\S+|port:?\s*\d{2,5}\b|[\w.*:%\[\]-]*:\d{2,5}\b|\d+\.\d+\.\d+\.\d+|localhost\b|(?:unix:)?\S*\.sock\b|unix:\S+))`;
const SERVER = String.raw`\b(?:web ?|http |https |api |grpc |game |dev |main )?(?:server|service|app|application|api|daemon|backend|system)`;
/** What may stand between a verb and its address: `on`, `HTTP on`, `at:`. */
const AT = String.raw`(?:\s+[\w/.]+){0,2}?\s*(?:\b(?:on|at|from|via|to)\b:?|:|=|@)?\s*`;

const SAYS = new RegExp(
  [
    // Listening on ADDRESS; Now listening: ADDRESS; server is listening; listening for connections; addr=… listening
    String.raw`\blistening\b\s*(?:on\b|at\b|:|=|@|addr|${ADDRESS}|for (?:\w+ )?(?:connections|requests|clients)|[.!]*\s*$)`,
    // Server running; Server started at …; service is up
    String.raw`${SERVER}(?:\s+\S+)?\s+(?:is |has |was |successfully |now )*(?:running|started|up|online|live|ready)\b`,
    // Running on ADDRESS; started on port 3000; started server on ADDRESS; up at ADDRESS
    String.raw`\b(?:running|started|up|live|available|reachable|deployed|served)\b${AT}${ADDRESS}`,
    // Ready; ready to accept connections; ready in 300 ms; ready on ADDRESS
    String.raw`(?:^\W*|[\]:|>✓✔✅🚀]\s*|\b(?:info|notice|debug|trace)\s+)ready[.!]*\s*$`,
    String.raw`\bready\s+(?:to (?:accept|serve|handle|receive)|for (?:\w+ )?(?:connections|requests|clients)|in \d|(?:on|at) ${ADDRESS})`,
    // Serving on ADDRESS; Serving HTTP on 0.0.0.0 port 8000
    String.raw`\bserving\b${AT}${ADDRESS}`,
    // Rocket has launched from ADDRESS
    String.raw`\blaunched\b${AT}${ADDRESS}`,
    // Bound to ADDRESS
    String.raw`\bbound\s+(?:to|on)\s+${ADDRESS}`,
    // actix: its sockets are bound by then. starting service: "actix-web-service-127.0.0.1:8080"; Starting "…" service on …
    String.raw`\bstarting (?:service: "|"[^"]*" service on )`,
    String.raw`\baccepting (?:new |incoming )?(?:connections|requests)\b`,
    // uvicorn's. "Services startup complete" is one of the steps before.
    String.raw`\b(?:application|server) startup complete\b`,
    // Nothing but a URL, perhaps with a word before it: `➜  Local: http://localhost:5173/`
    String.raw`^[^\w]*(?:\w+\s*[:=]\s*)?https?:\/\/[^\s]+\s*$`,
  ].join('|'),
  'iu',
);

/** Words that turn such a line into another one. */
const DENIES =
  /\b(?:not|never|cannot|no longer|isn't|wasn't|aren't|can['’]t|couldn['’]t|won['’]t|already|unable|fail(?:ed|ure|s)?|error|refus\w+|until|unless|before|when(?:ever)?|once|if|waiting|wait|trying|try|stopp(?:ed|ing)|stops?|closed|closing|shut(?:ting)?\s?down|will|would|should|about to|going to|to be)\b/iu;

/** Long enough for a prefix and any phrase. */
const LONGEST = 600;

/** Whether a line of a log, without colors, says that a server serves now. */
export function saysReady(line: string): boolean {
  const text = line.slice(0, LONGEST).trimEnd();
  return SAYS.test(text) && !DENIES.test(text);
}

/** Texts of which one is in every such line: what others have none of need not be looked at. */
export const READY_WORDS: readonly string[] = [
  ...[
    'istening',
    'LISTENING',
    'unning',
    'RUNNING',
    'eady',
    'READY',
    'tarted',
    'STARTED',
    'erving',
    'SERVING',
  ],
  ...['aunched', 'LAUNCHED', 'ound to', 'ound on', 'BOUND', 'ccepting', 'ACCEPTING', '://', 'tarting '],
  ...['tartup complete', ' up', ' UP', 'nline', ' live', 'vailable', 'eachable', 'eployed', 'erved'],
];
