/** What was given for an option of cargo, each time: `--option value` and `--option=value`. What follows `--` is none. */
export function argumentValues(args: readonly string[], ...names: readonly string[]): string[] {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const values: string[] = [];
  for (let at = 0; at < own.length; at += 1) {
    const argument = own[at] ?? '';
    if (names.includes(argument)) {
      at += 1;
      const value = own[at];
      if (value !== undefined) values.push(value);
      continue;
    }
    const name = names.find((each) => argument.startsWith(`${each}=`));
    if (name !== undefined) values.push(argument.slice(name.length + 1));
  }
  return values;
}

/** Whether a flag without a value is given: as itself, or among short ones that are written together (`-qr`). */
export const hasFlag = (args: readonly string[], long: string, short: string | null = null): boolean =>
  args.some(
    (each) => each === long || (short !== null && /^-[qrv]+$/.test(each) && each.slice(1).includes(short)),
  );
