// A recording on its way from the spool to the vault, as a chain of stages:
//
//   spooled → sealing → sealed → signed → recorded → admitted → catalogued → cleared
//
// Each is durable before it is named, and going through it again does no harm: after a kill the next look finds, from
// the files alone, how far it was. With its clear audio it is sealed anew or only closed; without it, after a power
// cut, power-cut.ts takes it on from what lies in the vault.

export const STAGES = [
  'spooled', // clear audio and its sheet in RAM
  'sealing', // a folder in incoming, with its draft
  'sealed', // header, body and details are on disk
  'signed', // and the manifest with its signature
  'recorded', // the call's record says that there is a recording
  'admitted', // the folder has its place in the vault
  'catalogued', // the index lists it
  'cleared', // the clear audio is gone
] as const;

export type Stage = (typeof STAGES)[number];

/** Told of each stage that is reached. What it throws, the step throws. */
export type OnStage = (id: string, stage: Stage) => void | Promise<void>;
