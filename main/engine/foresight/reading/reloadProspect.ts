import type { GraphNode } from '#shared/contract.ts';
import { lastPart } from '../../elf/linkage.ts';
import type { Image } from '../../process/images.ts';
import type { BinaryFile, StayingFile } from '../binaryFile.ts';
import type { Prospect } from '../foresee.ts';
import type { BinaryCache } from './binaryCache.ts';
import { findElsewhere } from './elsewhere.ts';
import type { HeldImages } from './heldImages.ts';
import { type Mapped, readMapped, sortMapped } from './mapped.ts';
import { builtFiles, comingAlong, loadingFile, type Scene } from './scene.ts';
import {
  binaryFile,
  nameOf,
  pathsOf,
  readWorkspaceFiles,
  type UsableFile,
  unknownFile,
  unusableFiles,
  usableFiles,
} from './workspaceFiles.ts';

/** The prospect of a reload of the server that has these files mapped; they must be held. */
export async function reloadProspect(
  scene: Scene,
  cache: BinaryCache,
  held: HeldImages,
  images: readonly Image[],
): Promise<Prospect> {
  const { workspace, graph, moves, build } = scene;
  const nodeOf = nodesOfImages(scene);
  const [files, mapped] = await Promise.all([
    build === null ? [] : readWorkspaceFiles(workspace, graph, cache),
    readMapped(images, held, nodeOf),
  ]);
  const usable = usableFiles(files);
  const order = new Set(graph.order);
  const sorted = sortMapped(mapped, new Set(moves.unload), (name) => order.has(name));

  const onDisk = new Map(usable.map((file) => [file.node.name, file]));
  const loaded = moves.load.flatMap((name) => onDisk.get(name) ?? []);
  const loading = loaded.map((file) => loadingFile(file, false));
  const replaced = new Set([...moves.restart, ...moves.leftBehind]);
  const staying = sorted.staying.map((each) => stayingFile(each, replaced, onDisk));
  const along = await Promise.all(sorted.along.map((each) => comingBack(each, cache)));
  const unusable = unusableFiles(files, new Set(moves.load));
  const there = [...loading, ...staying, ...along];
  const around = await comingAlong(scene, cache, { usable, loading: loaded, there, unusable });
  const left = new Set(build === null ? [] : moves.leftBehind);
  return {
    loading,
    unloading: sorted.unloading.map((each) => each.file),
    staying,
    along: sorted.along.map(({ file: { module, label } }) => ({ module, label })),
    coming: [...along, ...around.found],
    leftBehind: graph.nodes.filter((node) => left.has(node.name)).map(nameOf),
    elsewhere: await findElsewhere(scene),
    unusable: [...unusable, ...around.missing],
    built: builtFiles(usable),
    build: build ?? 'unknown',
  };
}

/** What was told about an image decides; where nothing was, the name of its file does. */
function nodesOfImages({ workspace, graph, modules }: Scene): (image: Image) => GraphNode | null {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const told = new Map(
    [...(modules ?? [])].flatMap(([name, images]) => images.map((image) => [keyOf(image), name] as const)),
  );
  const byFile = new Map(pathsOf(workspace, graph).map(({ node, path }) => [lastPart(path), node]));
  return (image) =>
    (modules === null ? byFile.get(lastPart(image.path)) : nodes.get(told.get(keyOf(image)) ?? '')) ?? null;
}

const keyOf = ({ device, inode }: Image): string => `${device} ${inode}`;

function stayingFile(
  { node, file }: Mapped,
  replaced: ReadonlySet<string>,
  onDisk: ReadonlyMap<string, UsableFile>,
): StayingFile {
  const role = node?.role ?? 'external';
  if (node === null || !replaced.has(node.name)) return { ...file, role, replacedBy: null };
  const next = onDisk.get(node.name)?.binary;
  const replacedBy = { noDelete: next?.elf.flags1.noDelete ?? false, symbols: next?.symbols ?? null };
  return { ...file, role, replacedBy };
}

/** A library that goes with the modules that need it: they find it again where it was. */
async function comingBack({ path, file }: Mapped, cache: BinaryCache): Promise<BinaryFile> {
  const found = await cache.readPath(path);
  return found.kind === 'read' && found.reading.ok
    ? binaryFile(file, path, found.reading.binary)
    : unknownFile(file, path);
}
