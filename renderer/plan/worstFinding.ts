import type { Finding } from '#shared/contract.ts';

/** The worst that there is to say about a module. */
export interface WorstFinding {
  readonly severity: 'blocking' | 'warning';
  /** What there is to say, a line each. */
  readonly told: string;
}

const kept = new WeakMap<readonly Finding[], ReadonlyMap<string, WorstFinding>>();

/** Returns the worst of the findings about a module; undefined where there is nothing, or mere notes. */
export function worstFindingOf(findings: readonly Finding[], module: string): WorstFinding | undefined {
  const known = kept.get(findings) ?? worstByModule(findings);
  kept.set(findings, known);
  return known.get(module);
}

function worstByModule(findings: readonly Finding[]): ReadonlyMap<string, WorstFinding> {
  const all = new Map<string, WorstFinding>();
  for (const { severity, module, message } of findings) {
    if (severity === 'info') continue;
    const line = `${severity === 'blocking' ? 'Blocking' : 'Warning'}: ${message}`;
    const before = all.get(module);
    all.set(module, {
      severity: before?.severity === 'blocking' ? 'blocking' : severity,
      told: before === undefined ? line : `${before.told}\n${line}`,
    });
  }
  return all;
}
