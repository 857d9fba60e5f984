import type { Problem, ProblemCounts } from '#shared/contract.ts';
import type { ByteEdit, Diagnoses } from '../../building/diagnoses.ts';
import { LIMITS } from './diagnosticLimits.ts';
import type { Diagnosis } from './problem.ts';

/**
 * Gathers the diagnostics of a build: each once, though cargo tells it for each target; of very many the first of each
 * severity in full, and at least one error of each package.
 */
export class DiagnosticCollector {
  readonly #problems: Problem[] = [];
  readonly #fixes = new Map<string, ReadonlyMap<string, readonly ByteEdit[]>>();
  readonly #seen = new Set<string>();
  readonly #failed = new Set<string | null>();
  readonly #counts: ProblemCounts = { errors: 0, warnings: 0 };
  readonly #listed: ProblemCounts = { errors: 0, warnings: 0 };
  #rendered = 0;

  /** @returns whether it is a new one. */
  add({ problem, fixes }: Diagnosis): boolean {
    if (this.#seen.has(problem.id)) return false;
    this.#seen.add(problem.id);
    const key = problem.level === 'error' ? 'errors' : 'warnings';
    this.#counts[key] += 1;
    const firstOfPackage = problem.level === 'error' && !this.#failed.has(problem.package);
    const room = this.#listed[key] < LIMITS.problems && this.#rendered < LIMITS.renderedTotal;
    if (!room && !firstOfPackage) return true;
    if (problem.level === 'error') this.#failed.add(problem.package);
    this.#listed[key] += 1;
    this.#rendered += problem.rendered.length;
    this.#problems.push(problem);
    if (fixes.size > 0) this.#fixes.set(problem.id, fixes);
    return true;
  }

  get diagnoses(): Diagnoses {
    return {
      problems: [...this.#problems],
      counts: { ...this.#counts },
      unlisted: {
        errors: this.#counts.errors - this.#listed.errors,
        warnings: this.#counts.warnings - this.#listed.warnings,
      },
      fixes: new Map(this.#fixes),
    };
  }
}
