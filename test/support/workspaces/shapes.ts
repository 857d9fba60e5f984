/** Runs the shapes of a theme, a test each, and holds the table of all of them against docs/workspaces.md. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Auto } from '#shared/contract.ts';
import { checkoutRoot } from '../../../main/launch/checkout.ts';
import { temporaryFolder } from '../folders.ts';
import { pageWith, type Row, rowOf, type Theme } from './page.ts';
import { Stage } from './stage.ts';

/** A row of the table: a kind of workspace or server, what is done there, and where the test looks. */
export interface Shape {
  /** Names the test, too. */
  name: string;
  /** What was done, in the user's words. */
  done: string;
  /** Fills the empty folder `root`, and says what cargo makes there. */
  prepare(root: string): Promise<Prepared>;
  /** With the workspace open; whatever it waits for is the right value. */
  act(stage: Stage, root: string): Promise<void>;
  auto?: Partial<Auto>;
  /** Only root can do it: for others the row stays as it is on the page. */
  needsRoot?: boolean;
}

export interface Prepared {
  /** The files of the modules by package; absolute, or else under `target/debug`. */
  files: Readonly<Record<string, string>>;
  /** The folder that is opened, if it isn't `root`. */
  folder?: string;
  /** Where the server answers, if that isn't `answerOf(root)`. */
  answer?: string;
  /** More for the environment of Hotdeck. */
  env?: Readonly<Record<string, string>>;
  /** Where Hotdeck keeps what it remembers, if it has to. */
  data?: string;
}

/** The socket on which the server of a shape answers. */
export const answerOf = (root: string): string => join(root, 'answer');

/** Packages whose library lies where cargo puts it if nobody says anything. */
export const libraries = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `target/debug/lib${name.replaceAll('-', '_')}.so`]));

export function runShapes(theme: Theme, shapes: readonly Shape[]): void {
  const rows = new Map<string, Row>();
  const isPossible = ({ needsRoot = false }: Shape): boolean => !needsRoot || process.getuid?.() === 0;
  for (const shape of shapes.filter(isPossible)) {
    test(shape.name, async () => {
      const root = await temporaryFolder();
      const { files, folder = root, answer = answerOf(root), env, data } = await shape.prepare(root);
      const stage = new Stage({
        folder,
        files: new Map(
          Object.entries(files).map(([name, file]) => [name, join(file.startsWith('/') ? '' : root, file)]),
        ),
        answer,
        ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
        ...(data === undefined ? {} : { data }),
        ...(shape.auto === undefined ? {} : { auto: shape.auto }),
      });
      onTestFinished(() => stage.client.close());
      await stage.open();
      await shape.act(stage, root);
      await stage.look();
      rows.set(shape.name, {
        shape: shape.name,
        done: shape.done,
        hotdeck: stage.said(),
        kernel: stage.kernel(),
        server: stage.answers(),
        falsehoods: stage.falsehoods,
      });
      expect(stage.falsehoods).toEqual([]);
    });
  }

  test('the table of all shapes is in docs/workspaces.md', async ({ skip }) => {
    const page = join(checkoutRoot(), 'docs/workspaces.md');
    const current = await readFile(page, 'utf8').catch(() => '');
    const made = shapes.flatMap((shape) => {
      const row = isPossible(shape) ? rows.get(shape.name) : rowOf(current, theme, shape.name);
      return row ?? [];
    });
    // A shape by itself makes no table.
    skip(made.length < shapes.length, 'Not all shapes were run, or some went wrong.');
    await expect(pageWith(current, theme, made)).toMatchFileSnapshot(page);
  });
}
