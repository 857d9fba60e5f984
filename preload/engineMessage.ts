import { type EngineMessage, EngineMessageSchema } from '#shared/contract.ts';

/**
 * Checks what the engine sent; null when it is no message of the contract. Terminal text is checked by hand:
 * it comes in floods, and there is little to it.
 */
export function parseEngineMessage(data: unknown): EngineMessage | null {
  if (isText(data)) return { type: data.type, stream: data.stream, data: data.data };
  const parsed = EngineMessageSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}

type Text = Extract<EngineMessage, { data: string }>;

function isText(data: unknown): data is Text {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    (data.type === 'output' || data.type === 'replay') &&
    'stream' in data &&
    (data.stream === 'server' || data.stream === 'build') &&
    'data' in data &&
    typeof data.data === 'string'
  );
}
