import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Message: once it is sent, its worker alone; not who took it down, not the desk, not the stand-in. */
export const Message: TypePolicy = {
  id: forWhom.whoIsToCallBack,
  person: forWhom.whoIsToCallBack,
  name: forWhom.whoIsToCallBack,
  phone: forWhom.whoIsToCallBack,
  text: forWhom.whoIsToCallBack,
  sender: forWhom.whoIsToCallBack,
  callFrom: forWhom.whoIsToCallBack,
  callUntil: forWhom.whoIsToCallBack,
  sentAt: forWhom.whoIsToCallBack,
  doneAt: forWhom.whoIsToCallBack,
  version: forWhom.whoIsToCallBack,
};

/** In the answer to its sender, and nowhere else. */
export const SentMessage: TypePolicy = { id: allow };
