import { describe, expect, test } from 'vitest';
import { DiagnosticCollector } from '../../../../main/engine/cargo/diagnostics/collector.ts';
import { LIMITS } from '../../../../main/engine/cargo/diagnostics/diagnosticLimits.ts';
import { diagnose, span } from './rustcJson.ts';

describe('places', () => {
  const std = '/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/macros/mod.rs';
  const call = (at: object, name = 'assert_eq!') => ({ span: span(at), macro_decl_name: name });

  test('in another crate’s macro are those of its call', () => {
    const inMacro = span({
      file_name: std,
      line_start: 46,
      expansion: call({ line_start: 8, column_start: 5 }),
    });
    expect(diagnose({ spans: [inMacro] }).problem).toMatchObject({
      file: 'api/src/lib.rs',
      line: 8,
      column: 5,
    });
  });

  test('of the user’s own words stay, whatever macro they are handed to', () => {
    const handed = span({
      line_start: 7,
      column_start: 20,
      expansion: call({ line_start: 7, column_start: 5 }),
    });
    expect(diagnose({ spans: [handed] }).problem).toMatchObject({ line: 7, column: 20 });
  });

  test('in a macro of the same crate come with its call', () => {
    const inMacro = span({ line_start: 2, expansion: call({ line_start: 30 }, 'own!') });
    const { problem } = diagnose({ spans: [inMacro] });
    expect(problem).toMatchObject({ line: 2 });
    expect(problem.spans).toMatchObject([
      { line: 2, primary: true },
      { line: 30, primary: false, label: 'in this call of own!' },
    ]);
  });

  test('outside of the workspace are absolute', () => {
    const elsewhere = span({ file_name: '/home/me/.cargo/registry/x/src/lib.rs' });
    expect(diagnose({ spans: [elsewhere] }).problem.file).toBe('/home/me/.cargo/registry/x/src/lib.rs');
  });
});

describe('a build’s problems', () => {
  const error = (n: number, more: object = {}, around: object = {}) =>
    diagnose({ level: 'error', message: `error ${n}`, ...more }, around);

  test('are told once, though cargo tells them for each target', () => {
    const collector = new DiagnosticCollector();
    expect([error(1), error(1), error(2)].map((each) => collector.add(each))).toEqual([true, false, true]);
    expect(collector.diagnoses.counts).toEqual({ errors: 2, warnings: 0 });
  });

  test('keep their ids from build to build', () => {
    expect(error(1).problem.id).toBe(error(1, { rendered: 'drawn in another way' }).problem.id);
    expect(error(1).problem.id).not.toBe(error(1, { spans: [span({ byte_start: 1 })] }).problem.id);
  });

  test('are bounded, and the rest is counted', () => {
    const collector = new DiagnosticCollector();
    for (let n = 0; n < 10_000; n += 1) collector.add(diagnose({ message: `warning ${n}` }));
    collector.add(error(1));
    const { problems, counts, unlisted } = collector.diagnoses;
    expect(problems).toHaveLength(LIMITS.problems + 1);
    expect(problems.at(-1)?.level).toBe('error');
    expect(counts).toEqual({ errors: 1, warnings: 10_000 });
    expect(unlisted).toEqual({ errors: 0, warnings: 10_000 - LIMITS.problems });
  });

  test('that are very long are cut, and only the first error of a package is listed beyond the bound', () => {
    const collector = new DiagnosticCollector();
    for (let n = 0; n < 100; n += 1) collector.add(error(n, { rendered: 'x'.repeat(1_000_000) }));
    const size = JSON.stringify(collector.diagnoses.problems).length;
    expect(size).toBeLessThan(LIMITS.renderedTotal + 200_000);
    const listed = collector.diagnoses.problems.length;
    collector.add(error(0, {}, { package_id: 'other' }));
    expect(collector.diagnoses.problems).toHaveLength(listed + 1);
  });
});
