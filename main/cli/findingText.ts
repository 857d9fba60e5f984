import type { Finding } from '#shared/contract.ts';

const REMEDIES: Readonly<Record<NonNullable<Finding['remedy']>, string>> = {
  rebuild: 'build again.',
  restart: 'restart the server.',
  renew: 'give the file a newer time (touch), or build again, then reload.',
  'reload-all': 'build everything, then reload all modules together.',
};

/** A finding for people: how grave, about what, the sentence, what helps, and names that the sentence leaves out. */
export function findingText({ severity, module, message, remedy, details }: Finding): string {
  const others = details.filter((detail) => !message.includes(detail));
  return [
    `${severity}: ${module}`,
    `  ${message}`,
    ...(remedy === null ? [] : [`  What to do: ${REMEDIES[remedy]}`]),
    ...others.map((detail) => `    ${detail}`),
  ].join('\n');
}
