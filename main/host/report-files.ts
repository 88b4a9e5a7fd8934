/**
 * Files in bundles of support tools that speak about PCI functions: by where the tools put them;
 * what they hold is recognised by content.
 *
 * - sosreport: output of commands, by plugin;
 * - diagnostics of Unraid: `system`, `logs`;
 * - hw-probe: `logs` in `hw.info`;
 * - any folder in which somebody has put output of these programs.
 */
const REPORT_FILE =
  /^(?:sos_commands\/(?:pci\/lspci\S*|virsh\/virsh_-r_nodedev-dumpxml\S*|kernel\/dmesg\S*)|system\/(?:lspci|iommu_groups|cmdline)\.txt|logs\/(?:syslog\.txt|lspci|lspci_all|dmesg)|(?:lspci|dmesg|iommu)[\w.-]{0,40})$/;

/** Whether a path (below the folder of the bundle) is such a file. */
export function isReportFile(path: string): boolean {
  return REPORT_FILE.test(path);
}
