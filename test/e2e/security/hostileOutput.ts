/** Bytes that programs print to have a terminal do something. */

/** What is in the clipboard, and what the output would like to have in there and in the title. */
export const KEPT = 'what the user has copied';
export const STOLEN = 'put here by a program';

const ESC = '\x1b';
const BEL = '\x07';
const ST = `${ESC}\\`;
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
const csi = (...sequences: string[]): string => sequences.map((each) => `${ESC}[${each}`).join('');
/** With each of the two ends that it may have. */
const osc = (...texts: string[]): string =>
  texts.map((text) => `${ESC}]${text}${BEL}${ESC}]${text}${ST}`).join('');
const bytes = (...all: number[]): Buffer => Buffer.from(all);
const join = (...parts: (string | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));

const EVERY_BYTE = bytes(...Array.from({ length: 256 }, (_, byte) => byte));
const EVERY_BYTE_BACK = bytes(...[...EVERY_BYTE].reverse());

/** More than any screen has; the largest that a terminal can read. */
const MANY = '2147483647';

/** By what it tries. */
export const OUTPUT: Readonly<Record<string, Buffer>> = {
  'another title': join(
    osc(`0;${STOLEN}`, `1;${STOLEN}`, `2;${STOLEN}`, `l${STOLEN}`, `L${STOLEN}`),
    csi('22;0t'),
    `${ESC}k${STOLEN}${ST}`,
    csi('23;0t', '20t', '21t'),
  ),
  'to write the clipboard': join(
    osc(`52;c;${base64(STOLEN)}`, `52;;${base64(STOLEN)}`, `52;pqs0;${base64(STOLEN)}`, '52;c;!'),
    osc(`1337;Copy=:${base64(STOLEN)}`, '1337;CopyToClipboard=', STOLEN, '1337;EndCopy'),
    `${ESC}_52;c;${base64(STOLEN)}${ST}${ESC}]5522;type=write${ST}`,
  ),
  'to read the clipboard': join(
    osc('52;c;?', '52;p;?', '52;s;?', '52;;?', '5522;type=read;dGV4dC9wbGFpbg=='),
  ),
  'to move, size and close the window': join(
    csi('2t', '1t', '3;0;0t', '4;100;100t', '5t', '6t', '7t', '8;10;10t', '9;1t', '9;0t', '10;1t', '10;2t'),
    csi('11t', '13t', '14t', '15t', '16t', '18t', '19t', '24t', `8;${MANY};${MANY}t`, `4;${MANY};${MANY}t`),
  ),
  'to be told about things': join(
    csi(
      'c',
      '>c',
      '=c',
      '6n',
      '?6n',
      '?15n',
      '?25n',
      '?26n',
      'x',
      '?1$p',
      '2$p',
      '>q',
      '?u',
      '1;1;1;1;1;1*y',
    ),
    osc('4;1;?', '10;?', '11;?', '12;?', '104', '110', '50;?', '60', '61'),
    `${ESC}P$qm${ST}${ESC}P+q544e${ST}${ESC}P$q"p${ST}${ESC}Z\x05`,
  ),
  'to notify, to run, to load': join(
    osc('7;file:///etc', '9;look here', '9;4;3;50', '777;notify;look;here', '99;i=1;here', '133;A', '133;C'),
    osc('633;A', '633;E;rm -rf ~', '633;P;Cwd=/', '1337;File=name=eA==;inline=1;size=3:AAAA', '1337;SetMark'),
    osc('1337;OpenURL=:aHR0cHM6Ly9leGFtcGxlLmNvbS8=', '1337;StealFocus', '1337;RequestAttention=yes'),
    osc('51;["call","Tapi_x",[]]', '3;X=y', '50;#1', '6;file:///etc/passwd', '666;x=y'),
  ),
  'strings without sense': join(
    `${ESC}Pq"1;1;100;100#0;2;0;0;0!100~-${ST}${ESC}_Ga=T,t=f;${base64('/etc/passwd')}${ST}`,
    `${ESC}^private${ST}${ESC}Xstart of string${ST}${ESC}P1000p%exit\r\n${ST}${ESC}Ptmux;${ESC}${ESC}]0;x${BEL}${ST}`,
    `\x9b2J\x9d0;${STOLEN}\x9c\x90q\x9c\x9e\x9f`,
  ),
  'a hundred thousand bells': join(BEL.repeat(100_000)),
  'every byte there is': join(
    EVERY_BYTE,
    EVERY_BYTE,
    EVERY_BYTE_BACK,
    Buffer.alloc(100_000),
    '\x7f\x00\x1a\x18',
  ),
  'broken UTF-8': join(
    bytes(
      0xed,
      0xa0,
      0x80,
      0xed,
      0xb0,
      0x80,
      0xf0,
      0x9f,
      0x20,
      0xc0,
      0x80,
      0xff,
      0xfe,
      0xf5,
      0x80,
      0x80,
      0x80,
    ),
    bytes(0xf4, 0x90, 0x80, 0x80, 0xef, 0xbb, 0xbf, 0xe2, 0x80, 0xae, 0xef, 0xbf, 0xbf, 0xe2, 0x82),
    `x${'😀'.repeat(50_000)}a${'\u0301'.repeat(5_000)}${'👩‍👩‍👧‍👦'.repeat(500)}`,
    bytes(0xf0, 0x9f, 0x98),
  ),
  'a line of 10 MB': Buffer.alloc(10_000_000, 'all work and no play '),
  'numbers without end': join(
    csi(
      `${'9'.repeat(100_000)}m`,
      `${'1;'.repeat(100_000)}m`,
      `${'1:'.repeat(100_000)}m`,
      `${MANY};${MANY}H`,
    ),
    csi(`38;2;${MANY};${MANY};${MANY}m`, `38;5;${MANY}m`, '-1;-1H', `${MANY};1r`, `?${MANY}h`, `${MANY} q`),
  ),
  'to do something very often': join(
    ...[
      '@',
      'A',
      'B',
      'C',
      'D',
      'E',
      'F',
      'G',
      'I',
      'L',
      'M',
      'P',
      'S',
      'T',
      'X',
      'Z',
      '`',
      'a',
      'b',
      'd',
      'e',
    ]
      .concat(["'}", "'~", ' @', ' A', '^', 'g', 'J', 'K'])
      .map((final) => `${csi('1;1H')}a${csi(`${MANY}${final}`)}`),
  ),
  'other modes': join(
    csi(
      '?3h',
      '?3l',
      '?5h',
      '?6h',
      '?7l',
      '?9h',
      '?40h',
      '?45h',
      '?47h',
      '?1047h',
      '?1048h',
      '?1049h',
      '20h',
    ),
    csi(
      '4h',
      '12h',
      '?2h',
      '?4h',
      '?8h',
      '?12h',
      '?67h',
      '?80h',
      '?1034h',
      '?1070h',
      '?2026h',
      '?2031h',
      '!p',
    ),
    `${ESC}#8${ESC}#3${ESC}#6${ESC}(0${ESC})0\x0eqqq\x0f${ESC}%@${ESC}%G${ESC} F${ESC}7${ESC}8${ESC}=${ESC}>${ESC}c`,
  ),
};

export const LINK = 'https://example.com/where-it-really-goes';
const link = (url: string, text: string): string => `${ESC}]8;;${url}${ST}${text}${ESC}]8;;${ST}`;

/** Links that may not be opened, by what they show. */
export const LINKS: Readonly<Record<string, string>> = {
  'a-file': 'file:///etc/passwd',
  'a-script': 'javascript:alert(1)',
  'an-editor': 'vscode://file/etc/passwd',
  'some-data': 'data:text/html,x',
  'the-app': 'app://hotdeck/index.html',
  'a-secret': 'https://name:secret@example.com/',
};
export const LINK_LINES = `${ESC}c${link(LINK, 'click-here')}\r\n${Object.entries(LINKS)
  .map(([text, url]) => link(url, text))
  .join(' ')}\r\n`;

/** What leaves a terminal in disorder: other modes, reports of the mouse, and a string that has no end. */
export const DISORDER = join(
  csi(
    '?1049h',
    '?1000h',
    '?1002h',
    '?1003h',
    '?1006h',
    '?1004h',
    '?2004h',
    '?1h',
    '?66h',
    '?25l',
    '?6h',
    '4h',
  ),
  `${ESC}]0;${STOLEN.repeat(200_000)}`,
);
