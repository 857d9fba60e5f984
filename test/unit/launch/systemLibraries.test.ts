import { describe, expect, it } from 'vitest';
import { missingFromCache, parseLdd } from '../../../main/launch/systemLibraries.ts';

const ldd = `
	linux-vdso.so.1 (0x00007ffd1b5f2000)
	libdl.so.2 => /lib/x86_64-linux-gnu/libdl.so.2 (0x00007f1c2a400000)
	libnss3.so => not found
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f1c2a000000)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	/lib64/ld-linux-x86-64.so.2 (0x00007f1c35800000)
`;

const cache = `412 libs found in cache \`/etc/ld.so.cache'
	libgtk-3.so.0 (libc6,x86-64) => /lib/x86_64-linux-gnu/libgtk-3.so.0
	libgcc_s.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libgcc_s.so.1
`;

describe('what ldd says', () => {
  it('names each missing library once', () => {
    expect(parseLdd(ldd)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
  });

  it('is no library at all for a static program', () => {
    expect(parseLdd('\tnot a dynamic executable\n')).toEqual([]);
  });
});

describe('what the linker’s cache says', () => {
  it('tells the libraries that are there from those that are not', () => {
    expect(missingFromCache(cache, ['libgtk-3.so.0', 'libgtk-4.so.1'])).toEqual(['libgtk-4.so.1']);
  });
});
