/** Version of the program, shown by the UI and the command line. */
export const VERSION = '0.1.0';
