import type { Kind, KindChoice, KindFinding } from '#shared/contract.ts';

/** What a kind of workspace is called, and what its modules need. */
export const KINDS: Readonly<Record<Kind, { readonly title: string; readonly needs: string }>> = {
  family: {
    title: 'conduwuit or one of its forks',
    needs: 'Its modules need dylib crates, flags in the manifest and a nightly toolchain.',
  },
  'shared-std': {
    title: 'Shared standard library',
    needs: 'Modules and program exchange Rust types, so they must share one standard library.',
  },
  'hot-lib-reloader': {
    title: 'hot-lib-reloader or similar',
    needs:
      'The program opens a copy of the library whenever the library changes. A dylib is enough: no setup is needed.',
  },
  'c-interface': {
    title: 'Plugins with a C interface',
    needs: 'They don’t depend on the program. No setup is needed.',
  },
  unknown: { title: 'Unknown', needs: 'It is not known what its modules need.' },
};

/** Those that can be chosen, in their order. */
export const CHOICES: readonly KindChoice[] = ['shared-std', 'hot-lib-reloader', 'c-interface'];

/** Tells whether this kind needs no setup. */
export const needsNothing = (kind: Kind | null): boolean =>
  kind === 'hot-lib-reloader' || kind === 'c-interface';

/** Says where the kind comes from. */
export function fromWords({ from, kind, detected }: KindFinding): string {
  const other = detected === kind ? '' : `, detected: ${KINDS[detected].title}`;
  switch (from) {
    case 'detected':
      return 'detected';
    case 'set-up':
      return `chosen here${other}`;
    case 'hotdeck.json':
      return `set in hotdeck.json${other}`;
  }
}

/** Parses the value of a select as a choice; null: as detected. */
export const choiceOf = (value: string): KindChoice | null => CHOICES.find((each) => each === value) ?? null;
