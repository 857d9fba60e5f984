import { join } from 'node:path';

/** Where cargo puts what it links, as far as the build arguments move it (cargo's "build cache" chapter). */
export function outputDirectoryOf(targetDirectory: string, buildArguments: readonly string[]): string {
  const flagValue = (flag: string): string | null => {
    for (const [index, argument] of buildArguments.entries()) {
      if (argument === flag) return buildArguments[index + 1] ?? null;
      if (argument.startsWith(`${flag}=`)) return argument.slice(flag.length + 1);
    }
    return null;
  };
  const release = buildArguments.includes('--release') || buildArguments.includes('-r');
  const profile = flagValue('--profile') ?? (release ? 'release' : 'dev');
  const folder =
    profile === 'dev' || profile === 'test' ? 'debug' : profile === 'bench' ? 'release' : profile;
  const target = flagValue('--target');
  return target === null ? join(targetDirectory, folder) : join(targetDirectory, target, folder);
}
