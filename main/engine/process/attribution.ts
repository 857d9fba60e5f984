import { basename } from 'node:path';
import type { Image, ImageCopy, Witness } from './images.ts';

/** A module's library, or the program, as it is on disk. */
export interface ModuleFile {
  name: string;
  /** Absolute; `others` are further names of the same file, such as cargo's in `deps/`. */
  path: string;
  others: readonly string[];
  /** DT_SONAME of the artifact; null where there is none, or it is not known. */
  soname: string | null;
  isProgram: boolean;
}

/** What is known of an image beside its path. */
export interface ImageFacts {
  soname: string | null;
  /** Modules whose artifact, of now or of an earlier build, holds the same code. */
  sameCode: readonly string[];
  /** By which way that is known. */
  codeFrom: 'content' | 'memory';
}

/** Which module an image is one of, and how that is known. */
export interface Attribution {
  name: string;
  witness: Witness;
  copy: ImageCopy | null;
}

/**
 * Tells which module an image belongs to: the one whose file was opened, or whose code it holds; by its own name (DT_SONAME)
 * or that of its file if need be, and then that is a guess. Null for everybody else's. Pure.
 */
export function attribute(
  { path }: Pick<Image, 'path'>,
  facts: ImageFacts,
  files: readonly ModuleFile[],
): Attribution | null {
  const opened = files.find((file) => file.path === path || file.others.includes(path));
  if (opened !== undefined) return { name: opened.name, witness: 'path', copy: null };
  const own = basename(path);
  const found = (file: ModuleFile, witness: Witness): Attribution => ({
    name: file.name,
    witness,
    copy: { path, number: numberIn(own, basename(file.path)) },
  });
  // Of several names that fit, the longest says most: libshop_api-2.so is one of libshop_api.so, not of libshop.so.
  const longestFirst = files.toSorted((a, b) => b.path.length - a.path.length);
  const holders = longestFirst.filter(({ name }) => facts.sameCode.includes(name));
  const holder = holders.find((file) => isNamedAfter(own, file)) ?? holders[0];
  if (holder !== undefined) return found(holder, facts.codeFrom);
  const named = files.find((file) => basename(file.path) === own);
  if (named !== undefined) return found(named, 'name');
  const { soname } = facts;
  const called =
    soname === null ? undefined : files.find((file) => !file.isProgram && sonameOf(file) === soname);
  if (called !== undefined) return found(called, 'soname');
  // Who has another name of its own is another library.
  if (soname !== null) return null;
  const after = longestFirst.find((file) => !file.isProgram && isNumberedAfter(own, file));
  return after === undefined ? null : found(after, 'name');
}

const sonameOf = ({ soname, path }: ModuleFile): string => soname ?? basename(path);

const isNamedAfter = (own: string, { path }: ModuleFile): boolean => own.includes(stemOf(basename(path)));

/** `liblib-hot-7.so` and `liblib.7.so` are numbered copies of `liblib.so`; `liblib_client.so` is another library. */
const isNumberedAfter = (own: string, { path }: ModuleFile): boolean =>
  numberIn(own, basename(path)) !== null && own.startsWith(stemOf(basename(path)));

/** What a name has more than the artifact's, up to a number at its end, with or without the extension behind it. */
const NUMBERED = /^[-_.](?:(?:hot|copy|reload|live|tmp|temp|v)[-_.]?)?(\d{1,15})(?:\.[a-z]+)?$/i;

function numberIn(own: string, artifact: string): number | null {
  const stem = stemOf(artifact);
  const at = own.indexOf(stem);
  if (at < 0) return null;
  const number = NUMBERED.exec(own.slice(at + stem.length))?.[1] ?? AFTER_EXTENSION.exec(own)?.[1];
  return number === undefined ? null : Number(number);
}

/** `libapi.so.7` */
const AFTER_EXTENSION = /\.(?:so|dylib)\.(\d{1,15})$/;

const stemOf = (file: string): string => file.replace(/\.[^.]*$/, '');
