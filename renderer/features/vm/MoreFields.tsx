import { Checkbox } from '@mantine/core';
import { FoldedPart } from './FoldedPart.tsx';
import { SelectField, TextField } from './FormField.tsx';
import type { VmEdit } from './vm-edit.ts';
import { FIRMWARE_WORDS, MANAGED_WORDS, PAGES_WORDS, TPM_WORDS, VIOMMU_WORDS } from './vm-words.ts';

/** What follows from the guest and the host unless somebody knows better. */
export function MoreFields({ edit }: { edit: VmEdit }) {
  return (
    <>
      <FirmwareFields edit={edit} />
      <TuningFields edit={edit} />
      <WritingFields edit={edit} />
    </>
  );
}

function FirmwareFields({ edit: { form, change } }: { edit: VmEdit }) {
  const { firmware, tpm, viommu } = form;
  const firmwareWord = firmware === 'auto' ? 'by the guest' : FIRMWARE_WORDS[firmware];
  const tpmWord = tpm === 'auto' ? '' : tpm === 'yes' ? ', TPM' : ', no TPM';
  return (
    <FoldedPart
      title="Firmware and TPM"
      summary={`${firmwareWord}${tpmWord}${viommu === 'none' ? '' : ', IOMMU of its own'}`}
    >
      <SelectField
        label="Firmware"
        value={firmware}
        words={FIRMWARE_WORDS}
        onChange={(next) => change({ firmware: next })}
      />
      <SelectField
        label="TPM"
        value={tpm}
        words={TPM_WORDS}
        onChange={(next) => change({ tpm: next })}
      />
      <SelectField
        label="IOMMU of the guest"
        value={viommu}
        words={VIOMMU_WORDS}
        onChange={(next) => change({ viommu: next })}
      />
      <Checkbox
        label="Hide the hypervisor"
        description="For NVIDIA drivers before R465, which refuse to start in a VM."
        checked={form.isHypervisorHidden}
        onChange={(event) => change({ isHypervisorHidden: event.currentTarget.checked })}
      />
    </FoldedPart>
  );
}

function TuningFields({ edit: { form, change } }: { edit: VmEdit }) {
  const { isPinned, pages } = form;
  return (
    <FoldedPart
      title="Pinning and pages"
      summary={`${isPinned ? 'pinned beside the device' : 'not pinned'}, ${pages === 'auto' ? 'pages as reserved' : `pages of ${pages}`}`}
    >
      <Checkbox
        label="Pin processors"
        description="Whole cores beside the first device; the rest stays with the host."
        checked={isPinned}
        onChange={(event) => change({ isPinned: event.currentTarget.checked })}
      />
      <SelectField
        label="Memory pages"
        value={pages}
        words={PAGES_WORDS}
        onChange={(next) => change({ pages: next })}
      />
    </FoldedPart>
  );
}

/** How it is written, and not what it is. */
function WritingFields({ edit: { form, problems, change } }: { edit: VmEdit }) {
  const { managed, hasIommufd, isFragment, libvirtVersion, qemuVersion } = form;
  const words = [
    ...(isFragment ? ['devices only'] : []),
    ...(hasIommufd ? ['iommufd'] : []),
    ...(libvirtVersion === '' ? [] : [`libvirt ${libvirtVersion}`]),
    ...(qemuVersion === '' ? [] : [`QEMU ${qemuVersion}`]),
  ];
  return (
    <FoldedPart
      title="How it is written"
      summary={words.length === 0 ? 'for the versions of this host' : words.join(', ')}
      isOpen={'libvirtVersion' in problems || 'qemuVersion' in problems}
    >
      <SelectField
        label="libvirt moves the devices"
        value={managed}
        words={MANAGED_WORDS}
        onChange={(next) => change({ managed: next })}
      />
      <Checkbox
        label="Only what gives the devices to an existing machine"
        checked={isFragment}
        onChange={(event) => change({ isFragment: event.currentTarget.checked })}
      />
      <Checkbox
        label="Open devices through iommufd"
        description="QEMU 9.0 or newer; each device by its own node instead of its group's."
        checked={hasIommufd}
        onChange={(event) => change({ hasIommufd: event.currentTarget.checked })}
      />
      <div className="vm-fields">
        <TextField
          label="libvirt version"
          value={libvirtVersion}
          placeholder="as on this host"
          problem={problems['libvirtVersion']}
          onChange={(next) => change({ libvirtVersion: next.trim() })}
          isMono
        />
        <TextField
          label="QEMU version"
          value={qemuVersion}
          placeholder="as on this host"
          problem={problems['qemuVersion']}
          onChange={(next) => change({ qemuVersion: next.trim() })}
          isMono
        />
      </div>
    </FoldedPart>
  );
}
