//! The command line: parse, run, exit code. A door: it may touch files, the environment and the terminal.
