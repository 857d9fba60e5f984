/** What lines of logs are made of: repeated often enough, a pattern that reads anything again and again never ends. */
const PUNCTUATION = ['{', '}', '"', ':', '::', ': ', ' a=', '=', '\\', '[', ']', ', ', 'x', ' ', '{"', 'a:'];

export const SIGNS: readonly string[] = [
  ...PUNCTUATION,
  ...[
    'a::',
    '\t',
    '\x1b',
    '\x1b[',
    '\x1b]',
    '\x1b[0',
    '\x1b]0;',
    '\x1bP',
    '\x1b[0;',
    '0',
    ';',
    '\0',
    'é',
    '\ud800',
  ],
  ...['^C', ': symbol lookup error: ', ': undefined symbol: ', '] with TLS certificate ', "thread '"],
  ...[' in a::b with ', ', a: ', '{"a":', '  ', '1.'],
];
