// Loaded before the app by `electron -r`: the app starts only once Playwright is connected and calls this function.
// Otherwise the window opens while Playwright attaches, and now and then it never gets done with that.
const { app } = require('electron');

const ready = app.whenReady();
let start;
const started = new Promise((resolve) => {
  start = resolve;
});
app.whenReady = () => started;
globalThis.__playwright_run = () => ready.then(start);
