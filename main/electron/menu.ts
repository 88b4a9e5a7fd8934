import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** Builds the menu of the application; `Alt` shows it. */
export function createMenu(): Menu {
  return Menu.buildFromTemplate([
    { label: '&File', submenu: [{ role: 'quit', id: 'quit' }] },
    { role: 'editMenu' },
    { label: '&View', submenu: viewItems() },
    { label: '&Help', submenu: [{ role: 'about', label: 'About Airlock' }] },
  ]);
}

function viewItems(): MenuItemConstructorOptions[] {
  const developer: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  return [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : developer),
  ];
}
