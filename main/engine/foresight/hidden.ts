import { plural } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import type { Finding } from './finding.ts';

/** A name that C has, and not a path that was made readable, or one with a version. */
const PLAIN = /^(?!_R)[A-Za-z_$][\w$.]*$/;

/** The names that nobody will have and that a library may keep for itself: not Rust's own, which a build brings. Pure. */
export const perhapsHidden = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter(isOpen).flatMap(({ details }) => details.filter((name) => PLAIN.test(name)))),
];

const isOpen = ({ kind, remedy }: Finding): boolean => kind === 'undefined-symbol' && remedy === 'rebuild';

/**
 * Says of missing symbols that a library has them and does not export them: then no build brings them, and that is not
 * the remedy. Pure. @param holders the label of a library by the name that it keeps for itself.
 */
export function withHidden(findings: readonly Finding[], holders: ReadonlyMap<string, string>): Finding[] {
  return findings.map((finding) => {
    if (!isOpen(finding)) return finding;
    const hidden = finding.details.filter((name) => holders.has(name));
    if (hidden.length === 0) return finding;
    const by = list([...new Set(hidden.flatMap((name) => holders.get(name) ?? []))]);
    const isAll = hidden.length === finding.details.length;
    const what = isAll ? plural(hidden.length, 'it', 'them') : list(hidden.slice(0, 3));
    const verb = by.includes(' and ') ? ['contain', 'do'] : ['contains', 'does'];
    return {
      ...finding,
      message: `${finding.message} ${by} ${verb[0]} ${what}, but ${verb[1]} not export ${isAll ? what : 'that'}: building again does not change it.`,
      remedy: isAll ? null : finding.remedy,
    };
  });
}
