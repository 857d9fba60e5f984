/** Who the app is for Windows, which shows notifications only of who it knows: the appId of electron-builder.yml. */
export const APP_ID = 'dev.hotdeck.Hotdeck';
