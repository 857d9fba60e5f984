import { type Diagnosis, readDiagnostic } from '../../../../main/engine/cargo/diagnostics/problem.ts';
import { DiagnosticSchema } from '../../../../main/engine/cargo/diagnostics/rustc.ts';

const tree = {
  root: '/srv',
  names: new Map([
    ['path+file:///srv/api#0.1.0', 'api'],
    ['registry+https://example.org#api@1.0.0', 'api'],
  ]),
  members: new Map([['api', '/srv/api']]),
  target: '/srv/target',
};

/** A place in one line of a file, with what a test sets. */
export const span = (more: object = {}) => ({
  file_name: 'api/src/lib.rs',
  byte_start: 0,
  byte_end: 3,
  line_start: 1,
  line_end: 1,
  column_start: 1,
  column_end: 4,
  is_primary: true,
  label: null,
  text: [{ text: 'let x = 1;', highlight_start: 1, highlight_end: 4 }],
  suggested_replacement: null,
  suggestion_applicability: null,
  expansion: null,
  ...more,
});

/** What a line of cargo's with this diagnostic is read as. */
export function diagnose(message: object, around: object = {}): Diagnosis {
  const value = DiagnosticSchema.parse({
    reason: 'compiler-message',
    package_id: 'path+file:///srv/api#0.1.0',
    manifest_path: '/srv/api/Cargo.toml',
    message: {
      level: 'warning',
      message: 'unused',
      code: null,
      rendered: 'drawn',
      spans: [span()],
      children: [],
      ...message,
    },
    ...around,
  });
  const diagnosis = readDiagnostic(value, tree);
  if (diagnosis === null) throw new Error('This is no problem.');
  return diagnosis;
}

/** A help that proposes these replacements. */
export const help = (...spans: object[]) => ({ level: 'help', message: 'try this', spans });

/** A part of a suggestion. */
export const proposes = (text: string, more: object = {}) =>
  span({ suggested_replacement: text, suggestion_applicability: 'MachineApplicable', ...more });
