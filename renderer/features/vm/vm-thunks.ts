import type { ArgsOf } from '../../../shared/contract.ts';
import type { FunctionView } from '../../../shared/view.ts';
import type { VmWish } from '../../../shared/vm.ts';
import type { AppThunk } from '../../app/store.ts';
import { saveFile } from '../../components/save-file.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { inspectorHidden } from '../selection/selection-slice.ts';
import { leadsOf } from './card-functions.ts';
import { NEW_DEVICE, type FormDevice, type VmForm } from './vm-form.ts';
import { selectFormProblems, selectVmDraft, selectVmSource, selectVmView } from './vm-selectors.ts';
import {
  formChanged,
  modeChosen,
  questionAnswered,
  questionAsked,
  textTaken,
  vmSaved,
  type VmAnswers,
} from './vm-slice.ts';
import { optionsOfForm, wishOfForm } from './wish-of-form.ts';

/** Changes the form of a host. */
export function changeForm(hostId: string, change: Partial<VmForm>): AppThunk {
  return (dispatch, getState) => {
    dispatch(formChanged({ source: selectVmSource(getState(), hostId), change }));
  };
}

/** Opens the page with functions chosen; what is chosen already stays. */
export function makeVmWith(hostId: string, bdfs: readonly string[]): AppThunk {
  return (dispatch, getState) => {
    const { functions = {} } = getState().hosts.records[hostId] ?? {};
    const { devices } = selectVmDraft(getState(), hostId).form;
    const asked = leadsOf(bdfs.flatMap((bdf) => functions[bdf] ?? []));
    const fresh = asked.filter(({ bdf }) => !devices.some((device) => device.bdf === bdf));
    dispatch(changeForm(hostId, { devices: [...devices, ...fresh.map(formDevice)] }));
    dispatch(modeChosen({ hostId, mode: 'new' }));
    // Where it slid over the page it would cover what comes now.
    dispatch(inspectorHidden());
    dispatch(tabChosen('vm'));
  };
}

/** A function as a device of the form. */
export function formDevice({ bdf, kind, physicalFunction }: FunctionView): FormDevice {
  const isVf = kind === 'network' && physicalFunction !== undefined;
  return { ...NEW_DEVICE, bdf, isVf };
}

/** Adds a function to the form, or takes it out. */
export function toggleDevice(hostId: string, fn: FunctionView): AppThunk {
  return (dispatch, getState) => {
    const { devices } = selectVmDraft(getState(), hostId).form;
    const rest = devices.filter(({ bdf }) => bdf !== fn.bdf);
    const next = rest.length < devices.length ? rest : [...devices, formDevice(fn)];
    dispatch(changeForm(hostId, { devices: next }));
  };
}

/** Asks for the configuration of what is wished, unless it is there for this reading. */
export function askForVm(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    if (Object.keys(selectFormProblems(getState(), hostId)).length > 0) return;
    const args = argsOf(getState(), hostId);
    await dispatch(ask(hostId, 'report', 'host:vm', args));
  };
}

/** Has a machine that exists judged. */
export function askForLint(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const { text } = selectVmView(getState(), hostId);
    if (text.trim() !== '') await dispatch(ask(hostId, 'existing', 'vm:lint', { hostId, text }));
  };
}

/** Has the chosen devices put into a libvirt domain that exists. */
export function askForMerge(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const { text } = selectVmView(getState(), hostId);
    const addresses = selectVmDraft(getState(), hostId).form.devices.map(({ bdf }) => bdf);
    if (text.trim() === '' || addresses.length === 0) return;
    await dispatch(ask(hostId, 'merge', 'vm:merge', { hostId, text, addresses }));
  };
}

type QuestionChannel = 'host:vm' | 'vm:lint' | 'vm:merge';

function ask<C extends QuestionChannel>(
  hostId: string,
  question: keyof VmAnswers,
  channel: C,
  args: ArgsOf<C>,
): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const reading = getState().hosts.records[hostId]?.reading ?? 0;
    const key = JSON.stringify([reading, args]);
    const asked = selectVmView(getState(), hostId)[question];
    if (asked.key === key && asked.failure === undefined) return;
    dispatch(questionAsked({ hostId, question, key }));
    const reply = await bridge.call<QuestionChannel>(channel, args);
    const answer = reply.ok ? { value: reply.value } : { failure: reply.error };
    dispatch(questionAnswered({ hostId, question, key, ...answer }));
  };
}

/** The backend fills in what a wish may leave out. */
function argsOf(state: Parameters<typeof selectVmDraft>[0], hostId: string): ArgsOf<'host:vm'> {
  const { form, target } = selectVmDraft(state, hostId);
  return { hostId, wish: wishOfForm(form) as VmWish, target, options: optionsOfForm(form) };
}

/** Saves the files: where the system's dialog says, or as a download of the browser. */
export function saveVm(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const reply = await bridge.call('vm:export', argsOf(getState(), hostId));
    if (!reply.ok) {
      dispatch(vmSaved({ hostId, failure: reply.error }));
    } else if (reply.value.kind === 'folder') {
      dispatch(vmSaved({ hostId, saved: reply.value }));
    } else if (reply.value.kind === 'download') {
      const { bytes, ...saved } = reply.value;
      saveFile(saved.name, bytes);
      dispatch(vmSaved({ hostId, saved }));
    }
  };
}

const MAX_TEXT = 1024 * 1024;

/** Reads a dropped or chosen file as the text of a machine. */
export function takeVmFile(hostId: string, file: File): AppThunk<Promise<void>> {
  return async (dispatch) => {
    const key = file.name;
    const refuse = (message: string) => {
      dispatch(questionAsked({ hostId, question: 'existing', key }));
      const failure = { code: 'cannot-open' as const, message };
      dispatch(questionAnswered({ hostId, question: 'existing', key, failure }));
    };
    dispatch(textTaken({ hostId, text: '' }));
    if (file.size > MAX_TEXT) {
      refuse(`Cannot take ${file.name}: more than 1 MiB is no configuration of one machine`);
      return;
    }
    try {
      dispatch(textTaken({ hostId, text: await file.text() }));
    } catch (cause) {
      refuse(`Cannot read ${file.name}: ${String(cause)}`);
    }
  };
}
