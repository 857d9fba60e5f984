import { describe, expect, test } from 'vitest';
import { READY_WORDS, saysReady } from '../../../main/engine/process/readyLine.ts';

/** What servers and frameworks really print. */
const READY = [
  'Listening on http://127.0.0.1:3000',
  'listening on 127.0.0.1:3000',
  '2025-04-08T12:03:11.123456Z  INFO axum_demo: listening on 127.0.0.1:3000',
  'LISTENING ON PORT 8080',
  'Listening at http://0.0.0.0:8000',
  '[2025-04-08 12:03:11 +0000] [7] [INFO] Listening at: http://127.0.0.1:8000 (7)',
  'Listening: 0.0.0.0:9000',
  'Now listening on: http://localhost:5000',
  'INFO poem::server: listening addr=socket://127.0.0.1:3000',
  'INFO warp::server: Server::run; addr=127.0.0.1:3030 listening on http://127.0.0.1:3030',
  'Gotham: Listening for requests at http://127.0.0.1:7878',
  'tide::server Server listening on http://127.0.0.1:8080',
  'GreeterServer listening on [::1]:50051',
  'Example app listening on port 3000!',
  'Server is listening',
  'INFO conduwuit_router::serve: Listening on [127.0.0.1:8008] with TCP',
  'listening on unix:/run/app.sock',
  'Server running at http://127.0.0.1:3000/',
  'server running on port 8080',
  'Server started at 0.0.0.0:8080',
  'Server started on port 4000',
  'INFO Server started successfully',
  'The server is now ready.',
  'HTTP server is up',
  'App is running on http://localhost:3000',
  ' * Running on http://127.0.0.1:5000',
  'INFO:     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)',
  'INFO:     Application startup complete.',
  'ready - started server on 0.0.0.0:3000, url: http://localhost:3000',
  'ready',
  'Ready.',
  '[info] ready',
  '✓ Ready in 1234ms',
  'VITE v5.0.0  ready in 300 ms',
  'Ready to accept connections tcp',
  '1:M 08 Apr 2025 12:03:11.123 * Ready to accept connections',
  'LOG:  database system is ready to accept connections',
  'ready for incoming connections',
  'Ready on http://localhost:8787',
  'Serving on port 8000',
  'serving on 127.0.0.1:3000',
  'Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...',
  'Serving at http://localhost:1313',
  'Rocket has launched from http://127.0.0.1:8000',
  '🚀 Rocket has launched from http://127.0.0.1:8000',
  'bound to 127.0.0.1:8080',
  'Socket bound to 0.0.0.0:25565',
  'INFO actix_server::server: starting service: "actix-web-service-127.0.0.1:8080", workers: 8, listening on: 127.0.0.1:8080',
  'INFO actix_server::builder: Starting "actix-web-service-127.0.0.1:8080" service on 127.0.0.1:8080',
  'now accepting connections',
  'http://127.0.0.1:3000',
  '  ➜  Local:   http://localhost:5173/',
];

/** What they print, too. */
const OTHERS = [
  'not ready',
  'The server is not ready yet',
  'Address 127.0.0.1:3000 is already in use',
  'Error: port 3000: somebody is already listening on 127.0.0.1:3000',
  'already listening',
  'stopped listening on 127.0.0.1:3000',
  'No longer listening on 127.0.0.1:8008',
  'failed to start listening on 127.0.0.1:80: permission denied',
  'waiting until the server is ready',
  'The server will be ready when all modules are loaded',
  'listening for changes in src/',
  'listening to events',
  'Starting server on 127.0.0.1:3000',
  'Starting 8 workers',
  'binding to 127.0.0.1:3000',
  'connecting to http://127.0.0.1:9200',
  'database is ready',
  'GET /ready 200 1 ms',
  'read 12 rows',
  'worker 3 started',
  'running migrations',
  'Running `target/debug/app`',
  'running on Linux 6.8.0',
  'serving request /index.html',
  'fetched http://example.org/a in 3 ms',
  'loaded module already',
  'Server shutting down on port 3000',
  'reload started',
  '2026-01-02T03:04:05Z  INFO depot_service: Services startup complete.',
];

describe('a ready line', () => {
  test.each(READY)('%s', (line) => {
    expect(saysReady(line)).toBe(true);
    expect(READY_WORDS.some((word) => line.includes(word))).toBe(true);
  });
});

describe('no ready line', () => {
  test.each(OTHERS)('%s', (line) => {
    expect(saysReady(line)).toBe(false);
  });
});
