import { expect, test } from 'vitest';
import { installAnother } from '../../../main/engine/building/linkTrouble.ts';
import { linkTroubleOf } from '../../../main/engine/cargo/linkTrouble.ts';

/** A failed link as rustc renders it. */
const rendered = (said: string, asked: readonly string[] = [], how = 'exit status: 1'): string => {
  const command = ['cc', '-m64', '/w/target/debug/deps/app.o', '-Wl,--as-needed', ...asked]
    .map((word) => `"${word}"`)
    .join(' ');
  return `\x1b[1;91merror\x1b[0m: linking with \`cc\` failed: ${how}
  |
  = note:  ${command}
  = note: some arguments are omitted. use \`--verbose\` to show all linker arguments
  = note: ${said}
          collect2: error: ld returned 1 exit status
`;
};

test.each([
  [
    'gcc that does not find it',
    "collect2: fatal error: cannot find 'ld'\n          compilation terminated.",
    'mold',
  ],
  ['clang', "clang: error: invalid linker name in argument '-fuse-ld=mold'", 'mold'],
  ['clang, earlier', "clang: error: invalid linker name in '-fuse-ld=mold'", 'mold'],
])('recognizes a linker that is not installed in the words of %s', (_, said, linker) => {
  expect(linkTroubleOf([rendered(said, ['-fuse-ld=lld', '-fuse-ld=mold'])])).toMatchObject({
    kind: 'linker-missing',
    linker,
    another: true,
  });
});

test.each([
  "cc: error: unrecognized command-line option '-fuse-ld=mold'; did you mean '-fuse-ld=bfd'?",
  'gcc: error: unrecognized command line option ‘-fuse-ld=mold’',
])('finds no linker name that helps if gcc refuses the name: %s', (said) => {
  expect(linkTroubleOf([rendered(said, ['-fuse-ld=lld', '-fuse-ld=mold'])])).toMatchObject({
    kind: 'linker-missing',
    linker: 'mold',
    another: false,
    remedy: expect.stringMatching(/-fuse-ld=mold .*profile of Cargo.toml/),
  });
});

test.each([
  ['lld', "rust-lld: error: unknown argument '--nonsense'", []],
  ['bfd', "/usr/bin/ld.bfd: unrecognized option '--nonsense'", ['-fuse-ld=bfd']],
  ['gold', '/usr/bin/ld.gold: nonsense: unknown -z option', ['-fuse-ld=gold']],
  ['gold', '/usr/bin/ld.gold: --nonsense: unknown option', ['-fuse-ld=gold']],
  ['mold', 'mold: fatal: unknown command line option: --nonsense', ['-fuse-ld=mold']],
])('recognizes an option that %s does not know', (linker, said, asked) => {
  const trouble = linkTroubleOf([rendered(said, asked)]);
  expect(trouble).toMatchObject({ kind: 'unknown-option', linker, another: true });
  expect(trouble?.message).toContain('nonsense');
});

/** What rustc 1.90 and later give the compiler driver on x86_64 Linux, where nobody asks for a linker. */
const BY_DEFAULT = ['-B<sysroot>/lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld', '-fuse-ld=lld'];

test.each([
  ['an option', "rust-lld: error: unknown argument '--no-such-option'", 'unknown-option'],
  ['a crash', 'collect2: fatal error: ld terminated with signal 11 [Segmentation fault]', 'crashed'],
  ['not there', "collect2: fatal error: cannot find 'ld'", 'linker-missing'],
])('a link by rustc’s own choice has tried lld: %s', (_, said, kind) => {
  const trouble = { kind, another: true };
  expect(linkTroubleOf([rendered(said, BY_DEFAULT)])).toMatchObject({ ...trouble, linker: 'lld' });
  // What somebody asks for comes behind it, and counts.
  const asked = [...BY_DEFAULT, '-Wl,--gc-sections', '-fuse-ld=gold'];
  expect(linkTroubleOf([rendered(said, asked)])).toMatchObject({ ...trouble, linker: 'gold' });
});

test.each([
  ['crashed', 'collect2: fatal error: ld terminated with signal 11 [Segmentation fault], core dumped'],
  ['crashed', '/usr/bin/ld.gold: internal error in do_layout, at ../../gold/object.cc:1939'],
  ['crashed', 'clang: error: unable to execute command: Segmentation fault'],
  ['out-of-memory', 'collect2: fatal error: ld terminated with signal 9 [Killed]'],
  ['out-of-memory', '/usr/bin/ld.bfd: memory exhausted'],
])('%s: %s', (kind, said) => {
  expect(linkTroubleOf([rendered(said, ['-fuse-ld=gold'])])).toMatchObject({
    kind,
    linker: 'gold',
    another: true,
  });
});

test('the compiler driver itself is missing: no linker helps', () => {
  const words = 'error: linker `cc` not found\n  |\n  = note: No such file or directory (os error 2)\n';
  const trouble = linkTroubleOf([words]);
  expect(trouble).toMatchObject({ kind: 'driver-missing', another: false });
  expect(trouble?.message).toBe('rustc needs `cc` to link, but it was not found.');
  expect(trouble?.remedy).toContain('Install a C compiler');
  const own = linkTroubleOf([words.replace('`cc`', '`/opt/x/my-link`')]);
  expect(own?.remedy).toMatch(/^Install \/opt\/x\/my-link, or correct the setting/);
});

test('a compiler driver that may not be run is not said to be missing', () => {
  const refused = (why: string) =>
    linkTroubleOf([`error: could not exec the linker \`/opt/my-link\`\n  |\n  = note: ${why}\n`]);
  expect(refused('Permission denied (os error 13)')).toMatchObject({
    kind: 'driver-refused',
    another: false,
    message: 'rustc needs `/opt/my-link` to link, but could not run it: Permission denied (os error 13).',
    remedy: expect.stringContaining('Make it executable'),
  });
  expect(refused('Argument list too long (os error 7)')?.remedy).not.toContain('executable');
});

test('names that begin like a linker, in what is said or in the command, are not a missing linker', () => {
  expect(linkTroubleOf([rendered("collect2: fatal error: cannot find 'ldap.so'")])).toBeNull();
  expect(linkTroubleOf([rendered('/usr/bin/ld.bfd: cannot find ld: No such file or directory')])?.kind).toBe(
    'linker-error',
  );
  const command = rendered('rust-lld: error: undefined symbol: x', ['/w/collect2: cannot find ld']);
  expect(linkTroubleOf([command])).toBeNull();
});

test('a linker that may not be run is not said to be missing', () => {
  const message = (why: string) =>
    linkTroubleOf([rendered(`collect2: fatal error: cannot execute 'ld': execvp: ${why}`)])?.message;
  expect(message('Permission denied')).toBe("The linker can't be run: permission denied.");
  expect(message('No such file or directory')).toContain('is not installed');
});

test('a lack of memory is a guess where the link was killed, and no linker is its remedy', () => {
  const of = (said: string) => linkTroubleOf([rendered(said, ['-fuse-ld=gold'])]);
  const killed = of('collect2: fatal error: ld terminated with signal 9 [Killed]');
  expect(killed?.message).toContain('probably');
  expect(of('clang: error: unable to execute command: Killed')?.message).toContain('probably');
  const exhausted = of('/usr/bin/ld.bfd: memory exhausted');
  expect(exhausted?.message).toBe('The linker gold ran out of memory.');
  for (const each of [killed, exhausted]) expect(each?.remedy).not.toContain('mold');
});

test.each([
  'collect2: fatal error: ld terminated with signal 15 [Terminated]',
  'collect2: fatal error: ld terminated with signal 2 [Interrupt]',
  'collect2: fatal error: ld terminated with signal 1 [Hangup]',
  'clang: error: unable to execute command: Terminated',
])('a link that somebody ended is no trouble of the linker: %s', (said) => {
  expect(linkTroubleOf([rendered(said)])).toBeNull();
  const crash = said.replace(/\d+ \[.*|Terminated$/, (end) =>
    end === 'Terminated' ? 'Segmentation fault' : '11 [Segmentation fault]',
  );
  expect(linkTroubleOf([rendered(crash)])?.kind).toBe('crashed');
});

test('only linkers that were not tried are to be installed', () => {
  expect(installAnother([])).toBe('Install mold or lld or the binutils, and build again.');
  expect(installAnother(['lld', 'bfd'])).toBe('Install mold, and build again.');
  expect(installAnother(['mold', 'lld', 'bfd', 'gold'])).toBe('The Build tab shows the whole error.');
});

test.each([
  'rust-lld: error: unable to find library -lfoo',
  '/usr/bin/ld.bfd: cannot find -lfoo: No such file or directory',
  '/usr/bin/ld.gold: error: cannot find -lfoo',
  'mold: fatal: library not found: foo',
  "/usr/bin/ld: api.o: in function `main':\n          /w/src/main.rs:1:(.text+0x1): undefined reference to `gone'",
  'rust-lld: error: undefined symbol: gone',
  '/usr/bin/ld: relocation R_X86_64_32 against `.rodata` can not be used; recompile with -fPIC',
  '/usr/bin/ld: final link failed: No space left on device',
])('what no other linker would mend is not its trouble: %s', (said) => {
  expect(linkTroubleOf([rendered(said, ['-fuse-ld=gold'])])).toBeNull();
});

test('a warning of the linker is not why it failed', () => {
  const said =
    '/usr/bin/ld.bfd: warning: -z nonsense ignored\n          /usr/bin/ld.bfd: cannot do this at all';
  expect(linkTroubleOf([rendered(said)])).toMatchObject({
    kind: 'linker-error',
    message: 'The linker bfd failed: cannot do this at all.',
  });
});

test('errors of the compiler, and file names that look like words of a linker, are none', () => {
  expect(linkTroubleOf(['error[E0425]: cannot find value `ld` in this scope\n', ''])).toBeNull();
  const command =
    'error: linking with `cc` failed: exit status: 1\n  = note:  "cc" "/w/ld: unknown option/a.o"\n';
  expect(linkTroubleOf([command])).toBeNull();
});
