import type { Artifact } from '../../process/artifacts.ts';
import type { Image, Mapped } from '../../process/images.ts';
import type { ModuleImages } from '../../process/moduleImages.ts';
import { type CodedFile, compareCode } from '../../process/sameCode.ts';
import type { ArtifactCodes } from './artifactCodes.ts';

interface Readers {
  /** Absolute paths by node name. */
  files: ReadonlyMap<string, string>;
  codes: Pick<ArtifactCodes, 'read'>;
  images: Pick<ModuleImages, 'know'>;
  sameFile(a: CodedFile, b: CodedFile): boolean;
}

/**
 * Reads the code of files that replaced the mapped one and look like it: only the code can tell them apart. Changes `artifacts`.
 * @returns whether there was any.
 */
export async function readUnreadCode(
  mapped: Mapped,
  artifacts: Map<string, Artifact | null>,
  { files, codes, images, sameFile }: Readers,
): Promise<boolean> {
  const isUnread = (image: Image, artifact: Artifact): boolean =>
    compareCode(image, artifact) === null &&
    !(image.code == null && artifact.code == null && sameFile(image, artifact));
  const unread = [...mapped].flatMap(([name, all]) => {
    const artifact = artifacts.get(name) ?? null;
    const path = files.get(name);
    if (artifact === null || path === undefined) return [];
    const unknown = all.filter((image) => isUnread(image, artifact));
    return unknown.length === 0 ? [] : [{ name, path, artifact, unknown }];
  });
  await Promise.all(
    unread.map(async ({ name, path, artifact, unknown }) => {
      const [read] = await Promise.all([codes.read(name, path, artifact), images.know(unknown)]);
      artifacts.set(name, read);
    }),
  );
  return unread.length > 0;
}
