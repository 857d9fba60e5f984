/** What no text of the project says, and what it says instead. `docs/style.md` has the reasons. */
export interface Banned {
  readonly phrase: RegExp;
  readonly instead: string;
}

export const BANNED: readonly Banned[] = [
  { phrase: /\banew\b/gi, instead: 'again, or re-' },
  { phrase: /\bin the place of\b/gi, instead: 'in place of, instead of' },
  { phrase: /\blines? of time\b/gi, instead: 'timeline' },
  { phrase: /\bwhether or no\b(?! )/gi, instead: 'whether' },
  { phrase: /\bwhereof\b/gi, instead: 'of which' },
  { phrase: /\bas it should be\b/gi, instead: 'the state itself: valid, up to date' },
  { phrase: /\bevery so often\b|(?<!never )(?<!than )\bso often\b/gi, instead: 'the interval' },
  { phrase: /\bcan not\b(?! be used)/gi, instead: "can't" },
  // A quoted set-up is a value of stored records.
  { phrase: /(?<!['`"](?=set-up['`"]))\bset-ups?\b/gi, instead: 'setup (noun), set up (verb)' },
  { phrase: /\b(?:tells?|told|telling) of\b(?! this\.)/gi, instead: 'reports, shows, tells about' },
  { phrase: /\bwhat is (?:[\w-]+ ){1,6}[\w-]+, is\b/gi, instead: 'a noun: "the new code is …"' },
];

/** Two spellings of one word: the first is ours. */
export const SPELLINGS: readonly (readonly [ours: string, theirs: RegExp])[] = [
  ['color', /(?<!hotdeck\.log\.)colour/gi],
  ['behavior', /behaviour/gi],
  ['neighbor', /neighbour/gi],
  ['labeled', /\blabelled\b/gi],
  ['minimize', /\bminimis/gi],
  ['recognize', /\brecognis/gi],
];
