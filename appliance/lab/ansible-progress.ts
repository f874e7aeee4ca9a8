// Reads Ansible's output line by line and keeps what a person wants to know: where it is, what failed, the recap.

export interface Progress {
  tasks: number;
  /** The task at work, or the one that failed. */
  task: string;
  failed: boolean;
  changed?: number;
}

/** Follows a run of ansible-playbook; `onTask` is called at the start of each task. */
export function followAnsible(onTask: (text: string) => void): {
  read(line: string): void;
  progress: Progress;
} {
  const progress: Progress = { tasks: 0, task: 'before the first task', failed: false };
  const read = (line: string) => {
    const task = line.match(/^(?:TASK|RUNNING HANDLER) \[(.*)\] \**$/)?.[1];
    if (task !== undefined && !progress.failed) {
      progress.tasks += 1;
      progress.task = task;
      onTask(`${progress.tasks}. ${task}`);
    }
    if (/^(fatal|failed): /.test(line)) progress.failed = true;
    // A failure that the playbook expects is not one.
    if (line === '...ignoring') progress.failed = false;
    const recap = line.match(/^localhost\s+: ok=\d+\s+changed=(\d+)/)?.[1];
    if (recap !== undefined) progress.changed = Number(recap);
  };
  return { read, progress };
}
