import { describe, expect, it } from 'vitest';
import { type BuildRecord, joinRecords } from '../../../main/engine/building/buildRecord.ts';
import {
  libraryFolders,
  type Places,
  placeFiles,
  placesOf,
  runEnvironment,
} from '../../../main/engine/cargo/places.ts';

const HOST = 'x86_64-unknown-linux-gnu';
const LIBDIR = `/rust/lib/rustlib/${HOST}/lib`;
const WANTED = {
  program: { package: 'harbor', binary: 'harbor', kind: 'bin' as const },
  libraries: [{ package: 'dock', file: 'libdock.so', crateTypes: ['dylib'] }],
};

const places = (args: string[] = [], env: Record<string, string> = {}, build?: string): Places =>
  placesOf({
    ...{ cwd: '/w', environment: env, arguments: args, config: [], hostLibdir: LIBDIR },
    metadata: { target_directory: '/w/target', ...(build === undefined ? {} : { build_directory: build }) },
  });

const artifact = (name: string, kind: string, files: string[], executable: string | null = null) => ({
  ...{ id: `path#${name}`, package: name, target: name, kind: [kind], files, executable, features: [] },
});
const record = (key: string, folder: string): BuildRecord => ({
  key,
  artifacts: [
    artifact('dock', 'dylib', [`${folder}/libdock.so`, `${folder}/libdock.rlib`]),
    artifact('harbor', 'bin', [`${folder}/harbor`], `${folder}/harbor`),
  ],
  scripts: [],
});

describe('places', () => {
  it('follow target, profile and build directory', () => {
    expect(places()).toMatchObject({ outputDirectory: '/w/target/debug', buildDirectory: '/w/target/debug' });
    expect(places(['--target', 'host-tuple', '-r'], {}, '/b')).toMatchObject({
      outputDirectory: `/w/target/${HOST}/release`,
      buildDirectory: `/b/${HOST}/release`,
      libdir: LIBDIR,
    });
    expect(places([], { CARGO_BUILD_TARGET: 'a-b-c' }).libdir).toBe('/rust/lib/rustlib/a-b-c/lib');
  });

  it('are without the detours of a relative path', () => {
    const metadata = { target_directory: '/w/../out', build_directory: '/w/../by' };
    const asked = { cwd: '/w', environment: {}, arguments: [], config: [], hostLibdir: LIBDIR, metadata };
    expect(placesOf(asked)).toMatchObject({ outputDirectory: '/out/debug', buildDirectory: '/by/debug' });
  });

  it('have a key that changes with what they follow from', () => {
    const keys = [places(), places(['-r']), places([], { CARGO_BUILD_TARGET: 'a' }), places([], {}, '/b')];
    expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
    expect(places().key).toBe(places().key);
  });
});

describe('placeFiles', () => {
  it('goes by the settings before the first build', () => {
    expect(placeFiles(WANTED, places(), null)).toEqual({
      outputDirectory: '/w/target/debug',
      program: '/w/target/debug/harbor',
      libraries: [{ ...WANTED.libraries[0], path: '/w/target/debug/libdock.so' }],
    });
  });

  it('goes by what cargo said after it', () => {
    const { key } = places();
    expect(placeFiles(WANTED, places(), record(key, '/odd/place'))).toMatchObject({
      outputDirectory: '/odd/place',
      program: '/odd/place/harbor',
      libraries: [{ path: '/odd/place/libdock.so' }],
    });
  });

  it('takes no record of other settings', () => {
    const files = placeFiles(WANTED, places(['-r']), record(places().key, '/odd/place'));
    expect(files.program).toBe('/w/target/release/harbor');
  });

  it('takes what runs here, of several targets', () => {
    const args = ['--target', 'other', '--target', HOST];
    const { key } = places(args);
    const [first, second] = [record(key, `/w/target/${HOST}/debug`), record(key, '/w/target/other/debug')];
    const both = { ...first, artifacts: [...first.artifacts, ...second.artifacts] };
    expect(placeFiles(WANTED, places(args), both)).toMatchObject({
      program: `/w/target/${HOST}/debug/harbor`,
      libraries: [{ path: `/w/target/${HOST}/debug/libdock.so` }],
    });
  });

  it('finds an example in its folder', () => {
    const program = { package: 'harbor', binary: 'demo', kind: 'example' as const };
    const files = placeFiles({ ...WANTED, program }, places(), null);
    expect(files).toMatchObject({
      program: '/w/target/debug/examples/demo',
      outputDirectory: '/w/target/debug',
    });
  });
});

describe('the environment of the server', () => {
  const made: BuildRecord = {
    key: places().key,
    artifacts: [],
    scripts: [
      {
        ...{ id: 'path#harbor', package: 'harbor', outDirectory: '/w/target/debug/build/h/out' },
        linkedPaths: [
          'native=/w/target/debug/build/h/out',
          '/w/target/debug/build/h/out/sub',
          'native=/usr/lib',
        ],
        env: [['HARBOR_PORT', '1']],
      },
      {
        ...{ id: 'path#dock', package: 'dock', outDirectory: '/w/target/debug/build/d/out' },
        ...{ linkedPaths: ['/w/target/debugger/x'], env: [['DOCK', '1']] },
      },
    ],
  };
  const files = placeFiles(WANTED, places(), made);

  it('has the folders that cargo run puts there, in its order', () => {
    expect(libraryFolders(files, places(), made)).toEqual([
      '/w/target/debug/build/h/out/sub',
      '/w/target/debug/build/h/out',
      '/w/target/debug',
      '/w/target/debug/deps',
      LIBDIR,
    ]);
  });

  it('has what the build script of the program says, and of no other', () => {
    const from = {
      plainEnvironment: { HARBOR_PORT: '0' },
      variables: { LD_LIBRARY_PATH: '/own' },
      places: places(),
    };
    const env = runEnvironment(from, files, made, { package: 'harbor', folder: '/w/harbor' });
    expect(env).toMatchObject({
      CARGO_MANIFEST_DIR: '/w/harbor',
      HARBOR_PORT: '1',
      OUT_DIR: '/w/target/debug/build/h/out',
    });
    expect(env.DOCK).toBeUndefined();
    expect(env.LD_LIBRARY_PATH?.endsWith(`${LIBDIR}:/own`)).toBe(true);
  });

  it('lets hotdeck.json have the last word', () => {
    const from = { plainEnvironment: {}, variables: { HARBOR_PORT: '7' }, places: places() };
    expect(runEnvironment(from, files, made, { package: 'harbor', folder: null }).HARBOR_PORT).toBe('7');
  });
});

describe('joinRecords', () => {
  const before = record('k', '/a');
  it('keeps of the build before what this one did not get to', () => {
    const after = { ...record('k', '/b'), artifacts: record('k', '/b').artifacts.slice(0, 1) };
    const files = joinRecords(before, after).artifacts.flatMap((each) => each.files);
    expect(files).toEqual(['/a/harbor', '/b/libdock.so', '/b/libdock.rlib']);
  });
  it('keeps nothing of a build with other settings', () => {
    const after = { key: 'other', artifacts: [], scripts: [] };
    expect(joinRecords(before, after)).toBe(after);
  });
});
