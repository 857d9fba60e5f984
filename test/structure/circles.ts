import type { ImportGraph } from './importGraph.ts';

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** Finds the circles of a graph: its strongly connected parts with more than one node, each sorted. */
export function circlesOf(edges: Edges): string[][] {
  const seen = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const number = seen.size;
    seen.set(node, number);
    open.push(node);
    let low = number;
    for (const next of edges.get(node) ?? []) {
      if (!seen.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, lowest.get(next) ?? seen.get(next) ?? low);
    }
    lowest.set(node, low);
    if (low === number) {
      const circle = open.splice(open.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const node of edges.keys()) if (!seen.has(node)) visit(node);
  return circles;
}

/** Folders, or folders and files, of one folder that import each other. */
export interface Knot {
  folder: string;
  members: string[];
  /** The imports that tie it: `file -> file`. */
  imports: string[];
}

/** Finds the knots at every level: for each folder, circles between what lies right inside it, of which one is a folder. */
export function knotsOf(graph: ImportGraph): Knot[] {
  return foldersOf(graph).flatMap((folder) => {
    const imports = importsBetween(graph, folder);
    const edges = new Map<string, Set<string>>();
    for (const { from, to } of imports) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    return circlesOf(edges)
      .filter((members) => members.some((member) => !/\.tsx?$/.test(member)))
      .map((members) => ({
        folder,
        members,
        imports: imports
          .filter(({ from, to }) => members.includes(from) && members.includes(to))
          .map(({ text }) => text),
      }));
  });
}

/** Lists every folder that holds files, or folders with files; `''` is the checkout. */
function foldersOf(graph: ImportGraph): string[] {
  const folders = new Set(['']);
  for (const file of graph.keys()) {
    const parts = file.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) folders.add(parts.slice(0, depth).join('/'));
  }
  return [...folders].sort();
}

interface ImportBetween {
  /** The names of two files or folders that lie right inside of the folder. */
  from: string;
  to: string;
  /** The import itself: `file -> file`. */
  text: string;
}

/** Lists the imports from one child of a folder to another. */
export function importsBetween(graph: ImportGraph, folder: string): ImportBetween[] {
  const found: ImportBetween[] = [];
  for (const [file, imports] of graph) {
    const from = childOf(folder, file);
    if (from === null) continue;
    for (const imported of imports) {
      const to = childOf(folder, imported);
      if (to !== null && to !== from) found.push({ from, to, text: `${file} -> ${imported}` });
    }
  }
  return found;
}

/** What of a folder a file lies in: `cargo` for `main/engine/cargo/why/dirty.ts` in `main/engine`; null where it lies elsewhere. */
function childOf(folder: string, file: string): string | null {
  const prefix = folder === '' ? '' : `${folder}/`;
  return file.startsWith(prefix) ? (file.slice(prefix.length).split('/')[0] ?? null) : null;
}
