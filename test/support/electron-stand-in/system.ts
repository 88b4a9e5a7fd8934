import { EventEmitter } from 'node:events';
import type {
  BaseWindow,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
} from 'electron';
import { requestRules } from './page-requests.ts';
import { dialogAnswers, recorded } from './recorded.ts';

/** Stands in for `dialog`: the test has given the answers before. */
export const dialog = {
  async showOpenDialog(
    first: BaseWindow | OpenDialogOptions,
    second?: OpenDialogOptions,
  ): Promise<OpenDialogReturnValue> {
    const options = second ?? first;
    recorded.dialogs.push({ method: 'showOpenDialog', title: options.title ?? '' });
    const filePaths = dialogAnswers.shift();
    if (!filePaths) throw new Error('A dialog was opened and the test has no answer for it');
    return { canceled: filePaths.length === 0, filePaths };
  },

  async showMessageBox(
    first: BaseWindow | MessageBoxOptions,
    second?: MessageBoxOptions,
  ): Promise<MessageBoxReturnValue> {
    const options = second ?? (first as MessageBoxOptions);
    recorded.dialogs.push({ method: 'showMessageBox', title: options.message });
    return { response: 0, checkboxChecked: false };
  },

  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },
};

/** Stands in for `Menu`; remembers the labels. */
export class Menu {
  readonly labels: string[];

  constructor(labels: string[]) {
    this.labels = labels;
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    return new Menu(template.map((item) => item.label ?? item.role ?? ''));
  }

  static setApplicationMenu(menu: Menu | null): void {
    recorded.menuLabels.splice(0, Infinity, ...(menu?.labels ?? []));
  }
}

/** Stands in for `protocol`. */
export const protocol = {
  registerSchemesAsPrivileged(_schemes: CustomScheme[]): void {
    // The https addresses that take the scheme's place are standard and secure already.
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    requestRules.protocols.set(`${scheme}:`, handler);
  },
};

type PermissionCheck = (contents: null, permission: string) => boolean;

/** Stands in for `session`. Chromium's own permissions are asked nothing; the rules are recorded. */
export const session = {
  defaultSession: {
    on(): void {
      // Downloads do not happen in these tests.
    },
    setPermissionRequestHandler(): void {
      // The check below has the same rule and is simpler to ask.
    },
    setPermissionCheckHandler(check: PermissionCheck): void {
      for (const permission of ['clipboard-sanitized-write', 'clipboard-read', 'media', 'usb']) {
        recorded.permissions.push({ permission, isAllowed: check(null, permission) });
      }
    },
    setDevicePermissionHandler(): void {
      // No device ever asks here.
    },
    webRequest: {
      onBeforeRequest(listener: NonNullable<typeof requestRules.beforeRequest>): void {
        requestRules.beforeRequest = listener;
      },
    },
  },
};

/** Stands in for `nativeTheme`. */
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });
