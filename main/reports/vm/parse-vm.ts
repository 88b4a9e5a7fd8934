import { failure } from '../../../shared/result.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { parseDomain } from './parse-domain.ts';
import { parseProxmox, type SlotFunctions } from './parse-proxmox.ts';
import { MAX_VM_TEXT, type ParseVmResult } from './parsed-vm.ts';

/**
 * Reads an existing configuration, whatever it is for: a libvirt domain, a command line of QEMU, or
 * a machine of Proxmox.
 *
 * @returns Fails where the text is none of these, or too large; never throws.
 */
export function parseVm(text: string, functionsOf?: SlotFunctions): ParseVmResult {
  if (text.length > MAX_VM_TEXT) {
    return failure('too-large', `The text has ${text.length} characters: too many for one machine`);
  }
  if (/<domain[\s>]/.test(text)) return parseDomain(text);
  if (/^\s*qm\s+(create|set)\s/m.test(text)) return parseProxmox(text, functionsOf);
  const command = parseCommandLine(text);
  if (command.ok) return command;
  if (/^(hostpci\d+|ostype|scsihw|bios|vmgenid):\s/m.test(text))
    return parseProxmox(text, functionsOf);
  return failure(
    'not-a-vm',
    'This is no libvirt domain, no command line of QEMU and no machine of Proxmox',
  );
}
