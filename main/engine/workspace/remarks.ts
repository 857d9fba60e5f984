import type { ReadMetadata } from '../cargo/metadata/cargoMetadata.ts';
import type { Packages } from '../cargo/packages/packages.ts';
import type { Remark } from './remark.ts';

/** What the user should know about a workspace as cargo described it. Pure. */
export function remarksOf({ less }: Pick<ReadMetadata, 'less'>, { libraries }: Packages): Remark[] {
  const remarks: Remark[] = [];
  if (less === 'offline') {
    remarks.push({
      kind: 'metadata',
      severity: 'info',
      message: 'The registry is unreachable: cargo described this workspace from what is on this machine.',
      remedy: null,
    });
  }
  if (less === 'members') {
    remarks.push({
      kind: 'metadata',
      severity: 'warning',
      message:
        'Some dependencies are not on this machine, and the registry is unreachable. The graph shows what the members’ manifests say; which external crates are part of the build is unknown.',
      remedy: 'Build once with a connection, or run `cargo fetch`.',
    });
  }
  const twice = libraries.find((each, at) => libraries.findIndex(({ file }) => file === each.file) < at);
  if (twice !== undefined) {
    const names = libraries.filter(({ file }) => file === twice.file).map((each) => each.package);
    remarks.push({
      kind: 'same-file',
      severity: 'warning',
      message: `${names.join(' and ')} are both built as ${twice.file}: cargo keeps the one it builds last, which may vary.`,
      remedy: 'Rename one of them: `[lib] name = "…"` in its Cargo.toml.',
    });
  }
  return remarks;
}
